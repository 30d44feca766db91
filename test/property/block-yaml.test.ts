import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { blockYaml } from '../../src/render/yaml.js';
import { parseYamlSource } from '../../src/values/index.js';
import { anyJsonMap, NASTY_STRINGS } from './arbitraries.js';

/** What the text says, without the negative zero that JSON does not have either. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Unlike `toEqual`, this sees a key `__proto__`. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, child: unknown) =>
    typeof child === 'object' && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  );
}

describe('the YAML of any plain data', () => {
  it.each(['1.1', '1.2'] as const)('is read back the same as YAML %s', (version) => {
    fc.assert(
      fc.property(anyJsonMap, (data) => {
        const options = { version, logLevel: 'error', maxAliasCount: 0 } as const;
        expect(sorted(parse(blockYaml(data), options))).toBe(sorted(data));
      }),
      { numRuns: 1000 },
    );
  });

  it('is read back the same by our own reader of values', () => {
    fc.assert(
      fc.property(anyJsonMap, (data) => {
        const { source, diagnostics } = parseYamlSource('values.yaml', blockYaml(data));
        expect(diagnostics).toEqual([]);
        expect(sorted(source?.value)).toBe(sorted(data));
      }),
      { numRuns: 500 },
    );
  });

  it('is the same whatever the order of its keys', () => {
    const shuffled = anyJsonMap.chain((data) =>
      fc.tuple(
        fc.constant(data),
        fc
          .shuffledSubarray(Object.entries(data), { minLength: Object.keys(data).length })
          .map((entries) => Object.fromEntries(entries)),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([data, other]) => {
        expect(blockYaml(other)).toBe(blockYaml(data));
      }),
    );
  });

  it('has no characters but printable ones', () => {
    fc.assert(
      fc.property(anyJsonMap, (data) => {
        expect(blockYaml(data)).not.toMatch(
          /[^\n\x20-\x7e\u00a0-\u2027\u202a-\ufefe\uff00-\ufffd]/,
        );
      }),
    );
  });

  it.each(NASTY_STRINGS)('keeps a string as key, value and item: %.20j', (text) => {
    const data = { [text]: text, list: [text, [text], { [text]: [text] }] };
    for (const version of ['1.1', '1.2'] as const) {
      expect(parse(blockYaml(data), { version, logLevel: 'error' })).toEqual(plain(data));
    }
  });

  it.each<[string, object]>([
    ['{}\n', {}],
    ['[]\n', []],
    ['a: {}\nb: []\n', { b: [], a: {} }],
    ['- - a\n  - []\n- b: 1\n  c:\n  - d\n', [['a', []], { c: ['d'], b: 1 }]],
    ['"": ""\na: null\n', { a: null, '': '', b: undefined }],
  ])('is written as %j', (text, data) => {
    expect(blockYaml(data)).toBe(text);
  });
});
