import type { RecordMark } from '../keying/index.js';

/** One end of a tunnel: what its keys are bound to. Public; plain JSON for the state file. */
export interface End {
  readonly nodeName: string;
  readonly nodeUID: string;
  readonly nodeNumber: number;
  /** In canonical form. */
  readonly address: string;
  /** Base64 of 32 bytes. */
  readonly publicKey: string;
  readonly epoch: number;
}

/** Stands for a key id where there is no Secret: no line has it. */
export const NO_KEY_ID = 0;

/** All that the keys of a tunnel's two SAs depend on, but for the secrets. */
export interface Origin {
  /** Of a line of the Secret, or {@link NO_KEY_ID}: then it is of two WireGuard devices without PSK. */
  readonly keyID: number;
  /** The pair's, 0–31. */
  readonly generation: number;
  readonly own: End;
  readonly peer: End;
  /** Absent for IPsec: a tunnel between two WireGuard devices. */
  readonly devices?: Devices;
}

/** The WireGuard devices at both ends of a tunnel. */
export interface Devices {
  /** Of both: {@link PublishedDevice.generation}. */
  readonly generation: number;
  readonly own: DeviceEnd;
  readonly peer: DeviceEnd;
}

/** What of a device its peers have to know. Public. */
export interface DeviceEnd {
  /** The node's when it made the key. */
  readonly epoch: number;
  /** UDP, 1–65535. */
  readonly listenPort: number;
  /** Base64 of 32 bytes. */
  readonly publicKey: string;
}

/** Two SAs of a pair, or two WireGuard devices; plain JSON for the state file. */
export interface Tunnel {
  /** {@link originID}, or `adopted` and its inbound SPI for one found in the kernel. */
  readonly id: string;
  /** As of {@link Origin}. */
  readonly keyID: number;
  /** Its ends, in canonical form. */
  readonly local: string;
  readonly remote: string;
  readonly reqid: number;
  readonly inbound: SaState;
  readonly outbound: SaState;
  /** Absent for one found in the kernel: its keys cannot be derived again. */
  readonly origin?: Origin;
  /** The peer has answered a probe on it: it can read what we send. */
  readonly confirmed: boolean;
  /** The peer has said that its data comes on it, and of no other since. */
  readonly peerSends: boolean;
  /** The peer knows that ours goes on it, since it does. */
  readonly told: boolean;
}

/** One of its SAs. */
export interface SaState {
  readonly spi: number;
  /** Names its keys: see `fingerprintOf` of src/datapath. */
  readonly fingerprint: string;
}

/**
 * A tunnel that is no more, or that was there when encryption was disabled. Its keys must not be derived
 * again: SAs of theirs would start anew at sequence number 1, and repeat IVs.
 */
export interface Spent {
  readonly id: string;
  /** Of what it was made of, to know when it cannot be asked for any more. */
  readonly ownEpoch: number;
  readonly peerUID: string;
  readonly peerEpoch: number;
}

/** What this node knows of its pair with one peer; plain JSON for the state file. */
export interface Pair {
  /** The peer's node name; for one found in the kernel only, a text that no node has for a name. */
  readonly peer: string;
  /** The number that this node's SAs and templates of the pair bear. */
  readonly reqid: number;
  /** Of the last accepted record, canonical. */
  readonly podPrefixes: readonly string[];
  readonly addresses: readonly string[];
  readonly mark?: RecordMark;
  /** Oldest first. */
  readonly tunnels: readonly Tunnel[];
  readonly spent: readonly Spent[];
  /** The tunnel that our data goes on since it was last moved. */
  readonly sendsOn?: string;
  /** Data was sent encrypted, or may have been: never again in plaintext. */
  readonly outClosed: boolean;
  /** Plaintext is refused: never accepted again. */
  readonly inClosed: boolean;
}

/** What comes before the name of a pair that was found in the kernel: a slash is in no node's name. */
export const ADOPTED = 'adopted/';

export function isAdopted(peer: string): boolean {
  return peer.startsWith(ADOPTED);
}
