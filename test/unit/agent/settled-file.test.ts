import { mkdirSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SettledFile } from '../../../src/agent/settled-file.js';
import { makeScratch, type Scratch } from '../../lab/scratch.js';

/** Far from the time at which files were made: on its own it says nothing of their age. */
const START = 5_000_000;

describe('a file that others write', () => {
  let scratch: Scratch;
  let path: string;
  let file: SettledFile;
  beforeEach(() => {
    scratch = makeScratch('podcloak-settled');
    path = join(scratch.dir, 'keys');
    file = new SettledFile();
  });
  afterEach(() => scratch.remove());

  it('is not read before it has been left alone for a second', () => {
    writeFileSync(path, 'half');
    expect(file.isSettled(path, START)).toBe(false);
    expect(file.isSettled(path, START + 900)).toBe(false);
    writeFileSync(path, 'half and half');
    expect(file.isSettled(path, START + 1100)).toBe(false);
    expect(file.isSettled(path, START + 2200)).toBe(true);
  });

  it('is new until it was read, and once it has changed', () => {
    writeFileSync(path, 'one');
    expect(file.isNew(path, START)).toBe(true);
    expect(file.isSettled(path, START + 1000)).toBe(true);
    expect(file.isNew(path, START + 2000)).toBe(false);
    writeFileSync(path, 'two');
    expect(file.isNew(path, START + 3000)).toBe(true);
  });

  it('is new when the folder behind its link is another, though both are of one size and time', () => {
    const time = new Date(2026, 0, 1);
    for (const version of ['v1', 'v2']) {
      mkdirSync(join(scratch.dir, version));
      writeFileSync(join(scratch.dir, version, 'keys'), 'same');
      utimesSync(join(scratch.dir, version, 'keys'), time, time);
    }
    symlinkSync('v1', join(scratch.dir, '..data'));
    symlinkSync('..data/keys', path);
    expect(file.isSettled(path, START)).toBe(false);
    expect(file.isSettled(path, START + 1000)).toBe(true);
    symlinkSync('v2', join(scratch.dir, '..next'));
    renameSync(join(scratch.dir, '..next'), join(scratch.dir, '..data'));
    expect(file.isNew(path, START + 1001)).toBe(true);
  });

  it('is read at once when it is not there, which is news as well', () => {
    expect(file.isSettled(path, START)).toBe(true);
    writeFileSync(path, 'one');
    expect(file.isSettled(path, START + 1000)).toBe(false);
    expect(file.isSettled(path, START + 2000)).toBe(true);
  });
});
