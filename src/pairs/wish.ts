import type { NodeWish, PairWish, SaWish, StrictWish, TunnelWish } from '../datapath/index.js';
import { host } from '../datapath/index.js';
import { type Prefix, parseAddress, parsePrefix } from '../net/index.js';
import type { Algorithms } from '../netlink/index.js';
import type { Pair, SaState, Tunnel } from './state.js';

/** The keys of SAs that were never sent to the kernel, by tunnel and direction. */
export type UnsentKeys = (
  tunnelID: string,
  direction: 'inbound' | 'outbound',
) => Algorithms | undefined;

/**
 * What the kernel should hold for a pair. It follows from the pair's state alone.
 *
 * @param best the tunnel for data
 * @param probe the tunnel for probes
 */
export function pairWish(
  pair: Pair,
  best: Tunnel | undefined,
  probe: Tunnel | undefined,
  unsent: UnsentKeys,
): PairWish {
  const tunnels = new Map(pair.tunnels.map((tunnel) => [tunnel.id, tunnelWish(tunnel, unsent)]));
  const wishOf = (tunnel: Tunnel | undefined): TunnelWish | undefined =>
    tunnel && tunnels.get(tunnel.id);
  const data = wishOf(best);
  const probing = wishOf(probe);
  return {
    reqid: pair.reqid,
    podPrefixes: pair.podPrefixes.flatMap(prefix),
    addresses: pair.addresses.flatMap(address),
    tunnels: [...tunnels.values()],
    out: !pair.outClosed
      ? { kind: 'plain' }
      : data === undefined
        ? { kind: 'block' }
        : { kind: 'protect', tunnel: data },
    in: pair.inClosed ? 'required' : pair.tunnels.length > 0 ? 'optional' : 'plain',
    ...(probing === undefined ? {} : { probe: probing }),
  };
}

/** Strict mode as the configuration has it: {@link StrictWish} in text. */
export interface StrictText {
  readonly egress: readonly string[];
  readonly ingress: readonly string[];
  readonly allowNodes: boolean;
}

/** This node's part. */
export function nodeWish(
  podPrefixes: readonly string[],
  addresses: readonly string[],
  nodeEncryption: boolean,
  strict?: StrictText,
): NodeWish {
  return {
    podPrefixes: podPrefixes.flatMap(prefix),
    addresses: addresses.flatMap(address),
    nodeEncryption,
    ...(strict === undefined ? {} : { strict: strictWish(strict) }),
  };
}

function strictWish({ egress, ingress, allowNodes }: StrictText): StrictWish {
  return { egress: egress.flatMap(prefix), ingress: ingress.flatMap(prefix), allowNodes };
}

function tunnelWish(tunnel: Tunnel, unsent: UnsentKeys): TunnelWish {
  const sa = (direction: 'inbound' | 'outbound'): SaWish => {
    const { spi, fingerprint }: SaState = tunnel[direction];
    const algorithms = unsent(tunnel.id, direction);
    return { spi, fingerprint, ...(algorithms === undefined ? {} : { algorithms }) };
  };
  return {
    local: parseAddress(tunnel.local) ?? new Uint8Array(4),
    remote: parseAddress(tunnel.remote) ?? new Uint8Array(4),
    reqid: tunnel.reqid,
    inbound: sa('inbound'),
    outbound: sa('outbound'),
  };
}

function prefix(text: string): Prefix[] {
  const parsed = parsePrefix(text);
  return parsed === undefined ? [] : [parsed];
}

function address(text: string): Prefix[] {
  const parsed = parseAddress(text);
  return parsed === undefined ? [] : [host(parsed)];
}
