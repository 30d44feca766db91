import { describe, expect, it, vi } from 'vitest';
import { EDGES, type Edge, permits } from '../../src/pairs/index.js';
import { type Blow, blows } from './blows.js';
import { type Exploration, explore, fresh, type Reached, storyOf } from './explore.js';
import { Fair, faultsOf } from './fair.js';
import { SCENARIOS, type Scenario } from './scenarios.js';
import { edgesSeen, type Seen } from './seen.js';
import { agentOf, type World } from './world.js';

vi.setConfig({ testTimeout: 3_600_000 });

/** The deeper scenarios as well, to so many states each: minutes to hours. */
const DEEP_STATES = Number(process.env.MODEL_STATES ?? 0);
/** From how many states of a scenario all is followed to its end. */
const FOLLOWED = Number(process.env.MODEL_FOLLOWED ?? 2000);
/** Far more than the scenarios of a usual run have. */
const MOST_STATES = 250_000;

describe('all that two agents may come to', () => {
  for (const scenario of SCENARIOS.filter(({ isDeep }) => !isDeep || DEEP_STATES > 0)) {
    it(`${scenario.title}: nothing in plaintext, nothing lost, and all comes right`, () => {
      const found = explored(scenario);
      console.log(
        `${scenario.title}: ${found.states.length} states, ${found.transitions} transitions`,
      );
      expect(found.violation).toBeUndefined();
      if (!scenario.isDeep) expect(found.isWhole).toBe(true);
      for (const end of [TO_ENCRYPTED, TO_PLAINTEXT]) expect(stuck(found, end)).toBeUndefined();
    });
  }

  it('are the edges of the table, each of them, and no other', () => {
    const seen = [...edgesSeen.values()];
    const isOf = (edge: Edge, { from, to, by, situation }: Seen): boolean =>
      edge.from === from && edge.to === to && edge.by === by && permits(edge, situation);
    expect(seen.filter((one) => !EDGES.some((edge) => isOf(edge, one)))).toEqual([]);
    expect(EDGES.filter((edge) => !seen.some((one) => isOf(edge, one)))).toEqual([]);
  });
});

/** Blows to both nodes. */
type Ending = readonly (readonly [node: number, Blow])[];

/** What people settle for in the end. Without a key in common neither would believe the other. */
const KEYS: Ending = [
  [0, { kind: 'keys', keyIDs: [1, 2] }],
  [1, { kind: 'keys', keyIDs: [2, 1] }],
];
const TO_ENCRYPTED: Ending = [...KEYS, [0, { kind: 'enable' }], [1, { kind: 'enable' }]];
const TO_PLAINTEXT: Ending = [...KEYS, [0, { kind: 'disable' }], [1, { kind: 'disable' }]];

function explored({ from, blows: its, never, isDeep }: Scenario): Exploration {
  const start = from === 'fresh' ? fresh() : encrypted(from === 'encrypted' ? [1] : [1, 2]);
  const states = isDeep ? DEEP_STATES : MOST_STATES;
  // The two are alike: what begins with a blow to the other is the same story, mirrored.
  return explore([start], { blows: its, counts: never, first: [0], states });
}

/** A pair that has come up by itself and has nothing more to do. */
function encrypted(keyIDs: readonly number[]): Reached {
  const { states, violation } = explore([fresh(keyIDs)], { blows: [], counts: /./ });
  if (violation !== undefined) throw new Error(violation);
  const found = states.find(
    ({ world }) =>
      world.messages.length === 0 &&
      faultsOf(world).length === 0 &&
      [0, 1].every((node) => agentOf(world, node).pairs[0]?.tunnels.at(-1)?.told),
  );
  if (found === undefined) throw new Error('no pair is ever encrypted');
  return { ...found, from: undefined, what: 'both nodes are encrypted' };
}

/** The story of a state from which all does not come right; undefined when it does from all of them. */
function stuck({ states }: Exploration, end: Ending): string | undefined {
  const fair = new Fair();
  const stride = Math.ceil(states.length / FOLLOWED);
  for (let at = 0; at < states.length; at += stride) {
    const one = states[at];
    if (one === undefined) break;
    const faults = fair.faultsAfter(end.reduce(struck, one.world));
    if (faults.length > 0)
      return [...storyOf(one), ...faults.map((text) => `!! ${text}`)].join('\n');
  }
  return undefined;
}

function struck(world: World, [node, blow]: readonly [number, Blow]): World {
  const [next] = blows(world, node, blow);
  return next?.world ?? world;
}
