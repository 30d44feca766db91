import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/cli/command.js';
import type { Io } from '../../src/cli/io.js';
import { COMMANDS, runProgram } from '../../src/cli/program.js';

function io(): Io & { readonly said: () => string } {
  let said = '';
  return {
    out: () => {},
    err: (text) => {
      said += text;
    },
    outIsTerminal: false,
    errIsTerminal: false,
    read: () => new Uint8Array(),
    readLine: () => undefined,
    said: () => said,
  };
}

const failing = (error: Error, faultCode?: number): Command => ({
  ...{ name: 'fail', summary: '', usage: '', description: '', options: [], examples: [] },
  ...(faultCode === undefined ? {} : { faultCode }),
  run: () => {
    throw error;
  },
});
const run = (command: Command, to: Io) =>
  runProgram({ name: 'podcloak', entries: [command] }, ['fail'], to);
const broken = Object.assign(new Error('write'), { syscall: 'write', code: 'EPIPE' });

describe('a fault of a command', () => {
  it('ends with 1, or with what the command has for it where 1 is an answer', async () => {
    const one = io();
    expect(await run(failing(new TypeError('x')), one)).toBe(1);
    expect(one.said()).toContain('error PC901: TypeError in ');
    expect(await run(failing(new TypeError('x'), 3), io())).toBe(3);
  });

  it('is none when a reader leaves early, but for a command whose 0 is an answer', async () => {
    expect(await run(failing(broken), io())).toBe(0);
    expect(await run(failing(broken, 3), io())).toBe(3);
  });

  it('cannot be taken for a difference that diff found', () => {
    const diff = COMMANDS.find(({ name }) => name === 'diff');
    expect(diff).toMatchObject({ faultCode: 3 });
  });
});
