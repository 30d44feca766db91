import type { Prefix } from '../net/index.js';
import type { Algorithms } from '../netlink/index.js';

/** This node, as far as the kernel's tables are about it. */
export interface NodeWish {
  /** Of its pods, IPv4 and IPv6. */
  readonly podPrefixes: readonly Prefix[];
  /** Its own addresses, as prefixes of one address. */
  readonly addresses: readonly Prefix[];
  /** Whether traffic between the nodes themselves is encrypted as well. */
  readonly nodeEncryption: boolean;
  /** Absent: what is not encrypted passes. */
  readonly strict?: StrictWish;
}

/** Between which ranges and this node's pods nothing passes in plaintext. */
export interface StrictWish {
  /** What the pods may not send to in plaintext; empty for all being well. */
  readonly egress: readonly Prefix[];
  /** What they may not be reached from in plaintext. */
  readonly ingress: readonly Prefix[];
  /** Whether peers' own addresses are exempt until their pair is encrypted. */
  readonly allowNodes: boolean;
}

/** One SA of a tunnel. */
export interface SaWish {
  /** 32 bits. */
  readonly spi: number;
  /** {@link fingerprintOf} its algorithms. */
  readonly fingerprint: string;
  /**
   * Its keys, secret, only for one that was never sent to the kernel before: an SA is installed once.
   * One without keys that is missing in the kernel is lost.
   */
  readonly algorithms?: Algorithms;
}

/** An SA each way between the same ends. */
export interface TunnelWish {
  /** The tunnel's ends, 4 or 16 bytes of one family, network order. */
  readonly local: Uint8Array;
  readonly remote: Uint8Array;
  /** Of the SAs of both directions: a number of this node for this pair. */
  readonly reqid: number;
  readonly inbound: SaWish;
  readonly outbound: SaWish;
}

/**
 * `protect`: as ESP on that tunnel, or not at all. `plain`: as if there were no policy. `through`: by that device,
 * which encrypts, or not at all; without an index while it is not there.
 */
export type OutWish =
  | { readonly kind: 'protect'; readonly tunnel: TunnelWish }
  | { readonly kind: 'through'; readonly ifindex?: number }
  | { readonly kind: 'block' }
  | { readonly kind: 'plain' };

/** What is accepted: `required` ESP of the pair, `optional` also plaintext, `plain` no opinion. */
export type InWish = 'required' | 'optional' | 'plain' | 'block';

/** What the kernel should hold for a pair of this node with a peer. */
export interface PairWish {
  readonly reqid: number;
  readonly podPrefixes: readonly Prefix[];
  readonly addresses: readonly Prefix[];
  readonly tunnels: readonly TunnelWish[];
  readonly out: OutWish;
  readonly in: InWish;
  /** The tunnel that our probes go through; the peer's may come through any of the pair. */
  readonly probe?: TunnelWish;
  /** Ends of the tunnel under test where it has no SA: routes lead messages into the device that encrypts them. */
  readonly led?: Pick<TunnelWish, 'local' | 'remote'>;
  /** Ends of tunnels that have no SA: probes between them are taken from a device that encrypts only. */
  readonly otherEnds?: readonly Pick<TunnelWish, 'local' | 'remote'>[];
}
