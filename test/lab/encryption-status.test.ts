import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { COMMAND } from '../cli/podcloak.js';
import { makeNode, must, records } from './agents.js';
import { writeKubeconfig } from './api-client.js';
import { type ControlPlane, controlPlaneNeeds, startControlPlane } from './control-plane.js';
import { labDescribe } from './lab-describe.js';
import * as saying from './node-says.js';
import { apply, patience, podcloak, rendered, untilServed } from './podcloak.js';
import type { RunResult } from './run.js';
import { makeScratch, type Scratch } from './scratch.js';

const options = {
  controllerManager: true,
  users: [
    { token: 'nobody-token', name: 'nobody' },
    { token: 'viewer-token', name: 'viewer' },
  ],
};
const definition = 'encryptionnodes.podcloak.dev';
const { DISABLED } = saying;

labDescribe('podcloak encryption status', controlPlaneNeeds(options), () => {
  let plane: ControlPlane;
  let scratch: Scratch;
  let manifests: string;
  beforeAll(async () => {
    scratch = makeScratch('podcloak-status');
    plane = await startControlPlane(options);
    manifests = await rendered(['-f', 'examples/ipsec.yaml']);
    for (const name of ['n1', 'n2', 'n3']) await makeNode(plane, name);
  });
  afterAll(async () => {
    await plane?.stop();
    await scratch?.remove();
  });

  const env = (more: NodeJS.ProcessEnv = {}) => {
    const { PATH } = process.env;
    return { PATH, HOME: scratch.dir, KUBECONFIG: plane.kubeconfig, ...more };
  };
  const status = (args: readonly string[] = [], more: NodeJS.ProcessEnv = {}): Promise<RunResult> =>
    podcloak(['encryption', 'status', ...args], { env: env(more) });
  const say = (name: string, spec: object) => saying.say(plane, name, spec);
  const enforced = async (name: string): Promise<void> => {
    await say(name, {});
    await saying.sayEncrypted(plane, name);
  };
  const sayClean = (name: string) => saying.sayClean(plane, name);
  const asUser = (token: string): string => {
    const path = join(scratch.dir, token);
    const { url, caFile } = plane;
    writeKubeconfig(path, { url, caFile, adminToken: '', dir: scratch.dir }, token);
    return path;
  };

  it('says that Podcloak is not installed, which is no error for who waits', async () => {
    const asked = await status();
    expect(asked).toMatchObject({ code: 2, stdout: '' });
    expect(asked.stderr).toContain('error PC444: ');

    const waited = await status(['--wait-disabled']);
    expect(waited).toMatchObject({
      code: 0,
      stdout: 'Podcloak is not installed in this cluster: there are no records of nodes.\n',
    });
    expect(waited.stderr).toContain('warning PC445: ');
    expect(waited.stderr).toContain('podcloak synth --cleanup');
  });

  it('prints the lines of Cilium from the records, and what is wrong', async () => {
    await apply(plane, manifests);
    await untilServed(plane, definition);
    await enforced('n1');
    await say('n2', { phase: 'Enabling' });
    expect(await status()).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        'Encryption: Disabled (1/3 nodes)',
        'Encryption: IPsec (2/3 nodes)',
        'IPsec key ids in use: 3 on 2/3, 15 on 2/3',
        'IPsec expected key count: 2',
        'Still enabling, some pairs may talk in plaintext: 1',
        '\tn2',
        'Not ready, as their agents said last: 1',
        '\tn2: its agent has not said yet how it does',
        'Without a record: 1',
        '\tn3',
        '',
      ].join('\n'),
    });
    const { stdout } = await status(['-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      'total-node-count': 3,
      'enc-disabled-node-count': 1,
      'enc-ipsec-node-count': 2,
      podcloak: { withoutRecord: ['n3'] },
    });
  });

  it('waits until every node encrypts, and names those that do not when the time is over', async () => {
    const late = await status(['--wait-enforced', '--timeout', '1s']);
    expect(late.code).toBe(1);
    expect(late.stdout).toBe('Not encrypting yet: 2 of 3 nodes: n2 (enabling), n3 (no record)\n');
    expect(late.stderr).toContain('error PC521: the time is over: n2 (enabling), n3 (no record)');

    const waiting = status(['--wait-enforced', '--timeout', '60s']);
    for (const name of ['n2', 'n3']) {
      await say(name, { phase: 'Enforced' });
      await saying.sayEncrypted(plane, name);
    }
    const { code, stdout, stderr } = await waiting;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/Every node encrypts \(3 nodes\)\.\n$/);
    // As it was, for the tests below.
    await must(plane, 'DELETE', `${records}/n3`);
    await must(plane, 'DELETE', `${records}/n2`);
    await say('n2', { phase: 'Enabling' });
  });

  it('finds the cluster where kubectl does', async () => {
    const home = join(scratch.dir, 'home');
    mkdirSync(join(home, '.kube'), { recursive: true });
    copyFileSync(plane.kubeconfig, join(home, '.kube/config'));
    const good = await status();
    expect(await status([], { HOME: home, KUBECONFIG: undefined })).toEqual(good);

    // Of several files the first current context counts, and so does the first thing of a name.
    const bogus = join(scratch.dir, 'bogus');
    const other = { server: 'https://127.0.0.1:1' };
    const { stdout } = await plane.kubectl(['config', 'view', '--raw', '-o', 'json']);
    const config = JSON.parse(stdout) as { clusters: { name: string }[] };
    const [cluster] = config.clusters;
    const clusters = ['elsewhere', cluster?.name].map((name) => ({ name, cluster: other }));
    const contexts = [{ name: 'elsewhere', context: { cluster: 'elsewhere', user: '' } }];
    writeFileSync(
      bogus,
      JSON.stringify({ clusters, contexts, 'current-context': 'elsewhere', users: [] }),
    );
    const both = { KUBECONFIG: [plane.kubeconfig, bogus].join(delimiter) };
    expect(await status([], both)).toEqual(good);
    const elsewhere = await status(['--context', 'elsewhere'], both);
    expect(elsewhere.stderr).toContain('error PC441: ');
  });

  it('says what rights are missing, or that the login is not valid', async () => {
    const forbidden = await status(['--kubeconfig', asUser('nobody-token')]);
    expect(forbidden).toMatchObject({ code: 2, stdout: '' });
    expect(forbidden.stderr).toContain('error PC443: ');
    const stranger = await status(['--kubeconfig', asUser('stranger-token')]);
    expect(stranger).toMatchObject({ code: 2, stdout: '' });
    expect(stranger.stderr).toContain('error PC442: ');
    expect(stranger.stderr).not.toContain('stranger-token');
  });

  it('works with the rights to read Nodes and records, and no other', async () => {
    const kinds = '--resource=nodes,encryptionnodes.podcloak.dev';
    const role = ['create', 'clusterrole', 'viewer', '--verb=list,watch', kinds];
    const binding = ['create', 'clusterrolebinding', 'viewer', '--clusterrole=viewer'];
    expect(await plane.kubectl(role)).toMatchObject({ code: 0 });
    expect(await plane.kubectl([...binding, '--user=viewer'])).toMatchObject({ code: 0 });
    const good = await status();
    await vi.waitFor(async () => {
      expect(await status(['--kubeconfig', asUser('viewer-token')])).toEqual(good);
    }, patience);
  });

  labWait();

  function labWait(): void {
    let child: ChildProcess | undefined;
    let printed = '';
    let said = '';
    let ended: Promise<number | null>;
    const start = (args: readonly string[] = []): void => {
      printed = '';
      said = '';
      const all = [COMMAND, 'encryption', 'status', '--wait-disabled', ...args];
      const waiting = spawn(process.execPath, all, { env: env() });
      waiting.stdout.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
      waiting.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      ended = new Promise((resolve) => waiting.once('exit', resolve));
      child = waiting;
    };
    const untilPrinted = (text: string) =>
      vi.waitFor(() => expect(printed).toContain(text), patience);
    beforeEach(() => {
      child?.kill();
    });
    afterAll(() => {
      child?.kill();
    });

    it('waits until the last node is disabled, with a line for each change', async () => {
      await enforced('n2');
      start();
      await untilPrinted('Still to go: 2 of 3 nodes: n1 (enforced), n2 (enforced)\n');
      await say('n1', { phase: 'Disabled' });
      await untilPrinted('n1 (walking back), n2 (enforced)\n');
      await say('n1', DISABLED);
      await untilPrinted('n1 (emptying its kernel), n2 (enforced)\n');
      await sayClean('n1');
      await untilPrinted('Still to go: 1 of 3 nodes: n2 (enforced)\n');
      await say('n2', DISABLED);
      await untilPrinted('Still to go: 1 of 3 nodes: n2 (emptying its kernel)\n');
      await sayClean('n2');
      expect(await ended).toBe(0);
      expect(printed.trim().split('\n')).toHaveLength(6);
      expect(printed).toMatch(/\nNo node encrypts any more \(3 nodes\)\.\n$/);
      expect((await status()).stdout).toContain('Encryption: Disabled (3/3 nodes)\n');
    });

    it('prints the same as JSON, a line for each change', async () => {
      await enforced('n1');
      start(['-o', 'json']);
      await untilPrinted('"toGo":[{"node":"n1","why":"enforced"}]}}\n');
      await say('n1', DISABLED);
      await untilPrinted('"emptying its kernel"');
      await sayClean('n1');
      expect(await ended).toBe(0);
      const lines = printed.trim().split('\n');
      expect(lines.map((line) => JSON.parse(line))).toMatchObject([
        { podcloak: { toGo: [{ node: 'n1' }] } },
        { podcloak: { emptying: ['n1'], toGo: [{ node: 'n1' }] } },
        { 'enc-disabled-node-count': 3, podcloak: { toGo: [] } },
      ]);
    });

    it('goes on over a restart of the API server', async () => {
      await enforced('n1');
      start();
      await untilPrinted('Still to go: 1 of 3 nodes: n1 (enforced)\n');
      await plane.stopApiServer();
      await plane.startApiServer();
      await say('n1', DISABLED);
      await sayClean('n1');
      expect(await ended).toBe(0);
    }, 600_000);

    it('begins also while the API server is away, and says so once', async () => {
      await enforced('n1');
      await plane.stopApiServer();
      start();
      await vi.waitFor(() => expect(said).toContain('still waiting: '), patience);
      await plane.startApiServer();
      await untilPrinted('Still to go: 1 of 3 nodes: n1 (enforced)\n');
      await say('n1', DISABLED);
      await sayClean('n1');
      expect(await ended).toBe(0);
      expect(said.match(/still waiting: .*ECONNREFUSED/g)).toHaveLength(1);
    }, 600_000);

    it('ends with 1 and the list when the time is over', async () => {
      await enforced('n1');
      const outcome = await status(['--wait-disabled', '--timeout', '10s']);
      expect(outcome.code).toBe(1);
      expect(outcome.stderr).toContain('error PC446: ');
      expect(outcome.stderr).toContain('n1 (enforced)');
    });

    it('does not take the deletion of all records for the end of encryption', async () => {
      start();
      await untilPrinted('Still to go: 1 of 3 nodes: n1 (enforced)\n');
      await plane.kubectl(['delete', 'customresourcedefinition', definition]);
      expect(await ended).toBe(1);
    });
  }
});
