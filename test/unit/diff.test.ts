import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  diffText,
  fieldChanges,
  isDifferent,
  objectDiff,
  summaryOf,
} from '../../src/diff/index.js';
import { unpainted } from '../../src/text/colour.js';

const brief = (before: unknown, after: unknown): string[] =>
  fieldChanges(before, after).map(
    ({ path, before: old, after: fresh }) =>
      `${path}: ${JSON.stringify(old) ?? '-'} -> ${JSON.stringify(fresh) ?? '-'}`,
  );

const manifest = (kind: string) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'n', namespace: 'ns' },
});
const object = (kind: string, fields: object, metadata: object = {}) => ({
  ...manifest(kind),
  metadata: { ...manifest(kind).metadata, ...metadata },
  ...fields,
});

describe('changes of fields', () => {
  it.each<[unknown, unknown, string[]]>([
    [{ a: 1 }, { a: 1 }, []],
    [{ a: 1 }, { a: 2 }, ['a: 1 -> 2']],
    [{ a: { b: 1 } }, { a: {} }, ['a.b: 1 -> -']],
    [{}, { a: { b: 1 } }, ['a: - -> {"b":1}']],
    [{ 'a.b/c': 1 }, { 'a.b/c': '1' }, ['"a.b/c": 1 -> "1"']],
    [{ a: null }, {}, ['a: null -> -']],
    [{ a: [1, 2] }, { a: [2, 1] }, ['a: [1,2] -> [2,1]']],
    [{ a: {} }, { a: [] }, ['a: {} -> []']],
    [[{ b: 1 }], [{ b: 2 }], ['[0].b: 1 -> 2']],
    [[{ b: 1 }], [], [': [{"b":1}] -> []']],
  ])('from %j to %j', (before, after, expected) => {
    expect(brief(before, after)).toEqual(expected);
  });

  it('are found by the names of list items, in whatever order those are', () => {
    const env = (entries: [string, string][]) => ({
      env: entries.map(([name, value]) => ({ name, value })),
    });
    const before = env([
      ['A', '1'],
      ['B', '2'],
      ['C', '3'],
    ]);
    const after = env([
      ['C', '3'],
      ['A', '9'],
      ['D', '4'],
    ]);
    expect(brief(before, after)).toEqual([
      'env[A].value: "1" -> "9"',
      'env[B]: {"name":"B","value":"2"} -> -',
      'env[D]: - -> {"name":"D","value":"4"}',
    ]);
  });

  it('are none between equal things, and some between others', () => {
    const any = fc.anything({
      withBigInt: false,
      values: [fc.integer(), fc.string(), fc.boolean()],
    });
    fc.assert(
      fc.property(any, any, (a, b) => {
        const [one, other] = [a, b].map((value) => JSON.stringify(value) ?? 'null');
        const [before, after] = [JSON.parse(one ?? ''), JSON.parse(other ?? '')] as unknown[];
        expect(fieldChanges(before, structuredClone(before))).toEqual([]);
        if (sorted(before) !== sorted(after)) {
          expect(fieldChanges(before, after).length).toBeGreaterThan(0);
        }
      }),
    );
  });
});

/** JSON that does not depend on the order of keys, nor on that of named items. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

describe('the diff of an object', () => {
  it('passes over what the API server writes itself', () => {
    const before = object('DaemonSet', { status: { a: 1 } }, { uid: 'u', generation: 1 });
    const annotations = { 'deprecated.daemonset.template.generation': '2' };
    const after = object('DaemonSet', { status: {} }, { uid: 'v', generation: 2, annotations });
    expect(objectDiff(manifest('DaemonSet'), before, after)).toMatchObject({ change: 'none' });
  });

  it('shows of a Secret its labels and its type, and no value wherever it is', () => {
    const secret = (text: string) =>
      object(
        'Secret',
        { type: text, data: { [text]: text }, stringData: text, extra: [text] },
        { labels: { l: text }, annotations: { a: text } },
      );
    const { fields } = objectDiff(manifest('Secret'), secret('one'), secret('two'));
    const open = fields.filter((field) => !('masked' in field)).map(({ path }) => path);

    expect(open).toEqual(['metadata.labels.l', 'type']);
    expect(fields.filter((field) => 'masked' in field).map(({ path }) => path)).toEqual([
      'data.one',
      'data.two',
      'extra',
      'metadata.annotations.a',
      'stringData',
    ]);
  });

  it('holds nothing that looks like a key, of whatever kind the object is', () => {
    const key = 'deadbeefcafe0123456789abcdefdeadbeefcafe';
    const one = object('ConfigMap', { data: { [key]: key, list: [{ [key]: `x ${key}` }] } });
    const found = objectDiff(manifest('ConfigMap'), one, object('ConfigMap', {}), {
      conflicts: [{ manager: 'm', field: `.data.${key}` }],
    });
    expect(JSON.stringify(found) + diffText([found], unpainted)).not.toContain(key.slice(0, 16));
  });

  it('is different for a conflict alone', () => {
    const same = object('ConfigMap', {});
    const conflicts = [{ manager: 'm', field: '.data' }];
    const found = objectDiff(manifest('ConfigMap'), same, same, { conflicts });
    expect(isDifferent(found)).toBe(true);
    expect(summaryOf([found])).toEqual({ create: 0, change: 0, none: 1, conflicts: 1 });
    expect(diffText([found], unpainted)).toBe(
      '! ConfigMap ns/n\n    conflict: .data belongs to m\n' +
        '0 to create, 0 to change, 1 as they should be, 1 with conflicts\n',
    );
  });
});
