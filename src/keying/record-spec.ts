/**
 * The spec of an `EncryptionNode`: what a node's agent says to the agents of all others. The definition
 * in src/manifests holds the same fields for the API server. Its size does not depend on the cluster's.
 */
export interface EncryptionNodeSpec {
  /** Version of this record, as record-version.ts has them. */
  readonly protocolVersion: number;
  /** UID of the Node: a machine that took over the name is another node. */
  readonly nodeUID: string;
  /** 1–1,048,575, unique in the cluster: the lower 20 bits of the node's SPIs. */
  readonly nodeNumber: number;
  readonly type: EncryptionType;
  readonly phase: Phase;
  /** Grows whenever the node must take new keys. Part of every key of the node. */
  readonly epoch: number;
  /** Grows with every record of an epoch, so that an older one of the same epoch is no news. */
  readonly revision: number;
  /** 0–31: goes up by one, modulo 32, with each epoch; the SPIs of a pair carry the sum of both. */
  readonly generation: number;
  /** Canonical addresses that peers can route to; the first is the tunnel's end. */
  readonly addresses: readonly string[];
  readonly podPrefixes: readonly PodPrefix[];
  /** One for each key id that the node would receive under. */
  readonly keys: readonly PublishedKey[];
  /** One for each key id of the node's Secret. */
  readonly macs: readonly RecordMac[];
  /**
   * One for each WireGuard device of the node: one at rest, two while keys are rotated. There from version 2
   * on and not before.
   */
  readonly wireguard?: readonly PublishedDevice[];
}

/** How a node encrypts. */
export type EncryptionType = 'ipsec' | 'wireguard';

/** `Enabling`: being encrypted without loss. `Enforced`: nothing in plaintext. `Disabled`: off. */
export type Phase = 'Enabling' | 'Enforced' | 'Disabled';

export interface PodPrefix {
  /** Canonical, without host bits. */
  readonly cidr: string;
  /** Where the agent learned it, such as `Node.spec.podCIDRs`. */
  readonly source: string;
}

export interface PublishedKey {
  readonly keyID: number;
  /** By the kernel's names; two of them are separated by a space. */
  readonly algorithm: string;
  /** Base64 of 32 bytes: X25519 (RFC 7748). */
  readonly publicKey: string;
}

/** What peers need to know of a WireGuard device. */
export interface PublishedDevice {
  /** 1–2,147,483,647: devices of the same generation talk to each other. */
  readonly generation: number;
  /**
   * The node's epoch when it made the key: at most the record's. It stands in for that in the PSKs, which
   * must not change in place when the node takes a new epoch for another reason.
   */
  readonly epoch: number;
  /** UDP, 1–65535. */
  readonly listenPort: number;
  /** Base64 of 32 bytes: X25519 (RFC 7748). */
  readonly publicKey: string;
  /** Of the Secret's line that the PSKs of the device come from. Absent: it has none. */
  readonly keyID?: number;
}

export interface RecordMac {
  readonly keyID: number;
  /** Base64 of 8 bytes: names the key material without showing it. */
  readonly check: string;
  /** Base64 of 32 bytes. Covers everything but the `mac` fields. */
  readonly mac: string;
}

/** A record before its MACs. */
export type UnsealedRecord = Omit<EncryptionNodeSpec, 'macs'>;
