import { describe, expect, it } from 'vitest';
import { allCommands } from '../../src/cli/find.js';
import { COMMANDS } from '../../src/cli/program.js';
import { podcloak } from './podcloak.js';

/** What reports nothing, and so needs no form of it for programs. */
const REPORTS_NOTHING: Readonly<Record<string, string>> = {
  'podcloak synth': 'prints manifests, which are for programs as they are; -o is their folder',
  'podcloak completion': 'prints a script for a shell',
};

const commands = allCommands(COMMANDS, 'podcloak');

describe('-o json', () => {
  it.each(commands.filter(({ path }) => REPORTS_NOTHING[path] === undefined))(
    'is taken by $path',
    ({ command }) => {
      const output = command.options.find(({ name }) => name === 'output');

      expect(output).toMatchObject({ short: 'o', offer: expect.arrayContaining(['json']) });
    },
  );

  it('is not taken by what reports nothing, and by no other command', () => {
    const paths = commands
      .filter(({ command }) => !command.options.some(({ offer }) => offer?.includes('json')))
      .map(({ path }) => path);

    expect(paths.sort()).toEqual(Object.keys(REPORTS_NOTHING).sort());
  });

  it.each([
    [['values', '-o', 'json']],
    [['explain', 'PC101', '-o', 'json']],
    [['lint', '-f', 'examples/ipsec.yaml', '-o', 'json']],
    [['keys', 'create', '-o', 'json']],
    [['values', '--from', 'examples/cilium-values.yaml', '-o', 'json']],
  ])('prints one JSON value and nothing else: %j', async (args) => {
    const { code, stdout } = await podcloak(args);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toBeTruthy();
  });
});
