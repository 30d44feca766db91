import { describe, expect, it } from 'vitest';
import { resolveValues } from '../../src/values/index.js';
import { BAD, GOOD } from './schedules.js';

/** The codes of what is wrong with it. */
function judged(schedule: string): string[] {
  const given = { encryption: { ipsec: { rotation: { schedule } } } };
  const { values, diagnostics } = resolveValues(given, [], { namespace: 'kube-system' });
  return values === undefined ? diagnostics.map(({ code }) => code) : [];
}

describe('the schedule of rotations', () => {
  it.each(GOOD)('may be %j', (schedule) => {
    expect(judged(schedule)).toEqual([]);
  });

  it.each(BAD)('may not be %j', (schedule) => {
    expect(judged(schedule)).not.toEqual([]);
  });

  it.each(['@every 1h', ', * * * *'])(
    'may not be what Kubernetes takes and nobody means: %j',
    (schedule) => {
      expect(judged(schedule)).not.toEqual([]);
    },
  );
});
