import {
  type AuthenticRecord,
  isAcceptable,
  markOf,
  outlivesRevocation,
} from '../../src/keying/index.js';
import { isAdopted } from '../../src/pairs/index.js';
import { type Agent, digestOf, SETTLED } from './agent.js';
import { remembered } from './interned.js';
import { peerOf } from './kernels.js';
import { moved } from './move.js';
import { nameOf, toPublish } from './own.js';
import { type Round, round } from './round.js';
import { note } from './seen.js';
import { type Heard, listen, type Message, say } from './talk.js';
import { agentOf, agents, messages, type Next, recordOf, type World } from './world.js';

const rounds = new Map<string, Round>();
const hearings = new Map<string, Heard | null>();

/** Everything that may happen next without anybody's doing. */
export function* steps(world: World): Generator<Next> {
  for (const node of [0, 1]) {
    yield* lonely(world, node);
    yield* patience(world, node);
    for (let turn = 0; ; turn += 1) {
      const next = roundsOf(world, node, turn);
      if (next === undefined) break;
      yield next;
    }
  }
  yield* deliveries(world);
  yield ticked(world);
}

/** A round of a node in which it says what comes at that turn; undefined where it has less to say, or is down. */
export function roundsOf(world: World, node: number, turn: number): Next | undefined {
  if (!agentOf(world, node).isUp) return undefined;
  const one = roundOf(world.agents[node] ?? -1, turn);
  return turn > 0 && turn >= one.sayings ? undefined : rounded(world, node, one);
}

/** What is heard next of what is on its way. */
export function* deliveries(world: World): Generator<Next> {
  for (const id of world.messages) {
    const next = delivered(world, messages.get(id));
    if (next !== undefined) yield next;
  }
}

/** What may happen between a node and the API server. */
export function* lonely(world: World, node: number): Generator<Next> {
  const agent = agentOf(world, node);
  const own = recordOf(world, node);
  const peer = recordOf(world, peerOf(node));
  if (agent.isGone) return;
  if (!agent.isUp) {
    yield moved(world, node, 'starts', { agent: { ...agent, isUp: true } });
    return;
  }
  if (!agent.isListed) {
    const { published: _, ...rest } = agent;
    const listed = { ...rest, isListed: true, ...(own === undefined ? {} : { published: own }) };
    yield moved(world, node, 'lists the records', { agent: seen(listed, peer) ?? listed });
    return;
  }
  const news = seen(agent, peer);
  if (news !== undefined)
    yield moved(world, node, 'sees a record', { agent: news, forgets: 'all' });
  const { writing, published } = agent;
  if (writing !== undefined && own !== writing && own === published) {
    yield moved(world, node, 'writes its record', { agent, store: writing });
  }
  if (own !== undefined && own !== published) {
    const { writing: sent, ...rest } = agent;
    const isDone = sent === own;
    const next = { ...rest, published: own, ...(isDone || !sent ? {} : { writing: sent }) };
    yield moved(world, node, 'sees its own record', { agent: next });
  }
}

/** What minutes do to a node. */
export function* patience(world: World, node: number): Generator<Next> {
  const agent = agentOf(world, node);
  if (!agent.isUp || !agent.isListed) return;
  const isSteady = !agent.isSteady && agent.pairs.length > 0 && mayBeSteady(world);
  if (isSteady) yield moved(world, node, 'is steady', { agent: { ...agent, isSteady } });
  if (!agent.isAlone && agentOf(world, peerOf(node)).isGone) {
    yield moved(world, node, 'finds that nobody is there any more', {
      agent: { ...agent, isAlone: true },
    });
  }
  const isOrphaned = agent.pairs.some(({ peer: name }) => isAdopted(name));
  if (isOrphaned && !agent.isLate) {
    yield moved(world, node, 'waits for long', { agent: { ...agent, isLate: true } });
  }
}

function seen(agent: Agent, peer: AuthenticRecord | undefined): Agent | undefined {
  if (peer === undefined || peer === agent.peer) return undefined;
  if (!outlivesRevocation(markOf(peer), new Set(agent.revoked))) return undefined;
  const name = peer.owner.nodeName;
  const mark =
    agent.peer === undefined
      ? agent.pairs.find((pair) => pair.peer === name)?.mark
      : markOf(agent.peer);
  if (!isAcceptable(mark, peer, peer.record.nodeUID).accepted) return undefined;
  return { ...agent, peer, quiet: 0, isSteady: false };
}

/** As `keyRotationDuration` is far longer than a record is on its way, and than anything that is said. */
function mayBeSteady(world: World): boolean {
  if (world.messages.length > 0 || world.data.some((one) => one.length > 0)) return false;
  return [0, 1].every((node) => {
    const own = recordOf(world, node);
    const agent = agentOf(world, node);
    const peer = agentOf(world, peerOf(node));
    const mark = peer.pairs.find((pair) => pair.peer === nameOf(node))?.mark;
    if (own === undefined || mark?.digest !== digestOf(own)) return false;
    return !agent.isUp || (agent.writing === undefined && toPublish(agent) === undefined);
  });
}

/** What a round of that agent comes to. */
export function roundOf(id: number, turn: number): Round {
  return remembered(rounds, `${id} ${turn}`, () => {
    const one = round(agents.get(id), turn);
    note(one.by, agents.get(id), one.agent);
    return one;
  });
}

function rounded(world: World, node: number, one: Round): Next {
  const { agent, kernels, saying, violations } = one;
  const isMet = agent.isListed && (agent.peer !== undefined || !agent.enabled);
  const excused = isMet ? { excused: false } : {};
  const all = { agent, kernels, violations, ...excused };
  if (saying === undefined) return moved(world, node, 'makes a round', { ...all, forgets: 'all' });
  const said = say(agent, saying);
  const { message, forgets } = said;
  const what = `makes a round and says ${saying.kind}`;
  return moved(world, node, what, { ...all, agent: said.agent, sends: message, forgets });
}

function delivered(world: World, message: Message): Next | undefined {
  const node = peerOf(message.from);
  const key = `${world.agents[node]} ${messages.idOf(message)}`;
  const heard = remembered(hearings, key, () => {
    const found = listen(agentOf(world, node), message) ?? null;
    if (found !== null) note('answer', agentOf(world, node), found.agent);
    return found;
  });
  if (heard === null || (!heard.isNews && heard.answer === undefined)) return undefined;
  const { agent, answer, isNews } = heard;
  const forgets = isNews ? ('all' as const) : undefined;
  return moved(world, node, `hears: ${message.kind}`, { agent, sends: answer, forgets });
}

const later = new Map<number, number>();

function aged(agent: Agent): Agent {
  const { lastSending: last } = agent;
  const quiet = Math.min(SETTLED, agent.quiet + 1);
  const lastSending = last && { ...last, wait: Math.max(0, last.wait - 1) };
  return { ...agent, quiet, ...(lastSending && { lastSending }) };
}

/** All that was on its way for long enough has come, or never will. */
export function ticked(world: World): Next {
  const sent = world.messages.flatMap((id) => {
    const message = messages.get(id);
    const age = message.age + 1;
    return age < SETTLED ? [messages.idOf({ ...message, age })] : [];
  });
  const data = world.data.map((one) =>
    one.flatMap(([id, age]) => (age + 1 < SETTLED ? [[id, age + 1] as const] : [])),
  );
  const nodes = [0, 1].map((node) => {
    const id = world.agents[node] ?? -1;
    return remembered(later, id, () => agents.idOf(aged(agents.get(id))));
  });
  return {
    what: 'time passes',
    violations: [],
    world: { ...world, agents: nodes, messages: sent.sort((a, b) => a - b), data },
  };
}
