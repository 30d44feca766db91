/** Numbers of linux/wireguard.h (include/uapi/linux/wireguard.h, Linux 5.6 and later). */

/** WG_GENL_NAME and WG_GENL_VERSION. */
export const FAMILY = { name: 'wireguard', version: 1 } as const;

/** enum wg_cmd. */
export const COMMAND = { getDevice: 0, setDevice: 1 } as const;

/**
 * enum wgdevice_attribute
 * | number | type   | holds                                                            |
 * |      1 | u32    | IFINDEX, order of the machine                                    |
 * |      2 | text   | IFNAME, zero ended, 1–15 bytes                                   |
 * |      3 | 32     | PRIVATE_KEY, bytes as in RFC 7748; all zero: no key               |
 * |      4 | 32     | PUBLIC_KEY; only read                                            |
 * |      5 | u32    | FLAGS: 1 replaces all peers; only written                        |
 * |      6 | u16    | LISTEN_PORT, order of the machine; 0: the kernel picks           |
 * |      7 | u32    | FWMARK of what the device sends, order of the machine; 0: none   |
 * |      8 | nested | PEERS: an attribute of any number for each                       |
 */
export const DEVICE = {
  ifindex: 1,
  name: 2,
  privateKey: 3,
  publicKey: 4,
  flags: 5,
  listenPort: 6,
  fwmark: 7,
  peers: 8,
} as const;

/** enum wgdevice_flag. */
export const DEVICE_FLAG = { replacePeers: 1 } as const;

/**
 * enum wgpeer_attribute
 * | number | type   | holds                                                            |
 * |      1 | 32     | PUBLIC_KEY                                                       |
 * |      2 | 32     | PRESHARED_KEY; all zero: none                                    |
 * |      3 | u32    | FLAGS; only written                                              |
 * |      4 | 16, 28 | ENDPOINT: sockaddr_in or sockaddr_in6                            |
 * |      5 | u16    | PERSISTENT_KEEPALIVE_INTERVAL in seconds, order of the machine; 0: off |
 * |      6 | 16     | LAST_HANDSHAKE_TIME: __kernel_timespec since 1970; zero: none     |
 * |      7 | u64    | RX_BYTES, order of the machine                                   |
 * |      8 | u64    | TX_BYTES, order of the machine                                   |
 * |      9 | nested | ALLOWEDIPS: an attribute of any number for each                  |
 * |     10 | u32    | PROTOCOL_VERSION                                                 |
 */
export const PEER = {
  publicKey: 1,
  presharedKey: 2,
  flags: 3,
  endpoint: 4,
  persistentKeepalive: 5,
  lastHandshake: 6,
  receivedBytes: 7,
  sentBytes: 8,
  allowedIps: 9,
  protocolVersion: 10,
} as const;

/** enum wgpeer_flag. */
export const PEER_FLAG = { remove: 1, replaceAllowedIps: 2, updateOnly: 4 } as const;

/**
 * enum wgallowedip_attribute
 * | number | type  | holds                                  |
 * |      1 | u16   | FAMILY: AF_*, order of the machine     |
 * |      2 | 4, 16 | IPADDR, network order                  |
 * |      3 | u8    | CIDR_MASK, in bits                     |
 */
export const ALLOWED_IP = { family: 1, address: 2, length: 3 } as const;
