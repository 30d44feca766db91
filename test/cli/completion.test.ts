import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labDescribe } from '../lab/lab-describe.js';
import { onPath, type Requirement } from '../lab/tools.js';
import { COMMAND, podcloak, scratchFolder } from './podcloak.js';

const { path: folder } = scratchFolder();
mkdirSync(join(folder, 'bin'));
symlinkSync(COMMAND, join(folder, 'bin/podcloak'));
const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}`, TERM: 'dumb' };

const shell = (name: string): Requirement => ({
  name,
  remedy: `install Debian's package ${name}`,
  lacking: () => (onPath(name) === undefined ? 'not on PATH' : undefined),
});

/** Runs a script in a shell that has the completion script in $SCRIPT. */
async function inShell(name: string, script: string): Promise<string[]> {
  const { stdout: completion } = await podcloak(['completion', name]);
  const { stdout } = spawnSync(name, ['-c', script], {
    cwd: folder,
    env: { ...env, SCRIPT: completion },
    encoding: 'utf8',
  });
  return stdout.trim().split('\n').sort();
}

labDescribe('completion in bash', [shell('bash')], () => {
  const complete = (...words: string[]) =>
    inShell(
      'bash',
      `eval "$SCRIPT"; COMP_WORDS=(podcloak ${words.map((word) => `'${word}'`).join(' ')});
       COMP_CWORD=${words.length}; compopt() { :; }; _podcloak; printf '%s\\n' "\${COMPREPLY[@]}"`,
    );

  it('offers commands', async () => {
    expect(await complete('')).toEqual([
      ...[
        'completion',
        'diff',
        'encrypt',
        'encryption',
        'explain',
        'help',
        'keys',
        'lint',
        'synth',
        'values',
      ],
    ]);
    expect(await complete('sy')).toEqual(['synth']);
  });

  it('offers the commands of a group, their options and what those take', async () => {
    expect(await complete('encrypt', '')).toEqual(['dump-xfrm', 'flush', 'forget', 'status']);
    expect(await complete('encryption', '')).toEqual([
      'create-key',
      'disable',
      'key-status',
      'rotate-key',
      'status',
    ]);
    expect(await complete('encryption', 'status', '--wait')).toEqual([
      '--wait',
      '--wait-disabled',
      '--wait-duration',
      '--wait-enforced',
    ]);
    expect(await complete('encryption', 'status', '--kubeconfig', 'b')).toEqual(['bin']);
    expect(await complete('help', 'keys', '')).toEqual([
      'create',
      'revoke',
      'rotate',
      'status',
      'verify',
    ]);
    expect(await complete('keys', 'create', '--key')).toEqual(['--key-file', '--key-id']);
    expect(await complete('keys', 'create', '--algorithm', 'cbc')).toEqual([
      'cbc-aes-sha256',
      'cbc-aes-sha512',
    ]);
    expect(await complete('keys', '-')).toEqual(['--help']);
    expect(await complete('keys', 'nonsense', '')).toEqual(['']);
  });

  it('offers options', async () => {
    expect(await complete('synth', '--c')).toEqual(['--cleanup']);
    expect(await complete('synth', '--set')).toEqual([
      '--set',
      '--set-file',
      '--set-json',
      '--set-string',
    ]);
  });

  it('offers the paths of values behind --set', async () => {
    expect(await complete('synth', '--set', 'encryption.ipsec.key')).toEqual([
      'encryption.ipsec.key=',
      'encryption.ipsec.keyFile=',
      'encryption.ipsec.keyRotationDuration=',
      'encryption.ipsec.keyVolume=',
      'encryption.ipsec.keyWatcher=',
    ]);
  });

  it('offers codes behind explain, and further files behind --each alone', async () => {
    expect(await complete('explain', 'PC12')).toEqual(['PC120', 'PC121', 'PC122', 'PC123']);
    expect(await complete('synth', '--each', 'x', 'b')).toEqual(['bin']);
    expect(await complete('synth', 'b')).toEqual(['']);
    expect(await complete('lint', '-o', '')).toEqual(['json', 'sarif']);
  });

  it('offers files behind -f, and shells behind completion', async () => {
    expect(await complete('synth', '-f', 'b')).toEqual(['bin']);
    expect(await complete('completion', '')).toEqual(['bash', 'fish', 'zsh']);
  });
});

labDescribe('completion in zsh', [shell('zsh')], () => {
  /** What is offered for the last of the words. */
  const complete = async (...words: string[]) => {
    // compadd works only inside the line editor, so it is replaced to print what it is given.
    const offered = await inShell(
      'zsh',
      `compdef() { :; }; compadd() { print -l -- "\${@:#-*}" }; eval "$SCRIPT"
       words=(podcloak ${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length + 1}
       _podcloak`,
    );
    return offered.filter((word) => word !== '');
  };

  it('loads and offers commands', async () => {
    expect(await complete('s')).toEqual(['synth']);
  });

  it('offers the commands of a group, and what their options take', async () => {
    expect(await complete('encrypt', 'f')).toEqual(['flush', 'forget']);
    expect(await complete('keys', 'create', '--algorithm', 'gcm')).toEqual(['gcm-256']);
  });
});

labDescribe('completion in fish', [shell('fish')], () => {
  it('offers commands and value paths', async () => {
    const run = (line: string) =>
      inShell('fish', `eval (string collect -- $SCRIPT); complete -C '${line}'`);

    expect(await run('podcloak s')).toEqual(['synth']);
    expect(await run('podcloak synth --set routing')).toEqual(['routingMode=']);
  });

  it('offers the commands of a group, and what their options take', async () => {
    const run = (line: string) =>
      inShell('fish', `eval (string collect -- $SCRIPT); complete -C '${line}'`);

    expect(await run('podcloak encrypt f')).toEqual(['flush', 'forget']);
    expect(await run('podcloak keys create --algorithm gcm')).toEqual(['gcm-256']);
  });
});

describe('podcloak completion', () => {
  it('refuses a shell that it does not know', async () => {
    expect(await podcloak(['completion', 'tcsh'])).toMatchObject({ code: 2, stdout: '' });
    expect((await podcloak(['completion'])).stderr).toContain('PC403');
  });
});
