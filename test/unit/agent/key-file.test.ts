import { describe, expect, it } from 'vitest';
import { checkOf, usableLines } from '../../../src/agent/key-file.js';
import { type KeyLine, parseKeyLines } from '../../../src/key-lines/index.js';

const CLUSTER = 'b9a3ab3e-64f0-4d59-9a4e-9b9d2f1a6d55';
const old = lineOf(3, '11');
const next = lineOf(4, '22');
const other = lineOf(3, '33');
const checks = { 3: checkOf(old, CLUSTER) };

describe('the lines of a key file', () => {
  it('may be used where their key id is new, or has the material of before', () => {
    const lines = [old, next];
    expect(usableLines(lines, checks, new Set([3]), CLUSTER)).toEqual({
      usable: lines,
      refused: [],
    });
  });

  it('are refused where tunnels are under their key id with other material', () => {
    const found = usableLines([other, next], checks, new Set([3]), CLUSTER);
    expect(found).toEqual({ usable: [next], refused: [3] });
  });

  it('may be used where no tunnel came of the material of before: it was a wrong key', () => {
    const found = usableLines([other], checks, new Set(), CLUSTER);
    expect(found).toEqual({ usable: [other], refused: [] });
  });
});

function lineOf(keyID: number, byte: string): KeyLine {
  const [line] = parseKeyLines(`${keyID}+ rfc4106(gcm(aes)) ${byte}${'0a'.repeat(19)} 128`).keys;
  if (line === undefined) throw new Error('the line is no key line');
  return line;
}
