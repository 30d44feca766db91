import { isDeepStrictEqual } from 'node:util';
import { NetlinkError } from '../errors.js';
import type { NetlinkSocket } from '../socket/conversation.js';
import type { NetlinkQuery } from '../wire/query.js';
import { type Chain, getChain } from './chain.js';
import { CHAINS, CLOSED, CLOSED_NODES, MARK, rulesFor, type Sources, TABLE } from './desired.js';
import { dumpElements } from './element.js';
import { type Intervals, intervalsOf, type SetElement } from './interval.js';
import { dumpRules, type Rule } from './rule.js';
import { getSet, type NamedSet } from './set.js';
import { getTable, type Table } from './table.js';

/** What the kernel has under the name of our table, but for the elements of its set. */
export interface Found {
  readonly table: Table | undefined;
  /** In the order of ours; undefined for one that is not there. */
  readonly chains: readonly (Chain | undefined)[];
  readonly set: NamedSet | undefined;
  /** That of nodes. */
  readonly nodes: NamedSet | undefined;
  readonly rules: readonly Rule[];
}

/**
 * Asks for what is ours alone: other tables, such as kube-proxy's, may have thousands of chains.
 *
 * @throws NetlinkError, and as `NetlinkSocket` does
 */
export async function readFound(socket: NetlinkSocket): Promise<Found> {
  const table = await ifAny(socket.get(getTable(TABLE)));
  if (table === undefined)
    return { table, chains: [], set: undefined, nodes: undefined, rules: [] };
  const chains: (Chain | undefined)[] = [];
  for (const chain of CHAINS) chains.push(await ifAny(socket.get(getChain(chain))));
  const set = await ifAny(socket.get(getSet(CLOSED)));
  const nodes = await ifAny(socket.get(getSet(CLOSED_NODES)));
  return { table, chains, set, nodes, rules: await socket.dump(dumpRules(TABLE)) };
}

/**
 * What a set holds; nothing where there is no set, or one of other keys.
 *
 * @throws NetlinkError, and as `NetlinkSocket` does
 */
export async function readIntervals(socket: NetlinkSocket, set: NamedSet): Promise<Intervals> {
  const query: NetlinkQuery<readonly SetElement[]> = dumpElements(set);
  return intervalsOf(((await ifAny(socket.dump(query))) ?? []).flat());
}

/**
 * Neither dormant nor with another chain or set.
 *
 * @param sources as of `rulesFor`
 * @param hasNodes as of `rulesFor`
 */
export function isRight(
  { table, chains, set, nodes, rules }: Found,
  sources: Sources,
  hasNodes: boolean,
): boolean {
  if (table === undefined || table.flags !== 0) return false;
  if (table.use !== CHAINS.length + (hasNodes ? 2 : 1)) return false;
  return (
    isDeepStrictEqual(chains, CHAINS) &&
    isDeepStrictEqual(set, CLOSED) &&
    isDeepStrictEqual(nodes, hasNodes ? CLOSED_NODES : undefined) &&
    isDeepStrictEqual(rules, rulesFor(sources, hasNodes))
  );
}

/** One that lost its rules was ours; one with a rule of ours is, whatever else was put there. */
export function isForeign({ rules }: Found): boolean {
  return rules.length > 0 && !rules.some(({ comment }) => comment === MARK);
}

async function ifAny<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof NetlinkError && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
