import type { Difference, Step } from '../../src/datapath/index.js';
import { markOf, outlivesRevocation } from '../../src/keying/index.js';
import type { Algorithms } from '../../src/netlink/index.js';
import {
  adopt,
  bestOf,
  type Cause,
  claimedPair,
  freeReqid,
  isAdopted,
  mayBeEncrypted,
  needsEpoch,
  newPair,
  type Origin,
  orphansOf,
  type Pair,
  pairWish,
  type Saying,
  type Situation,
  Steadiness,
  sayingOf,
  step,
  type Tunnel,
  wantedOrigins,
  withoutLost,
  withoutRevoked,
  withRecord,
} from '../../src/pairs/index.js';
import { fakeAlgorithms, fakeTunnel } from '../unit/pairs/samples.js';
import { type Agent, killed, SETTLED } from './agent.js';
import { actualOf, afterMessage, difference, type KernelID, numberOf } from './kernels.js';
import { begun, endOf, isQuiet, renewed, toPublish, withKeys } from './own.js';

/** What a round of an agent has come to. */
export interface Round {
  readonly agent: Agent;
  /** The kernel after each message; the agent's at the end is the last one. */
  readonly kernels: readonly KernelID[];
  /** The node as it is when its agent was killed after each message, but for the last one. */
  readonly killed: readonly Agent[];
  readonly saying?: Saying;
  /** How many things there are to say: they take turns. */
  readonly sayings: number;
  readonly violations: readonly string[];
  /** What its pairs are as they are for, as people see it. */
  readonly by: Cause;
}

/** The pairs of an agent in a round, and what they need. */
interface Draft {
  agent: Agent;
  pairs: Map<string, Pair>;
  wanted: Map<string, readonly Origin[]>;
  readonly unsent: Set<string>;
  by: Cause;
}

/**
 * One round, as `#reconcile` of src/agent/agent.ts has it.
 *
 * @param turn counts what was said
 */
export function round(before: Agent, turn: number): Round {
  const draft: Draft = {
    agent: before,
    pairs: new Map(before.pairs.map((pair) => [pair.peer, pair])),
    wanted: new Map(),
    unsent: new Set(before.unsent),
    by: before.pairs.length > 0 ? 'step' : 'record',
  };
  const isOwnKnown = settleOwn(draft);
  if (!draft.agent.isAdopted) {
    const ends = [`192.168.50.${numberOf(before.node)}`];
    const found = adopt(actualOf(before.kernel), [...draft.pairs.values()], ends);
    for (const pair of found) draft.pairs.set(pair.peer, pair);
    if (found.length > 0) draft.by = 'kernel';
    draft.agent = { ...draft.agent, isAdopted: true };
  }
  if (!isOwnKnown) {
    const agent = { ...draft.agent, pairs: [...draft.pairs.values()] };
    return { agent, killed: [], kernels: [], sayings: 0, violations: [], by: draft.by };
  }
  revoke(draft);
  meet(draft);
  stepAll(draft);
  if ([...draft.pairs].some(([name, pair]) => needsEpoch(pair, draft.wanted.get(name) ?? []))) {
    draft.agent = renewed(draft.agent);
    stepAll(draft);
  }
  let { found, saying, sayings } = compare(draft, turn);
  const { lost, taken } = found;
  if (lost.length + taken.length > 0) {
    draft.by = 'loss';
    const spis = new Set([...lost, ...taken].map(({ inbound }) => inbound.spi));
    for (const pair of draft.pairs.values()) {
      const ids = pair.tunnels.filter(({ inbound }) => spis.has(inbound.spi)).map(({ id }) => id);
      draft.pairs.set(pair.peer, withoutLost(pair, new Set(ids)));
    }
    draft.agent = renewed(draft.agent);
    stepAll(draft);
    ({ found, saying, sayings } = compare(draft, turn));
  }
  return brought(draft, found.steps, saying, sayings);
}

/** @returns false while it cannot be known who the node is, or nobody has to know */
function settleOwn(draft: Draft): boolean {
  const { agent, pairs } = draft;
  const { own, published } = agent;
  if (own === undefined) {
    const isNeeded = agent.enabled || pairs.size > 0 || !isQuiet(agent);
    if (!agent.isListed || !isNeeded) return false;
    draft.agent = begun(agent);
  } else if (published !== undefined) {
    draft.agent = { ...agent, own: { ...own, publishedPhase: published.record.phase } };
  }
  const inTunnels = [...pairs.values()].flatMap(({ tunnels }) => tunnels.map((one) => one.keyID));
  draft.agent = withKeys(draft.agent, new Set(inTunnels));
  return true;
}

/** As `#revoke`. */
function revoke(draft: Draft): void {
  const { revoked, peer, ...rest } = draft.agent;
  const ids = new Set(revoked);
  if (ids.size === 0) return;
  for (const [name, pair] of draft.pairs) {
    const next = withoutRevoked(pair, ids);
    if (next.tunnels.length < pair.tunnels.length) draft.by = 'loss';
    draft.pairs.set(name, next);
  }
  if (peer !== undefined && !outlivesRevocation(markOf(peer), ids)) {
    draft.agent = { ...rest, revoked };
  }
}

/** As `#meetPeers`. */
function meet(draft: Draft): void {
  const { agent, pairs } = draft;
  const { peer, own, enabled, isFirst, isListed } = agent;
  if (peer !== undefined && own !== undefined) {
    const name = peer.owner.nodeName;
    const known = pairs.get(name);
    const isClosed =
      own.lostMemoryAt !== undefined &&
      mayBeEncrypted(peer.record) &&
      (isFirst || peer.record.epoch < own.lostMemoryAt);
    const [orphan, ...others] = orphansOf(pairs.values(), peer);
    if (known !== undefined) pairs.set(name, withRecord(known, peer));
    else if (orphan !== undefined) {
      for (const one of [orphan, ...others]) pairs.delete(one.peer);
      pairs.set(name, claimedPair([orphan, ...others], peer, isClosed));
    } else if (isClosed || (enabled && peer.record.phase !== 'Disabled')) {
      const reqids = new Set([...pairs.values()].map(({ reqid }) => reqid));
      const reqid = freeReqid(peer.record.nodeNumber, reqids);
      pairs.set(name, newPair(peer, reqid, isClosed));
    }
  }
  if (isListed) draft.agent = { ...agent, isFirst: false };
  for (const [name, { outClosed, inClosed }] of pairs) {
    const isAbsent = isAdopted(name) ? agent.isLate : agent.isAlone;
    if (outClosed || inClosed || !isAbsent) continue;
    pairs.delete(name);
    if (isAdopted(name)) continue;
    const { peer: _, ...rest } = draft.agent;
    draft.agent = rest;
  }
}

/** As `#stepPairs`. */
function stepAll(draft: Draft): void {
  const { agent } = draft;
  for (const [name, pair] of draft.pairs) {
    const peer = agent.peer?.owner.nodeName === name ? agent.peer : undefined;
    const wanted = peer === undefined || !agent.enabled ? [] : wantedOrigins(endOf(agent), peer);
    draft.wanted.set(name, wanted);
    const situation: Situation = {
      disabled: !agent.enabled,
      enforced: agent.own?.publishedPhase === 'Enforced',
      peerPhase: peer?.record.phase,
      peerIsKeyless: peer?.record.keys.length === 0,
      wanted,
      settled: agent.quiet >= SETTLED,
      steady: draft.agent.isSteady,
      gone: isAdopted(name) ? agent.isLate : agent.isAlone,
    };
    const next = step(pair, situation, (origin, reqid) => {
      const tunnel = fakeTunnel(origin, reqid);
      const { own, peer: other } = origin;
      keys.set(tunnel.inbound.fingerprint, fakeAlgorithms(origin, other, own));
      keys.set(tunnel.outbound.fingerprint, fakeAlgorithms(origin, own, other));
      draft.unsent.add(tunnel.inbound.fingerprint).add(tunnel.outbound.fingerprint);
      return tunnel;
    });
    if (isNews(pair, next, wanted)) draft.agent = { ...draft.agent, isSteady: false };
    draft.pairs.set(name, next);
  }
}

/** All keys that were ever made: who may still use them is told by `Agent.unsent`. */
const keys = new Map<string, Algorithms>();

/** Whether old tunnels have to wait (again) after that change. */
export function isNews(before: Pair, after: Pair, wanted: readonly Origin[]): boolean {
  const steadiness = new Steadiness();
  steadiness.since(before, wanted, 0);
  return steadiness.since(after, wanted, 1) === 1;
}

/** As `#plan` and `#compare`. */
function compare(
  { agent, pairs, wanted, unsent }: Draft,
  turn: number,
): { found: Difference; saying: Saying | undefined; sayings: number } {
  let saying: Saying | undefined;
  let sayings = 0;
  const wishes = [...pairs.values()]
    .sort((one, other) => Number(isAdopted(one.peer)) - Number(isAdopted(other.peer)))
    .map((pair) => {
      const origins = wanted.get(pair.peer) ?? [];
      const best = bestOf(pair, origins);
      const its = agent.enabled ? sayingsOf(pair, origins) : [];
      const now = its[turn % Math.max(1, its.length)];
      if (now !== undefined) [saying, sayings] = [now, its.length];
      const probe = now?.tunnel ?? best ?? pair.tunnels.at(-1);
      return pairWish(pair, best, probe, (id, way) => {
        const fingerprint = pair.tunnels.find((one) => one.id === id)?.[way].fingerprint ?? '';
        return unsent.has(fingerprint) ? keys.get(fingerprint) : undefined;
      });
    });
  return { found: difference(agent.kernel, agent.node, wishes), saying, sayings };
}

/** All that {@link sayingOf} would say in turn. */
function sayingsOf(pair: Pair, wanted: readonly Origin[]): Saying[] {
  const all: Saying[] = [];
  for (let turn = 0; ; turn += 1) {
    const one = sayingOf(pair, wanted, turn);
    const isKnown = all.some(({ kind, tunnel }) => kind === one?.kind && tunnel === one.tunnel);
    if (one === undefined || isKnown) return all;
    all.push(one);
  }
}

function brought(
  draft: Draft,
  steps: readonly Step[],
  saying: Saying | undefined,
  sayings: number,
): Round {
  const planned = { ...draft.agent, pairs: [...draft.pairs.values()], unsent: [...draft.unsent] };
  const violations: string[] = [];
  const installed = new Set(planned.installed);
  const kernels: KernelID[] = [];
  const nodes: Agent[] = [];
  let { kernel } = planned;
  for (const one of steps) {
    const { stage, tunnel } = one;
    if (tunnel !== undefined) {
      const way = stage === 'add inbound SA' ? 'inbound' : 'outbound';
      const key = `${way} ${tunnel[way].fingerprint}`;
      if (draft.unsent.delete(tunnel[way].fingerprint) && installed.has(key)) {
        violations.push(`an SA is installed twice under one key: ${key}`);
      }
      installed.add(key);
    }
    kernel = afterMessage(kernel, one);
    kernels.push(kernel);
    nodes.push({ ...planned, kernel, installed: [...installed].sort() });
  }
  const last = nodes.at(-1) ?? planned;
  const tunnels = new Set(planned.pairs.flatMap((pair) => pair.tunnels).flatMap(fingerprints));
  const unsent = [...draft.unsent].filter((one) => tunnels.has(one)).sort();
  const agent = finished(withWrite({ ...last, unsent }));
  return {
    ...{ agent, kernels, killed: nodes.map(killed), sayings, violations, by: draft.by },
    ...(saying === undefined ? {} : { saying }),
  };
}

function fingerprints({ inbound, outbound }: Tunnel): string[] {
  return [inbound.fingerprint, outbound.fingerprint];
}

/** Sends its record, if it says something else than the API server's. */
function withWrite(agent: Agent): Agent {
  const writing = agent.writing === undefined ? toPublish(agent) : undefined;
  return writing === undefined ? agent : { ...agent, writing };
}

/** As `#finishDisabling`. */
function finished(agent: Agent): Agent {
  const isOver = agent.pairs.every(
    ({ tunnels, outClosed, inClosed }) => tunnels.length === 0 && !outClosed && !inClosed,
  );
  const mayEnd = isOver && isQuiet(agent) && agent.own?.publishedPhase === 'Disabled';
  if (agent.enabled || !mayEnd) return agent;
  const { own: _, ...rest } = agent;
  return { ...rest, pairs: [] };
}
