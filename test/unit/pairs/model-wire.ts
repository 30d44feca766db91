import { fingerprintOf, isOwnPolicy, PRIORITY } from '../../../src/datapath/index.js';
import { formatPrefix } from '../../../src/net/index.js';
import type { Policy, SaState } from '../../../src/netlink/index.js';
import type { ModelKernel } from '../datapath/model-kernel.js';

/** A packet as it leaves a node; the key of an SA is its fingerprint. */
export type Packet =
  | { readonly kind: 'plain' }
  /** Dropped by a policy of ours, or for want of an SA. */
  | { readonly kind: 'block' }
  | { readonly kind: 'esp'; readonly place: string; readonly key: string };

/** A flow between two nodes: whether there is a pod, or the node itself, at either end. */
export const FLOWS = [
  ['pod', 'pod'],
  ['pod', 'host'],
  ['host', 'pod'],
] as const;

/** What a model node covers at one of its ends. */
export function prefixOf(kind: 'pod' | 'host', nodeNumber: number): string {
  return kind === 'pod' ? `10.244.${nodeNumber}.0/24` : `192.168.50.${nodeNumber}/32`;
}

/** What the kernel does with packets now: so much of XFRM's look-ups as our policies need. */
export class Wire {
  readonly #data = new Map<string, Policy>();
  readonly #probes = new Map<string, Policy>();
  readonly #sas = new Map<string, { readonly reqid: number; readonly key: string }>();
  readonly #number: number;
  readonly #leaving = new Map<number, readonly Packet[]>();
  readonly #refusals = new WeakMap<readonly Packet[], readonly string[]>();
  readonly #shut = new Map<number, boolean>();

  /** @param nodeNumber of the node whose kernel it is */
  constructor(kernel: ModelKernel, nodeNumber: number) {
    this.#number = nodeNumber;
    const { sas, policies } = kernel.actual;
    for (const sa of sas) {
      this.#sas.set(placeOf(sa.destination, sa.spi), { reqid: sa.reqid, key: keyOf(sa) });
    }
    for (const policy of policies.filter(isOwnPolicy)) {
      const { source, destination } = policy.selector;
      const key = `${policy.direction} ${formatPrefix(source)} ${formatPrefix(destination)}`;
      (policy.priority === PRIORITY.probe ? this.#probes : this.#data).set(key, policy);
    }
  }

  /** A packet to a peer, for each of {@link FLOWS}. */
  leaving(peer: number): readonly Packet[] {
    const known = this.#leaving.get(peer);
    if (known !== undefined) return known;
    const packets = FLOWS.map(([here, there]) =>
      this.#sent(this.#data.get(this.#key('out', here, there, peer))),
    );
    this.#leaving.set(peer, packets);
    return packets;
  }

  /** A message between agents. */
  probeTo(peer: number): Packet {
    return this.#sent(this.#probes.get(this.#key('out', 'host', 'host', peer)));
  }

  /** @returns why packets of all flows of the sender's are dropped here */
  refusals(packets: readonly Packet[], peer: number): readonly string[] {
    const known = this.#refusals.get(packets);
    if (known !== undefined) return known;
    const found = packets.flatMap((packet, flow) => {
      const fault = this.refusal(packet, peer, flow);
      return fault === undefined ? [] : [`${FLOWS[flow]?.join('–')}: ${fault}`];
    });
    this.#refusals.set(packets, found);
    return found;
  }

  /** @returns why a packet of that flow of the sender's is dropped here */
  refusal(packet: Packet, peer: number, flow: number): string | undefined {
    const [there, here] = FLOWS[flow] ?? FLOWS[0];
    for (const direction of ['in', 'fwd'] as const) {
      const policy = this.#data.get(this.#key(direction, here, there, peer));
      const fault = this.#judge(packet, policy);
      if (fault !== undefined) return `${direction}: ${fault}`;
    }
    return undefined;
  }

  refusesProbe(packet: Packet, peer: number): boolean {
    const policy = this.#probes.get(this.#key('in', 'host', 'host', peer));
    return this.#judge(packet, policy) !== undefined;
  }

  /** Whether plaintext from that peer is refused in all flows. */
  isShut(peer: number): boolean {
    const known = this.#shut.get(peer);
    if (known !== undefined) return known;
    const isShut = FLOWS.every(
      (_, flow) => this.refusal({ kind: 'plain' }, peer, flow) !== undefined,
    );
    this.#shut.set(peer, isShut);
    return isShut;
  }

  #key(direction: string, here: 'pod' | 'host', there: 'pod' | 'host', peer: number): string {
    const [own, remote] = [prefixOf(here, this.#number), prefixOf(there, peer)];
    return direction === 'out' ? `out ${own} ${remote}` : `${direction} ${remote} ${own}`;
  }

  /** A pinned template finds one SA, or drops the packet. */
  #sent(policy: Policy | undefined): Packet {
    if (policy === undefined) return { kind: 'plain' };
    const [template] = policy.templates;
    if (policy.action === 'block' || template === undefined) return { kind: 'block' };
    const place = placeOf(template.destination, template.spi);
    const sa = this.#sas.get(place);
    if (sa === undefined || sa.reqid !== template.reqid) return { kind: 'block' };
    return { kind: 'esp', place, key: sa.key };
  }

  /** As `__xfrm_policy_check`: what came through an SA needs a policy that names it. */
  #judge(packet: Packet, policy: Policy | undefined): string | undefined {
    if (packet.kind === 'block') return 'it never left';
    if (policy?.action === 'block') return 'it is blocked';
    if (packet.kind === 'plain') {
      return policy?.templates.some(({ optional }) => !optional)
        ? 'plaintext is refused'
        : undefined;
    }
    const sa = this.#sas.get(packet.place);
    if (sa === undefined || sa.key !== packet.key) return 'there is no such SA';
    if (policy === undefined) return 'ESP meets no policy';
    return policy.templates.some(({ reqid }) => reqid === sa.reqid)
      ? undefined
      : 'ESP of another pair';
  }
}

function placeOf(destination: Uint8Array, spi: number): string {
  return `${destination.join('.')} ${spi}`;
}

const fingerprints = new WeakMap<SaState, string>();

function keyOf(sa: SaState): string {
  const key = fingerprints.get(sa) ?? fingerprintOf(sa);
  fingerprints.set(sa, key);
  return key;
}
