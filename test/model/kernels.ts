import {
  type Actual,
  type Difference,
  desired,
  diff,
  type PairWish,
  type Step,
} from '../../src/datapath/index.js';
import { nodeWish } from '../../src/pairs/index.js';
import { ModelKernel } from '../unit/datapath/model-kernel.js';
import { type Packet, Wire } from '../unit/pairs/model-wire.js';
import { Interned, remembered } from './interned.js';

/** A kernel's contents, by number. */
export type KernelID = number;
/** What leaves for the peer in each flow, by number. */
export type LeavingID = number;

const kernels = new Interned<ModelKernel>(({ contents }) =>
  JSON.stringify(contents, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)),
);
const leavings = new Interned<readonly Packet[]>();
const wires = new Map<string, Wire>();
const refusals = new Map<string, readonly string[]>();
const sent = new Map<string, KernelID>();

/** A kernel that holds nothing of ours. */
export const EMPTY_KERNEL: KernelID = kernels.idOf(new ModelKernel());

/** Node numbers of the two. */
export const numberOf = (node: number): number => node + 1;
export const peerOf = (node: number): number => 1 - node;

export function actualOf(id: KernelID): Actual {
  return kernels.get(id).actual;
}

/** What the kernel of a node does with packets. */
export function wireOf(id: KernelID, node: number): Wire {
  return remembered(wires, `${id} ${node}`, () => new Wire(kernels.get(id), numberOf(node)));
}

export function leavingOf(id: KernelID, node: number): LeavingID {
  return leavings.idOf(wireOf(id, node).leaving(numberOf(peerOf(node))));
}

export function packetsOf(id: LeavingID): readonly Packet[] {
  return leavings.get(id);
}

/** Why what left the peer is dropped by this node's kernel. */
export function refusalsOf(leaving: LeavingID, id: KernelID, node: number): readonly string[] {
  return remembered(refusals, `${leaving} ${id} ${node}`, () => [
    ...wireOf(id, node).refusals(leavings.get(leaving), numberOf(peerOf(node))),
  ]);
}

/** What has to be sent to a node's kernel. */
export function difference(id: KernelID, node: number, wishes: readonly PairWish[]): Difference {
  const number = numberOf(node);
  const own = nodeWish([`10.244.${number}.0/24`], [`192.168.50.${number}`], false);
  return diff(actualOf(id), desired(own, wishes));
}

/**
 * The kernel after one message.
 *
 * @throws Error where a kernel would refuse it
 */
export function afterMessage(id: KernelID, { request, about }: Step): KernelID {
  const key = `${id} ${request.type} ${Buffer.from(request.body).toString('base64')}`;
  return remembered(sent, key, () => {
    const next = kernels.get(id).fork();
    const refusal = next.send(request);
    if (refusal !== undefined) throw new Error(`${about}: ${refusal}`);
    return kernels.idOf(next);
  });
}

/** Somebody deletes one of its SAs, of all SAs that there are. */
export function withoutSa(id: KernelID, index: number): KernelID {
  const next = kernels.get(id).fork();
  const sa = next.actual.sas[index];
  if (sa !== undefined) next.lose(sa);
  return kernels.idOf(next);
}

export function withoutSas(id: KernelID): KernelID {
  const next = kernels.get(id).fork();
  for (const sa of next.actual.sas) next.lose(sa);
  return kernels.idOf(next);
}

export function withoutPolicies(id: KernelID): KernelID {
  const next = kernels.get(id).fork();
  next.loseAllPolicies();
  return kernels.idOf(next);
}
