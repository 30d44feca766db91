import type { Prefix } from '../../net/index.js';
import { NetlinkError } from '../errors.js';
import type { NetlinkSocket } from '../socket/conversation.js';
import { batchOf } from './batch.js';
import { newChain } from './chain.js';
import {
  CHAINS,
  CLOSED,
  CLOSED_NODES,
  NO_SOURCES,
  rulesFor,
  type Sources,
  TABLE,
} from './desired.js';
import { deleteIntervals, newIntervals } from './element.js';
import { isForeign, isRight, readFound, readIntervals } from './found.js';
import {
  diffClosed,
  type Interval,
  type Intervals,
  intervalsOfPrefixes,
  prefixOf,
} from './interval.js';
import { newRule } from './rule.js';
import { type NamedSet, newSet } from './set.js';
import { deleteTable, newTable, type Table } from './table.js';

/** A table of our name that we did not make stands in the way. */
export class ForeignTableError extends Error {
  override readonly name = 'ForeignTableError';

  constructor() {
    super(`the nftables table inet ${TABLE} has rules, and none of them is ours: remove it`);
  }
}

/** The part of our table that keeps plaintext from leaving. */
export interface Guard {
  /** The table is there, complete, in force, with nothing else in it: what is closed is dropped. */
  readonly isInForce: boolean;
  /** Ascending. What others closed and is no prefix is left out. */
  readonly closed: readonly Prefix[];
  /** Addresses of peers, closed but for what is exempt between nodes; in the same way. */
  readonly nodes: readonly Prefix[];
}

/** Others may change the table between our look and our change; not every time. */
const ATTEMPTS = 5;

/**
 * Exempts what goes into IPsec or WireGuard from the masquerading of others, and guards what is closed as
 * {@link setClosed} says. Does nothing where that is so; else one atomic batch puts our table in place of
 * what there is of it, whatever happened to that.
 *
 * @param socket of the protocol `netfilter`
 * `closed` and `nodes` are as for {@link setClosed}: what is closed already unless given. `sources`
 * are those of packets on our WireGuard devices: none is translated there unless given.
 *
 * @throws ForeignTableError, having changed nothing
 * @throws NetlinkError, having changed nothing: ENOENT or EOPNOTSUPP where the kernel lacks NAT for
 *   tables of both IP versions (before 5.2), EINVAL where it lacks nf_tables, EPERM without
 *   CAP_NET_ADMIN; and as `NetlinkSocket` does
 */
export async function installExemption(
  socket: NetlinkSocket,
  {
    closed,
    nodes,
    sources = NO_SOURCES,
  }: {
    closed?: readonly Prefix[];
    nodes?: readonly Prefix[];
    sources?: Sources;
  } = {},
): Promise<void> {
  const wished = {
    closed: closed && intervalsOfPrefixes(closed),
    nodes: nodes && intervalsOfPrefixes(nodes),
  };
  await bring(socket, wished, sources, true);
}

/**
 * Drops IPv6 packets to these prefixes, and to no others, unless they leave through a WireGuard device
 * of ours or an SA (`desired.ts`). What differs is changed, all or nothing; where the table is not as it
 * should be it is made anew with all of it, as by {@link installExemption}. Where there is no table none
 * is made to close nothing. When this resolves no packet passes any more.
 *
 * @param socket of the protocol `netfilter`
 * @param closed of IPv6, in any order; some may be within others
 * @param sources as for {@link installExemption}
 * @param nodes peers' own addresses, closed in the same way but for what is exempt between nodes (`plainBetweenNodes`)
 * @throws RangeError for a prefix of IPv4, and as {@link installExemption} does
 */
export async function setClosed(
  socket: NetlinkSocket,
  closed: readonly Prefix[],
  sources: Sources = NO_SOURCES,
  nodes: readonly Prefix[] = [],
): Promise<void> {
  const wished = { closed: intervalsOfPrefixes(closed), nodes: intervalsOfPrefixes(nodes) };
  await bring(socket, wished, sources, closed.length + nodes.length > 0);
}

/**
 * What is closed, and whether that has any effect.
 *
 * @param socket of the protocol `netfilter`
 * @throws NetlinkError, and as `NetlinkSocket` does
 */
export async function readGuard(
  socket: NetlinkSocket,
  sources: Sources = NO_SOURCES,
): Promise<Guard> {
  const found = await readFound(socket);
  const isInForce = isRight(found, sources, found.nodes !== undefined);
  const closedOf = async (set: NamedSet): Promise<Prefix[]> => {
    const { intervals } = await readIntervals(socket, set);
    return intervals.flatMap((one) => prefixOf(one) ?? []);
  };
  return { isInForce, closed: await closedOf(CLOSED), nodes: await closedOf(CLOSED_NODES) };
}

/**
 * Removes our table. A foreign one of its name is left alone, and it is no error if there is none.
 *
 * @param socket of the protocol `netfilter`
 * @throws NetlinkError, and as `NetlinkSocket` does
 */
export async function removeExemption(socket: NetlinkSocket): Promise<void> {
  await changing(async () => {
    const found = await readFound(socket);
    if (found.table === undefined || isForeign(found)) return;
    await socket.transact(batchOf([deleteTable(found.table)]));
  });
}

/**
 * Whose table of our name the kernel has, in whatever state it is.
 *
 * @param socket of the protocol `netfilter`
 * @throws NetlinkError, and as `NetlinkSocket` does
 */
export async function ownerOfExemption(socket: NetlinkSocket): Promise<'nobody' | 'us' | 'others'> {
  const found = await readFound(socket);
  if (found.table === undefined) return 'nobody';
  return isForeign(found) ? 'others' : 'us';
}

/**
 * Whether the kernel has our table, complete, in force, with nothing else in it; whatever is closed.
 *
 * @param socket of the protocol `netfilter`
 * @throws NetlinkError, and as `NetlinkSocket` does
 */
export async function isExemptionInstalled(
  socket: NetlinkSocket,
  sources: Sources = NO_SOURCES,
): Promise<boolean> {
  const found = await readFound(socket);
  return isRight(found, sources, found.nodes !== undefined);
}

/** What our sets should hold; undefined for what they do. */
interface WishedSets {
  readonly closed: readonly Interval[] | undefined;
  readonly nodes: readonly Interval[] | undefined;
}

/** @param makes a table where there is none */
async function bring(
  socket: NetlinkSocket,
  wished: WishedSets,
  sources: Sources,
  makes: boolean,
): Promise<void> {
  await changing(async () => {
    const found = await readFound(socket);
    if (found.table === undefined && !makes) return;
    if (isForeign(found)) throw new ForeignTableError();
    const hasNodes =
      wished.nodes === undefined ? found.nodes !== undefined : wished.nodes.length > 0;
    const isThere = isRight(found, sources, hasNodes);
    if (isThere && wished.closed === undefined && wished.nodes === undefined) return;
    const sets: SetChange[] = [];
    for (const [set, intervals] of [
      [CLOSED, wished.closed],
      ...(hasNodes ? ([[CLOSED_NODES, wished.nodes]] as const) : []),
    ] as const) {
      const actual = await readIntervals(socket, set);
      sets.push({ set, actual, closed: intervals ?? actual.intervals });
    }
    if (isThere && (await changeInPlace(socket, sets))) return;
    await socket.transact(batchOf(wholeTable(found.table, sets, sources)));
  });
}

/** A set of ours, what is in it, and what should be. */
interface SetChange {
  readonly set: NamedSet;
  readonly actual: Intervals;
  readonly closed: readonly Interval[];
}

/**
 * All of it at once. Only a packet that is between the two chains of one hook at that very moment may
 * meet neither: the former has no rules any more, the new one had none yet (17 of 1,100,000 packets,
 * while the table was replaced 120 times). Changes in place have no such moment.
 */
function wholeTable(former: Table | undefined, sets: readonly SetChange[], sources: Sources) {
  return [
    ...(former === undefined ? [] : [deleteTable(former)]),
    newTable(TABLE),
    ...sets.map(({ set }) => newSet(set)),
    ...CHAINS.map(newChain),
    ...sets.flatMap(({ set, closed }) => newIntervals(set, closed)),
    ...rulesFor(sources, sets.length > 1).map(newRule),
  ];
}

/**
 * Changes what differs. Packets to what stays closed are dropped all the while: in an older kernel (before
 * 6.17, 6.12.48) but for those to a prefix that takes the place of another that it overlaps.
 *
 * @returns false where nothing was changed, and the whole table has to be made anew
 */
async function changeInPlace(socket: NetlinkSocket, sets: readonly SetChange[]): Promise<boolean> {
  if (sets.some(({ actual }) => !actual.isRegular)) return false;
  const changes = sets.flatMap(({ set, actual, closed }) => {
    const { added, removed } = diffClosed(actual.intervals, closed);
    return [...deleteIntervals(set, removed), ...newIntervals(set, added)];
  });
  if (changes.length === 0) return true;
  try {
    await socket.transact(batchOf(changes));
    return true;
  } catch (error) {
    // Others were here since we looked; or a kernel sees an overlap where none is, as some have done.
    if (error instanceof NetlinkError) return false;
    throw error;
  }
}

/** Once more when what was read was no longer so: the table gone (ENOENT), or there (EEXIST). */
async function changing(attempt: () => Promise<void>): Promise<void> {
  for (let count = 1; ; count += 1) {
    try {
      await attempt();
      return;
    } catch (error) {
      const isRace = error instanceof NetlinkError && error.index === 0 && RACES.has(error.code);
      if (!isRace || count === ATTEMPTS) throw error;
    }
  }
}

const RACES: ReadonlySet<string> = new Set(['ENOENT', 'EEXIST']);
