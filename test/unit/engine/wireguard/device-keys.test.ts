import { describe, expect, it } from 'vitest';
import type { Asked } from '../../../../src/engine/index.js';
import { DeviceKeys } from '../../../../src/engine/wireguard/index.js';
import { diagnostic } from '../../../../src/errors/index.js';
import { deviceOf } from '../../../keying/samples.js';
import { type Ask, asked, keyFile } from '../both/rig.js';

type File = ReturnType<typeof keyFile>;

/** A node's record that has these devices: generation and key id. */
function recordOf(...devices: [generation: number, keyID: number][]): Asked['records'][number] {
  return { wireguard: devices.map(([generation, keyID]) => deviceOf({ generation, keyID })) };
}

const generations = (keys: DeviceKeys): number[] => keys.all.map(({ generation }) => generation);

function settled(ask: Ask, file: File = keyFile(), isAtWork = false) {
  const keys = new DeviceKeys(file);
  const problem = keys.settle(asked(ask), isAtWork);
  return { keys, file, problem };
}

describe('the generation of a node’s device', () => {
  it.each([
    ['1 in a new cluster', [], 1],
    ['its own of before, after a reboot', [recordOf([1, 3])], 1],
    ['the others’, when it joins', [recordOf([2, 3]), recordOf([2, 3])], 2],
    ['the newest, when it joins while keys are rotated', [recordOf([1, 2], [2, 3])], 2],
    ['the newest of others that have another line', [recordOf([4, 2])], 4],
  ] as const)('is %s', (_, records, expected) => {
    expect(generations(settled({ records }).keys)).toEqual([expected]);
  });

  it('is the next one when a device is at work and its key is gone', () => {
    const { keys } = settled({ records: [recordOf([1, 3])] }, keyFile(), true);
    expect(generations(keys)).toEqual([2]);
  });

  it('is the next one when the file was refused, and says why until it is replaced', () => {
    const problem = diagnostic('PC730', 'damaged');
    const file = { ...keyFile(), read: () => ({ kind: 'refused', problem }) as const };
    const keys = new DeviceKeys(file);
    expect(keys.settle(asked({ enabled: false }), false)).toEqual(problem);
    expect(keys.settle(asked({ records: [recordOf([1, 3])] }), false)).toBeUndefined();
    expect(generations(keys)).toEqual([2]);
  });

  it('is the next one when peers may not hear it, once, and beside the old one while that is in use', () => {
    const { keys } = settled({});
    const mute = new Set(['podcloak_wg0']);
    const ask = asked({ records: [recordOf([1, 3])], generations: [1] });
    for (let round = 0; round < 3; round += 1) {
      expect(keys.settle(ask, true, mute)).toMatchObject({ code: 'PC738', severity: 'warning' });
    }
    expect(generations(keys)).toEqual([1, 2]);
    expect(keys.published(ask).map(({ generation }) => generation)).toEqual([2]);
    expect(keys.settle(asked({ generations: [2] }), true)).toBeUndefined();
    expect(generations(keys)).toEqual([2]);
  });

  it('waits, and says so, while pairs are on key ids that are gone, and comes when one of them is free', () => {
    const { keys } = settled({ lines: [4] });
    keys.settle(asked({ lines: [4, 5], generations: [1] }), true);
    expect(generations(keys)).toEqual([1, 2]);
    const stuck = asked({ lines: [6], records: [recordOf([2, 5])], generations: [1, 2] });
    for (let round = 0; round < 2; round += 1) {
      const message = 'key id 6 waits for pairs on key id 4 and 5';
      expect(keys.settle(stuck, true)).toMatchObject({
        code: 'PC741',
        severity: 'warning',
        message,
      });
    }
    expect(generations(keys)).toEqual([1, 2]);
    expect(keys.settle(asked({ lines: [6], generations: [2] }), true)).toBeUndefined();
    expect(keys.all.map(({ keyID }) => keyID)).toEqual([5, 6]);
  });

  it('waits and says nothing while the Secret still has a line of a device', () => {
    const { keys } = settled({ lines: [4] });
    keys.settle(asked({ lines: [4, 5], generations: [1] }), true);
    expect(keys.settle(asked({ lines: [5, 6], generations: [1, 2] }), true)).toBeUndefined();
    expect(generations(keys)).toEqual([1, 2]);
  });

  it('is that of a peer that cannot hear it either, and was first to say so', () => {
    const { keys } = settled({});
    const ask = asked({ records: [recordOf([1, 3]), recordOf([2, 3])], generations: [1] });
    keys.settle(ask, true, new Set(['podcloak_wg0']));
    expect(generations(keys)).toEqual([1, 2]);
  });

  it('follows a node that had to take the next one, beside its own', () => {
    const { keys } = settled({ records: [] });
    keys.settle(asked({ records: [recordOf([2, 3])], generations: [1] }), true);
    expect(generations(keys)).toEqual([1, 2]);
    expect(keys.published(asked()).map(({ generation }) => generation)).toEqual([2]);
  });

  it('is that of others without a PSK, where there is no Secret, and not of those that have one', () => {
    const others = { wireguard: [deviceOf({ generation: 5 })] };
    expect(generations(settled({ isOpen: true, records: [others] }).keys)).toEqual([5]);
    expect(generations(settled({ isOpen: true, records: [recordOf([4, 3])] }).keys)).toEqual([1]);
  });

  it('is not where nobody gets to by rotating, as whoever planted that would leave no next one', () => {
    const planted = { wireguard: [deviceOf({ generation: 2 ** 31 - 1 })] };
    const { keys } = settled({ isOpen: true, records: [planted] });
    expect(generations(keys)).toEqual([1]);
    keys.settle(asked({ records: [planted], generations: [1] }), true);
    expect(generations(keys)).toEqual([1, 2]);
    expect(keys.published(asked()).map(({ generation, keyID }) => [generation, keyID])).toEqual([
      [2, 3],
    ]);
  });

  it('waits where an older one of the same name is still in use', () => {
    const { keys } = settled({});
    keys.settle(asked({ lines: [3, 4], generations: [1] }), true);
    keys.settle(asked({ lines: [4, 5], generations: [1, 2] }), true);
    expect(generations(keys)).toEqual([1, 2]);
    keys.settle(asked({ lines: [4, 5], generations: [2] }), true);
    expect(generations(keys)).toEqual([2, 3]);
  });

  it('has none above the last one', () => {
    const { keys } = settled({ records: [recordOf([2_147_483_647, 9])] }, keyFile(), true);
    expect(generations(keys)).toEqual([]);
  });
});

describe('keys of devices', () => {
  it('are the same for the next agent', () => {
    const { keys, file } = settled({});
    const next = settled({}, file, true);
    expect(next.keys.all).toEqual(keys.all);
    expect(next.keys.all[0]?.keys.privateKey.equals(keys.all[0]?.keys.privateKey as never)).toBe(
      true,
    );
  });

  it('are not used when they could not be written', () => {
    const problem = diagnostic('PC733', 'full');
    const { keys, problem: found } = settled({}, { ...keyFile(), write: () => problem } as never);
    expect(found).toEqual(problem);
    expect([keys.all, keys.published(asked())]).toEqual([[], []]);
  });

  it('are neither made nor published while WireGuard is not asked for', () => {
    for (const ask of [{ type: 'ipsec' }, { enabled: false }] as const) {
      expect(generations(settled(ask).keys)).toEqual([]);
    }
  });

  it('stay while tunnels need them, and go with the last of those', () => {
    const { keys, file } = settled({});
    keys.settle(asked({ type: 'ipsec', generations: [1] }), true);
    expect([generations(keys), keys.published(asked({ type: 'ipsec' }))]).toEqual([[1], []]);
    keys.settle(asked({ type: 'ipsec' }), true);
    expect(generations(keys)).toEqual([]);
    expect(file.read()).toEqual({ kind: 'keys', devices: [] });
  });

  it('show in no text', () => {
    const { keys } = settled({});
    const bytes = Buffer.from(keys.all[0]?.keys.privateKey.export() ?? []);
    const text = JSON.stringify(keys.all) + JSON.stringify(keys.published(asked()));
    expect(text).not.toContain(bytes.toString('base64'));
    expect(text).not.toContain(bytes.toString('hex'));
  });
});

describe('a node without a Secret', () => {
  it('has a device without key id, which its record names until it is silent', () => {
    const { keys, problem } = settled({ isOpen: true });
    expect(problem).toBeUndefined();
    expect(keys.all.map(({ keyID }) => keyID)).toEqual([undefined]);
    keys.settle(asked({ isOpen: true, enabled: false }), true);
    expect(keys.published(asked({ isOpen: true, enabled: false }))).toHaveLength(1);
  });

  it('does nothing where a device is left that has PSKs: somebody took the Secret away', () => {
    const file = keyFile();
    const before = settled({}, file).keys.all;
    const { keys, problem } = settled({ isOpen: true }, file);
    expect(problem?.code).toBe('PC739');
    expect(keys.all).toEqual(before);
    expect(keys.published(asked({ isOpen: true }))).toEqual([]);
  });
});
