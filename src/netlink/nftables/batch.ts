import { FLAG, type NetlinkRequest } from '../wire/message.js';
import type { NetlinkTransaction } from '../wire/transaction.js';
import { packAround } from './message.js';

/** NFNL_MSG_BATCH_BEGIN and NFNL_MSG_BATCH_END (linux/netfilter/nfnetlink.h). */
const AROUND = { begin: 0x10, end: 0x11 } as const;

/** A batch of nf_tables: packets meet all of the changes or none. */
export function batchOf(changes: readonly NetlinkRequest[]): NetlinkTransaction {
  const around = (type: number) => ({ type, flags: FLAG.request, body: packAround() });
  return { begin: around(AROUND.begin), changes, end: around(AROUND.end) };
}
