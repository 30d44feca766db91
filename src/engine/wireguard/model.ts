import type { Prefix } from '../../net/index.js';
import type {
  Address,
  Endpoint,
  Link,
  NewRule,
  Route,
  Rule,
  WireguardDevice,
  WireguardSecret,
} from '../../netlink/index.js';
import type { WireguardKeyPair } from '../../wireguard/index.js';

/** A device of ours, as the kernel has it. */
export interface FoundDevice {
  readonly link: Link;
  /** Absent for one that has our name and is of another kind. */
  readonly device?: WireguardDevice;
  readonly addresses: readonly Address[];
}

/** What the kernel holds of WireGuard's. */
export interface WireguardActual {
  readonly devices: readonly FoundDevice[];
  /** Of our tables. */
  readonly routes: readonly Route[];
  /** That bear our number, or lead to our tables. */
  readonly rules: readonly Rule[];
  /** IPv6 prefixes that the nftables guard has; undefined where it could not be read. */
  readonly closed6: readonly Prefix[] | undefined;
  /** Peers that it has, read along with those. */
  readonly closedNodes6: readonly Prefix[] | undefined;
  /** Of /proc/sys by path, without line ends; what is not there is missing. */
  readonly settings: ReadonlyMap<string, string>;
}

/** A peer as it should be. */
export interface WireguardPeerWish {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** `kept`: the line that it comes from is gone, and what the kernel has is right. `none`: there is no Secret. */
  readonly psk: WireguardSecret | 'kept' | 'none';
  readonly endpoint: Endpoint;
  readonly allowedIps: readonly Prefix[];
  /** Data goes to it: should it have to be made anew, it must be heard of at once. */
  readonly isInUse: boolean;
}

export interface WireguardDeviceWish {
  readonly name: string;
  /** Absent where they are not known any more: the device stays as it is. */
  readonly keys?: WireguardKeyPair;
  readonly listenPort: number;
  /** Bytes. */
  readonly mtu: number;
  readonly addresses: readonly Prefix[];
  readonly peers: readonly WireguardPeerWish[];
  /** Of all of its peers: seconds, 0 for off. */
  readonly persistentKeepalive: number;
}

/** A route of one of our tables. */
export interface RouteWish {
  readonly destination: Prefix;
  readonly table: number;
  /** The device that it leads through; absent: nowhere. */
  readonly device?: string;
  /** The node's own address for what it sends there itself. */
  readonly source?: Uint8Array;
}

/** What the kernel should hold of WireGuard's. */
export interface WireguardWish {
  readonly devices: readonly WireguardDeviceWish[];
  readonly routes: readonly RouteWish[];
  readonly rules: readonly NewRule[];
  readonly closed6: readonly Prefix[];
  /** Peers themselves, by the IPv6 addresses that are closed but for what is exempt. */
  readonly closedNodes6: readonly Prefix[];
  /** Devices by which packets may come that this node would answer by another: `rp_filter` must be loose there. */
  readonly loose: readonly string[];
  /** Ids of tunnels that messages are sent through now. */
  readonly probed: ReadonlySet<string>;
}
