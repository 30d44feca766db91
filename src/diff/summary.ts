import type { ObjectDiff } from './object-diff.js';

/** How many objects an apply would create, change and leave, and in how many it meets conflicts. */
export interface DiffSummary {
  readonly create: number;
  readonly change: number;
  readonly none: number;
  readonly conflicts: number;
}

export function summaryOf(all: readonly ObjectDiff[]): DiffSummary {
  const count = (kind: ObjectDiff['change']) => all.filter(({ change }) => change === kind).length;
  return {
    create: count('create'),
    change: count('change'),
    none: count('none'),
    conflicts: all.filter(({ conflicts }) => conflicts.length > 0).length,
  };
}
