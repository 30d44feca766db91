import type { Construct } from 'constructs';
import { type Term, termOf } from '../terms/index.js';

const conditions = new WeakMap<Construct, Term>();

/**
 * Makes constructs if the condition holds. Where it depends on values that are not known yet, as in the
 * chart, they are made, and the condition kept with them.
 */
export function onlyWhen(condition: boolean, make: () => Construct | readonly Construct[]): void {
  const term = termOf(condition);
  if (term !== undefined) for (const one of [make()].flat()) conditions.set(one, term);
  else if (condition) make();
}

/** The condition under which a construct is there: its own, and those of what it is a part of. */
export function conditionOf(construct: Construct): Term | undefined {
  return construct.node.scopes
    .flatMap((scope) => conditions.get(scope as Construct) ?? [])
    .reduce<Term | undefined>(
      (outer, inner) => (outer === undefined ? inner : { kind: 'both', of: [outer, inner] }),
      undefined,
    );
}
