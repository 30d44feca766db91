import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { KEY_ALGORITHMS, parseKeyLines } from '../../src/key-lines/index.js';
import { COMMAND, podcloak } from './podcloak.js';

interface Secret {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly data: { readonly keys: string };
}

const lineOf = ({ data }: Secret): string => Buffer.from(data.keys, 'base64').toString('utf8');

describe('podcloak keys create', () => {
  it('prints a Secret that has the labels of all other objects', async () => {
    const { code, stdout } = await podcloak(['keys', 'create']);
    const crd = (await podcloak(['synth'])).stdout.split('---\n')[1] ?? '';

    expect(code).toBe(0);
    expect(parse(stdout)).toMatchObject({
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'Opaque',
      metadata: {
        name: 'cilium-ipsec-keys',
        namespace: 'kube-system',
        labels: (parse(crd) as { metadata: { labels: object } }).metadata.labels,
      },
    });
  });

  it.each(KEY_ALGORITHMS)('makes a line for %s that synth takes without a word', async (name) => {
    const { stdout } = await podcloak(['keys', 'create', '--algorithm', name, '--key-id', '7']);
    const line = lineOf(parse(stdout) as Secret);
    const rendered = await podcloak(
      ['synth', '--set-file', 'encryption.ipsec.key=-', '--set', 'image.repository=r.io/podcloak'],
      { input: line },
    );

    expect(parseKeyLines(line)).toMatchObject({
      problems: [],
      keys: [{ keyId: 7, perTunnel: true }],
    });
    expect(rendered.code).toBe(0);
    expect(rendered.stderr).not.toMatch(/PC3\d\d/);
  });

  it('never makes the same key twice', async () => {
    const lines = await Promise.all(
      [1, 2].map(async () => lineOf(parse((await podcloak(['keys', 'create'])).stdout) as Secret)),
    );

    expect(lines[0]).not.toBe(lines[1]);
  });

  it('takes name, namespace and JSON', async () => {
    const args = ['keys', 'create', '--name', 'my.keys', '-n', 'net', '-o', 'json'];
    const { stdout } = await podcloak(args);

    expect((JSON.parse(stdout) as Secret).metadata).toMatchObject({
      name: 'my.keys',
      namespace: 'net',
    });
  });

  it('says on standard error how not to replace the key of a running cluster', async () => {
    const { stdout, stderr } = await podcloak(['keys', 'create']);

    expect(stderr).toContain('warning PC421: Secret kube-system/cilium-ipsec-keys');
    expect(stderr).toContain('kubectl create -f -');
    expect(stderr).not.toMatch(/[0-9a-f]{16}/);
    expect(stdout).not.toContain('PC421');
  });

  it('does not show a key on a terminal without --force', () => {
    const onTerminal = (extra: string) => {
      const command = `${process.execPath} ${COMMAND} keys create ${extra}`;
      return spawnSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8' });
    };
    const refused = onTerminal('');
    const forced = onTerminal('--force');

    expect(refused.status).toBe(2);
    expect(refused.stdout).toContain('error PC405');
    expect(refused.stdout).toContain('podcloak keys create | kubectl create -f -');
    expect(refused.stdout).not.toContain('kind: Secret');
    expect(forced.stdout).toContain('kind: Secret');
  });
});
