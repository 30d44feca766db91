import { createHash } from 'node:crypto';
import {
  fingerprintOf,
  host,
  type NodeWish,
  type PairWish,
  type TunnelWish,
} from '../../src/datapath/index.js';
import { packSpi, reqidOf } from '../../src/keying/index.js';
import type { Algorithms } from '../../src/netlink/index.js';

/** The node that the peers are peers of, in the single-stack IPv4 cluster of the bench. */
export const NODE: NodeWish = {
  podPrefixes: [podPrefix(0)],
  addresses: [address(0)].map(host),
  nodeEncryption: false,
};

/**
 * So many encrypted pairs, as they are once both ends have confirmed: one tunnel, data pinned to it,
 * plaintext refused, probes through it. Each is 2 SAs and, with one pod prefix and one address at either
 * end, 11 policies.
 *
 * @param count at most 16,383
 */
export function pairsOf(count: number): PairWish[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const tunnel = tunnelOf(number);
    return {
      reqid: reqidOf(number),
      podPrefixes: [podPrefix(number)],
      addresses: [host(address(number))],
      tunnels: [tunnel],
      out: { kind: 'protect', tunnel },
      in: 'required',
      probe: tunnel,
    };
  });
}

/** Node numbers in SPIs are from 1: this node's own is the one behind all peers'. */
const OWN_NUMBER = 1 << 19;

function tunnelOf(number: number): TunnelWish {
  const sa = (sender: number) => {
    const algorithms = keysOf(number, sender);
    const spi = packSpi({ keyId: 3, lane: 0, generation: 1, nodeNumber: sender });
    return { spi, fingerprint: fingerprintOf(algorithms), algorithms };
  };
  return {
    local: address(0),
    remote: address(number),
    reqid: reqidOf(number),
    inbound: sa(number),
    outbound: sa(OWN_NUMBER),
  };
}

/** AES-128-GCM with its salt. The same in each process, so that all can be given the same objects. */
function keysOf(number: number, sender: number): Algorithms {
  const key = createHash('sha256').update(`bench ${number} ${sender}`).digest().subarray(0, 20);
  return { aead: { name: 'rfc4106(gcm(aes))', key, icvBits: 128 } };
}

function podPrefix(number: number) {
  return {
    family: 4,
    address: Uint8Array.of(10, 64 + (number >> 8), number & 255, 0),
    length: 24,
  } as const;
}

function address(number: number): Uint8Array {
  return Uint8Array.of(172, 16 + (number >> 8), number & 255, 1);
}
