import { OWNER_MARK, peerOfReqid, unpackSpi } from '../keying/index.js';
import { IP_PROTOCOL, type Policy, type Sa } from '../netlink/index.js';

/** Whether an SA is Podcloak's: by its request id, which nobody else gives. */
export function isOwnSa({ reqid, protocol }: Pick<Sa, 'reqid' | 'protocol'>): boolean {
  return protocol === IP_PROTOCOL.esp && peerOfReqid(reqid) !== undefined;
}

/** Whether a policy is Podcloak's: by its owner mark. */
export function isOwnPolicy({ selector }: Pick<Policy, 'selector'>): boolean {
  return selector.user === OWNER_MARK;
}

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
