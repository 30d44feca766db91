import { originID, wantedOrigins } from '../../src/pairs/index.js';
import { actualOf, leavingOf, numberOf, packetsOf, peerOf, wireOf } from './kernels.js';
import { endOf, nameOf } from './own.js';
import { deliveries, lonely, patience, roundsOf, ticked } from './steps.js';
import { agentOf, type Next, textOf, type World } from './world.js';

/** Cycles after which a run counts as endless: far more than any needs. */
const MOST_CYCLES = 500;

/**
 * Worlds from which all comes right, by the phase of a cycle that they are met in. Runs are the same from there
 * on, so each is followed only until it meets another.
 */
export class Fair {
  readonly #good = new Set<string>();

  /**
   * Lets both agents run, with nothing lost and nobody interfering, until nothing new happens.
   *
   * @returns what is not as it should be then; empty when all is
   */
  faultsAfter(start: World): string[] {
    const passed: string[] = [];
    const seen = new Set<string>();
    let world = start;
    for (let cycle = 0; cycle < MOST_CYCLES; cycle += 1) {
      const text = textOf(world);
      if (seen.has(text)) return this.#ended(world, passed);
      seen.add(text);
      for (const [phase, act] of PHASES.entries()) {
        const place = `${phase} ${textOf(world)}`;
        if (this.#good.has(place)) return this.#remember(passed);
        passed.push(place);
        world = act(world);
      }
    }
    return ['it goes on for ever', ...faultsOf(world)];
  }

  #ended(world: World, passed: readonly string[]): string[] {
    const faults = faultsOf(world);
    return faults.length > 0 ? faults : this.#remember(passed);
  }

  #remember(passed: readonly string[]): string[] {
    for (const one of passed) this.#good.add(one);
    return [];
  }
}

/** One cycle: each node hears what is new at the API server, acts, and is heard; then time passes. */
const PHASES: readonly ((world: World) => World)[] = [
  ...[0, 1].flatMap((node) => [
    (world: World) => all(world, (one) => lonely(one, node)),
    ...[0, 1].map((turn) => (world: World) => {
      const next = roundsOf(world, node, turn);
      return next === undefined ? world : all(next.world, deliveries);
    }),
  ]),
  ...[0, 1].map((node) => (world: World) => all(world, (one) => patience(one, node))),
  (world) => ticked(world).world,
];

/** Takes what may happen, one by one, until nothing of it changes anything. */
function all(world: World, what: (world: World) => Iterable<Next>): World {
  let last = world;
  for (;;) {
    const before = textOf(last);
    let next: World | undefined;
    for (const one of what(last)) {
      if (textOf(one.world) === before) continue;
      next = one.world;
      break;
    }
    if (next === undefined) return last;
    last = next;
  }
}

/** What is not as it should be in the end. */
export function faultsOf(world: World): string[] {
  const nodes = [agentOf(world, 0), agentOf(world, 1)];
  return nodes.flatMap((agent, node): string[] => {
    if (agent.isGone) return [];
    const other = nodes[peerOf(node)];
    const name = nameOf(node);
    const number = numberOf(peerOf(node));
    const wire = wireOf(agent.kernel, node);
    const leaving = packetsOf(leavingOf(agent.kernel, node));
    if (!agent.enabled) {
      const { sas, policies } = actualOf(agent.kernel);
      const isClean = sas.length + policies.length + agent.pairs.length === 0 && !agent.own;
      return isClean ? [] : [`${name} has left something behind: ${JSON.stringify(agent.pairs)}`];
    }
    if (other?.isGone) {
      const hasTunnels = agent.pairs.some(({ tunnels }) => tunnels.length > 0);
      return hasTunnels ? [`${name} keeps tunnels to nobody`] : [];
    }
    if (agent.peer === undefined || agent.own === undefined || other === undefined)
      return [`${name} knows no peer`];
    const wanted = wantedOrigins(endOf(agent), agent.peer).map(originID);
    const pair = agent.pairs.find(({ peer }) => peer === nameOf(peerOf(node)));
    const isEncrypted = leaving.every(({ kind }) => kind === 'esp');
    const isNewest = pair?.sendsOn === wanted.at(-1);
    const isShut = pair?.inClosed && wire.isShut(number);
    const ids = pair?.tunnels.map(({ id }) => id).sort();
    const isRight = isEncrypted && isShut && isNewest && ids?.join() === [...wanted].sort().join();
    if (isRight && leaving.length > 0) return [];
    return [`${name}: ${JSON.stringify({ isEncrypted, isShut, isNewest, wanted, pair })}`];
  });
}
