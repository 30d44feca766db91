import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMAND, podcloak, scratchFolder } from './podcloak.js';

const { path: folder, write } = scratchFolder();
mkdirSync(join(folder, 'other'));
const base = write(
  'base.yaml',
  'encryption:\n  enabled: true\nimage:\n  repository: r.example/podcloak\n',
);
const east = write('east.yaml', 'ipv4NativeRoutingCIDR: 10.1.0.0/16\n');
const west = write('west.yaml', 'ipv4NativeRoutingCIDR: 10.2.0.0/16\nhealthPort: 9000\n');

let runs = 0;
const output = (): string => {
  runs += 1;
  return join(folder, `out${runs}`);
};
const fleet = (out: string, files: readonly string[], ...args: string[]) =>
  podcloak(['synth', '-f', base, '--each', ...files, '--output', out, ...args]);

/** Every file below a folder, hidden ones too, with its text. */
function contents(path: string): Record<string, string> {
  if (!existsSync(path)) return {};
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(path.length + 1), readFileSync(file, 'utf8')]),
  );
}

/** What `synth --output` writes for one cluster. */
async function alone(file: string, ...args: string[]): Promise<Record<string, string>> {
  const out = output();
  const outcome = await podcloak(['synth', '-f', base, '-f', file, '--output', out, ...args]);
  expect(outcome.code).toBe(0);
  return contents(out);
}

describe('podcloak synth --each', () => {
  it('writes a folder a cluster, each the same as a run of its own', async () => {
    const out = output();
    const outcome = await fleet(out, [east, west], '--set', 'healthPort=9001');

    expect(outcome).toEqual({ code: 0, stdout: '', stderr: `wrote 2 clusters to ${out}\n` });
    expect(readdirSync(out).sort()).toEqual(['east', 'west']);
    for (const [name, file] of Object.entries({ east, west })) {
      // Options win over a cluster's own file, as they do over any other.
      expect(contents(join(out, name))).toEqual(await alone(file, '--set', 'healthPort=9001'));
    }
  });

  it('takes the files in whatever form a shell gives them', async () => {
    const out = output();
    const args = ['--each', east, '-f', base, `--each=${west}`, '--output', out];
    expect(await podcloak(['synth', ...args])).toMatchObject({ code: 0 });
    expect(readdirSync(out).sort()).toEqual(['east', 'west']);
  });

  it('says all that is wrong with any of them, and writes nothing', async () => {
    const wrong = write('wrong.yaml', 'healthPort: many\nencryption:\n  enabeld: true\n');
    const out = output();
    const missing = join(folder, 'missing.yaml');
    const { code, stdout, stderr } = await fleet(out, [east, wrong, missing]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const part of [
      `${wrong}:1:13: error PC102`,
      `${wrong}:3:3: error PC101`,
      `${wrong}: error PC201`,
      `${missing}: error PC110`,
    ]) {
      expect(stderr).toContain(part);
    }
    expect(existsSync(out)).toBe(false);

    await fleet(out, [east, west]);
    const before = contents(out);
    expect((await fleet(out, [east, wrong])).code).toBe(2);
    expect(contents(out)).toEqual(before);
  });

  it('says once what is wrong in a file that all share, and for whom if it is not all', async () => {
    const shared = write('shared.yaml', 'monitoring:\n  port: 9000\nhealthPrt: 1\n');
    const on = write('on.yaml', 'monitoring:\n  enabled: true\n');
    const { stderr } = await podcloak([
      'synth',
      '-f',
      shared,
      '--each',
      east,
      west,
      on,
      '--output',
      output(),
    ]);

    expect(stderr.match(/PC101/g)).toHaveLength(1);
    expect(stderr).toContain('has no effect while monitoring.enabled is false (in east, west)');
  });

  it('refuses clusters of one name, also where only some file systems would mix them up', async () => {
    for (const name of ['other/east.yaml', 'East.yml']) {
      const same = write(name, 'ipv4NativeRoutingCIDR: 10.3.0.0/16\n');
      const { code, stderr } = await fleet(output(), [east, same]);
      expect(code).toBe(2);
      expect(stderr).toContain(`${same}: error PC461: `);
      expect(stderr).toContain(east);
    }
  });

  it.each([['manifests.yaml'], ['.hidden.yaml'], ['a b.yaml']])(
    'refuses a name that cannot be a folder of the output: %s',
    async (name) => {
      const { code, stderr } = await fleet(output(), [write(name, '')]);
      expect(code).toBe(2);
      expect(stderr).toContain('error PC462: ');
    },
  );

  it('refuses to put all clusters on one output', async () => {
    const outcome = await podcloak(['synth', '-f', base, '--each', east, west]);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain('error PC464: ');
  });

  it('takes no further files without --each', async () => {
    expect((await podcloak(['synth', east])).stderr).toContain('error PC404: ');
  });

  it('touches no file of somebody else, and changes no cluster where it would have to', async () => {
    const out = output();
    await fleet(out, [east, west]);
    writeFileSync(join(out, 'west/manifests/by-hand.yaml'), 'a: b\n');
    writeFileSync(join(out, 'east/README'), 'mine\n');
    const before = contents(out);
    const refused = await fleet(out, [east, west], '--set', 'healthPort=9001');

    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('error PC406: ');
    expect(refused.stderr).toContain('by-hand.yaml');
    expect(contents(out)).toEqual(before);

    rmSync(join(out, 'west/manifests/by-hand.yaml'));
    expect((await fleet(out, [east, west], '--set', 'healthPort=9001')).code).toBe(0);
    expect(readFileSync(join(out, 'east/README'), 'utf8')).toBe('mine\n');
  });

  it('leaves clusters that it was not asked for, and names them', async () => {
    const out = output();
    await fleet(out, [east, west]);
    const before = contents(join(out, 'east'));
    const { stderr } = await fleet(out, [west], '--set', 'healthPort=9001');

    expect(stderr).toContain('left as they were, as no file of --each is theirs: east\n');
    expect(contents(join(out, 'east'))).toEqual(before);
  });

  it('removes what a cluster does not have any more', async () => {
    const out = output();
    await fleet(out, [east], '-n', 'net', '--set', 'namespace.create=true');
    await fleet(out, [east], '-n', 'net');
    expect(contents(join(out, 'east'))).toEqual(await alone(east, '-n', 'net'));
  });

  it('keeps the Secret of every cluster from other users', async () => {
    const key = write('key', '3+ rfc4106(gcm(aes)) 0102030405060708090a0b0c0d0e0f1011121314 128\n');
    const out = output();
    const outcome = await fleet(out, [east, west], '--set-file', `encryption.ipsec.key=${key}`);
    expect(outcome.code).toBe(0);
    expect(outcome.stderr.match(/PC215/g)).toHaveLength(1);
    const secrets = Object.keys(contents(out)).filter((file) => file.includes('-secret-'));
    expect(secrets.map((file) => dirname(file))).toEqual(['east/manifests', 'west/manifests']);
  });

  it('reads standard input once for all clusters', async () => {
    const out = output();
    const input = 'encryption:\n  enabled: true\n';
    const args = ['synth', '-f', '-', '--each', east, west, '--output', out];
    expect(await podcloak(args, { input })).toMatchObject({ code: 0 });
  });
});

describe('a run of synth --each that was killed', () => {
  it('has changed nothing if it was still writing, and the next one sweeps', async () => {
    const out = output();
    await fleet(out, [east, west]);
    const before = contents(out);
    mkdirSync(join(out, `.podcloak-${await deadProcess()}/east/manifests`), { recursive: true });

    expect((await fleet(out, [east, west])).code).toBe(0);
    expect(contents(out)).toEqual(before);
    expect(readdirSync(out).sort()).toEqual(['east', 'west']);
  });

  it.each([
    ['before the first cluster', () => {}],
    [
      'with a cluster between old and new',
      (out: string, ready: string) =>
        renameSync(join(out, 'east/manifests'), join(ready, 'east/.old')),
    ],
    [
      'before the last step of a cluster',
      (out: string, ready: string) => {
        renameSync(join(out, 'east/manifests'), join(ready, 'east/.old'));
        renameSync(join(ready, 'east/manifests'), join(out, 'east/manifests'));
      },
    ],
  ] as const)('is completed by the next one, even of other clusters: %s', async (_, killed) => {
    const out = output();
    const wanted = output();
    await fleet(out, [east, west]);
    await fleet(wanted, [east, west], '--set', 'healthPort=9001');
    const ready = join(out, `.podcloak-${await deadProcess()}-ready`);
    await fleet(ready, [east, west], '--set', 'healthPort=9001');
    killed(out, ready);

    const north = write('north.yaml', 'ipv4NativeRoutingCIDR: 10.4.0.0/16\n');
    expect((await fleet(out, [north])).code).toBe(0);
    for (const name of ['east', 'west']) {
      expect(contents(join(out, name))).toEqual(contents(join(wanted, name)));
    }
    expect(readdirSync(out).sort()).toEqual(['east', 'north', 'west']);
  });

  it('wherever it was: each cluster is whole, and the next run leaves all as wanted', async () => {
    const files = Array.from({ length: 30 }, (_, index) =>
      write(`c${index}.yaml`, `ipv4NativeRoutingCIDR: 10.${index}.0.0/16\n`),
    );
    const out = output();
    await fleet(out, files);
    const old = contents(out);
    const wanted = output();
    await fleet(wanted, files, '--set', 'healthPort=9001');
    const fresh = contents(wanted);
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const args = ['synth', '-f', base, '--each', ...files, '--output', out];
      const child = spawn(process.execPath, [COMMAND, ...args, '--set', 'healthPort=9001'], {
        stdio: 'ignore',
      });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      // Whenever that is: every moment must do.
      await new Promise((resolve) => setTimeout(resolve, 60 * (attempt + 1)));
      child.kill('SIGKILL');
      await ended;
      for (const [file, text] of Object.entries(contents(out))) {
        if (!file.startsWith('.')) expect([old[file], fresh[file]]).toContain(text);
      }
    }
    expect((await fleet(out, files, '--set', 'healthPort=9001')).code).toBe(0);
    expect(contents(out)).toEqual(fresh);
  }, 600_000);

  it('is completed by the next one of a single output as well', async () => {
    const out = output();
    const single = (to: string, ...args: string[]) =>
      podcloak(['synth', '-f', base, '-f', east, '--output', to, ...args]);
    await single(out);
    const wanted = output();
    await single(wanted, '--set', 'healthPort=9001');
    const ready = join(out, `.podcloak-${await deadProcess()}-ready`);
    await single(ready, '--set', 'healthPort=9001');
    renameSync(join(out, 'manifests'), join(ready, '.old'));
    mkdirSync(join(out, `.podcloak-${await deadProcess()}`));

    // Bad values change nothing, not even for the better.
    const before = contents(out);
    expect((await podcloak(['synth', '--set', 'healthPort=0', '--output', out])).code).toBe(2);
    expect(contents(out)).toEqual(before);
    expect((await single(out, '--set', 'healthPort=9001')).code).toBe(0);
    expect(contents(out)).toEqual(contents(wanted));
  });

  it('is not taken for dead while it lives', async () => {
    const out = output();
    mkdirSync(join(out, `.podcloak-${process.pid}`), { recursive: true });
    const { code, stderr } = await fleet(out, [east]);

    expect(code).toBe(2);
    expect(stderr).toContain('error PC463: ');
    expect(readdirSync(out)).toEqual([`.podcloak-${process.pid}`]);
  });
});

/** The id of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
  return child.pid ?? 0;
}
