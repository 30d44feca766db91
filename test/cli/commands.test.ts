import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };
import { allCommands, isGroup } from '../../src/cli/find.js';
import { COMMANDS, programOf } from '../../src/cli/program.js';
import { VERSION } from '../../src/version.js';
import { podcloak } from './podcloak.js';

describe('podcloak', () => {
  it('has the version of its package', async () => {
    expect(VERSION).toBe(packageJson.version);
    expect((await podcloak(['--version'])).stdout).toBe(`podcloak ${VERSION}\n`);
  });

  it('prints its help, on standard error and with exit code 2 when nothing was asked', async () => {
    const help = await podcloak(['--help']);
    const none = await podcloak([]);

    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(none).toMatchObject({ code: 2, stdout: '', stderr: help.stdout });
    for (const entry of COMMANDS) {
      // What nobody types, such as the agent itself, is not in the way of who reads the list.
      const isShown = isGroup(entry) || !entry.hidden;
      expect(help.stdout.includes(`  ${entry.name} `), entry.name).toBe(isShown);
    }
  });

  it.each(allCommands(COMMANDS, 'podcloak').map(({ path, command }) => [path, command] as const))(
    '%s has help that names all its options',
    async (path, command) => {
      const [, ...words] = path.split(' ');
      const asOption = await podcloak([...words, '--help']);
      const asCommand = await podcloak(['help', ...words]);

      expect(asOption).toMatchObject({ code: 0, stderr: '' });
      expect(asOption.stdout).toContain(`Usage: ${path}`);
      expect(asCommand.stdout).toBe(asOption.stdout);
      for (const option of command.options) expect(asOption.stdout).toContain(`--${option.name}`);
      expect(asOption.stdout).toContain('Examples:');
      for (const line of asOption.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
    },
  );
});

describe('a group of commands', () => {
  it.each(COMMANDS.filter(isGroup).map((group) => [group.name, group] as const))(
    '%s has help that names its commands, also with exit code 2 when none was asked',
    async (name, { entries }) => {
      const help = await podcloak([name, '--help']);
      const none = await podcloak([name]);

      expect(help).toMatchObject({ code: 0, stderr: '' });
      expect(help.stdout).toContain(`Usage: podcloak ${name} COMMAND`);
      for (const entry of entries) {
        const isShown = isGroup(entry) || !entry.hidden;
        expect(help.stdout.includes(`  ${entry.name} `), entry.name).toBe(isShown);
      }
      for (const line of help.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
      expect(await podcloak(['help', name])).toEqual(help);
      expect(none).toMatchObject({ code: 2, stdout: '', stderr: help.stdout });
    },
  );

  it('is all that a link named cilium-dbg answers to', () => {
    expect(programOf('/usr/bin/cilium-dbg').entries.map(({ name }) => name)).toEqual([
      ...['status', 'encrypt'],
    ]);
    expect(programOf('/usr/bin/podcloak').entries).toBe(COMMANDS);
    expect(programOf('/opt/not-cilium-dbg').entries).toBe(COMMANDS);
  });
});

describe('podcloak values', () => {
  it('prints defaults that synth takes, and that change nothing', async () => {
    const { stdout } = await podcloak(['values']);
    const withAll = await podcloak(['synth', '-f', '-'], { input: stdout });

    expect(withAll.code).toBe(0);
    expect(withAll.stdout).toBe((await podcloak(['synth'])).stdout);
  });

  it('has a comment above every value', async () => {
    const { stdout } = await podcloak(['values']);
    const lines = stdout.split('\n');
    const keys = lines.flatMap((line, index) =>
      /^\s*(# )?[a-zA-Z0-9]+:/.test(line) ? [index] : [],
    );
    const uncommented = keys.filter((index) => !/^\s*#/.test(lines[index - 1] ?? ''));

    // Only keys inside a default itself, such as affinity's, have none.
    for (const index of uncommented) {
      expect(lines[index]).toMatch(
        /^\s+(- )?(requiredDuring|nodeSelectorTerms|operator|values|key|effect|cpu|memory|matchExpressions|seccompProfile|type|allowPrivilege|capabilities|drop|add|privileged|readOnly|runAs)/,
      );
    }
    expect(keys.length).toBeGreaterThan(40);
  });

  it('prints its JSON Schema', async () => {
    const { stdout } = await podcloak(['values', '--schema']);

    expect(parse(stdout)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      additionalProperties: false,
    });
  });
});
