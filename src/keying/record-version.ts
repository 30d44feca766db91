/**
 * The versions of the record (docs/keying.md, "Versions"). A node writes the least one that has the
 * fields it needs, so that a node without WireGuard is understood by agents that know nothing of it.
 * A reader refuses a record of a later version than it acts on, and keeps what works.
 */
export const RECORD_VERSION = {
  /** Without the field `wireguard`. */
  ipsec: 1,
  /** With it, if only as an empty list. */
  wireguard: 2,
} as const;

export type RecordVersion = (typeof RECORD_VERSION)[keyof typeof RECORD_VERSION];

/** The latest version that this code can parse. */
export const NEWEST_RECORD: RecordVersion = RECORD_VERSION.wireguard;
