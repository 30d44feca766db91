import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkOf, readKeyFile, usableLines } from '../../../src/agent/key-file.js';
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

describe('a key file that is not there', () => {
  const found = (prepare: (folder: string) => void) => {
    const folder = mkdtempSync(join(tmpdir(), 'podcloak-keys-'));
    prepare(folder);
    const file = readKeyFile(folder, 'keys', 'kube-system/keys');
    return 'problem' in file ? [file.problem.code, file.isAbsent ?? false] : ['read'];
  };

  it('means no Secret only where nothing else of one is mounted', () => {
    expect(found(() => {})).toEqual(['PC708', true]);
    // As a kubelet mounts an optional Secret that does not exist.
    const ofKubelet = (folder: string) => mkdirSync(join(folder, '..2026_11_22'));
    expect(found(ofKubelet)).toEqual(['PC708', true]);
    const other = (folder: string) => writeFileSync(join(folder, 'other-keys'), '');
    expect(found(other)).toEqual(['PC708', false]);
    const revoked = (folder: string) => writeFileSync(join(folder, 'keys.revoked'), '');
    expect(found(revoked)).toEqual(['PC708', false]);
  });

  it('is another thing than one that is empty, wrong or cannot be read', () => {
    expect(found((folder) => writeFileSync(join(folder, 'keys'), 'nonsense'))[1]).toBe(false);
    expect(found((folder) => writeFileSync(join(folder, 'keys'), ''))[1]).toBe(false);
    expect(found((folder) => mkdirSync(join(folder, 'keys')))).toEqual(['PC708', false]);
  });
});

function lineOf(keyID: number, byte: string): KeyLine {
  const [line] = parseKeyLines(`${keyID}+ rfc4106(gcm(aes)) ${byte}${'0a'.repeat(19)} 128`).keys;
  if (line === undefined) throw new Error('the line is no key line');
  return line;
}
