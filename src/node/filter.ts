import { peerOfReqid, unpackSpi } from '../keying/index.js';
import type { Policy } from '../netlink/index.js';

/** Which of our SAs and policies are meant; what is absent fits all. */
export interface Filter {
  /** A key id (1–15) or a whole SPI: no SPI of ours is that small. */
  readonly spi?: number;
  /** The peer's node number. */
  readonly nodeNumber?: number;
}

/** Whether something under this SPI and request id is meant. */
export function fits(
  { spi, nodeNumber }: Filter,
  one: { readonly spi: number; readonly reqid: number },
): boolean {
  const ofSpi = spi === undefined || spi === one.spi || spi === unpackSpi(one.spi)?.keyId;
  return ofSpi && (nodeNumber === undefined || nodeNumber === peerOfReqid(one.reqid));
}

/**
 * Whether a policy is meant. One that only blocks names neither SPI nor peer, so it fits a filter that
 * asks for nothing.
 */
export function policyFits(filter: Filter, { templates }: Pick<Policy, 'templates'>): boolean {
  if (filter.spi === undefined && filter.nodeNumber === undefined) return true;
  return templates.some((template) => fits(filter, template));
}
