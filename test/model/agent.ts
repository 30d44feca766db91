import { type AuthenticRecord, markOf, type Phase } from '../../src/keying/index.js';
import type { Pair } from '../../src/pairs/index.js';
import { EMPTY_KERNEL, type KernelID } from './kernels.js';

/** So much of `OwnState` of src/agent as pairs depend on. */
export interface Own {
  readonly epoch: number;
  readonly publishedPhase?: Phase;
  readonly lostMemoryAt?: number;
  /** Key ids that it has private keys for, and those whose private keys were destroyed in this epoch. */
  readonly keyIDs: readonly number[];
  readonly retired: readonly number[];
}

/**
 * One node: what its people want, its kernel, its state file, which is what the agent knows at the end of a
 * round, and what the agent knows besides. Plain and immutable.
 */
export interface Agent {
  readonly node: number;
  readonly enabled: boolean;
  /** In the order of its key file. */
  readonly keyIDs: readonly number[];
  readonly kernel: KernelID;
  /** Keys that were ever given to its kernel, by direction and fingerprint. */
  readonly installed: readonly string[];
  /** Of epochs: they only grow, whatever is forgotten. */
  readonly clock: number;

  /** Remembered over a restart. */
  readonly own?: Own;
  readonly pairs: readonly Pair[];

  /** Its machine is gone for good, and with it its Node and its record. */
  readonly isGone: boolean;
  /** Key ids in the list beside its key file. */
  readonly revoked: readonly number[];

  readonly isUp: boolean;
  readonly isAdopted: boolean;
  /** Whether the API server has told it all; and whether that was before its last look at the peers. */
  readonly isListed: boolean;
  readonly isFirst: boolean;
  /** Its own record, as it last saw it, and the one on its way to the API server. */
  readonly published?: AuthenticRecord;
  readonly writing?: AuthenticRecord;
  /** The peer's last accepted record. */
  readonly peer?: AuthenticRecord;
  /** Ticks since the peer's last `sending` or record, or since the start: up to {@link SETTLED}. */
  readonly quiet: number;
  /** Nothing of the pair has changed for `keyRotationDuration`. */
  readonly isSteady: boolean;
  /** Nobody has claimed for five minutes what was found in the kernel. */
  readonly isLate: boolean;
  /** The peer's Node and record have not been there for five minutes. */
  readonly isAlone: boolean;
  /** The tunnel that it last said to send on, and for how many ticks another one may not be named. */
  readonly lastSending?: { readonly id: string; readonly wait: number };
  /** Fingerprints of keys that the kernel has not been given. */
  readonly unsent: readonly string[];
}

/** Ticks that packets and messages are on their way at most, and after which what came before them has come. */
export const SETTLED = Number(process.env.MODEL_TICKS ?? 1);

/** A node that has just been enabled on key 1, and its agent started. */
export function freshAgent(node: number): Agent {
  return {
    ...{ node, enabled: true, keyIDs: [1], kernel: EMPTY_KERNEL, installed: [], clock: 0 },
    ...{ isGone: false, revoked: [] },
    ...started([], true),
  };
}

function started(pairs: readonly Pair[], isUp: boolean) {
  return {
    ...{ pairs, isUp, isAdopted: false, isListed: false, isFirst: true },
    ...{ quiet: 0, isSteady: false, isLate: false, isAlone: false, unsent: [] },
  };
}

/** The agent has died. What it remembers is in its state file. */
export function killed(agent: Agent): Agent {
  const { node, enabled, keyIDs, kernel, installed, clock, own, pairs, isGone, revoked } = agent;
  return {
    ...{ node, enabled, keyIDs, kernel, installed, clock, isGone, revoked },
    ...(own === undefined ? {} : { own }),
    // Nothing is saved before the node knows who it is.
    ...started(own === undefined ? [] : pairs, false),
  };
}

/** The same without its state file. */
export function forgotten({ own: _, ...agent }: Agent): Agent {
  return killed({ ...agent, pairs: [] });
}

/** Equal for equal nodes, whatever the order in which their parts were made. */
export function agentText(agent: Agent): string {
  const { node, enabled, keyIDs, kernel, installed, clock, own, pairs } = agent;
  const { isUp, isAdopted, isListed, isFirst, published, writing, peer } = agent;
  const { quiet, isSteady, isLate, isAlone, lastSending: last, unsent, isGone, revoked } = agent;
  return JSON.stringify([
    ...[node, enabled, keyIDs, kernel, installed, clock],
    own && [own.epoch, own.publishedPhase, own.lostMemoryAt, own.keyIDs, own.retired],
    pairs.map(pairText),
    ...[isUp, isAdopted, isListed, isFirst, quiet, isSteady, isLate, last?.id, last?.wait, unsent],
    ...[isAlone, isGone, revoked],
    ...[published, writing, peer].map((one) => one && recordText(one)),
  ]);
}

function pairText(pair: Pair): unknown {
  const { peer, reqid, podPrefixes, addresses, mark, tunnels, spent, sendsOn } = pair;
  const { outClosed, inClosed } = pair;
  return [
    ...[peer, reqid, podPrefixes, addresses, mark?.digest, sendsOn, outClosed, inClosed],
    tunnels.map(({ id, confirmed, peerSends, told }) => [id, confirmed, peerSends, told]),
    spent.map(({ id }) => id).sort(),
  ];
}

const digests = new WeakMap<AuthenticRecord, string>();

/** Of all that a record says. */
export function digestOf(record: AuthenticRecord): string {
  const known = digests.get(record) ?? markOf(record).digest;
  digests.set(record, known);
  return known;
}

/** Equal for records that say the same, under the same keys. */
export function recordText(record: AuthenticRecord): string {
  return `${digestOf(record)} ${record.provenKeyIDs}`;
}
