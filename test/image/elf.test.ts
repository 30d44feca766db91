import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { interpreter, neededLibraries, withoutSymbols } from '../../scripts/image/elf.mjs';
import { runOrThrow } from '../lab/run.js';

const folder = mkdtempSync(join(tmpdir(), 'podcloak-elf-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch))(
  'a program',
  () => {
    const node = readFileSync(process.execPath);

    it('runs without its symbols', async () => {
      const path = join(folder, 'node');
      const small = withoutSymbols(node);
      writeFileSync(path, small);
      chmodSync(path, 0o755);
      expect(small.length).toBeLessThan(node.length);
      expect(await runOrThrow(path, ['-p', 'process.version'])).toBe(`${process.version}\n`);
    });

    it('names its loader and its libraries, with and without its symbols', () => {
      for (const elf of [node, withoutSymbols(node)]) {
        expect(interpreter(elf)).toMatch(/^\/lib.*\/ld-linux/);
        expect(neededLibraries(elf)).toContain('libc.so.6');
      }
    });

    it('is refused when it is none', () => {
      expect(() => withoutSymbols(Buffer.from('#!/bin/sh\n'.repeat(20)))).toThrow(/not a 64-bit/);
    });
  },
);
