import { isOwnPolicy, isOwnSa } from '../datapath/index.js';
import {
  deletePolicy,
  deleteSa,
  dumpPolicies,
  dumpSas,
  type NetlinkRequest,
  type NetlinkSocket,
  type PolicyState,
  type SaState,
} from '../netlink/index.js';
import { wipeKeys } from './wipe.js';

/** What of the kernel's is ours; the SAs' keys are overwritten. */
export interface OwnObjects {
  readonly sas: readonly SaState[];
  readonly policies: readonly PolicyState[];
}

/** @throws as `NetlinkSocket.dump` */
export async function findOwn(socket: NetlinkSocket): Promise<OwnObjects> {
  const sas = await socket.dump(dumpSas());
  wipeKeys(sas);
  const policies = await socket.dump(dumpPolicies());
  return { sas: sas.filter(isOwnSa), policies: policies.filter(isOwnPolicy) };
}

export interface Deletion {
  readonly deleted: number;
  /** The errno's name of each that the kernel refused. */
  readonly refused: readonly string[];
}

/** What is gone by now went by other hands, such as an agent's at work, or with what was deleted before it. */
const GONE: ReadonlySet<string> = new Set(['ESRCH', 'ENOENT', 'ENODEV']);

/** @throws as `NetlinkSocket.request` */
export function deleteSas(socket: NetlinkSocket, sas: readonly SaState[]): Promise<Deletion> {
  return deleteEach(socket, sas.map(deleteSa));
}

/**
 * What admits packets goes first, and last what keeps them from leaving in plaintext; of each the worst
 * first, as what strict mode blocks must go before what is exempt from it.
 *
 * @throws as `NetlinkSocket.request`
 */
export function deletePolicies(
  socket: NetlinkSocket,
  policies: readonly PolicyState[],
): Promise<Deletion> {
  const isOut = ({ direction }: PolicyState): number => (direction === 'out' ? 1 : 0);
  const inOrder = [...policies].sort((a, b) => isOut(a) - isOut(b) || b.priority - a.priority);
  return deleteEach(socket, inOrder.map(deletePolicy));
}

/**
 * Sends requests that delete one thing each, in their order.
 *
 * @throws as `NetlinkSocket.request`
 */
export async function deleteEach(
  socket: NetlinkSocket,
  requests: readonly NetlinkRequest[],
): Promise<Deletion> {
  const outcomes = await socket.request(requests);
  const refused = outcomes.flatMap((outcome) =>
    outcome === undefined || GONE.has(outcome.code) ? [] : [outcome.code],
  );
  return { deleted: outcomes.filter((outcome) => outcome === undefined).length, refused };
}
