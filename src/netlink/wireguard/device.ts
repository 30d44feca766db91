import type { Prefix } from '../../net/index.js';
import type { Endpoint } from './endpoint.js';
import type { WireguardSecret } from './secret.js';

/** What the kernel knows of a peer (WG_CMD_GET_DEVICE). */
export interface WireguardPeer {
  /** 32 bytes, as in RFC 7748. */
  readonly publicKey: Uint8Array;
  /** 32 bytes, out of sight; absent for none. */
  readonly presharedKey?: WireguardSecret;
  /** As set, or where its last authenticated packet came from; absent when neither was. */
  readonly endpoint?: Endpoint;
  /** Seconds; 0 for off. */
  readonly persistentKeepalive: number;
  /** Nanoseconds since 1970, by the clock of then; 0 when there was none. */
  readonly lastHandshake: bigint;
  /** Bytes of UDP payload, handshakes and keepalives included. */
  readonly receivedBytes: bigint;
  readonly sentBytes: bigint;
  /** What it may send and is sent: no two peers have the same. In no order. */
  readonly allowedIps: readonly Prefix[];
}

/** A WireGuard device as the kernel has it. */
export interface WireguardDevice {
  readonly ifindex: number;
  readonly name: string;
  /** 32 bytes, clamped as RFC 7748 §5 says, out of sight; absent when none was set. */
  readonly privateKey?: WireguardSecret;
  /** 32 bytes; absent without a private key. */
  readonly publicKey?: Uint8Array;
  /** UDP port of both IP versions; 0 when it is down and none was set. */
  readonly listenPort: number;
  /** Mark of the packets that it sends; 0 for none. */
  readonly fwmark: number;
  readonly peers: readonly WireguardPeer[];
}

/** What one message of the kernel's says: the first all of the device, the others of its peers only. */
export type WireguardPart = Partial<WireguardDevice> & Pick<WireguardDevice, 'peers'>;

/** What to change of a peer. What is absent or undefined stays. */
export interface WireguardPeerChange {
  /** 32 bytes. The kernel leaves out, without a word, a peer that has the device's own key. */
  readonly publicKey: Uint8Array;
  /** Removes it, with its sessions, its keys and its allowed IPs. */
  readonly remove?: boolean;
  /** Does nothing if there is no such peer, which is otherwise made. */
  readonly updateOnly?: boolean;
  /**
   * Takes its allowed IPs from it before it gets those below. Packets between the two moments are
   * lost.
   */
  readonly replaceAllowedIps?: boolean;
  /** 32 bytes. A running session outlives a change: it counts from the next handshake. */
  readonly presharedKey?: WireguardSecret | 'none' | undefined;
  readonly endpoint?: Endpoint | undefined;
  /** Seconds, up to 65535; 0 for off. */
  readonly persistentKeepalive?: number | undefined;
  /** To add to those it has. One that another peer has moves here, in no time. */
  readonly allowedIps?: readonly Prefix[];
}

/** What to change of a device (WG_CMD_SET_DEVICE). What is absent stays. */
export interface WireguardChange {
  /** 32 bytes. A change in place loses packets: every session ends. */
  readonly privateKey?: WireguardSecret;
  readonly listenPort?: number;
  readonly fwmark?: number;
  /** Removes all peers before those below are made. */
  readonly replacePeers?: boolean;
  /** In the order in which the kernel makes them; a peer may be named more than once. */
  readonly peers?: readonly WireguardPeerChange[];
}
