import { describe, expect, it } from 'vitest';
import { type JsonObject, parseSet, type SetMode } from '../../src/values/index.js';

const LABEL = '--set (2nd)';

function set(text: string, mode: SetMode = 'typed', base: JsonObject = {}): unknown {
  const parsed = parseSet(text, mode, base, LABEL, (path) => `content of ${path}`);
  return 'value' in parsed ? parsed.value : parsed.diagnostic;
}

describe('an option --set', () => {
  it.each([
    ['a.b=1,c=x', { a: { b: 1 }, c: 'x' }],
    ['a=', { a: '' }],
    ['a=1,', { a: 1 }],
    ['a=x=y', { a: 'x=y' }],
    [' a = 1 ', { ' a ': ' 1 ' }],
    ['a\\.b\\=c\\[0\\]\\,=1', { 'a.b=c[0],': 1 }],
    ['a=b\\,c\\\\', { a: 'b,c\\' }],
    ['a={x, y,1}', { a: ['x', ' y', 1] }],
    ['a={x\\,y,\\}}', { a: ['x,y', '}'] }],
    ['a={}', { a: [''] }],
    ['a={x}b=1', { a: ['x'], b: 1 }],
    ['a[1]=x', { a: [null, 'x'] }],
    ['a[0].b=1,a[0].c=2', { a: [{ b: 1, c: 2 }] }],
    ['a[+1][0]=x', { a: [null, ['x']] }],
    ['a[0]=1,a[0].b=2', { a: [{ b: 2 }] }],
  ])('reads the paths, lists and escapes of %j', (text, expected) => {
    expect(set(text)).toEqual(expected);
  });

  it.each([
    ...(['true', 'TRUE', 'tRue'] as const).map((text) => [text, true] as const),
    ...(['false', 'False'] as const).map((text) => [text, false] as const),
    ...(['null', 'NULL'] as const).map((text) => [text, null] as const),
    ...[['0', 0] as const, ['-0', 0] as const, ['+5', 5] as const, ['-017', -17] as const],
    ...(['007', '00', '1.5', '1e3', '0x1f', '1_000', 'yes', '~', '[]', '"q"'] as const).map(
      (text) => [text, text] as const,
    ),
    ['9223372036854775807', 2 ** 63] as const,
    ['9223372036854775808', '9223372036854775808'] as const,
    ['-9223372036854775808', -(2 ** 63)] as const,
  ])('takes %j for %j', (text, expected) => {
    expect(set(`a=${text}`)).toEqual({ a: expected });
  });

  it('changes the values it is laid over in a copy', () => {
    const base: JsonObject = { a: { b: 1, list: [{ x: 1 }, 2] } };
    const before = structuredClone(base);
    expect(set('a.list[0].y=2,a.c=3', 'typed', base)).toEqual({
      a: { b: 1, c: 3, list: [{ x: 1, y: 2 }, 2] },
    });
    expect(base).toEqual(before);
  });

  it('gives keys named like parts of JavaScript their plain meaning', () => {
    const values = set('__proto__.polluted=1,constructor.prototype.polluted=1,a.__proto__=2');
    expect(JSON.stringify(values)).toBe(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":{"__proto__":2}}',
    );
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('an option --set-string', () => {
  it('keeps every value a string', () => {
    expect(set('a=1,b=null,c={true,0}', 'string')).toEqual({ a: '1', b: 'null', c: ['true', '0'] });
  });
});

describe('an option --set-file', () => {
  it('takes the content of files, also for a list of them', () => {
    expect(set('a=x.txt,b={y,z}', 'file')).toEqual({
      a: 'content of x.txt',
      b: ['content of y', 'content of z'],
    });
  });
});

describe('an option --set-json', () => {
  it.each([
    ['a={"b":[1,"x,y"]},c=null', { a: { b: [1, 'x,y'] }, c: null }],
    ['a=, b= ,c="\\",\\""', { a: null, ' b': null, c: '","' }],
    ['a[1]={"x":1}', { a: [null, { x: 1 }] }],
    ['a={"__proto__":{"x":1}}', { a: JSON.parse('{"__proto__":{"x":1}}') }],
  ])('reads %j', (text, expected) => {
    expect(set(text, 'json')).toEqual(expected);
  });

  it('merges a whole object, where a path with a map replaces one', () => {
    const base = { a: { b: 1 } };
    expect(set('{"a":{"c":2}}', 'json', base)).toEqual({ a: { b: 1, c: 2 } });
    expect(set('a={"c":2}', 'json', base)).toEqual({ a: { c: 2 } });
  });
});

describe('an option that does not parse', () => {
  const base: JsonObject = { nothing: null, word: 'w', list: ['w'] };
  const deepJson = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;

  it.each<[SetMode, string, string, number]>([
    ['typed', '', 'PC120', 1],
    ['typed', 'a', 'PC120', 1],
    ['typed', 'b=1,a', 'PC120', 5],
    ['typed', '=1', 'PC120', 1],
    ['typed', 'a..b=1', 'PC120', 3],
    ['typed', 'a=1,,b=2', 'PC120', 5],
    ['typed', '[0]=1', 'PC120', 1],
    ['typed', 'a[0', 'PC120', 3],
    ['typed', 'a[0]', 'PC120', 5],
    ['typed', 'a[-1]=1', 'PC120', 3],
    ['typed', 'a[65537]=1', 'PC120', 3],
    ['typed', 'a={x', 'PC120', 3],
    ['typed', 'nothing.a=1', 'PC120', 1],
    ['typed', 'nothing[0]=1', 'PC120', 1],
    ['typed', 'word.a=1', 'PC120', 1],
    ['typed', 'word[0]=1', 'PC120', 1],
    ['typed', 'list[0][0]=1', 'PC120', 8],
    ['json', 'b=1,a=x', 'PC121', 7],
    ['json', 'a={"b":1} c=2', 'PC121', 3],
    ['json', 'a=1e400', 'PC121', 3],
    ['json', 'a="\\ud800"', 'PC121', 3],
    ['json', '{"a":1', 'PC121', 1],
  ])('is refused (%s %j) with %s at column %i', (mode, text, code, column) => {
    expect(set(text, mode, base)).toMatchObject({
      code,
      place: { source: LABEL, line: 1, column },
    });
  });

  it.each<[string, SetMode, string, string, number]>([
    ['keys', 'typed', `${'a.'.repeat(31)}a=1`, 'PC120', 63],
    ['indexes', 'typed', `a${'[0]'.repeat(40_000)}=1`, 'PC120', 98],
    ['keys and indexes', 'typed', `${'a[0].'.repeat(20_000)}a=1`, 'PC120', 156],
    ['JSON', 'json', `a=${deepJson}`, 'PC121', 3],
    ['a JSON object', 'json', `{"a":${deepJson}}`, 'PC121', 1],
  ])('is refused for %s nested without end', (_, mode, text, code, column) => {
    expect(set(text, mode)).toMatchObject({ code, place: { column } });
  });

  it.each<[SetMode, string]>([
    ['typed', 'encryption.ipsec.key={SECRET'],
    ['typed', 'a=SECRET,b'],
    ['typed', 'word.SECRET=1'],
    ['json', 'a="SECRET'],
    ['json', '{"a":"SECRET}'],
    ['json', 'a=SECRET'],
  ])('is not quoted in the message: %s %j', (mode, text) => {
    const problem = set(text, mode, base);
    expect(problem).toHaveProperty('code');
    expect(JSON.stringify(problem)).not.toContain('SECRET');
  });
});
