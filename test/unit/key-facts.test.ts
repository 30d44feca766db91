import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  adviceOn,
  KEY_ALGORITHMS,
  keyAlgorithmOf,
  keyLineFacts,
  newKeyLine,
  parseKeyLines,
} from '../../src/key-lines/index.js';

const factsOf = (text: string) => parseKeyLines(text).keys.map(keyLineFacts);
const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
const codes = (text: string) =>
  factsOf(text)
    .flatMap(adviceOn)
    .map(({ code }) => code);

describe('what may be told of a key line', () => {
  it.each([
    ['rfc4106-gcm-aes', [128, 32]],
    ['gcm-256', [256, 32]],
    ['chacha20-poly1305', [256, 32]],
    ['cbc-aes-sha256', [256, 0, 256, 0]],
    ['cbc-aes-sha512', [512, 0, 256, 0]],
  ] as const)('counts the salt of %s apart from its key, in bits', (name, bits) => {
    const [facts] = factsOf(newKeyLine(4, name, randomBytes));
    expect(facts?.algorithms.flatMap(({ keyBits, saltBits }) => [keyBits, saltBits])).toEqual(bits);
    expect(facts).toMatchObject({ keyID: 4, line: 1, perTunnel: true });
  });

  it('never holds a part of the key, nor a name that may be one in the wrong field', () => {
    const key = hex(20);
    const misplaced = `a${hex(15)}`;
    const text = JSON.stringify(factsOf(`3+ ${misplaced} ${key} 128`));
    expect(text).toContain('"algorithm":"unknown"');
    expect(text).not.toContain(key);
    expect(text).not.toContain(misplaced);
  });

  it.each([
    ['a short check value', `3+ rfc4106(gcm(aes)) ${hex(20)} 64`, ['PC473']],
    ['two algorithms', `3+ hmac(sha256) ${hex(32)} cbc(aes) ${hex(32)}`, ['PC472']],
    ['an unknown algorithm', `3+ rfc9999(new) ${hex(32)} 128`, ['PC474']],
    ['nothing', `3+ rfc4106(gcm(aes)) ${hex(20)} 128`, []],
  ])('comes with advice on %s', (_, line, advice) => {
    expect(codes(line)).toEqual(advice);
  });
});

describe('the name that a line would be made under', () => {
  it.each(KEY_ALGORITHMS)('is %s for a line made under it', (name) => {
    const [line] = parseKeyLines(newKeyLine(1, name, randomBytes)).keys;
    expect(line && keyAlgorithmOf(line)).toBe(name);
  });

  it.each([
    `3+ rfc4106(gcm(aes)) ${hex(28)} 128`,
    `3+ rfc4106(gcm(aes)) ${hex(20)} 96`,
    `3+ hmac(sha256) ${hex(32)} cbc(aes) ${hex(16)}`,
    `3+ hmac(sha1) ${hex(20)} cbc(aes) ${hex(32)}`,
  ])('is none for one of another length or algorithm', (text) => {
    const [line] = parseKeyLines(text).keys;
    expect(line && keyAlgorithmOf(line)).toBeUndefined();
  });
});
