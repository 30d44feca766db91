import { hasHostBits, networkOf, type Prefix } from '../../net/index.js';
import { ELEMENT_FLAG } from './constants.js';

/** Of an IPv6 address. */
const BITS = 128;
/** As many addresses as there are. */
const ALL = 2n ** BigInt(BITS);

/** An element of a set; in one of intervals, where an interval starts or ends. */
export interface SetElement {
  /** Empty for an element that stands for all keys (NFT_SET_ELEM_CATCHALL). */
  readonly key: Uint8Array;
  /** enum nft_set_elem_flags. */
  readonly flags: number;
}

/** IPv6 addresses from one to another, 16 bytes each. */
export interface Interval {
  readonly first: Uint8Array;
  /** The one behind the last; undefined for an interval that has the last address of all. */
  readonly end: Uint8Array | undefined;
}

/** What a set holds. */
export interface Intervals {
  /** Ascending and disjoint. */
  readonly intervals: readonly Interval[];
  /** Nothing else is in the set: no end without a start, no start within an interval, no other flags. */
  readonly isRegular: boolean;
}

/** The elements that make an interval: the kernel takes it as open if no end follows. */
export function elementsOf({ first, end }: Interval): readonly SetElement[] {
  const start = { key: first, flags: 0 };
  return end === undefined ? [start] : [start, { key: end, flags: ELEMENT_FLAG.intervalEnd }];
}

/** The intervals of elements that the kernel has told, in any order. */
export function intervalsOf(elements: readonly SetElement[]): Intervals {
  const intervals: Interval[] = [];
  let isRegular = true;
  let first: Uint8Array | undefined;
  for (const { key, flags } of elements.toSorted(compareElements)) {
    const isEnd = flags === ELEMENT_FLAG.intervalEnd;
    if (key.length !== BITS / 8 || (flags !== 0 && !isEnd)) {
      isRegular = false;
    } else if (isEnd) {
      if (first !== undefined) intervals.push({ first, end: key });
      // nft puts an end at :: into an empty set.
      else if (key.some((byte) => byte !== 0)) isRegular = false;
      first = undefined;
    } else {
      if (first !== undefined) isRegular = false;
      first ??= key;
    }
  }
  if (first !== undefined) intervals.push({ first, end: undefined });
  return { intervals, isRegular };
}

/** The end of an interval before the start of the next one. */
function compareElements(one: SetElement, other: SetElement): number {
  return Buffer.compare(one.key, other.key) || other.flags - one.flags;
}

/**
 * Prefixes as intervals, ascending; those within others are left out, as intervals must not overlap.
 * Neighbours stay two: to open one does not touch the other.
 *
 * @throws RangeError for one of IPv4
 */
export function intervalsOfPrefixes(prefixes: readonly Prefix[]): Interval[] {
  if (prefixes.some(({ family }) => family !== 6)) throw new RangeError('not an IPv6 prefix');
  const found: Interval[] = [];
  for (const network of prefixes.map(networkOf).sort(comparePrefixes)) {
    const last = found.at(-1);
    const interval = { first: network.address, end: behind(network) };
    if (last === undefined || isBefore(last, interval)) found.push(interval);
  }
  return found;
}

function comparePrefixes(one: Prefix, other: Prefix): number {
  return Buffer.compare(one.address, other.address) || one.length - other.length;
}

/** The first address behind a network; undefined behind the last one. */
function behind({ address, length }: Prefix): Uint8Array | undefined {
  const end = numberOf(address) + 2n ** BigInt(BITS - length);
  const hex = end.toString(16).padStart(BITS / 4, '0');
  return end === ALL ? undefined : Uint8Array.from(Buffer.from(hex, 'hex'));
}

/** The prefix that an interval is; undefined for one that is none. */
export function prefixOf({ first, end }: Interval): Prefix | undefined {
  const size = (end === undefined ? ALL : numberOf(end)) - numberOf(first);
  const length = BITS + 1 - size.toString(2).length;
  const prefix = { family: 6, address: first, length } as const;
  return 2n ** BigInt(BITS - length) === size && !hasHostBits(prefix) ? prefix : undefined;
}

function numberOf(address: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(address).toString('hex')}`);
}

/** What to change of a set. */
export interface ClosedDifference {
  readonly added: readonly Interval[];
  readonly removed: readonly Interval[];
}

/** What brings a set from one state to another; ascending as they are. */
export function diffClosed(
  actual: readonly Interval[],
  wished: readonly Interval[],
): ClosedDifference {
  const [had, wants] = [new Set(actual.map(textOf)), new Set(wished.map(textOf))];
  return {
    added: wished.filter((one) => !had.has(textOf(one))),
    removed: actual.filter((one) => !wants.has(textOf(one))),
  };
}

function textOf({ first, end }: Interval): string {
  return Buffer.concat(end === undefined ? [first] : [first, end]).toString('latin1');
}

/** Whether the last address of one comes before the first of the other. */
function isBefore({ end }: Interval, { first }: Interval): boolean {
  return end !== undefined && Buffer.compare(end, first) <= 0;
}
