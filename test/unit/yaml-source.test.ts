import { describe, expect, it } from 'vitest';
import { parseYamlSource } from '../../src/values/index.js';

/** `code:line:column` of each problem. */
function problemsOf(text: string): string[] {
  const { source, diagnostics } = parseYamlSource('values.yaml', text);
  expect(source === undefined).toBe(diagnostics.length > 0);
  return diagnostics.map(({ code, place }) => {
    expect(place?.source).toBe('values.yaml');
    return `${code}:${place?.line}:${place?.column}`;
  });
}

const repeated = (lines: number, line: (index: number) => string) =>
  Array.from({ length: lines }, (_, index) => line(index)).join('\n');

describe('a values file that cannot be read', () => {
  it.each<[string, string, string[]]>([
    ['a key twice', 'a: 1\nb:\n  c: 1\n  c: 2\n', ['PC114:4:3']],
    ['a key twice, as a number and a string', '1: a\n"1": b\n', ['PC114:2:1']],
    ['a key twice, in braces', 'a: {b: 1, c: 2, b: 3}\n', ['PC114:1:17']],
    ['keys twice in several maps', 'a: 1\na: 2\nb: {c: 1, c: 1}\n', ['PC114:2:1', 'PC114:3:11']],
    ['a tab as indentation', 'a:\n\tb: 1\n', ['PC115:2:1']],
    ['a tab behind spaces', 'a:\n  b: 1\n \tc: 1\n', ['PC115:3:2']],
    ['a tab in a block string', 'a: |\n\tb\n', ['PC115:2:1']],
    ['a list', '- a\n- b\n', ['PC117:1:1']],
    ['a word', '# comment\nword\n', ['PC117:2:1']],
    ['two documents', 'a: 1\n---\nb: 1\n', ['PC118:3:1']],
    ['an empty document before another', '---\n---\n  b: 1\n', ['PC118:3:3']],
    ['an alias of itself', 'a: 1\nb: &x\n  - *x\n', ['PC116:3:5']],
    ['an alias within itself, some way down', 'b: &x {c: {d: [1, *x]}}\n', ['PC116:1:19']],
    ['an alias without an anchor', 'a: *x\n', ['PC113:1:4']],
    ['an alias before its anchor', 'a: *x\nb: &x 1\n', ['PC113:1:4']],
    ['a host pattern without quotes', 'hosts:\n  - *.example.com\n', ['PC113:2:5']],
    ['an unknown tag', 'a: 1\nb: !foo bar\n', ['PC113:2:4']],
    ['a tag for binary data', 'a: !!binary aGVsbG8=\n', ['PC113:1:4']],
    ['a tag for a date', 'a: !!timestamp 2001-01-01\n', ['PC113:1:4']],
    ['a tag for a set', 'a: !!set {b, c}\n', ['PC113:1:4']],
    ['a list as a key', 'a: 1\n? [b]\n: c\n', ['PC113:2:3']],
    ['a map as a key', '{a: 1}: b\n', ['PC113:1:1']],
    ['nothing as a key', 'a:\n  null: b\n', ['PC113:2:3']],
    ['a fraction as a key', 'a:\n  1.5: b\n', ['PC113:2:3']],
    ['a merge key without a map', 'a: 1\n<<: 5\n', ['PC113:2:5']],
    ['an infinite number', 'a:\n  b: .inf\n', ['PC105:2:6']],
    ['something that is not a number', 'a: [1, .nan]\n', ['PC105:1:8']],
    ['an unfinished string', 'a: "b\n', ['PC113:2:1']],
    ['an unfinished list', 'a: [b, c\n', ['PC113:2:1']],
    ['two colons', 'a: b: c\n', ['PC113:1:4']],
    ['a reserved character', 'a: @b\n', ['PC113:1:4']],
    ['a map that begins too far left', 'a:\n    b: 1\n  c: 1\n', ['PC113:3:1']],
    ['a control character', 'a: 1\nb: \u0007\n', ['PC113:2:4']],
    ['a null byte, as in UTF-16', 'a\u0000:\u0000 \u00001\u0000', ['PC113:1:2']],
    ['a line separator of YAML 1.1 only', 'a: b\u2028c: d\n', ['PC113:1:5']],
    ['a carriage return alone', 'a: b\rc: d\r', ['PC113:1:5']],
    ['half of a surrogate pair', 'a: "\\ud800"\n', ['PC113:1:4']],
    ['another version of YAML', '%YAML 1.2\n---\na: b\n', ['PC113:1:1']],
    ['an unknown directive', '%FOO\n---\na: b\n', ['PC113:1:1']],
    ['a line that ends as in Windows, then a mistake', 'a: 1\r\nb: @c\r\n', ['PC113:2:4']],
  ])('is refused for %s, with the place', (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it('is refused for all its mistakes at once', () => {
    expect(problemsOf('a: @b\nb: 1\nc: "\\q"\nd: !foo x\n')).toEqual([
      'PC113:1:4',
      'PC113:3:5',
      'PC113:4:4',
    ]);
    expect(problemsOf('a: 1\na: 2\nb: .inf\nc: *x\n~: 1\n')).toEqual([
      'PC114:2:1',
      'PC105:3:4',
      'PC113:4:4',
      'PC113:5:1',
    ]);
  });

  it('is refused with a bounded number of problems, when it is no YAML at all', () => {
    expect(problemsOf(repeated(5_000, () => '}'))).toHaveLength(50);
  });

  it.each<[string, string]>([
    ['aliases that multiply', `a0: &a0 [x]\n${repeated(40, billionLaughs)}\n`],
    ['merge keys that multiply', `a0: &a0 {x: 1}\n${repeated(40, (n) => mergeOf(n))}\n`],
    ['a long list, repeated', `a: &a [${'1,'.repeat(9_000)}]\nb: [*a, *a, *a, *a]\n`],
    ['lists nested without end', `a: ${'['.repeat(20_000)}`],
    ['lists nested deeply', `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['maps nested without end', `${'{a: '.repeat(10_000)}`],
    ['block lists nested without end', `${'- '.repeat(10_000)}x`],
    ['complex keys nested without end', `${'? '.repeat(10_000)}x`],
    ['block maps nested deeply', repeated(1_000, (n) => `${' '.repeat(n)}a:`)],
    ['anchors nested through aliases', `a0: &a0 [x]\n${repeated(200, (n) => nested(n))}\n`],
  ])('is refused for %s, and does not exhaust memory or stack', (_, text) => {
    expect(problemsOf(text).map((problem) => problem.slice(0, 5))).toContain('PC116');
  });
});

function billionLaughs(n: number): string {
  return `a${n + 1}: &a${n + 1} [${Array.from({ length: 9 }, () => `*a${n}`).join(', ')}]`;
}

function mergeOf(n: number): string {
  return `a${n + 1}: &a${n + 1} {${['b', 'c', 'd'].map((key) => `${key}: {<<: *a${n}}`).join(', ')}}`;
}

function nested(n: number): string {
  return `a${n + 1}: &a${n + 1} [*a${n}]`;
}

describe('a message about a values file', () => {
  const marker = 'MARKER0123456789abcdef';

  it.each([
    `${marker}: 1\n${marker}: 2\n`,
    `a: [${marker}\n`,
    `a: ${marker}: ${marker}\n`,
    `a: "${marker}\n`,
    `a: "\\q${marker}"\n`,
    `a: @${marker}\n`,
    `a: *${marker}\n`,
    `a: &${marker} [*${marker}]\n`,
    `a: !${marker} b\n`,
    `a: !!${marker} b\n`,
    `a: !<${marker}> b\n`,
    `%${marker}\n---\na: 1\n`,
    `%TAG !${marker}! x\n---\na: !${marker}!y z\n`,
    `? [${marker}]\n: 1\n`,
    `? {${marker}: 1}\n: 1\n`,
    `a:\n\t${marker}: 1\n`,
    `${marker}\n`,
    `- ${marker}\n`,
    `a: 1\n---\n${marker}: 1\n`,
    `a: 1 ${marker}\n b: 1\n`,
    `a: &x &${marker} 1\n`,
    `a: ${marker}\u0007\n`,
    `<<: ${marker}\n`,
    `a: !!int ${marker}\n`,
    `${'x'.repeat(1025)}${marker}: 1\n`,
    `a: ${'['.repeat(300)}${marker}`,
  ])('never quotes it: %.40j', (text) => {
    const { diagnostics } = parseYamlSource('values.yaml', text);
    expect(diagnostics).not.toEqual([]);
    const said = JSON.stringify(diagnostics);
    expect(said).not.toContain('MARKER');
    expect(said).not.toContain('0123456789abcdef');
  });
});

describe('a values file', () => {
  it.each(['', '\n', '# only a comment\n', '---\n', 'null\n', '~', '---\n...\n'])(
    'may say nothing: %j',
    (text) => {
      expect(parseYamlSource('values.yaml', text)).toMatchObject({
        source: { label: 'values.yaml', kind: 'file', value: {} },
        diagnostics: [],
      });
    },
  );

  it('may hold keys that mean something to JavaScript, which stay plain keys', () => {
    const text =
      '__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\na: {<<: {__proto__: 1}}\n';
    const { source } = parseYamlSource('values.yaml', text);
    expect(JSON.stringify(source?.value)).toBe(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":{"__proto__":1}}',
    );
    expect({}).not.toHaveProperty('polluted');
    expect(source?.value).not.toHaveProperty('polluted');
  });

  it('may repeat an anchor often, and give its name again', () => {
    const text = `a: &x {b: 1}\n${repeated(500, (n) => `c${n}: *x`)}\nd: &x 2\ne: *x\n`;
    expect(parseYamlSource('values.yaml', text).source?.value).toMatchObject({
      c499: { b: 1 },
      d: 2,
      e: 2,
    });
  });
});
