import type { AuthenticRecord } from '../../src/keying/index.js';
import { type Agent, agentText, freshAgent } from './agent.js';
import { Interned } from './interned.js';
import type { LeavingID } from './kernels.js';
import { records } from './own.js';
import type { Message } from './talk.js';

export const agents = new Interned<Agent>(agentText);
export const messages = new Interned<Message>();

/** What is watched over for one node. */
export interface Guard {
  /** Flows in which it has sent ESP, bit by bit. */
  readonly encrypted: number;
  /** It has taken nothing but ESP from the peer in all flows. */
  readonly isShut: boolean;
  /** Its kernel was emptied: it cannot know before its agent has met the peer. */
  readonly isExcused: boolean;
  /** Encryption is disabled on it, and it has known that the peer takes plaintext. */
  readonly isAgreed: boolean;
}

/** Both nodes, the API server and the wire; all parts by number. */
export interface World {
  /** Of {@link Agent}, by node. */
  readonly agents: readonly number[];
  /** Records at the API server, by node; -1 for none. */
  readonly store: readonly number[];
  /** On their way, ascending. */
  readonly messages: readonly number[];
  /** By sender: what left before what leaves now, and how many ticks ago at least. */
  readonly data: readonly (readonly (readonly [LeavingID, number])[])[];
  readonly guards: readonly Guard[];
}

/** What becomes of a world by an event. */
export interface Next {
  /** In words. */
  readonly what: string;
  readonly world: World;
  readonly violations: readonly string[];
}

/** Equal for equal worlds. */
export function textOf({ agents: nodes, store, messages: sent, data, guards }: World): string {
  const watched = guards.map(({ encrypted, isShut, isExcused, isAgreed }) =>
    [encrypted, Number(isShut), Number(isExcused), Number(isAgreed)].join(''),
  );
  return `${nodes};${store};${sent};${data[0]};${data[1]};${watched}`;
}

export function freshWorld(keyIDs: readonly number[]): World {
  const guard = { encrypted: 0, isShut: false, isExcused: false, isAgreed: false };
  return {
    agents: [0, 1].map((node) => agents.idOf({ ...freshAgent(node), keyIDs })),
    store: [-1, -1],
    messages: [],
    ...{ data: [[], []], guards: [guard, guard] },
  };
}

export const agentOf = (world: World, node: number): Agent => agents.get(world.agents[node] ?? -1);

/** A node's record, as the API server has it. */
export function recordOf(world: World, node: number): AuthenticRecord | undefined {
  const id = world.store[node] ?? -1;
  return id < 0 ? undefined : records.get(id);
}
