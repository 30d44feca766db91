import { hear, type Saying } from '../../src/pairs/index.js';
import type { Packet } from '../unit/pairs/model-wire.js';
import { type Agent, SETTLED } from './agent.js';
import { numberOf, peerOf, wireOf } from './kernels.js';
import { isNews } from './round.js';

/** A message between the agents, and the packet that it is in. It may be heard never, late, or twice. */
export interface Message {
  readonly from: number;
  readonly kind: 'probe' | 'sending' | 'answer to probe' | 'answer to sending';
  /** The fingerprint of the SA that it is about: of the one who asked. */
  readonly about: string;
  /** Whether the one who asked still waits for the answer. */
  readonly isAwaited: boolean;
  readonly packet: Packet;
  /** In ticks. */
  readonly age: number;
}

/** A node after it has heard something, and what that makes of the messages on their way. */
export interface Heard {
  readonly agent: Agent;
  readonly answer?: Message;
  /** It has heard something new: it waits for answers to what it says from now on only. */
  readonly isNews: boolean;
}

/** What it says in a round: as `due` of src/agent/talks.ts. */
export function say(
  agent: Agent,
  { kind, tunnel }: Saying,
): { agent: Agent; message?: Message; forgets?: 'sending' } {
  const packet = wireOf(agent.kernel, agent.node).probeTo(numberOf(peerOf(agent.node)));
  const about = tunnel.outbound.fingerprint;
  const message = { from: agent.node, kind, about, isAwaited: true, packet, age: 0 };
  const onItsWay = packet.kind === 'block' ? {} : { message };
  if (kind === 'probe') return { agent, ...onItsWay };
  const { lastSending: last } = agent;
  const isOther = last !== undefined && last.id !== tunnel.id;
  if (isOther && last.wait > 0) return { agent };
  const next = { ...agent, lastSending: { id: tunnel.id, wait: SETTLED } };
  return { agent: next, ...onItsWay, ...(isOther ? { forgets: 'sending' } : {}) };
}

/** As `#received` of src/agent/agent.ts. Undefined where it hears nothing. */
export function listen(agent: Agent, message: Message): Heard | undefined {
  const { kind, about, packet, isAwaited } = message;
  const wire = wireOf(agent.kernel, agent.node);
  const number = numberOf(message.from);
  if (!agent.isUp || wire.refusesProbe(packet, number)) return undefined;
  const isAnswer = kind === 'answer to probe' || kind === 'answer to sending';
  const way = isAnswer ? 'outbound' : 'inbound';
  for (const pair of agent.pairs) {
    const tunnel = pair.tunnels.find((one) => one[way].fingerprint === about);
    // Of one that was found in the kernel nobody has the keys.
    if (tunnel?.origin === undefined) continue;
    if (isAnswer && !isAwaited) return undefined;
    const next = kind === 'probe' ? pair : hear(pair, tunnel.id, kind);
    const pairs = agent.pairs.map((one) => (one === pair ? next : one));
    const quiet = next !== pair && kind === 'sending' ? 0 : agent.quiet;
    const isSteady = agent.isSteady && !isNews(pair, next, []);
    // Who is asked on a tunnel waits once more before it drops any.
    const asked = kind === 'probe' && agent.isSteady ? { ...agent, isSteady: false } : agent;
    const heard = next === pair ? asked : { ...agent, pairs, quiet, isSteady };
    if (isAnswer) return { agent: heard, isNews: next !== pair };
    const reply = wire.probeTo(number);
    const answer: Message = {
      ...{ from: agent.node, kind: `answer to ${kind}`, about, isAwaited, packet: reply, age: 0 },
    };
    return { agent: heard, ...(reply.kind === 'block' ? {} : { answer }), isNews: next !== pair };
  }
  return undefined;
}
