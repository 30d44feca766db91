import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PrivateFile } from '../../../src/files/index.js';

const bytes = Uint8Array.of(1, 2, 3);

describe('a private file', () => {
  let folder = '';
  const path = (): string => join(folder, 'secrets');
  const file = (): PrivateFile => new PrivateFile(path());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'podcloak-private-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gives back what was written, in a folder and a file of its owner only', () => {
    const deep = new PrivateFile(join(folder, 'new', 'secrets'));
    expect(deep.read()).toEqual({ kind: 'nothing' });
    deep.write(bytes);
    expect(deep.read()).toEqual({ kind: 'bytes', bytes });
    expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'new', 'secrets')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'new'))).toEqual(['secrets']);
  });

  it.each([[0o640], [0o604], [0o620], [0o602], [0o660]])('is foreign with mode %o', (mode) => {
    file().write(bytes);
    chmodSync(path(), mode);
    expect(file().read()).toMatchObject({ kind: 'foreign' });
  });

  it('is foreign as a link, a folder or a pipe, which it does not wait for', () => {
    writeFileSync(join(folder, 'elsewhere'), bytes, { mode: 0o600 });
    symlinkSync('elsewhere', path());
    expect(file().read()).toEqual({ kind: 'foreign', reason: 'it is a link' });
    rmSync(path());
    mkdirSync(path(), { mode: 0o700 });
    expect(file().read()).toEqual({ kind: 'foreign', reason: 'it is no plain file' });
    rmSync(path(), { recursive: true });
    execFileSync('mkfifo', ['-m', '600', path()]);
    expect(file().read()).toEqual({ kind: 'foreign', reason: 'it is no plain file' });
  });

  it('takes the place of a link, and leaves what that led to', () => {
    writeFileSync(join(folder, 'elsewhere'), 'theirs');
    symlinkSync('elsewhere', path());
    file().write(bytes);
    expect(file().read()).toEqual({ kind: 'bytes', bytes });
    expect(readFileSync(join(folder, 'elsewhere'), 'utf8')).toBe('theirs');
  });

  it('outlives a write that was killed half way, even where a link waits in its way', () => {
    file().write(bytes);
    symlinkSync('elsewhere', `${path()}.next`);
    file().write(Uint8Array.of(4));
    expect(file().read()).toEqual({ kind: 'bytes', bytes: Uint8Array.of(4) });
    expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
  });

  it('stays as it was when it cannot be written', () => {
    file().write(bytes);
    const inTheWay = new PrivateFile(join(folder, 'taken'));
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'taken', 'x'), '');
    expect(() => inTheWay.write(bytes)).toThrow();
    expect(file().read()).toEqual({ kind: 'bytes', bytes });
  });

  it('is overwritten and gone once it is wiped, with what a killed write left, also twice', () => {
    file().write(bytes);
    writeFileSync(`${path()}.next`, 'half of a secret');
    // Other names of the same blocks.
    linkSync(path(), join(folder, 'one'));
    linkSync(`${path()}.next`, join(folder, 'two'));
    file().wipe();
    file().wipe();
    expect(readdirSync(folder).sort()).toEqual(['one', 'two']);
    expect(readFileSync(join(folder, 'one'))).toEqual(Buffer.alloc(3));
    expect(readFileSync(join(folder, 'two'))).toEqual(Buffer.alloc(16));
  });

  it('wipes a link without touching what it leads to', () => {
    writeFileSync(join(folder, 'elsewhere'), 'theirs');
    symlinkSync('elsewhere', path());
    file().wipe();
    expect(readdirSync(folder)).toEqual(['elsewhere']);
    expect(readFileSync(join(folder, 'elsewhere'), 'utf8')).toBe('theirs');
  });
});
