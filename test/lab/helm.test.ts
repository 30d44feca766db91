import { describe, expect, it } from 'vitest';
import { mergedByHelm } from './helm.js';
import { labDescribe } from './lab-describe.js';

// What the product's own merging of values is held against: helm itself, in both major versions.
labDescribe('the values that helm merges', ['helm3', 'helm4'], () => {
  describe.each([3, 4] as const)('by helm %i', (version) => {
    it('are the defaults when nothing else is said, also when there are none', async () => {
      const defaults = { a: { b: 1 }, list: [1, 2] };
      expect(await mergedByHelm({ version, defaults })).toEqual({ ok: true, values: defaults });
      expect(await mergedByHelm({ version, defaults: {} })).toEqual({ ok: true, values: {} });
    });

    it('take files in their order, merge maps and replace lists', async () => {
      const answer = await mergedByHelm({
        version,
        defaults: { a: { b: 1, c: 1, d: 1 }, list: [1, 2] },
        files: ['a: {c: 2, d: 2}', 'a: {d: 3}\nlist: [9]'],
      });
      expect(answer).toEqual({ ok: true, values: { a: { b: 1, c: 2, d: 3 }, list: [9] } });
    });

    it('apply --set-json before --set, whatever their order on the command line', async () => {
      const answer = await mergedByHelm({
        version,
        defaults: { a: { b: 1 } },
        args: ['--set', 'a.b=2', '--set-json', 'a={"b":3,"c":3}'],
      });
      expect(answer).toEqual({ ok: true, values: { a: { b: 2, c: 3 } } });
    });

    it('apply --set-string after --set, and --set-file after both', async () => {
      const answer = await mergedByHelm({
        version,
        defaults: {},
        args: ['--set-file', 'c=c.txt', '--set-string', 'b=2,c=2', '--set', 'a=1,b=1,c=1'],
        extraFiles: { 'c.txt': 'from a file' },
      });
      expect(answer).toEqual({ ok: true, values: { a: 1, b: '2', c: 'from a file' } });
    });

    it('lose a default that a file or --set makes null', async () => {
      const defaults = { a: { b: 1, c: 2 }, d: 3 };
      const byFile = await mergedByHelm({ version, defaults, files: ['a: {b: null}\nd: ~'] });
      const bySet = await mergedByHelm({ version, defaults, args: ['--set', 'a.b=null,d=null'] });
      expect(byFile).toEqual({ ok: true, values: { a: { c: 2 } } });
      expect(bySet).toEqual(byFile);
    });

    it('get a new list, not a changed default, when --set names an index', async () => {
      const defaults = { list: ['a', 'b', 'c'] };
      const answer = await mergedByHelm({ version, defaults, args: ['--set', 'list[1]=x'] });
      expect(answer).toEqual({ ok: true, values: { list: [null, 'x'] } });
    });

    it('get a changed list when --set names an index of a list from a file', async () => {
      const answer = await mergedByHelm({
        version,
        defaults: { list: ['a'] },
        files: ['list: [d, e, f]'],
        args: ['--set', 'list[1]=x'],
      });
      expect(answer).toEqual({ ok: true, values: { list: ['d', 'x', 'f'] } });
    });

    it('may come from standard input', async () => {
      const input = 'a: from standard input';
      const answer = await mergedByHelm({ version, defaults: {}, args: ['-f', '-'], input });
      expect(answer).toEqual({ ok: true, values: { a: 'from standard input' } });
    });

    it('are refused with a reason when --set cannot be read', async () => {
      const answer = await mergedByHelm({ version, defaults: {}, args: ['--set', 'a..==1'] });
      expect(answer).toMatchObject({ ok: false, error: expect.stringContaining('--set') });
    });
  });
});
