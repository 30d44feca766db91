import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bothRig } from './engines.js';
import type { LoopNode } from './node.js';
import { pass, stopAll, twoNodes } from './two-nodes.js';

vi.mock('../../../../src/agent/probe-socket.js', async () => {
  const { AirSockets } = await import('./air.js');
  return { ProbeSockets: AirSockets };
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  stopAll();
  vi.useRealTimers();
});

const open = () => twoNodes(bothRig, 'wireguard', []);

const codes = (node: LoopNode): string[] => node.agent.problems.map(({ code }) => code);

async function psksOf(node: LoopNode): Promise<string[]> {
  const { interfaces } = (await node.agent.report()).status;
  return interfaces.map(({ name, psk, peerCount }) => `${name} ${peerCount}: ${psk}`);
}

const NONE = 'podcloak_wg0 1: none, as there is no Secret';
const FROM_SECRET = 'podcloak_wg1 1: from the Secret, key id 3';

/** Which states a pair was in while time went on, looked at often. */
async function statesWhile(node: LoopNode, seconds: number): Promise<Set<string>> {
  const seen = new Set<string>();
  for (let second = 0; second < seconds; second += 1) {
    await pass(1);
    for (const text of await node.pairs()) seen.add(text);
  }
  return seen;
}

describe('two agents without a Secret that are to use WireGuard', () => {
  it('come to encrypt without PSKs, and say so', async () => {
    const { api, one, two } = open();
    await pass(15);
    expect(await one.pairs()).toEqual(['n2 encrypted null']);
    expect(await two.pairs()).toEqual(['n1 encrypted null']);
    expect([codes(one), codes(two)]).toEqual([[], []]);
    expect(await psksOf(one)).toEqual([NONE]);
    expect(api.spec('n1')).toMatchObject({
      ...{ phase: 'Enforced', type: 'wireguard', keys: [], macs: [] },
      wireguard: [{ generation: 1 }],
    });
    expect(one.rig.contents()).toContain('10.244.2.0/24 51871 podcloak_wg0');
    const [peer] = one.rig.network?.device('podcloak_wg0')?.peers ?? [];
    expect(peer?.presharedKey).toBeUndefined();
    expect(one.agent.isReady).toBe(true);
  });

  it('change nothing once all is as it should be, nor after a restart', async () => {
    const { one, two } = open();
    await pass(30);
    const before = (await one.agent.report()).kernelWrites;
    await pass(600);
    expect((await one.agent.report()).kernelWrites).toBe(before);
    two.stop();
    two.start();
    await pass(30);
    expect((await two.agent.report()).kernelWrites).toBe(0);
    expect(await two.pairs()).toEqual(['n1 encrypted null']);
  });

  it('come back after a reboot, without plaintext in between', async () => {
    const { one, two } = open();
    await pass(15);
    two.reboot(bothRig());
    expect([...(await statesWhile(two, 20))].filter((text) => /plaintext/.test(text))).toEqual([]);
    expect(await two.pairs()).toEqual(['n1 encrypted null']);
    expect(await one.pairs()).toEqual(['n2 encrypted null']);
  });

  it.each([
    ['the values ask for it', { 'encryption.wireguard.requireSecret': 'true' }],
    ['the type is IPsec', { 'encryption.type': 'ipsec' }],
  ])('wait for the Secret where %s', async (_, change) => {
    const { api, one, two, setKeysOf } = open();
    api.configure(change);
    await pass(15);
    expect(codes(one)).toEqual(['PC708']);
    expect(one.rig.contents()).toEqual([]);
    expect(api.spec('n1')).toEqual({});
    for (const node of [one, two]) setKeysOf(node, 3);
    await pass(30);
    expect(await one.pairs()).toEqual(['n2 encrypted 3']);
  });

  it('stay on WireGuard when they are to use IPsec, which has no keys then', async () => {
    const { api, one, two, setKeysOf } = open();
    await pass(15);
    api.configure({ 'encryption.type': 'ipsec' });
    await pass(60);
    expect(await one.pairs()).toEqual(['n2 encrypted null']);
    expect(codes(one)).toEqual(['PC740']);
    expect(api.spec('n1').type).toBe('wireguard');
    two.stop();
    two.start();
    await pass(30);
    expect(await two.pairs()).toEqual(['n1 encrypted null']);
    for (const node of [one, two]) setKeysOf(node, 3);
    await pass(150);
    expect(await one.pairs()).toEqual(['n2 encrypted 3']);
    expect(one.rig.contents().filter((text) => text.startsWith('SA'))).toHaveLength(2);
    expect(codes(one)).toEqual([]);
  });

  it('walk back when encryption is disabled, and leave nothing', async () => {
    const { api, one, two } = open();
    await pass(15);
    api.configure({ 'encryption.enabled': 'false' });
    await pass(60);
    expect([one.rig.contents(), two.rig.contents()]).toEqual([[], []]);
    expect(api.spec('n1')).toMatchObject({ phase: 'Disabled', wireguard: [] });
    api.configure({ 'encryption.enabled': 'true' });
    await pass(60);
    expect(await one.pairs()).toEqual(['n2 encrypted null']);
  });
});

describe('the first Secret of a running cluster', () => {
  it('comes to one node long before the other: the pair stays, and moves once both have it', async () => {
    const { api, one, two, setKeysOf } = open();
    await pass(15);
    const before = one.rig.network?.device('podcloak_wg0')?.publicKey;
    setKeysOf(one, 3);
    const waiting = [await statesWhile(one, 200), await statesWhile(two, 1)];
    expect(waiting.map((states) => [...states])).toEqual([
      ['n2 encrypted null'],
      ['n1 encrypted null'],
    ]);
    expect(await psksOf(one)).toEqual([NONE, 'podcloak_wg1 0: from the Secret, key id 3']);
    expect(one.rig.network?.device('podcloak_wg0')?.publicKey).toEqual(before);
    expect(api.spec('n1')).toMatchObject({
      ...{ macs: [{ keyID: 3 }], wireguard: [{ generation: 2, keyID: 3 }] },
    });
    setKeysOf(two, 3);
    const moving = await statesWhile(one, 30);
    expect([...moving].filter((text) => !text.includes('encrypted'))).toEqual([]);
    await pass(120);
    expect(await one.pairs()).toEqual(['n2 encrypted 3']);
    expect(await two.pairs()).toEqual(['n1 encrypted 3']);
    expect([await psksOf(one), await psksOf(two)]).toEqual([[FROM_SECRET], [FROM_SECRET]]);
    expect([codes(one), codes(two)]).toEqual([[], []]);
  });

  it('is waited for by both, though either agent starts anew in between', async () => {
    const { one, two, setKeysOf } = open();
    await pass(15);
    setKeysOf(one, 3);
    await pass(30);
    for (const node of [one, two]) {
      node.stop();
      node.start();
      await pass(30);
      expect(await one.pairs()).toEqual(['n2 encrypted null']);
      expect(await two.pairs()).toEqual(['n1 encrypted null']);
    }
    setKeysOf(two, 3);
    await pass(150);
    expect(await one.pairs()).toEqual(['n2 encrypted 3']);
    expect(await two.pairs()).toEqual(['n1 encrypted 3']);
  });

  it('comes while a node reboots, which blocks what was encrypted until it is so again', async () => {
    const { one, two, setKeysOf } = open();
    await pass(15);
    for (const node of [one, two]) setKeysOf(node, 3);
    two.reboot(bothRig());
    const seen = [...(await statesWhile(two, 20))];
    expect(seen.filter((text) => /plaintext/.test(text))).toEqual([]);
    await pass(120);
    expect(await one.pairs()).toEqual(['n2 encrypted 3']);
    expect(await two.pairs()).toEqual(['n1 encrypted 3']);
  });

  it('waits to be everywhere before encryption can be disabled', async () => {
    const { api, one, two, setKeysOf } = open();
    await pass(15);
    setKeysOf(one, 3);
    await pass(15);
    api.configure({ 'encryption.enabled': 'false' });
    await pass(60);
    expect(await one.pairs()).toEqual(['n2 switching null']);
    setKeysOf(two, 3);
    await pass(60);
    expect([one.rig.contents(), two.rig.contents()]).toEqual([[], []]);
  });

  it('never goes: without it a node keeps what it has, and complains', async () => {
    const { one, two, setKeysOf } = open();
    for (const node of [one, two]) setKeysOf(node, 3);
    await pass(15);
    expect(await one.pairs()).toEqual(['n2 encrypted 3']);
    setKeysOf(one);
    await pass(30);
    expect(codes(one)).toEqual(['PC708']);
    one.stop();
    one.start();
    await pass(60);
    expect(codes(one)).toEqual(['PC708']);
    expect(await one.pairs()).toEqual(['n2 encrypted 3']);
    expect(await psksOf(one)).toEqual(['podcloak_wg0 1: from the Secret, key id 3']);
  });

  it('is asked for by a node that has lost its memory of it, rather than doing without', async () => {
    const { api, one, two, setKeysOf } = open();
    for (const node of [one, two]) setKeysOf(node, 3);
    await pass(15);
    const said = api.spec('n2');
    setKeysOf(two);
    two.reboot(bothRig());
    await pass(60);
    expect(codes(two)).toEqual(['PC739']);
    expect(two.agent.isReady).toBe(false);
    expect(api.spec('n2')).toEqual(said);
    expect(two.rig.contents().filter((text) => text.includes('wg'))).toEqual([]);
    setKeysOf(two, 3);
    await pass(30);
    expect(await two.pairs()).toEqual(['n1 encrypted 3']);
    expect(codes(two)).toEqual([]);
  });

  it('can be done without again once encryption was disabled', async () => {
    const { api, one, two, setKeysOf } = open();
    for (const node of [one, two]) setKeysOf(node, 3);
    await pass(15);
    api.configure({ 'encryption.enabled': 'false' });
    await pass(60);
    for (const node of [one, two]) {
      setKeysOf(node);
      node.stop();
      node.start();
    }
    api.configure({ 'encryption.enabled': 'true' });
    await pass(60);
    expect(await one.pairs()).toEqual(['n2 encrypted null']);
    expect(await psksOf(two)).toEqual([NONE]);
  });
});

describe('a peer that somebody planted in the API', () => {
  const planted = {
    ...{ protocolVersion: 2, nodeUID: 'uid-n3', nodeNumber: 77, type: 'wireguard' },
    ...{ phase: 'Enforced', epoch: 5, revision: 1, generation: 0 },
    ...{ addresses: ['192.168.50.3'], podPrefixes: [{ cidr: '10.244.3.0/24', source: 'x' }] },
    ...{ keys: [], macs: [] },
    wireguard: [
      {
        ...{ generation: 2, epoch: 5, listenPort: 51_872 },
        publicKey: 'Pr6m54Y9mGfuxfYvMBL5TTMRG/s+oBPTgfkRQXrsFVI=',
      },
    ],
  };

  it('is no peer once there is a Secret', async () => {
    const { api, one, two, setKeysOf } = open();
    for (const node of [one, two]) setKeysOf(node, 3);
    await pass(30);
    api.plant('n3', planted);
    await pass(30);
    expect(await one.pairs()).toEqual(['n2 encrypted 3', 'n3 plaintext null']);
    expect(await psksOf(one)).toEqual(['podcloak_wg0 1: from the Secret, key id 3']);
    const { peers } = (await one.agent.report()).status;
    expect(peers.find(({ node }) => node === 'n3')).toMatchObject({ cause: 'unknown-key-id' });
    expect(one.rig.contents().filter((text) => text.includes('10.244.3.0'))).toEqual([]);
  });

  it('can neither keep nodes from the Secret, nor take the place of one that has it', async () => {
    const { api, one, two, setKeysOf } = open();
    await pass(15);
    const far = { ...planted.wireguard[0], generation: 2 ** 31 - 1 };
    api.plant('n3', { ...planted, wireguard: [far] });
    await pass(15);
    expect(await psksOf(one)).toEqual([NONE]);
    setKeysOf(one, 3);
    await pass(15);
    // What it says of another node counts for nothing where the Secret is.
    api.plant('n2', { ...api.spec('n2'), epoch: Number.MAX_SAFE_INTEGER - 9, revision: 9 });
    await pass(15);
    expect(await one.pairs()).toContain('n2 encrypted null');
    setKeysOf(two, 3);
    await pass(150);
    expect(await one.pairs()).toContain('n2 encrypted 3');
    expect(await two.pairs()).toContain('n1 encrypted 3');
  });

  it('cannot end a node that has no Secret by the last number that there is', async () => {
    const { api, one, two } = open();
    await pass(15);
    const last = Number.MAX_SAFE_INTEGER;
    for (const change of [{ epoch: last }, { revision: last }]) {
      api.plant('n2', { ...api.spec('n2'), ...change });
      await pass(150);
      expect(await one.pairs()).toEqual(['n2 encrypted null']);
      expect(await two.pairs()).toEqual(['n1 encrypted null']);
      expect([codes(one), codes(two)]).toEqual([[], []]);
      expect(api.spec('n2')).not.toMatchObject(change);
    }
    // Nor one that remembers nothing, and has to take what it cannot read for the trace of a Secret.
    api.plant('n2', { ...api.spec('n2'), epoch: last });
    two.reboot(bothRig());
    await pass(15);
    expect(codes(two)).toEqual(['PC739']);
  });

  it.each(['lives', 'reboots'])('cannot take its own name from a node that %s', async (how) => {
    const { api, one, two, setKeysOf } = open();
    await pass(15);
    setKeysOf(two, 3);
    const epoch = Number.MAX_SAFE_INTEGER;
    api.plant('n2', { ...api.spec('n2'), epoch, revision: epoch });
    if (how === 'reboots') two.reboot(bothRig());
    setKeysOf(one, 3);
    await pass(150);
    expect(await one.pairs()).toEqual(['n2 encrypted 3']);
    expect(await two.pairs()).toEqual(['n1 encrypted 3']);
    expect([codes(one), codes(two)]).toEqual([[], []]);
  });
});
