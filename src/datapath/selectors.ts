import { OWNER_MARK } from '../keying/index.js';
import type { Prefix } from '../net/index.js';
import { ANY_PORT, IP_PROTOCOL, type Selector } from '../netlink/index.js';
import type { NodeWish, PairWish } from './model.js';

/** Agents talk to each other on it, source and destination, over UDP. */
export const PROBE_PORT = 9987;

type End = 'pods' | 'node';

/** A flow between a local and a remote prefix of one family. */
export interface Flow {
  readonly local: Prefix;
  readonly remote: Prefix;
  /** What there is at each end: pods, or the node's own addresses. */
  readonly localEnd: End;
  readonly remoteEnd: End;
}

/**
 * What a pair covers: pod to pod, pod to the peer's own addresses and back; between the nodes' own
 * addresses with `nodeEncryption` only.
 */
export function flowsOf(
  node: NodeWish,
  { podPrefixes, addresses }: Pick<PairWish, 'podPrefixes' | 'addresses'>,
): Flow[] {
  const flows: Flow[] = [];
  const join = (localEnd: End, remoteEnd: End): void => {
    for (const local of localEnd === 'pods' ? node.podPrefixes : node.addresses) {
      for (const remote of remoteEnd === 'pods' ? podPrefixes : addresses) {
        if (local.family === remote.family) flows.push({ local, remote, localEnd, remoteEnd });
      }
    }
  };
  join('pods', 'pods');
  join('pods', 'node');
  join('node', 'pods');
  if (node.nodeEncryption) join('node', 'node');
  return flows;
}

/** The selector of all packets from one prefix to another, with our mark on it. */
export function selectorOf(source: Prefix, destination: Prefix): Selector {
  return {
    source,
    destination,
    protocol: IP_PROTOCOL.any,
    sourcePort: ANY_PORT,
    destinationPort: ANY_PORT,
    ifindex: 0,
    user: OWNER_MARK,
  };
}

/** The selector of probes. */
export function probeSelector(source: Uint8Array, destination: Uint8Array): Selector {
  const port = { port: PROBE_PORT, mask: 0xffff };
  return {
    ...selectorOf(host(source), host(destination)),
    protocol: IP_PROTOCOL.udp,
    sourcePort: port,
    destinationPort: port,
  };
}

/** An address as a prefix of its own. */
export function host(address: Uint8Array): Prefix {
  const family = address.length === 4 ? 4 : 6;
  return { family, address, length: address.length * 8 };
}
