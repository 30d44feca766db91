import { describe, expect, it } from 'vitest';
import { counterHint, nonZero, parseXfrmStat, XFRM_COUNTERS } from '../../../src/status/index.js';

describe('the counters of the kernel', () => {
  it('are read from the text of /proc/net/xfrm_stat', () => {
    const text =
      'XfrmInError             \t0\nXfrmInNoStates          \t3\n\nnonsense\nXfrmInHdrError -1\n';

    expect(parseXfrmStat(text)).toEqual({ XfrmInError: 0, XfrmInNoStates: 3 });
    expect(parseXfrmStat('')).toEqual({});
  });

  it('each have a cause and a remedy of whole sentences', () => {
    for (const { cause, remedy } of Object.values(XFRM_COUNTERS)) {
      expect(cause).toMatch(/^[A-Z].*\.$/);
      expect(remedy).toMatch(/^[A-Z`].*\.$/);
    }
  });

  it('are listed in the order of the kernel, unknown ones last', () => {
    const counters = { XfrmZ: 1, XfrmOutNoStates: 1, XfrmInError: 0, XfrmA: 1, XfrmInNoStates: 1 };

    expect(nonZero(counters).map(([name]) => name)).toEqual([
      ...['XfrmInNoStates', 'XfrmOutNoStates', 'XfrmA', 'XfrmZ'],
    ]);
  });

  it('have a hint even where they are unknown, also under names of every object', () => {
    for (const name of ['XfrmNew', 'toString', '__proto__']) {
      expect(counterHint(name).cause).toContain('does not know');
    }
  });
});
