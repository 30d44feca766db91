import { isDeepStrictEqual } from 'node:util';
import { NetlinkError } from '../errors.js';
import type { NetlinkSocket } from '../socket/conversation.js';
import type { NetlinkQuery } from '../wire/query.js';
import { batchOf } from './batch.js';
import { type Chain, getChain, newChain } from './chain.js';
import { CHAIN, MARK, RULES, TABLE } from './desired.js';
import { dumpRules, newRule, type Rule } from './rule.js';
import { deleteTable, getTable, newTable, type Table } from './table.js';

/** A table of our name that we did not make stands in the way. */
export class ForeignTableError extends Error {
  override readonly name = 'ForeignTableError';

  constructor() {
    super(`the nftables table inet ${TABLE} has rules, and none of them is ours: remove it`);
  }
}

/** Others may change the table between our look and our change; not every time. */
const ATTEMPTS = 5;

/**
 * Exempts what goes into IPsec from the masquerading of others. Does nothing where that is so; else
 * one atomic batch puts our table in place of what there is of it, whatever happened to that.
 *
 * @param socket of the protocol `netfilter`
 * @throws ForeignTableError, having changed nothing
 * @throws NetlinkError, having changed nothing: ENOENT or EOPNOTSUPP where the kernel lacks NAT for
 *   tables of both IP versions (before 5.2), EINVAL where it lacks nf_tables, EPERM without
 *   CAP_NET_ADMIN; and as `NetlinkSocket` does
 */
export async function installExemption(socket: NetlinkSocket): Promise<void> {
  await changing(async () => {
    const found = await read(socket);
    if (isRight(found)) return;
    if (isForeign(found)) throw new ForeignTableError();
    await socket.transact(
      batchOf([
        ...(found.table === undefined ? [] : [deleteTable(found.table)]),
        newTable(TABLE),
        newChain(CHAIN),
        ...RULES.map(newRule),
      ]),
    );
  });
}

/**
 * Removes our table. A foreign one of its name is left alone, and it is no error if there is none.
 *
 * @param socket of the protocol `netfilter`
 * @throws NetlinkError, and as `NetlinkSocket` does
 */
export async function removeExemption(socket: NetlinkSocket): Promise<void> {
  await changing(async () => {
    const found = await read(socket);
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
  const found = await read(socket);
  if (found.table === undefined) return 'nobody';
  return isForeign(found) ? 'others' : 'us';
}

/**
 * Whether the kernel has our table, complete, in force, with nothing else in it.
 *
 * @param socket of the protocol `netfilter`
 * @throws NetlinkError, and as `NetlinkSocket` does
 */
export async function isExemptionInstalled(socket: NetlinkSocket): Promise<boolean> {
  return isRight(await read(socket));
}

interface Found {
  readonly table: Table | undefined;
  readonly chain: Chain | undefined;
  readonly rules: readonly Rule[];
}

/** Asks for what is ours alone: other tables, such as kube-proxy's, may have thousands of chains. */
async function read(socket: NetlinkSocket): Promise<Found> {
  const table = await getIfAny(socket, getTable(TABLE));
  if (table === undefined) return { table, chain: undefined, rules: [] };
  const chain = await getIfAny(socket, getChain(CHAIN));
  return { table, chain, rules: await socket.dump(dumpRules(TABLE)) };
}

/** Neither dormant nor with another chain or set. */
function isRight({ table, chain, rules }: Found): boolean {
  if (table === undefined || table.flags !== 0 || table.use !== 1) return false;
  return isDeepStrictEqual(chain, CHAIN) && isDeepStrictEqual(rules, RULES);
}

/** One that lost its rules was ours; one with a rule of ours is, whatever else was put there. */
function isForeign({ rules }: Found): boolean {
  return rules.length > 0 && !rules.some(({ comment }) => comment === MARK);
}

async function getIfAny<T>(socket: NetlinkSocket, query: NetlinkQuery<T>): Promise<T | undefined> {
  try {
    return await socket.get(query);
  } catch (error) {
    if (error instanceof NetlinkError && error.code === 'ENOENT') return undefined;
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
