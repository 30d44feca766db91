import { createHash } from 'node:crypto';
import {
  fingerprintOf,
  host,
  type NodeWish,
  type PairWish,
  type TunnelWish,
} from '../../../src/datapath/index.js';
import { packSpi, reqidOf } from '../../../src/keying/index.js';
import type { Algorithms } from '../../../src/netlink/index.js';
import { address, prefix } from '../netlink/samples.js';

/** This node, number 1, with two families. */
export const NODE: NodeWish = {
  podPrefixes: [prefix('10.244.1.0/24'), prefix('fd00:244:1::/64')],
  addresses: [host(address('192.168.50.1')), host(address('fd00:50::1'))],
  nodeEncryption: false,
};

/** 20 bytes, others for each text. */
export function algorithms(text: string): Algorithms {
  const key = Uint8Array.from(createHash('sha256').update(text).digest().subarray(0, 20));
  return { aead: { name: 'rfc4106(gcm(aes))', key, icvBits: 128 } };
}

/** A tunnel to the peer of that number, with keys that were never sent. */
export function tunnel(peer: number, generation = 0, keyId = 1): TunnelWish {
  const sa = (sender: number) => {
    const unsent = algorithms(`${peer} ${generation} ${keyId} ${sender}`);
    const spi = packSpi({ keyId, lane: 0, generation, nodeNumber: sender });
    return { spi, fingerprint: fingerprintOf(unsent), algorithms: unsent };
  };
  return {
    local: address('192.168.50.1'),
    remote: address(`192.168.50.${peer}`),
    reqid: reqidOf(peer),
    inbound: sa(peer),
    outbound: sa(1),
  };
}

/** The tunnel as a restarted agent knows it: without keys. */
export function withoutKeys(one: TunnelWish): TunnelWish {
  const { algorithms: _in, ...inbound } = one.inbound;
  const { algorithms: _out, ...outbound } = one.outbound;
  return { ...one, inbound, outbound };
}

/** A pair with the peer of that number, not encrypted yet. */
export function pair(peer: number, change: Partial<PairWish> = {}): PairWish {
  return {
    reqid: reqidOf(peer),
    podPrefixes: [prefix(`10.244.${peer}.0/24`), prefix(`fd00:244:${peer}::/64`)],
    addresses: [host(address(`192.168.50.${peer}`)), host(address(`fd00:50::${peer}`))],
    tunnels: [],
    out: { kind: 'plain' },
    in: 'plain',
    ...change,
  };
}

/** A pair whose data goes on that tunnel, and which takes nothing in plaintext. */
export function closedPair(peer: number, one = tunnel(peer)): PairWish {
  const out = { kind: 'protect', tunnel: one } as const;
  return pair(peer, { tunnels: [one], out, in: 'required', probe: one });
}
