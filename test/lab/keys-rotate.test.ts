import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type KeyLine, parseKeyLines } from '../../src/key-lines/index.js';
import { checkValue } from '../../src/keying/index.js';
import { COMMAND } from '../cli/podcloak.js';
import { onKey, sealedSpec } from '../unit/rotation/samples.js';
import { makeNode, merge, must, record, records } from './agents.js';
import { writeKubeconfig } from './api-client.js';
import { type ControlPlane, controlPlaneNeeds, startControlPlane } from './control-plane.js';
import { labDescribe } from './lab-describe.js';
import { apply, get, patience, podcloak, rendered, untilServed } from './podcloak.js';
import { type RunResult, run } from './run.js';
import { makeScratch, type Scratch } from './scratch.js';
import { waitFor } from './wait.js';

const options = { users: [{ token: 'nobody-token', name: 'nobody' }] };
const name = 'cilium-ipsec-keys';
const NODES = ['n1', 'n2', 'n3'];

labDescribe('keys create, rotate and status at an API server', controlPlaneNeeds(options), () => {
  let plane: ControlPlane;
  let scratch: Scratch;
  let clusterUID: string;
  /** What every command of a test printed, to look for keys in it. */
  let printed = '';
  beforeAll(async () => {
    scratch = makeScratch('podcloak-rotate');
    plane = await startControlPlane(options);
    await apply(plane, await rendered(['-f', 'examples/ipsec.yaml']));
    await untilServed(plane, 'encryptionnodes.podcloak.dev');
    for (const node of NODES) await makeNode(plane, node);
    clusterUID = (await get(plane, 'namespace', 'kube-system')).metadata.uid;
  });
  beforeEach(async () => {
    printed = '';
    await plane.kubectl(['delete', 'secret', name, '-n', 'kube-system', '--ignore-not-found']);
    await plane.kubectl(['delete', 'encryptionnodes', '--all']);
  });
  afterAll(async () => {
    await plane?.stop();
    await scratch?.remove();
  });

  const command = async (
    args: readonly string[],
    kubeconfig?: string,
    input?: string,
  ): Promise<RunResult> => {
    const { PATH } = process.env;
    const env = { PATH, HOME: scratch.dir, KUBECONFIG: kubeconfig ?? plane.kubeconfig };
    const result = await podcloak(args, { env, ...(input === undefined ? {} : { input }) });
    printed += `${result.stdout}${result.stderr}`;
    return result;
  };
  const keys = (...args: string[]): Promise<RunResult> => command(['keys', ...args]);
  const stored = async () => get(plane, 'secret', name, '-n', 'kube-system');
  const storedText = async (): Promise<string> =>
    Buffer.from(((await stored()).data as { keys: string }).keys, 'base64').toString();
  const storedLines = async (): Promise<KeyLine[]> => {
    const { keys: lines, problems } = parseKeyLines(await storedText());
    expect(problems).toEqual([]);
    return lines;
  };
  const ids = async (): Promise<number[]> => (await storedLines()).map(({ keyId }) => keyId);
  /** A command that runs beside the test has written its line. */
  const untilRotated = (): Promise<void> =>
    waitFor(async () => expect(await ids()).toHaveLength(2), patience);
  /** Says what the agent of a node with these lines would say. */
  const say = async (node: string, lines: readonly KeyLine[], status?: object): Promise<void> => {
    const number = NODES.indexOf(node) + 1;
    const body = record(node, sealedSpec(node, lines, clusterUID, number));
    const { status: code } = await plane.request('GET', `${records}/${node}`);
    if (code === 404) await must(plane, 'POST', records, { body });
    else await must(plane, 'PATCH', `${records}/${node}`, { ...merge, body });
    if (status === undefined) return;
    await must(plane, 'PATCH', `${records}/${node}/status`, { ...merge, body: { status } });
  };
  const sayAll = async (lines: readonly KeyLine[]): Promise<void> => {
    for (const node of NODES) await say(node, lines, onKey(lines.at(-1)?.keyId ?? 0, 2, 2));
  };
  const noKeyWasPrinted = async (): Promise<void> => {
    const hex = (await storedText()).match(/[0-9a-f]{16,}/g) ?? [];
    for (const key of hex) {
      expect(printed).not.toContain(key);
      expect(printed).not.toContain(Buffer.from(key).toString('base64').slice(0, 16));
    }
  };

  it('makes the Secret once, and never replaces it', async () => {
    expect(await keys('create', '--write', '--algorithm', 'chacha20-poly1305')).toEqual({
      code: 0,
      stdout: `Secret kube-system/${name} was made, with key id 3.\n`,
      stderr: '',
    });
    const before = await storedText();
    const again = await keys('create', '--write');
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('error PC475: ');
    expect(await storedText()).toBe(before);
    const elsewhere = await keys('create', '--write', '-n', 'nowhere');
    expect(elsewhere.stderr).toContain('error PC471: there is no namespace nowhere');
    await noKeyWasPrinted();
  });

  it('rotates to a line beside the old one, and takes that away with the next rotation', async () => {
    await keys('create', '--write');
    await sayAll(await storedLines());
    const { code, stdout } = await keys('rotate');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `Secret kube-system/${name} has a new line, key id 4. The old one stays until podcloak keys rotate --finish.\n`,
    });
    const [three, four] = await storedLines();
    expect(await ids()).toEqual([3, 4]);
    expect(four).toMatchObject({ form: 'aead', icvBits: 128, perTunnel: true });

    const early = await keys('rotate');
    expect(early.code).toBe(2);
    expect(early.stderr).toContain(
      'error PC480: not on key id 4 yet: n1 (has not read key id 4 yet (knows 3)), n2',
    );
    expect(await ids()).toEqual([3, 4]);

    await sayAll([three, four].filter((line) => line !== undefined));
    const next = await keys('rotate', '--algorithm', 'cbc-aes-sha256', '-o', 'json');
    expect(JSON.parse(next.stdout)).toMatchObject({
      ...{ action: 'rotated', keyID: 5, keyIDs: [4, 5], removedKeyIDs: [3] },
      ...{ algorithm: 'cbc-aes-sha256', isDone: false, nodes: { total: 3, done: 0 } },
    });
    expect(await ids()).toEqual([4, 5]);
    expect(Object.keys((await stored()).metadata.annotations ?? {}).sort()).toEqual([
      'key-made-at.podcloak.dev/4',
      'key-made-at.podcloak.dev/5',
    ]);
    await noKeyWasPrinted();
  });

  it('waits with --wait, and takes the old line away when every node is done', async () => {
    await keys('create', '--write', '--key-id', '15');
    const old = await storedLines();
    await sayAll(old);
    const waiting = keys('rotate', '--wait', '--timeout', '60s', '-o', 'json');
    await untilRotated();
    const lines = await storedLines();
    await say('n1', lines, onKey(1, 1, 2, ['n3']));
    await say('n2', lines, onKey(1, 2, 2));
    await say('n3', lines, onKey(1, 2, 2));
    expect(await ids()).toEqual([15, 1]);
    await say('n1', lines, onKey(1, 2, 2));
    const { code, stdout, stderr } = await waiting;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ action: 'finished', keyID: 1, keyIDs: [1], removedKeyIDs: [15] },
      ...{ isDone: true, nodes: { total: 3, done: 3 }, directions: { total: 6, confirmed: 6 } },
    });
    expect(await ids()).toEqual([1]);
  });

  it('shows a bar on a terminal while it waits', async () => {
    await keys('create', '--write');
    await sayAll(await storedLines());
    const typed = `${process.execPath} ${COMMAND} keys rotate --wait --timeout 60s`;
    const env = { ...process.env, TERM: 'xterm', NO_COLOR: '1', KUBECONFIG: plane.kubeconfig };
    const waiting = run('script', ['-qec', typed, '/dev/null'], { env });
    await untilRotated();
    await sayAll(await storedLines());
    const { stdout } = await waiting;
    expect(stdout).toContain(
      '[........................] 0/3 nodes, 0/6 directions; waiting for n1',
    );
    expect(stdout).toContain('Finished: every node is on key id 4, key id 3 was removed.');
  });

  it('names who is late when the time is over, and leaves the old line', async () => {
    await keys('create', '--write');
    await sayAll(await storedLines());
    const { code, stdout, stderr } = await keys('rotate', '--wait', '--timeout', '1s');
    expect(code).toBe(1);
    expect(stdout).toBe(`Secret kube-system/${name} has a new line, key id 4.\n`);
    expect(stderr).toContain('Not on key id 4 yet (0/3 nodes, 0/6 directions): n1 (has not read');
    expect(stderr).toContain('error PC481: the time is over: n1 ');
    expect(await ids()).toEqual([3, 4]);

    await sayAll(await storedLines());
    const finish = await keys('rotate', '--finish', '--wait');
    expect(finish).toMatchObject({
      code: 0,
      stdout: 'Finished: every node is on key id 4, key id 3 was removed.\n',
    });
    expect(await ids()).toEqual([4]);
    const nothing = await keys('rotate', '--finish');
    expect(nothing).toMatchObject({ code: 0 });
    expect(nothing.stdout).toContain('Nothing to finish');
  });

  it('waits for the only line, too, while nodes are not on it', async () => {
    await keys('create', '--write');
    await sayAll(await storedLines());
    await keys('rotate');
    await keys('rotate', '--finish', '--despite-unfinished');
    expect(await ids()).toEqual([4]);
    const late = await keys('rotate', '--finish', '--wait', '--timeout', '1s');
    expect(late.code).toBe(1);
    expect(late.stderr).toContain('error PC481: the time is over: n1 ');
    await sayAll(await storedLines());
    expect(await keys('rotate', '--finish', '--wait')).toMatchObject({
      code: 0,
      stdout:
        'Nothing to finish: Secret kube-system/cilium-ipsec-keys has no other line than key id 4.\n',
    });
  });

  it('goes on despite a node that is late when told so, and keeps every line then', async () => {
    await keys('create', '--write');
    await sayAll(await storedLines());
    await keys('rotate');
    await keys('rotate', '--despite-unfinished');
    expect(await ids()).toEqual([3, 4, 5]);
    const refused = await keys('rotate', '--finish');
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('error PC480');
    await keys('rotate', '--finish', '--despite-unfinished');
    expect(await ids()).toEqual([5]);
  });

  it('does not write over what somebody else has changed meanwhile', async () => {
    await keys('create', '--write');
    await sayAll(await storedLines());
    const waiting = keys('rotate', '--wait', '--timeout', '60s');
    await untilRotated();
    const lines = await storedLines();
    const others = Buffer.from(`${await storedText()}# a hand was here\n`).toString('base64');
    await must(plane, 'PATCH', `/api/v1/namespaces/kube-system/secrets/${name}`, {
      ...merge,
      body: { data: { keys: others } },
    });
    await sayAll(lines);
    const { code, stderr } = await waiting;
    expect(code).toBe(2);
    expect(stderr).toContain('error PC478: ');
    expect(await storedText()).toContain('# a hand was here');
    expect(await ids()).toEqual([3, 4]);
  });

  it('keeps what else is in the Secret, and warns where an apply would undo it', async () => {
    const manifest = await podcloak(['keys', 'create', '--key-id', '9']);
    await apply(plane, manifest.stdout);
    await must(plane, 'PATCH', `/api/v1/namespaces/kube-system/secrets/${name}`, {
      ...merge,
      body: { metadata: { labels: { team: 'net' } }, data: { other: 'eA==' } },
    });
    await sayAll(await storedLines());
    const { code, stderr } = await keys('rotate');
    expect(code).toBe(0);
    expect(stderr).toContain(`warning PC484: Secret kube-system/${name} was applied by kubectl`);
    const { data, metadata } = await stored();
    expect(data).toMatchObject({ other: 'eA==' });
    expect(metadata.labels).toMatchObject({ team: 'net', 'app.kubernetes.io/name': 'podcloak' });
    expect(await ids()).toEqual([9, 10]);
    const conflict = await plane.kubectl(['apply', '--server-side', '-f', '-'], {
      input: manifest.stdout,
    });
    expect(conflict.stderr).toContain('conflict with "podcloak-keys"');
  });

  it('prints the Secret with -o yaml for a repository, and writes nothing', async () => {
    await keys('create', '--write');
    await sayAll(await storedLines());
    const before = await storedText();
    const { code, stdout } = await podcloak(['keys', 'rotate', '-o', 'yaml'], {
      env: { ...process.env, KUBECONFIG: plane.kubeconfig },
    });
    expect(code).toBe(0);
    expect(await storedText()).toBe(before);
    await apply(plane, stdout, ['--server-side', '--force-conflicts']);
    expect(await ids()).toEqual([3, 4]);
    expect(await storedText()).toContain(before.trim());
    await sayAll(await storedLines());
    const finished = await podcloak(['keys', 'rotate', '--finish', '-o', 'yaml'], {
      env: { ...process.env, KUBECONFIG: plane.kubeconfig },
    });
    const { data } = parse(finished.stdout) as { data: { keys: string } };
    const lines = parseKeyLines(Buffer.from(data.keys, 'base64').toString()).keys;
    expect(lines.map(({ keyId }) => keyId)).toEqual([4]);
  });

  it('revokes a key: takes its line out and marks it, once it was asked', async () => {
    await keys('create', '--write');
    await sayAll(await storedLines());
    await keys('rotate');
    const lines = await storedLines();
    const [three, four] = lines;
    await sayAll(lines);
    await say('n2', lines, onKey(4, 1, 2, ['n3']));
    const before = await stored();
    const no = await command(['keys', 'revoke', '3'], undefined, 'n\n');
    expect(no.code).toBe(1);
    expect(no.stdout).toBe('Nothing was changed.\n');
    expect(no.stderr).toContain(
      'Packets of these nodes are dropped until they are on key id 4: n2 (1 of 2 peers, waits for n3).',
    );
    expect(await stored()).toEqual(before);

    const done = await keys('revoke', '3', '--yes', '-o', 'json');
    expect(done.stderr).toBe('');
    expect(JSON.parse(done.stdout)).toMatchObject({
      ...{ revokedKeyID: 3, keyID: 4, keyIDs: [4], newKeyID: null, cut: [{ node: 'n2' }] },
    });
    expect(await storedLines()).toMatchObject([{ keyId: 4, form: four?.form }]);
    if (three === undefined) throw new Error('there was no line');
    const check = Buffer.from(checkValue(three, clusterUID)).toString('base64');
    const { data } = await stored();
    const list = (data as Record<string, string>)['keys.revoked'] ?? '';
    expect(Buffer.from(list, 'base64').toString()).toBe(`3 ${check}\n`);

    const unknown = await keys('revoke', '3', '--yes');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('error PC490: ');
    await noKeyWasPrinted();
  });

  it('makes a key in the place of the only one, with the same write', async () => {
    await keys('create', '--write', '--algorithm', 'cbc-aes-sha256');
    await sayAll(await storedLines());
    const { code, stdout, stderr } = await keys('revoke', '3', '--yes');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    // First what it costs, although nobody is asked.
    expect(stdout).toMatch(
      /^Key id 3 of .* will not be used any more, anywhere\. There is no other/,
    );
    expect(stdout).toContain(
      `Key id 3 of Secret kube-system/${name} is revoked. Key id 4 was made in its place.`,
    );
    expect(await storedLines()).toMatchObject([{ keyId: 4, form: 'auth-encryption' }]);
    await noKeyWasPrinted();
  });

  it('prints ids, algorithms, ages and progress, and never a key', async () => {
    await keys('create', '--write');
    const old = await storedLines();
    await sayAll(old);
    await keys('rotate', '--algorithm', 'gcm-256');
    const lines = await storedLines();
    await say('n1', lines, onKey(4, 1, 2, ['n3']));
    await say('n2', lines, onKey(4, 2, 2));
    await must(plane, 'DELETE', `${records}/n3`);
    const { code, stdout, stderr } = await keys('status');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const text = stdout.replace(/\d+ (second|minute)s? old/g, 'some time old');
    expect(text).toBe(
      [
        `Secret kube-system/${name}`,
        'Key id 3: rfc4106(gcm(aes)), 128 bits, some time old, known to 2/2 nodes',
        'Key id 4: current, rfc4106(gcm(aes)), 256 bits, some time old, known to 2/2 nodes',
        'Rotation in progress: true (1/2 nodes, 3/4 directions on key id 4)',
        'Not on key id 4 yet: 1',
        '\tn1: 1 of 2 peers, waits for n3',
        'Without a record: 1',
        '\tn3',
        '',
      ].join('\n'),
    );
    const json = JSON.parse((await keys('status', '-o', 'json')).stdout);
    expect(json).toMatchObject({
      ...{ currentKeyID: 4, isDone: false, withoutRecord: ['n3'] },
      keys: [
        { keyID: 3, isCurrent: false, nodes: 2 },
        { keyID: 4, isCurrent: true, nodes: 2, keyBits: 256 },
      ],
    });
    await noKeyWasPrinted();
  });

  it('does the same under the names of cilium encryption', async () => {
    const encryption = (...args: string[]) => command(['encryption', ...args]);
    expect(await encryption('create-key', '--auth-algo', 'cbc-aes-sha512')).toEqual({
      code: 0,
      stdout: 'IPsec key successfully created, new key SPI: 3\n',
      stderr: '',
    });
    expect((await encryption('create-key')).stderr).toContain('error PC475: ');
    await sayAll(await storedLines());
    expect(await encryption('rotate-key')).toEqual({
      code: 0,
      stdout: 'IPsec key successfully rotated, new key SPI: 4\n',
      stderr: '',
    });
    expect((await encryption('key-status')).stdout).toBe(
      'IPsec key: 4+ hmac(sha512) [hidden] cbc(aes) [hidden]\n',
    );
    expect(JSON.parse((await encryption('ks', '-o', 'json')).stdout)).toEqual({
      'ipsec-key': '4+ hmac(sha512) [hidden] cbc(aes) [hidden]',
    });
    const { code, stderr } = await encryption('status', '--wait', '--wait-duration', '1s');
    expect(code).toBe(1);
    expect(stderr).toContain('error PC521: ');
    await noKeyWasPrinted();
  });

  it('says so where the Secret cannot be changed, and shows nothing of it', async () => {
    await keys('create', '--write');
    await sayAll(await storedLines());
    const path = `/api/v1/namespaces/kube-system/secrets/${name}`;
    await must(plane, 'PATCH', path, { ...merge, body: { immutable: true } });
    const { code, stderr } = await keys('rotate');
    expect(code).toBe(2);
    expect(stderr).toContain('error PC486: ');
    expect(stderr).toContain('immutable');
    expect(await ids()).toEqual([3]);
    await noKeyWasPrinted();

    await must(plane, 'DELETE', path);
    const bad = Buffer.from('3+ rfc4106(gcm(aes)) 0011 128').toString('base64');
    const metadata = { name, namespace: 'kube-system' };
    const body = { apiVersion: 'v1', kind: 'Secret', metadata, data: { keys: bad } };
    await must(plane, 'POST', '/api/v1/namespaces/kube-system/secrets', { body });
    const refused = await keys('rotate');
    expect(refused.stderr).toContain('error PC477: agents refuse the lines of Secret kube-system/');
    expect(refused.stderr).toContain('error PC306: ');
    expect((await keys('status', '--key-file', 'other')).stderr).toContain('has no key other');
  });

  it('says which right is missing, and which Secret', async () => {
    const nobody = join(scratch.dir, 'nobody');
    const { url, caFile } = plane;
    writeKubeconfig(nobody, { url, caFile, adminToken: '', dir: scratch.dir }, 'nobody-token');
    for (const args of [['status'], ['rotate'], ['create', '--write']]) {
      const { code, stderr } = await command(['keys', ...args], nobody);
      expect(code).toBe(2);
      expect(stderr).toContain('error PC479: ');
    }
    expect((await keys('rotate')).stderr).toContain(
      `error PC476: Secret kube-system/${name} does not exist`,
    );
  });
});
