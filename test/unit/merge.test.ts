import { describe, expect, it } from 'vitest';
import { type JsonObject, merge } from '../../src/values/index.js';
import { withoutNulls } from '../../src/values/merge.js';
import { defaultsOf } from '../../src/values/schema.js';

describe('merging', () => {
  it('goes into maps and replaces all else', () => {
    const below = { a: { b: 1, c: { d: 1 } }, list: [1, 2], map: { x: 1 }, word: 'w' };
    const above = { a: { c: { e: 2 } }, list: [3], map: 'now a word', word: { now: 'a map' } };
    expect(merge(below, above)).toEqual({
      a: { b: 1, c: { d: 1, e: 2 } },
      list: [3],
      map: 'now a word',
      word: { now: 'a map' },
    });
  });

  it('keeps a null, so that it can delete a default that comes later', () => {
    const user = merge({ a: { b: 1 } }, { a: null });
    expect(user).toEqual({ a: null });
    expect(withoutNulls(merge({ a: { b: 2 }, c: 3 }, user))).toEqual({ c: 3 });
    expect(merge(user, { a: { d: 4 } })).toEqual({ a: { d: 4 } });
  });

  it('changes neither of the two', () => {
    const below = { a: { b: 1 } };
    const above = { a: { c: [1] } };
    merge(below, above);
    expect([below, above]).toEqual([{ a: { b: 1 } }, { a: { c: [1] } }]);
  });

  it('treats __proto__ as a key like any other', () => {
    const above: JsonObject = JSON.parse(
      '{"__proto__":{"polluted":1},"a":{"__proto__":{"b":null}}}',
    );
    const merged = withoutNulls(merge({ a: {} }, above));
    expect(JSON.stringify(merged)).toBe('{"a":{"__proto__":{}},"__proto__":{"polluted":1}}');
    expect(merged).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('nulls', () => {
  it('go from maps at any depth, and stay in lists', () => {
    expect(
      withoutNulls({ a: null, b: { c: null, d: { e: null } }, f: [null, { g: null }] }),
    ).toEqual({
      b: { d: {} },
      f: [null, { g: null }],
    });
  });
});

describe('the defaults', () => {
  it('are a new object each time, so that no caller can change them', () => {
    const mine = defaultsOf();
    const before = structuredClone(mine);
    for (const key of Object.keys(mine)) delete mine[key];
    expect(defaultsOf()).toEqual(before);
    expect(defaultsOf().tolerations).not.toBe(defaultsOf().tolerations);
  });
});
