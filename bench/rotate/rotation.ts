import { randomBytes } from 'node:crypto';
import type { CurrentKey } from '../../src/agent/current-key.js';
import { type KeyLine, newKeyLine, parseKeyLines } from '../../src/key-lines/index.js';
import { sealRecord } from '../../src/keying/index.js';
import { pseudoRandom } from '../../test/unit/pairs/pseudo-random.js';
import { ApiServer } from './api-server.js';
import { Clock } from './clock.js';
import { type Costs, kubeletDelay } from './costs.js';
import { addressOf, CLUSTER_UID, recordTextOf } from './fleet.js';
import { SimAgent, type Surroundings } from './sim-agent.js';

/** Pairs that are simulated, about: of a larger cluster, all pairs of so many of its nodes. */
const PAIRS = 1000;
const FEWEST = 1;
/** Until what agents do at their start is over, and between looks whether all is. */
const WARM_UP = 60_000;
const LOOK = 5000;

/** What a rotation came to; times in milliseconds since the Secret was changed first. */
export interface Rotation {
  readonly nodes: number;
  /** Nodes with all of their pairs simulated, and pairs. */
  readonly whole: number;
  readonly pairs: number;
  /** The last file was there. */
  readonly filesAt: number;
  /** Data of all pairs goes under the new key, both ways; and of half of them. */
  readonly switchedAt: number;
  readonly halfAt: number;
  /** All nodes have said so in their records: the old line goes from the Secret. */
  readonly saidAt: number;
  readonly oldGoneAt: number;
  /** A pair: both ends together. */
  readonly messages: Readonly<Record<'probe' | 'answer' | 'sending', number>>;
  readonly dropped: number;
  /** A node. */
  readonly kernelMessages: number;
  readonly rounds: number;
  readonly busy: number;
  readonly recordWrites: readonly [least: number, most: number];
  readonly statusWrites: readonly [least: number, most: number];
}

export function lines(...ids: readonly number[]): KeyLine[] {
  return ids.flatMap((id) => [
    ...parseKeyLines(newKeyLine(id, 'rfc4106-gcm-aes', randomBytes)).keys,
  ]);
}

/**
 * A rotation as `podcloak keys rotate --wait` makes it: the new line beside the old one, and once all nodes have
 * confirmed it, alone.
 *
 * @param spread whether each kubelet brings the files in its own time, or all at once
 */
export async function simulate(
  nodes: number,
  costs: Costs,
  spread: boolean,
  seed: number,
): Promise<Rotation> {
  const random = pseudoRandom(seed);
  const [before, after] = [lines(3), lines(4)];
  const clock = new Clock();
  const api = new ApiServer(clock, costs, nodes);
  const agents = new Map<string, SimAgent>();
  const cluster = api.cluster;
  const at = (address: string): SimAgent | undefined => agents.get(address);
  const world: Surroundings = { clock, costs, cluster, random, nodes, at };
  const delays = Array.from({ length: nodes }, () => (spread ? kubeletDelay(random) : 0));
  const wholes = wholeOf(delays);
  const all = delays.map((_, index) => new SimAgent(index + 1, before, world));
  for (const [index, agent] of all.entries()) agents.set(addressOf(index + 1), agent);
  const records = all.map(({ name }, index) => {
    const owner = { clusterUID: CLUSTER_UID, nodeName: name };
    const spec = sealRecord(recordTextOf(index + 1, before), owner, before);
    return api.put(name, `uid-${name}`, spec);
  });
  const whole = all.filter((_, index) => wholes.has(index));
  const names = new Set(whole.map(({ name }) => name));
  for (const [index, agent] of all.entries()) {
    const isWhole = names.has(agent.name);
    agent.begin(records.filter(({ name }) => isWhole || names.has(name) || name === agent.name));
    if (!isWhole) agent.busyAs = whole[index % whole.length];
  }
  const byName = new Map(all.map((agent) => [agent.name, agent]));
  const unsaid = new Set(byName.keys());
  api.watches.push((name, record) => {
    const itself = byName.get(name);
    const told = names.has(name) || itself === undefined ? all : whole.concat(itself);
    for (const agent of told) agent.see(name, record);
    const { currentKey } = (api.statuses.get(name) ?? {}) as { currentKey?: CurrentKey };
    if (currentKey?.keyID === 4 && currentKey.isConfirmed) unsaid.delete(name);
  });
  // What agents say of themselves at their start is no part of a rotation.
  let isOver = false;
  clock.at(WARM_UP, () => {
    isOver = true;
  });
  await clock.run(() => isOver);
  api.writes.clear();
  for (const agent of all) agent.forgetCounts();
  for (const [index, agent] of all.entries()) {
    clock.at(WARM_UP + (delays[index] ?? 0), () => agent.changeFile([...before, ...after]));
  }
  await clock.run(() => unsaid.size === 0);
  const saidAt = clock.now;
  for (const agent of all) {
    const delay = spread ? kubeletDelay(random) : 0;
    clock.at(saidAt + delay, () => agent.changeFile(after));
  }
  let isDone = false;
  const look = (): void => {
    isDone = all.every((agent) => agent.isDone);
    clock.at(clock.now + LOOK, look);
  };
  look();
  await clock.run(() => isDone);
  const moves = all.flatMap(({ movedAt }) => movedAt).sort((one, other) => one - other);
  const pairs = moves.length / 2;
  const counts = [...byName.keys()].map((name) => api.writes.get(name) ?? NONE);
  const range = (of: 'record' | 'status'): readonly [number, number] => {
    const found = counts.filter((_, index) => wholes.has(index)).map((one) => one[of]);
    return [Math.min(...found), Math.max(...found)];
  };
  const sum = (count: (agent: SimAgent) => number, over: readonly SimAgent[]): number =>
    over.reduce((total, agent) => total + count(agent), 0);
  const mean = (count: (agent: SimAgent) => number): number => sum(count, whole) / whole.length;
  const messages = (kind: 'probe' | 'answer' | 'sending'): number =>
    sum(({ sent }) => sent[kind], all) / pairs;
  return {
    ...{ nodes, pairs, whole: whole.length },
    filesAt: Math.max(...delays),
    switchedAt: (moves.at(-1) ?? Number.NaN) - WARM_UP,
    halfAt: (moves[pairs] ?? Number.NaN) - WARM_UP,
    saidAt: saidAt - WARM_UP,
    oldGoneAt: Math.max(...all.map(({ heldAt }) => heldAt)) - WARM_UP,
    messages: {
      ...{ probe: messages('probe'), answer: messages('answer'), sending: messages('sending') },
    },
    dropped: sum(({ dropped }) => dropped, all),
    kernelMessages: mean(({ kernelMessages }) => kernelMessages),
    rounds: mean(({ rounds }) => rounds),
    busy: mean(({ processor }) => processor.busy),
    recordWrites: range('record'),
    statusWrites: range('status'),
  };
}

const NONE = { record: 0, status: 0 };

/** Those with all of their pairs, counted from 0: the last one to get the file, with which all pairs end, and others. */
function wholeOf(delays: readonly number[]): ReadonlySet<number> {
  const count = delays.length;
  if ((count * (count - 1)) / 2 <= PAIRS) return new Set(delays.keys());
  const last = delays.indexOf(Math.max(...delays));
  const some = Math.max(FEWEST, Math.round(PAIRS / count));
  return new Set(
    Array.from({ length: some }, (_, i) => (last + Math.floor((i * count) / some)) % count),
  );
}
