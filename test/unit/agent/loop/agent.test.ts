import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Api } from './api.js';
import { RIGS, type Rig } from './engines.js';
import { LoopNode, nodeObject } from './node.js';

vi.mock('../../../../src/agent/probe-socket.js', async () => {
  const { AirSockets } = await import('./air.js');
  return { ProbeSockets: AirSockets };
});

/** A line with a key that looks like a random one. */
function line(id: number): string {
  const key = createHash('sha256').update(`key ${id}`).digest('hex').slice(0, 40);
  return `${id}+ rfc4106(gcm(aes)) ${key} 128\n`;
}

/** Two nodes that have started, with one key; time goes on only in {@link pass}. */
function twoNodes(make: () => Rig) {
  const mountPath = mkdtempSync(join(tmpdir(), 'podcloak-keys-'));
  const setKeys = (...ids: number[]): void =>
    writeFileSync(join(mountPath, 'keys'), ids.map(line).join(''));
  setKeys(3);
  const api = new Api(
    {
      'encryption.enabled': 'true',
      'encryption.type': 'ipsec',
      'encryption.nodeEncryption': 'false',
      'encryption.ipsec.interface': 'eth0',
      'encryption.ipsec.secretName': 'keys',
      'encryption.ipsec.keyFile': 'keys',
      'encryption.ipsec.mountPath': mountPath,
      'encryption.ipsec.keyWatcher': 'true',
      'encryption.ipsec.keyRotationDuration': '1m',
    },
    [nodeObject(1), nodeObject(2)],
  );
  const nodes = [1, 2].map((number) => new LoopNode(number, make(), api));
  for (const node of nodes) node.start();
  running.push(...nodes);
  const [one, two] = nodes;
  if (one === undefined || two === undefined) throw new Error('two nodes were made');
  return { api, one, two, setKeys };
}

const running: LoopNode[] = [];
const pass = (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(seconds * 1000);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  for (const node of running.splice(0)) node.stop();
  vi.useRealTimers();
});

describe.each(RIGS)('two agents on %s', (_, make) => {
  it('come to encrypt, and are ready', async () => {
    const { api, one, two } = twoNodes(make);
    await pass(15);
    expect(await one.pairs()).toEqual(['n2 encrypted 3']);
    expect(await two.pairs()).toEqual(['n1 encrypted 3']);
    expect([one.agent.problems, two.agent.problems]).toEqual([[], []]);
    expect([one.agent.isReady, two.agent.isReady]).toEqual([true, true]);
    expect([api.spec('n1').phase, api.spec('n1').type]).toEqual(['Enforced', 'ipsec']);
  });

  it('change nothing once all is as it should be, nor after a restart', async () => {
    const { one, two } = twoNodes(make);
    await pass(15);
    const before = (await one.agent.report()).kernelWrites;
    await pass(600);
    expect((await one.agent.report()).kernelWrites).toBe(before);
    two.stop();
    two.start();
    await pass(30);
    expect((await two.agent.report()).kernelWrites).toBe(0);
    expect(await two.pairs()).toEqual(['n1 encrypted 3']);
  });

  it('move to another key, and drop what was under the old one', async () => {
    const { one, two, setKeys } = twoNodes(make);
    await pass(15);
    setKeys(3, 4);
    await pass(30);
    expect(await one.pairs()).toEqual(['n2 encrypted 4']);
    expect(await two.pairs()).toEqual(['n1 encrypted 4']);
    setKeys(4);
    await pass(120);
    expect((await one.agent.report()).status.keyIDs).toEqual([4]);
    expect(one.logged.filter((text) => text.includes('SAs are not'))).toEqual([]);
  });

  it('take new keys when what was in the kernel is gone', async () => {
    const { one, two } = twoNodes(make);
    await pass(15);
    one.rig.lose();
    one.agent.kernelChanged();
    await pass(30);
    expect(one.logged).toContain('SAs are not in the kernel as they should be');
    expect(await one.pairs()).toEqual(['n2 encrypted 3']);
    expect(await two.pairs()).toEqual(['n1 encrypted 3']);
  });

  it('walk back when encryption is disabled, and leave nothing', async () => {
    const { api, one, two } = twoNodes(make);
    await pass(15);
    expect(one.rig.contents()).not.toEqual([]);
    api.configure({ 'encryption.enabled': 'false' });
    await pass(60);
    expect([one.rig.contents(), two.rig.contents()]).toEqual([[], []]);
    expect(api.spec('n1').phase).toBe('Disabled');
    expect((await one.agent.report()).status.mode).toBe('Disabled');
  });
});
