import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseYamlSource } from '../../src/values/index.js';

const VALID = `# Values of a cluster
defaults: &defaults {enabled: yes, "port": 0x1f}
encryption:
  ipsec:
    interface: [eth0, 'eth1', "eth2"]
    key: |-
      3+ rfc4106(gcm(aes)) MARKER 128
  <<: *defaults
list:
- a: !!str 1
  b: &b {c: ~, d: 1e3}
- *b
- ? complex
  : value
text: >
  folded
  MARKER
---
`;

/** A valid file with some pieces taken out, doubled or replaced. */
const mutated = fc
  .array(
    fc.tuple(
      fc.nat(VALID.length),
      fc.integer({ min: 0, max: 6 }),
      fc.oneof(
        fc.constantFrom(
          ...['\t', '\n', ' ', ':', '- ', '? ', '"', "'", '&b ', '*b', '*x', '!', '!!', '%'],
        ),
        fc.constantFrom(
          ...['{', '}', '[', ']', ',', '#', '|', '>', '---\n', '...\n', '<<: ', '\u0000', '\r'],
        ),
        fc.constantFrom(
          ...['\\', '.inf', '\u2028', '\ud800', '__proto__: ', 'list:\n', '&defaults ', '@', '`'],
        ),
        fc.string({ maxLength: 3, unit: 'binary' }),
      ),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((edits) =>
    edits.reduce(
      (text, [at, length, piece]) => text.slice(0, at) + piece + text.slice(at + length),
      VALID,
    ),
  );

const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'ab: -?\n\t,[]{}&*!|>\'"%@#.<~0') }),
  mutated,
);

describe('any text as a values file', () => {
  it('is read into a map, or refused at places within it, and never throws', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { source, diagnostics } = parseYamlSource('values.yaml', text);
        expect(source === undefined).toBe(diagnostics.length > 0);
        const lines = text.split('\n');
        for (const { severity, place } of diagnostics) {
          expect(severity).toBe('error');
          const { line = 0, column = 0 } = place ?? {};
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
        }
        if (source === undefined) return;
        // Plain data: what JSON keeps, and nothing that it drops.
        expect(JSON.parse(JSON.stringify(source.value))).toEqual(JSON.parse(asJson(source.value)));
        expect({}).not.toHaveProperty('a');
      }),
      { numRuns: 3000 },
    );
  });

  it('is never quoted in a message', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const { diagnostics } = parseYamlSource('values.yaml', text);
        expect(JSON.stringify(diagnostics)).not.toContain('MARKER');
      }),
      { numRuns: 1000 },
    );
  });

  it('has a place for every value that it gives', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const { source } = parseYamlSource('values.yaml', text);
        if (source === undefined) return;
        for (const path of pathsOf(source.value)) {
          for (const what of ['key', 'value'] as const) {
            expect(source.locate(path, what)).toMatchObject({ line: expect.any(Number) });
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});

/** JSON that tells apart what `JSON.stringify` would make the same, such as NaN and null. */
function asJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asJson).join()}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, child]) => `${JSON.stringify(key)}:${asJson(child)}`,
    );
    return `{${entries.join()}}`;
  }
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function pathsOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Array.isArray(value)
    ? value.flatMap((item, index) => pathsOf(item, [...path, index]))
    : Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]));
  return [path, ...inner];
}
