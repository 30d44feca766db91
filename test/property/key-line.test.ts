import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseKeyLines } from '../../src/key-lines/index.js';

// Capital letters and `Q`s: no word of a message, and no algorithm, has a run of them.
const secret = fc.string({
  unit: fc.constantFrom(...'QZXJ0123456789ABCDEF'),
  minLength: 8,
  maxLength: 80,
});
const lowerSecret = secret.map((text) => text.toLowerCase());
const names = fc.constantFrom(
  ...['rfc4106(gcm(aes))', 'hmac(sha256)', 'hmac(md5)', 'cbc(aes)', 'cbc(des)', 'digest_null'],
  ...['new(aes)', 'constructor', '__proto__'],
);
const small = fc.constantFrom('3+', '3', '16+', '', '128', '96', '0', '#', '0x');

/** Lines in which some fields are secrets. */
const line = fc.array(fc.oneof(secret, lowerSecret, names, small), { maxLength: 6 });
const file = fc.array(line, { maxLength: 4 });

describe('any key file', () => {
  it('is read without an exception, each line into a key, a problem or nothing', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      file.map((lines) => lines.map((fields) => fields.join(' ')).join('\n')),
    );
    fc.assert(
      fc.property(text, (content) => {
        const { keys, problems } = parseKeyLines(content);
        expect(keys.length + problems.length).toBeGreaterThan(0);
        const lines = content.split(/\r\n|\r|\n/).length;
        for (const { line } of [...keys, ...problems]) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is never quoted in a message, not even eight characters of it', () => {
    fc.assert(
      fc.property(file, (lines) => {
        const text = lines.map((fields) => fields.join(' ')).join('\n');
        const said = JSON.stringify(parseKeyLines(text).problems);
        const secrets = lines.flat().filter((field) => /^[qzxj0-9a-f]{8,}$/i.test(field));
        for (const field of secrets) {
          for (let at = 0; at + 8 <= field.length; at += 1) {
            expect(said).not.toContain(field.slice(at, at + 8));
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});
