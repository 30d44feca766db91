import { describe, expect, it } from 'vitest';
import { firstOwn, freeNumber, renewed, saysTheSame } from '../../../src/agent/own.js';
import { nextPhase } from '../../../src/agent/publisher.js';
import type { AuthenticRecord, PublishedDevice } from '../../../src/keying/index.js';

const identity = { clusterUID: 'c', nodeUID: 'uid-1' };
const clock = (): number => 1000;

function recorded(change: Partial<AuthenticRecord['record']> = {}): AuthenticRecord {
  return {
    verdict: 'authentic',
    owner: { clusterUID: 'c', nodeName: 'n1' },
    provenKeyIDs: [3],
    otherKeyIDs: [],
    record: {
      protocolVersion: 1,
      nodeUID: 'uid-1',
      nodeNumber: 9,
      type: 'ipsec',
      phase: 'Enabling',
      epoch: 5000,
      revision: 4,
      generation: 31,
      addresses: [],
      podPrefixes: [],
      keys: [],
      macs: [],
      ...change,
    },
  };
}

describe('who a node is that remembers nothing', () => {
  it('is somebody new without a record', () => {
    const own = firstOwn(identity, undefined, [], new Set(), clock);
    expect(own).toMatchObject({ epoch: 1001, revision: 0, publishedPhase: undefined });
    expect(own.lostMemoryAt).toBeUndefined();
  });

  it('goes on from its own record, whatever the clock says', () => {
    const own = firstOwn(identity, recorded(), [], new Set(), clock);
    expect(own).toMatchObject({ nodeNumber: 9, epoch: 5001, generation: 0 });
    expect(own.lostMemoryAt).toBeUndefined();
  });

  it('knows that it may have been encrypted when its record says Enforced', () => {
    const own = firstOwn(identity, recorded({ phase: 'Enforced' }), [], new Set(), clock);
    expect(own).toMatchObject({ publishedPhase: 'Enforced', lostMemoryAt: own.epoch });
  });

  it('knows so too while it is being disabled, until its record names no key any more', () => {
    const key = { keyID: 3, algorithm: 'a', publicKey: 'p' };
    const halfWay = recorded({ phase: 'Disabled', keys: [key] });
    const own = firstOwn(identity, halfWay, [], new Set(), clock);
    expect(own.lostMemoryAt).toBe(own.epoch);
    const over = firstOwn(identity, recorded({ phase: 'Disabled' }), [], new Set(), clock);
    expect(over.lostMemoryAt).toBeUndefined();
  });

  it('takes over neither number nor phase of another machine of its name', () => {
    const found = recorded({ nodeUID: 'uid-0', phase: 'Enforced' });
    const own = firstOwn(identity, found, [], new Set([9]), clock);
    expect(own.nodeNumber).not.toBe(9);
    expect(own).toMatchObject({ epoch: 5001, publishedPhase: undefined });
    expect(own.lostMemoryAt).toBeUndefined();
  });
});

it('a renewed node has a later epoch, the next generation, and begins to count again', () => {
  const own = {
    ...firstOwn(identity, recorded(), [], new Set(), clock),
    revision: 8,
    retired: [3],
  };
  const next = renewed(own, clock, { nodeNumber: 12 });
  expect(next).toMatchObject({
    nodeNumber: 12,
    epoch: 5002,
    generation: 1,
    revision: 0,
    retired: [],
  });
  expect(renewed(own, clock, { epoch: 9000 }).epoch).toBe(9001);
});

it('a free number is none of those that are taken', () => {
  const taken = new Set(Array.from({ length: 1000 }, (_, index) => index + 1));
  for (let count = 0; count < 1000; count += 1) expect(taken.has(freeNumber(taken))).toBe(false);
});

it.each([
  [undefined, false, false, 'Enabling'],
  ['Enabling', false, true, 'Enforced'],
  ['Enforced', false, false, 'Enforced'],
  ['Enforced', true, true, 'Disabled'],
  ['Disabled', false, false, 'Enabling'],
] as const)(
  'after %s, disabled %s, confirmed %s comes %s',
  (published, disabled, confirmed, phase) => {
    expect(nextPhase(published, disabled, confirmed)).toBe(phase);
  },
);

describe('two records that say the same', () => {
  const device: PublishedDevice = {
    ...{ generation: 1, epoch: 900, listenPort: 51_871, publicKey: 'a' },
  };
  const next = { ...device, generation: 2 };
  const { record: plain } = recorded();
  const withDevices = (...wireguard: PublishedDevice[]) => ({ ...plain, wireguard });

  it('have the same WireGuard devices, in whatever order', () => {
    expect(saysTheSame(plain, { ...plain, revision: 5 })).toBe(true);
    expect(saysTheSame(withDevices(device, next), withDevices(next, device))).toBe(true);
    expect(saysTheSame(plain, withDevices())).toBe(false);
    expect(saysTheSame(withDevices(device), withDevices(device, next))).toBe(false);
  });

  it.each<Partial<PublishedDevice>>([
    { generation: 2 },
    { epoch: 901 },
    { listenPort: 51_872 },
    { publicKey: 'b' },
    { keyID: 3 },
  ])('do not with another %j', (change) => {
    expect(saysTheSame(withDevices(device), withDevices({ ...device, ...change }))).toBe(false);
  });
});
