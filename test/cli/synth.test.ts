import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { COMMAND, podcloak, scratchFolder } from './podcloak.js';

const { path: folder, write } = scratchFolder();
const ENABLED = [
  '--set',
  'encryption.enabled=true',
  '--set',
  'ipv4NativeRoutingCIDR=10.244.0.0/16',
];
const KEY = '3+ rfc4106(gcm(aes)) 0102030405060708090a0b0c0d0e0f1011121314 128\n';

interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string };
  data?: Record<string, string>;
}

function documents(text: string): Manifest[] {
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
}

function named(manifests: readonly Manifest[]): string[] {
  return manifests.map(
    ({ kind, metadata }) => `${kind} ${metadata.namespace ?? '-'}/${metadata.name}`,
  );
}

describe('podcloak synth', () => {
  it('prints the same objects for the enabled and the disabled state', async () => {
    const on = await podcloak(['synth', ...ENABLED]);
    const off = await podcloak(['synth', ...ENABLED, '--set', 'encryption.enabled=false']);

    expect(named(documents(off.stdout))).toEqual(named(documents(on.stdout)));
    expect(off.stdout).not.toBe(on.stdout);
  });

  it('prints them in apply order', async () => {
    const { stdout } = await podcloak([
      'synth',
      ...ENABLED,
      '-n',
      'net',
      '--set',
      'namespace.create=true',
    ]);

    expect(documents(stdout).map(({ kind }) => kind)).toEqual([
      'Namespace',
      'CustomResourceDefinition',
      'ServiceAccount',
      'ClusterRole',
      'ClusterRoleBinding',
      'Role',
      'Role',
      'RoleBinding',
      'RoleBinding',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
      'ValidatingAdmissionPolicyBinding',
      'ConfigMap',
      'DaemonSet',
    ]);
  });

  it('prints the same bytes whatever the time, the folder, the locale and the environment', async () => {
    const first = await podcloak(['synth', ...ENABLED]);
    const second = await podcloak(['synth', ...ENABLED], {
      cwd: folder,
      env: {
        TZ: 'Asia/Tokyo',
        LC_ALL: 'tr_TR.UTF-8',
        CDK8S_DISABLE_SORT: '1',
        CDK8S_OUTDIR: folder,
      },
    });

    expect(second.stdout).toBe(first.stdout);
  });

  it('takes the alias of the guide for the native routing CIDR', async () => {
    const alias = await podcloak([
      'synth',
      '--set',
      'encryption.enabled=true',
      '--ipv4-native-routing-cidr=10.244.0.0/16',
    ]);

    expect(alias.stdout).toBe((await podcloak(['synth', ...ENABLED])).stdout);
  });

  it('reads values from standard input', async () => {
    const { stdout, code } = await podcloak(['synth', '-f', '-'], {
      input: 'encryption: {enabled: true}\nipv4NativeRoutingCIDR: 10.244.0.0/16\n',
    });

    expect(code).toBe(0);
    expect(stdout).toBe((await podcloak(['synth', ...ENABLED])).stdout);
  });

  it('warns of an image without a registry and says how to push or load it', async () => {
    const plain = await podcloak(['synth', ...ENABLED]);
    const full = await podcloak([
      'synth',
      ...ENABLED,
      '--set',
      'image.repository=registry.example.com/podcloak',
    ]);

    expect(plain.stderr).toContain('warning PC207');
    expect(plain.stderr).toContain('kind load');
    expect(full.stderr).toBe('');
  });

  it('renders the Secret byte for byte from a key file, and only then', async () => {
    const file = write('keys', KEY);
    const { stdout } = await podcloak([
      'synth',
      ...ENABLED,
      '--set-file',
      `encryption.ipsec.key=${file}`,
    ]);
    const secret = documents(stdout).find(({ kind }) => kind === 'Secret');

    expect(secret?.metadata).toMatchObject({ name: 'cilium-ipsec-keys', namespace: 'kube-system' });
    expect(Buffer.from(secret?.data?.keys ?? '', 'base64').toString()).toBe(KEY);
    expect((await podcloak(['synth', ...ENABLED])).stdout).not.toContain('kind: Secret');
  });

  it('has agents of WireGuard wait for a Secret only where values ask for it, or make a key', async () => {
    const key = write('a-key', KEY);
    const required = async (...options: string[]): Promise<string | undefined> => {
      const set = ['--set', 'encryption.type=wireguard'];
      const { stdout, code } = await podcloak(['synth', ...ENABLED, ...set, ...options]);
      expect(code).toBe(0);
      const config = documents(stdout).find(({ kind }) => kind === 'ConfigMap');
      return config?.data?.['encryption.wireguard.requireSecret'];
    };
    const ipsec = (text: string): string[] => ['--set', `encryption.ipsec.${text}`];
    expect(await required()).toBe('false');
    expect(await required('--set', 'encryption.wireguard.requireSecret=true')).toBe('true');
    expect(await required(...ipsec('secret.generate=true'))).toBe('true');
    expect(await required(...ipsec('rotation.schedule=@weekly'))).toBe('true');
    expect(await required(...ipsec('keyVolume.hostPath.path=/keys'))).toBe('true');
    // And nothing of the key, which is in the Secret alone.
    expect(await required('--force', '--set-file', `encryption.ipsec.key=${key}`)).toBe('true');
  });

  it('takes the key from standard input', async () => {
    const { stdout } = await podcloak(
      ['synth', ...ENABLED, '--set-file', 'encryption.ipsec.key=-'],
      { input: KEY },
    );

    expect(stdout).toContain('kind: Secret');
  });

  it('does not show a key on a terminal without --force', () => {
    const file = write('keys', KEY);
    const onTerminal = (extra: string) => {
      const command = `${process.execPath} ${COMMAND} synth ${ENABLED.join(' ')} --set-file encryption.ipsec.key=${file} ${extra}`;
      return spawnSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8' });
    };
    const refused = onTerminal('');
    const forced = onTerminal('--force');

    expect(refused.stdout).toContain('PC405');
    expect(refused.stdout).not.toContain('kind: Secret');
    expect(refused.status).toBe(2);
    expect(forced.stdout).toContain('kind: Secret');
  });

  it('ends quietly when its reader has left', () => {
    // The reader is gone long before the first byte: the output would fit into the pipe otherwise.
    const command = `${process.execPath} ${COMMAND} synth ${ENABLED.join(' ')} | true; echo \${PIPESTATUS[0]}`;
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });

    expect(stdout).toBe('0\n');
    expect(stderr.replace(/^warning PC207.*\n.*\n/, '')).toBe('');
  });

  it('prints all manifests when its warnings cannot be written', async () => {
    const command = `${process.execPath} ${COMMAND} synth ${ENABLED.join(' ')} 2>/dev/full`;
    const { status, stdout } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });

    expect(status).toBe(0);
    expect(stdout).toBe((await podcloak(['synth', ...ENABLED])).stdout);
  });

  it('says so when standard output cannot be written', () => {
    const command = `${process.execPath} ${COMMAND} synth ${ENABLED.join(' ')} >/dev/full`;
    const { status, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });

    expect(stderr).toContain('error PC407: standard output cannot be written (ENOSPC)');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(status).toBe(2);
  });
});

describe('podcloak synth --cleanup', () => {
  it('prints a DaemonSet only, whatever else the values ask for', async () => {
    const file = write('keys', KEY);
    const { code, stdout } = await podcloak([
      ...['synth', '--cleanup', ...ENABLED, '-n', 'net'],
      ...['--set', 'monitoring.enabled=true', '--set-file', `encryption.ipsec.key=${file}`],
    ]);

    expect(code).toBe(0);
    expect(named(documents(stdout))).toEqual(['DaemonSet net/podcloak-cleanup']);
    expect(stdout).not.toContain('0102030405');
  });

  it('still says what is wrong with the values', async () => {
    const outcome = await podcloak(['synth', '--cleanup', '--set', 'healthPort=0']);

    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain('error PC105');
  });
});

describe('podcloak synth --output', () => {
  const files = (out: string) => readdirSync(join(out, 'manifests')).sort();

  it('writes numbered manifests and a kustomization that lists them in order', async () => {
    const out = join(folder, 'first');
    const { code, stdout } = await podcloak(['synth', ...ENABLED, '--output', out]);
    const { resources } = parse(readFileSync(join(out, 'kustomization.yaml'), 'utf8')) as {
      resources: string[];
    };

    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect(resources).toEqual(files(out).map((name) => `manifests/${name}`));
    expect(files(out)[0]).toMatch(/^01-customresourcedefinition-/);
    expect(readdirSync(out).sort()).toEqual(['kustomization.yaml', 'manifests']);
  });

  it('removes what it no longer renders, and keeps the files of others beside it', async () => {
    const out = join(folder, 'second');
    await podcloak([
      'synth',
      ...ENABLED,
      '--output',
      out,
      '-n',
      'net',
      '--set',
      'namespace.create=true',
    ]);
    write('second/README.md', 'mine');
    await podcloak(['synth', ...ENABLED, '--output', out, '-n', 'net']);

    expect(files(out).some((name) => name.includes('namespace'))).toBe(false);
    expect(readFileSync(join(out, 'README.md'), 'utf8')).toBe('mine');
  });

  it('lets only the owner read the Secret', async () => {
    const out = join(folder, 'third');
    const file = write('keys', KEY);
    await podcloak([
      'synth',
      ...ENABLED,
      '--output',
      out,
      '--set-file',
      `encryption.ipsec.key=${file}`,
    ]);
    const secret = files(out).find((name) => name.includes('-secret-')) ?? '';

    expect(statSync(join(out, 'manifests', secret)).mode & 0o777).toBe(0o600);
  });

  it('writes nothing when the values are wrong', async () => {
    const out = join(folder, 'fourth');
    const { code } = await podcloak(['synth', '--set', 'encryption.enabled=true', '--output', out]);

    expect(code).toBe(2);
    expect(() => statSync(out)).toThrow();
  });
});
