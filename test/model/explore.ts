import { type Blow, blows } from './blows.js';
import { steps } from './steps.js';
import { freshWorld, type Next, textOf, type World } from './world.js';

/** A world that was reached, and how. */
export interface Reached {
  readonly world: World;
  readonly from: Reached | undefined;
  readonly what: string;
}

export interface Exploration {
  readonly states: readonly Reached[];
  readonly transitions: number;
  /** The first violation, with the story that leads to it. */
  readonly violation?: string;
  /** Whether all that there is was seen. */
  readonly isWhole: boolean;
}

export interface Limits {
  /** Blows that a story has at most; what each may be, by their number in the story. */
  readonly blows: readonly (readonly Blow[])[];
  /** Violations that count. */
  readonly counts: RegExp;
  readonly states?: number;
  /** Nodes that the first blow may hit. */
  readonly first?: readonly number[];
}

/**
 * All worlds that can be reached from these by at most so many blows, those with fewer blows first, and of
 * those the shorter stories first.
 */
export function explore(starts: readonly Reached[], limits: Limits): Exploration {
  const { counts, states: most = Number.POSITIVE_INFINITY } = limits;
  const known = new Set(starts.map(({ world }) => textOf(world)));
  const states: Reached[] = [...starts];
  let transitions = 0;
  let violation: string | undefined;
  const take = (from: Reached, { what, world, violations }: Next): void => {
    transitions += 1;
    const bad = violations.filter((one) => counts.test(one));
    if (bad.length > 0)
      violation ??= [...storyOf(from), what, ...bad.map((one) => `!! ${one}`)].join('\n');
    const text = textOf(world);
    if (known.has(text)) return;
    known.add(text);
    states.push({ world, from, what });
  };
  const result = (isWhole: boolean): Exploration => ({
    ...{ states, transitions, isWhole },
    ...(violation === undefined ? {} : { violation }),
  });
  let done = 0;
  let struck = 0;
  for (let count = 0; ; count += 1) {
    for (; done < states.length; done += 1) {
      const one = states[done];
      if (one === undefined) break;
      for (const next of steps(one.world)) take(one, next);
      if (violation !== undefined) return result(false);
      if (states.length > most) return result(false);
    }
    const kinds = limits.blows[count];
    if (kinds === undefined) return result(true);
    const nodes = count === 0 ? (limits.first ?? [0, 1]) : [0, 1];
    for (const end = states.length; struck < end; struck += 1) {
      const one = states[struck];
      if (one === undefined) break;
      for (const node of nodes)
        for (const blow of kinds) for (const next of blows(one.world, node, blow)) take(one, next);
      if (violation !== undefined) return result(false);
    }
  }
}

export function storyOf(reached: Reached): string[] {
  const story: string[] = [];
  for (let one: Reached | undefined = reached; one !== undefined; one = one.from)
    story.push(one.what);
  return story.reverse();
}

export function fresh(keyIDs: readonly number[] = [1]): Reached {
  return { world: freshWorld(keyIDs), from: undefined, what: 'both nodes are enabled' };
}
