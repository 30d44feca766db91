import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  diagnostic,
  ERRORS,
  formatDiagnostics,
  PodcloakError,
  show,
  typeName,
} from '../../src/errors/index.js';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));

const CHECKS = new URL('../../templates/chart/templates/_checks.tpl', import.meta.url);

/** All code but the table itself, and the chart's own checks. */
function sources(): string {
  const code = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('errors/table.ts'))
    .map((name) => readFileSync(join(SRC, name), 'utf8'))
    .join('\n');
  return code + readFileSync(CHECKS, 'utf8').replaceAll('"', "'");
}

describe('the table of errors', () => {
  it.each(Object.keys(ERRORS))('has no code that nothing reports: %s', (code) => {
    expect(sources()).toContain(`'${code}'`);
  });

  it('gives each a title and a remedy of whole words, which begin and end as text does', () => {
    for (const { title, remedy } of Object.values(ERRORS)) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(remedy).toMatch(/^[`A-Z'].*[.)]$/);
    }
  });

  it('is in the order of its codes', () => {
    const codes = Object.keys(ERRORS);
    expect(codes).toEqual([...codes].sort());
  });
});

describe('a diagnostic', () => {
  it('has the remedy of the table, unless more is known', () => {
    expect(diagnostic('PC107', 'x')).toEqual({
      code: 'PC107',
      severity: 'error',
      message: 'x',
      remedy: 'Remove one of the two.',
    });
    expect(diagnostic('PC107', 'x', { remedy: 'Remove [1].' }).remedy).toBe('Remove [1].');
  });

  it('prints its place as compilers do, then what to do', () => {
    const place = { source: 'values.yaml', line: 3, column: 7 };
    const details = { path: 'a.b', place, remedy: 'Do it.' };
    expect(formatDiagnostics([diagnostic('PC204', 'has no effect', details)])).toBe(
      'values.yaml:3:7: warning PC204: a.b: has no effect\n    fix: Do it.',
    );
    expect(formatDiagnostics([diagnostic('PC110', 'no such file', { remedy: 'Do it.' })])).toBe(
      'error PC110: no such file\n    fix: Do it.',
    );
  });

  it('shares its remedy with those before it that have the same', () => {
    const same = [diagnostic('PC107', 'a'), diagnostic('PC107', 'b'), diagnostic('PC110', 'c')];
    expect(formatDiagnostics(same)).toBe(
      'error PC107: a\nerror PC107: b\n    fix: Remove one of the two.\n' +
        'error PC110: c\n    fix: Check the path.',
    );
  });

  it('is carried by an exception, whose code is that of the first error', () => {
    const thrown = new PodcloakError([diagnostic('PC204', 'a'), diagnostic('PC107', 'b')]);
    expect(thrown.code).toBe('PC107');
    expect(thrown.message).toContain('warning PC204: a');
    expect(thrown.message).toContain('error PC107: b');
  });
});

describe('a value in a message', () => {
  it.each<[unknown, string]>([
    ['a "b"', '"a \\"b\\""'],
    [{ a: [1, null, true] }, '{"a":[1,null,true]}'],
    [undefined, 'undefined'],
    ['a\nb\u001b[31m', '"a\\nb\\u001b[31m"'],
    ['a\u009b31m\u202eb\u2028', '"a?31m?b?"'],
    ['x'.repeat(80), `"${'x'.repeat(59)}…`],
    [`${'x'.repeat(58)}😀😀`, `"${'x'.repeat(58)}…`],
  ])('is short, on one line and without what a terminal obeys: %j', (value, expected) => {
    expect(show(value)).toBe(expected);
  });

  it('has no sixteen hex digits in a row', () => {
    const hex = '44434241343332312423222114131211f4f3f2f1';
    for (const value of [
      hex,
      hex.toUpperCase(),
      [hex],
      { [hex]: hex },
      `3+ x ${hex} 128`,
      `g${hex}g`,
    ]) {
      expect(show(value)).not.toMatch(/[0-9a-f]{16}/i);
      expect(show(value)).toContain('…');
    }
    expect(show(hex.slice(0, 15))).toBe(`"${hex.slice(0, 15)}"`);
  });

  it.each<[unknown, string]>([
    [null, 'null'],
    [[], 'a list'],
    [{}, 'a map'],
    ['', 'a string'],
    [false, 'a boolean'],
    [0, 'a number'],
    [undefined, 'undefined'],
  ])('has a type with a name: %j', (value, name) => {
    expect(typeName(value)).toBe(name);
  });
});
