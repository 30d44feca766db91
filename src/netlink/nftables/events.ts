import type { EventSource } from '../socket/subscription.js';
import type { NetlinkMessage } from '../wire/message.js';
import { NFTABLES_GROUP } from './constants.js';
import { TABLE } from './desired.js';
import { inetAttributes, textOf } from './message.js';

/** Somebody added, changed or removed something of our table: look whether it is still right. */
export interface ExemptionEvent {
  readonly kind: 'exemption-touched';
}

/** NFTA_TABLE_NAME, NFTA_CHAIN_TABLE, NFTA_RULE_TABLE and so on: the table, in every message. */
const TABLE_NAME = 1;

/**
 * Reads a message of NFNLGRP_NFTABLES. One batch may give several events.
 *
 * @returns undefined for what is about another table
 * @throws NetlinkParseError
 */
export function parseExemptionEvent(message: NetlinkMessage): ExemptionEvent | undefined {
  const attributes = inetAttributes(message);
  if (attributes === undefined || textOf(attributes, TABLE_NAME) !== TABLE) return undefined;
  return { kind: 'exemption-touched' };
}

/**
 * Changes of our table, whoever made them. The kernel has one group for all tables, so a busy
 * kube-proxy may overrun the buffer: that is `lost`, and to be answered by a look as well.
 */
export const EXEMPTION_EVENTS: EventSource<ExemptionEvent> = {
  protocol: 'netfilter',
  groups: [NFTABLES_GROUP],
  parse: parseExemptionEvent,
};
