import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KEY_ALGORITHMS, newKeyLine, parseKeyLines } from '../../src/key-lines/index.js';

it('makes lines that are read back without a problem, with the random bytes as keys', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 15 }), { minLength: 1 }),
      fc.constantFrom(...KEY_ALGORITHMS),
      (ids, algorithm) => {
        const made: Buffer[] = [];
        const random = (bytes: number): Buffer => {
          const key = randomBytes(bytes);
          made.push(key);
          return key;
        };
        const text = ids.map((id) => newKeyLine(id, algorithm, random)).join('\n');
        const { keys, problems } = parseKeyLines(text);

        expect(problems).toEqual([]);
        expect(keys.map(({ keyId }) => keyId)).toEqual(ids);
        expect(keys.every(({ perTunnel }) => perTunnel)).toBe(true);
        const read = keys.flatMap((key) =>
          key.form === 'aead' ? [key.aead.psk] : [key.authentication.psk, key.encryption.psk],
        );
        expect(read.map((psk) => Buffer.from(psk).toString('hex'))).toEqual(
          made.map((key) => key.toString('hex')),
        );
      },
    ),
  );
});
