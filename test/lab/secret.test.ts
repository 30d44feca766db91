import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ERRORS } from '../../src/errors/index.js';
import { type ControlPlane, controlPlaneNeeds, startControlPlane } from './control-plane.js';
import { labDescribe } from './lab-describe.js';
import { apply, get, identities, rendered, synth } from './podcloak.js';

const values = ['-f', 'examples/ipsec.yaml'];
const name = 'cilium-ipsec-keys';
const secret = `Secret kube-system/${name}`;

/** A key line as Cilium's guide makes it. */
const keyLine = (id: number): string =>
  `${id}+ rfc4106(gcm(aes)) ${randomBytes(20).toString('hex')} 128`;

labDescribe('the Secret of key lines', controlPlaneNeeds(), () => {
  let plane: ControlPlane;
  let folder: string;
  let keyFile: string;
  let withKey: string[];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'podcloak-secret-'));
    keyFile = join(folder, 'keys');
    // Two lines, the last without an end: every byte counts.
    writeFileSync(keyFile, `${keyLine(3)}\n${keyLine(4)}`, { mode: 0o600 });
    withKey = [...values, '--set-file', `encryption.ipsec.key=${keyFile}`];
    plane = await startControlPlane();
  });
  beforeEach(async () => {
    await plane.kubectl(['delete', 'secret', name, '-n', 'kube-system', '--ignore-not-found']);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await plane?.stop();
  });

  /** The line of Cilium's guide; returns what it stores. */
  const createByHand = async (): Promise<string> => {
    const keys = keyLine(2);
    const created = await plane.kubectl([
      ...['create', '-n', 'kube-system', 'secret', 'generic', name, `--from-literal=keys=${keys}`],
    ]);
    expect(created).toMatchObject({ code: 0, stderr: '' });
    return keys;
  };
  const read = () => get(plane, 'secret', name, '-n', 'kube-system');
  const storedKeys = async (): Promise<Buffer> => {
    const { data } = await read();
    return Buffer.from((data as { keys: string }).keys, 'base64');
  };

  it('holds the bytes of the file that --set-file names', async () => {
    await apply(plane, await rendered(withKey));
    expect(await storedKeys()).toEqual(readFileSync(keyFile));
    expect(await read()).toMatchObject({ type: 'Opaque' });
  });

  it('holds the bytes that come from standard input', async () => {
    const input = `${keyLine(5)}\n\n`;
    const args = [...values, '--set-file', 'encryption.ipsec.key=-'];
    await apply(plane, await rendered(args, { input }));
    expect((await storedKeys()).toString()).toBe(input);
  });

  it('is not rendered without a key, and one that exists is left as it is', async () => {
    const keys = await createByHand();
    const before = await read();
    const manifests = await rendered(values);
    expect(identities(manifests)).not.toContain(secret);
    await apply(plane, manifests);
    expect(await read()).toEqual(before);
    expect((await storedKeys()).toString()).toBe(keys);
  });

  it('stays when a later synth has no key', async () => {
    await apply(plane, await rendered(withKey));
    const before = await read();
    await apply(plane, await rendered(values));
    expect(await read()).toEqual(before);
  });

  it('conflicts with one made by kubectl create, of which synth warns with two remedies', async () => {
    const keys = await createByHand();
    const { code, stdout, stderr } = await synth(withKey);
    expect(code).toBe(0);
    expect(identities(stdout)).toContain(secret);
    expect(stderr).toContain(`warning PC215: ${secret}`);
    expect(stderr).toContain(ERRORS.PC215.remedy);

    const refused = await plane.kubectl(['apply', '--server-side', '-f', '-'], { input: stdout });
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toMatch(/conflict with "kubectl-create"(?: using v1)?: \.data\.keys/);
    expect((await storedKeys()).toString()).toBe(keys);

    // Remedy 1: leave the key out.
    await apply(plane, await rendered(values));
    expect((await storedKeys()).toString()).toBe(keys);

    // Remedy 2: take it over, for good.
    expect(ERRORS.PC215.remedy).toContain('kubectl apply --server-side --force-conflicts');
    await apply(plane, stdout, ['--server-side', '--force-conflicts']);
    expect(await storedKeys()).toEqual(readFileSync(keyFile));
    await apply(plane, stdout);
  });

  it('is the agent’s volume under the name and key of the values', async () => {
    const names = ['encryption.ipsec.secretName=my.keys', 'encryption.ipsec.keyFile=line'];
    const sets = names.flatMap((one) => ['--set', one]);
    await apply(plane, await rendered([...withKey, ...sets]));
    const { data } = await get(plane, 'secret', 'my.keys', '-n', 'kube-system');
    expect(data).toEqual({ line: readFileSync(keyFile).toString('base64') });
    expect(await get(plane, 'daemonset', 'podcloak', '-n', 'kube-system')).toMatchObject({
      spec: {
        template: {
          spec: {
            volumes: expect.arrayContaining([
              {
                name: 'ipsec-keys',
                secret: { secretName: 'my.keys', optional: true, defaultMode: 0o400 },
              },
            ]),
          },
        },
      },
    });
  });
});
