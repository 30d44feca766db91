import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffReverse, reversePath } from '../../../../src/engine/wireguard/index.js';

const settingsOf = (values: Record<string, string>): Map<string, string> =>
  new Map(Object.entries(values).map(([device, value]) => [reversePath(device), value]));
const set = (device: string, value: string) => ({ path: reversePath(device), value });

describe('rp_filter', () => {
  it.each([
    ['1', '0', true],
    ['0', '1', true],
    ['1', '1', true],
    ['0', '0', false],
    ['2', '1', false],
  ])('of %s, and of all %s: is loosened: %s', (eth0, all, isLoosened) => {
    const { loosen, memory } = diffReverse(settingsOf({ eth0, all }), ['eth0'], {});
    expect(loosen).toEqual(isLoosened ? [set('eth0', '2')] : []);
    expect(memory).toEqual(isLoosened ? { eth0 } : {});
  });

  it('is loosened again when somebody made it strict, and what was there first is remembered', () => {
    const found = diffReverse(settingsOf({ eth0: '1', all: '1' }), ['eth0'], { eth0: '0' });
    expect(found.loosen).toEqual([set('eth0', '2')]);
    expect(found.memory).toEqual({ eth0: '0' });
  });

  it('is put back once it need not be loose, and left alone where somebody else has set it', () => {
    const memory = { eth0: '1', eth1: '1', gone: '1' };
    const found = diffReverse(settingsOf({ eth0: '2', eth1: '0', all: '0' }), [], memory);
    expect(found.restore).toEqual([set('eth0', '1')]);
    expect(found.memory).toEqual({ eth0: '1' });
  });

  it('is what it was before, whatever comes between, and whenever the agent dies', () => {
    const value = fc.constantFrom('0', '1', '2');
    const rounds = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { maxLength: 12 });
    fc.assert(
      fc.property(value, value, rounds, (eth0, all, asked) => {
        const settings = settingsOf({ eth0, all });
        let memory = {};
        for (const [isLoose, isKilled] of [...asked, [false, false], [false, false]]) {
          const found = diffReverse(settings, isLoose ? ['eth0'] : [], memory);
          memory = found.memory;
          if (isKilled) continue;
          for (const one of [...found.loosen, ...found.restore]) settings.set(one.path, one.value);
        }
        expect([...settings]).toEqual([...settingsOf({ eth0, all })]);
        expect(diffReverse(settings, [], memory).memory).toEqual({});
      }),
    );
  });
});
