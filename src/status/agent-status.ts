/** What an agent says of its node, as plain data: the answer to `GET /status` on its socket. */
export interface AgentStatus {
  /** Of this shape: goes up when a reader of the older one would misread it. */
  readonly version: typeof STATUS_VERSION;
  /** The node's name. */
  readonly node: string;
  readonly mode: 'Disabled' | 'IPsec' | 'Wireguard';
  /** Devices that ESP packets come in by. */
  readonly decryptionInterfaces: readonly string[];
  /**
   * Distinct keys among the SAs that Podcloak has in this node's kernel, as Cilium counts them: two
   * for each tunnel (one a direction), so (nodes − 1) × 2 while nothing changes, and up to twice that
   * during a rotation. Not the number of lines in the Secret: those are `keyIDs`.
   */
  readonly keysInUse: number;
  /** The ids of the Secret's lines that outbound traffic goes under, ascending. */
  readonly keyIDs: readonly number[];
  /** Of the SA that comes closest to its end; null while none has sent a packet. */
  readonly maxSeqNumber: SequenceNumber | null;
  /** WireGuard devices by name: one, or two while keys are rotated; none with IPsec. */
  readonly interfaces: readonly WireguardInterface[];
  /** All of /proc/net/xfrm_stat by name; null where the kernel does not count. */
  readonly xfrmCounters: Readonly<Record<string, number>> | null;
  /** One for each other node that has an agent, or had one. */
  readonly peers: readonly PeerStatus[];
  /** Nodes whose pods talk in plaintext as nothing of Podcloak is known of them. */
  readonly nodesWithoutAgent: readonly NodeWithoutAgent[];
  /** What else an admin should know, one sentence each. */
  readonly warnings: readonly string[];
}

export const STATUS_VERSION = 1;

/** Sequence numbers in hexadecimal with 0x, as they have 64 bits (RFC 4303 §2.2.1). */
export interface SequenceNumber {
  readonly current: string;
  readonly limit: string;
  /** Extended sequence numbers: the limit is that of 64 bits. */
  readonly esn: boolean;
}

/** A WireGuard device of this node. */
export interface WireguardInterface {
  readonly name: string;
  /** Base64 of 32 bytes; empty where somebody has taken its private key from it. */
  readonly publicKey: string;
  /** UDP. */
  readonly listenPort: number;
  readonly peerCount: number;
  /** Where the PSKs of its peers come from, in words, such as `from the Secret, key id 3`. */
  readonly psk: string;
  /** Traffic between the nodes themselves is encrypted as well. */
  readonly nodeEncryption: boolean;
  /** By the names of their nodes; those of which none is known come last. */
  readonly peers: readonly WireguardPeerStatus[];
}

export interface WireguardPeerStatus {
  /** Null for a public key that no node has published. */
  readonly node: string | null;
  /** Base64 of 32 bytes. */
  readonly publicKey: string;
  /** Where its packets are sent to, such as `192.0.2.2:51871` or `[2001:db8::2]:51871`. */
  readonly endpoint: string | null;
  /** In whole seconds; null while there was none. */
  readonly handshakeAgeSeconds: number | null;
  /** Of UDP payload, handshakes and keepalives included. */
  readonly receivedBytes: number;
  readonly sentBytes: number;
  /** It has proven by an answer through the device that it has the same keys. */
  readonly confirmed: boolean;
}

/** `switching`: encrypted one way at least, but plaintext is still taken or sent. */
export type PeerState = (typeof PEER_STATES)[number];

export const PEER_STATES = ['encrypted', 'switching', 'plaintext', 'blocked'] as const;

export interface PeerStatus {
  readonly node: string;
  readonly state: PeerState;
  /** The key id that traffic to it goes under; null for none. */
  readonly keyID: number | null;
  /** Why it is not encrypted, in words; also of an encrypted pair that cannot move to a new key. */
  readonly reason?: string;
  /** The same for programs, in kebab case: what it may be is in docs/troubleshooting.md. */
  readonly cause?: string;
  /** Of the peer's record; null without one. */
  readonly epoch: number | null;
}

export interface NodeWithoutAgent {
  readonly node: string;
  readonly reason: string;
}

/** What became of a request to forget a node: the answer to `POST /forget?node=NODE`. */
export type ForgetAnswer =
  /** Packets to and from these prefixes are no longer blocked, and go in plaintext. */
  | { readonly outcome: 'forgotten'; readonly node: string; readonly podCIDRs: readonly string[] }
  /** Nothing is remembered of a node of that name. */
  | { readonly outcome: 'unknown'; readonly node: string }
  /** Its Node or its record exists: it is no node of the past. */
  | { readonly outcome: 'alive'; readonly node: string; readonly reason: string };
