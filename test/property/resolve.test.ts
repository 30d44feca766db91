import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ERRORS, formatDiagnostics, isError } from '../../src/errors/index.js';
import {
  type JsonObject,
  parseSet,
  plainSource,
  resolveValues,
  valuePaths,
} from '../../src/values/index.js';
import { anyJsonMap, json } from './arbitraries.js';

const NAMESPACES = fc.record({
  namespace: fc.constantFrom('kube-system', 'podcloak'),
  allowUnknown: fc.boolean(),
});

/** Any JSON at paths that the schema knows, so that it is reached. */
const atKnownPaths = fc
  .array(
    fc.tuple(fc.constantFrom(...valuePaths(), 'encryption', 'image', 'encryption.ipsec'), json),
    {
      maxLength: 6,
    },
  )
  .map((pairs) =>
    pairs.reduce<JsonObject>((values, [path, value]) => {
      const set = parseSet(`${path}=${JSON.stringify(value)}`, 'json', values, '--set-json');
      return 'value' in set ? set.value : values;
    }, {}),
  );

function resolve(values: JsonObject, options: { namespace: string; allowUnknown: boolean }) {
  return resolveValues(values, [plainSource('values.yaml', 'set', values)], options);
}

describe('any values', () => {
  it('are resolved without an exception, into values or errors that can be printed', () => {
    fc.assert(
      fc.property(fc.oneof(anyJsonMap, atKnownPaths), NAMESPACES, (values, options) => {
        const before = JSON.stringify(values);
        const resolved = resolve(values, options);
        expect(resolved.values === undefined).toBe(resolved.diagnostics.some(isError));
        for (const one of resolved.diagnostics) {
          expect(ERRORS).toHaveProperty(one.code);
          expect(formatDiagnostics([one])).toMatch(
            /^(values\.yaml: )?(error|warning) PC[0-9]{3}: /,
          );
        }
        expect(JSON.stringify(values)).toBe(before);
      }),
      { numRuns: 1500 },
    );
  });

  it('resolve the same again from what they were resolved to', () => {
    fc.assert(
      fc.property(atKnownPaths, NAMESPACES, (values, options) => {
        const once = resolve(values, options).values;
        if (once === undefined) return;
        const plain = JSON.parse(JSON.stringify(once)) as JsonObject;
        // A default that null deleted comes back, so that only what is there is compared.
        expect(resolve(plain, options).values).toMatchObject(plain);
      }),
    );
  });
});

describe('the key among any values', () => {
  // Letters that no word of ours has a run of.
  const secret = fc.string({
    unit: fc.constantFrom(...'QZXJ0123456789ABCDEF'),
    minLength: 8,
    maxLength: 60,
  });
  const key = fc.oneof(
    secret,
    fc.tuple(secret, secret).map(([a, b]) => `3+ ${a} ${b} 128`),
    secret.map((text) => `3+ rfc4106(gcm(aes)) ${text} 128\n${text}`),
    secret.map((text) => [text, { inner: text }]),
    secret.map((text) => ({ inner: text, [text]: 1 })),
  );

  it('is never quoted in a message', () => {
    fc.assert(
      fc.property(key, atKnownPaths, NAMESPACES, (content, others, options) => {
        const encryption = { ipsec: { key: content, unknown: true }, unknown: true };
        const { diagnostics } = resolve({ ...others, encryption }, options);
        const said = formatDiagnostics(diagnostics);
        const secrets = JSON.stringify(content).match(/[QZXJ0-9A-F]{8,}/g) ?? [];
        expect(secrets).not.toEqual([]);
        for (const part of secrets) {
          for (let at = 0; at + 8 <= part.length; at += 1) {
            expect(said).not.toContain(part.slice(at, at + 8));
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
