import type { AuthenticRecord } from '../../src/keying/index.js';
import { FLOWS } from '../unit/pairs/model-wire.js';
import type { Agent } from './agent.js';
import {
  type KernelID,
  leavingOf,
  numberOf,
  packetsOf,
  peerOf,
  refusalsOf,
  wireOf,
} from './kernels.js';
import { nameOf, records } from './own.js';
import type { Message } from './talk.js';
import { agentOf, agents, type Guard, messages, type Next, type World } from './world.js';

/** What is done to one node in an event. */
export interface Move {
  readonly agent: Agent;
  /** Its kernel's contents on the way to what they are now. */
  readonly kernels?: readonly KernelID[];
  readonly sends?: Message | undefined;
  /** Answers that it does not wait for any more. */
  readonly forgets?: 'all' | 'sending' | undefined;
  readonly excused?: boolean;
  /** The agent that did it, where it has forgotten since what it knew. */
  readonly by?: Agent;
  /** Its record at the API server from now on; null for none. */
  readonly store?: AuthenticRecord | null;
  readonly violations?: readonly string[];
}

/** The world after that, and what was wrong on the way. */
export function moved(world: World, node: number, what: string, move: Move): Next {
  const before = agentOf(world, node);
  const peer = peerOf(node);
  const other = agentOf(world, peer);
  const { agent, kernels = agent.kernel === before.kernel ? [] : [agent.kernel] } = move;
  const violations = [...(move.violations ?? [])];
  const name = `${nameOf(node)}→${nameOf(peer)}`;
  const way = `${nameOf(peer)}→${nameOf(node)}`;
  let sent = world.data[node] ?? [];
  let leaving = leavingOf(before.kernel, node);
  const arriving = [
    leavingOf(other.kernel, peer),
    ...(world.data[peer] ?? []).map(([packets]) => packets),
  ];
  let guard = world.guards[node] ?? NO_GUARD;
  if (move.excused === true) guard = { ...guard, isExcused: true };
  for (const kernel of kernels) {
    const next = leavingOf(kernel, node);
    if (next !== leaving) {
      sent = [...sent.filter(([one]) => one !== next && one !== leaving), [leaving, 0]];
      leaving = next;
      for (const fault of refusalsOf(next, other.kernel, peer))
        violations.push(`loss: ${name} ${fault}`);
    }
    for (const packets of arriving) {
      for (const fault of refusalsOf(packets, kernel, node))
        violations.push(`loss: ${way} ${fault}`);
    }
    guard = watched(guard, move.by ?? agent, kernel, violations);
  }
  // Also without a change in the kernel: what people want may have changed.
  if (kernels.length === 0) guard = watched(guard, agent, agent.kernel, violations);
  // Not before the round is over.
  if (move.excused === false) guard = { ...guard, isExcused: false };
  return {
    what: `${nameOf(node)} ${what}`,
    violations,
    world: {
      agents: replaced(world.agents, node, agents.idOf(agent)),
      store: move.store === undefined ? world.store : replaced(world.store, node, idOf(move.store)),
      messages: mailed(world.messages, node, move),
      data: replaced(
        world.data,
        node,
        [...sent].sort(([one], [two]) => one - two),
      ),
      guards: replaced(world.guards, node, guard),
    },
  };
}

function idOf(record: AuthenticRecord | null): number {
  return record === null ? -1 : records.idOf(record);
}

const NO_GUARD: Guard = { encrypted: 0, isShut: false, isExcused: false, isAgreed: false };

function replaced<T>(all: readonly T[], at: number, one: T): T[] {
  return all.map((other, index) => (index === at ? one : other));
}

/** As `PlaintextGuard` of the random stories: what was once encrypted stays so. */
function watched(guard: Guard, agent: Agent, kernel: KernelID, violations: string[]): Guard {
  const { node, enabled } = agent;
  const name = `${nameOf(node)}→${nameOf(peerOf(node))}`;
  const takesPlaintext = agent.isAlone || agent.peer?.record.phase === 'Disabled';
  const isAgreed = !enabled && (guard.isAgreed || takesPlaintext);
  let { encrypted } = guard;
  for (const [flow, packet] of packetsOf(leavingOf(kernel, node)).entries()) {
    const bit = 1 << flow;
    if (packet.kind === 'esp') encrypted |= bit;
    else if (packet.kind === 'plain' && (encrypted & bit) !== 0) {
      if (isAgreed) encrypted &= ~bit;
      else if (!guard.isExcused) violations.push(`plaintext: ${name} ${FLOWS[flow]?.join('–')}`);
    }
  }
  let isShut = wireOf(kernel, node).isShut(numberOf(peerOf(node)));
  if (!isShut && guard.isShut && enabled) {
    if (guard.isExcused) isShut = false;
    else violations.push(`plaintext: ${nameOf(node)} takes it again`);
  }
  return { encrypted, isShut, isExcused: guard.isExcused, isAgreed };
}

/** The messages on their way, as what a node did leaves them. */
function mailed(before: readonly number[], node: number, { sends, forgets }: Move): number[] {
  const next = new Set<number>();
  for (const id of before) {
    const message = messages.get(id);
    const { kind, from, isAwaited } = message;
    const isAnswer = kind.startsWith('answer');
    const isItsOwn = isAnswer ? from !== node : from === node;
    const isForgotten =
      isItsOwn && (forgets === 'all' || (forgets === 'sending' && kind.endsWith('sending')));
    if (!isForgotten || !isAwaited) next.add(id);
    else if (kind === 'sending') next.add(messages.idOf({ ...message, isAwaited: false }));
  }
  if (sends !== undefined) next.add(messages.idOf(sends));
  return [...next].sort((one, other) => one - other);
}
