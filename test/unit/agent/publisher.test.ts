import { describe, expect, it } from 'vitest';
import { Publisher } from '../../../src/agent/publisher.js';
import type { OwnState } from '../../../src/agent/state.js';
import { onlyAddsKeys, writeSpread } from '../../../src/agent/write-spread.js';
import type { KeyLine } from '../../../src/key-lines/index.js';
import {
  type EncryptionNodeSpec,
  type PublishedDevice,
  sealRecord,
} from '../../../src/keying/index.js';
import type { Cluster, NodeRecord } from '../../../src/kube/index.js';
import { CLUSTER_UID, linesWith, sealedSpec } from '../rotation/samples.js';

const OLD = linesWith(3);
const BOTH = [...OLD, ...linesWith(4)];
const BEFORE = sealedSpec('n1', OLD);
const KEY = {
  keyID: 4,
  algorithm: 'rfc4106(gcm(aes))',
  publicKey: Buffer.alloc(32, 4).toString('base64'),
};
const AFTER = { ...BEFORE, keys: [...BEFORE.keys, KEY] };
const deviceOf = (generation: number, keyID: number): PublishedDevice => ({
  ...{ generation, keyID, epoch: BEFORE.epoch, listenPort: 51_872 - (generation % 2) },
  publicKey: Buffer.alloc(32, 10 + generation).toString('base64'),
});
/** The same node with a WireGuard device of generation 1. */
const BY_WIREGUARD = { ...BEFORE, protocolVersion: 2, type: 'wireguard' as const };
const SPEC1 = { ...BY_WIREGUARD, wireguard: [deviceOf(1, 3)] };
const SPEC2 = { ...SPEC1, keys: AFTER.keys, wireguard: [deviceOf(1, 3), deviceOf(2, 4)] };
const OWN = { clusterUID: CLUSTER_UID, nodeUID: BEFORE.nodeUID, revision: 1 } as OwnState;
const found = (spec: EncryptionNodeSpec): NodeRecord =>
  ({ name: 'n1', uid: 'u', resourceVersion: '7', ownerUID: OWN.nodeUID, spec }) as NodeRecord;

/** A publisher whose turn comes after so long, and what it has written. */
function publisher(spread: number) {
  const written: EncryptionNodeSpec[] = [];
  const cluster = {
    writeRecord: (_name: string, _node: object, spec: EncryptionNodeSpec) => {
      written.push(spec);
      return Promise.resolve({});
    },
  } as unknown as Cluster;
  const one = new Publisher(
    cluster,
    'n1',
    () => {},
    () => {},
    () => spread,
  );
  const publish = (
    record: Omit<EncryptionNodeSpec, 'macs'>,
    lines: readonly KeyLine[],
    there: NodeRecord | undefined,
    now: number,
  ) => one.publish(record, OWN, lines, there, now, () => {});
  return { written, one, publish };
}

describe('how long a node waits with what all others write, too', () => {
  it('is nothing worth the name for a few nodes, and half a minute at most for many', () => {
    expect(writeSpread(6, 0.999)).toBeLessThan(30);
    expect(writeSpread(1000, 0.999)).toBeLessThan(5000);
    expect(writeSpread(5000, 0.5)).toBe(12_500);
    expect(writeSpread(100_000, 0.999)).toBeLessThan(30_000);
    expect(writeSpread(5000, 0)).toBe(0);
  });
});

describe('a change that may wait', () => {
  it('is a key more, and nothing else', () => {
    expect(onlyAddsKeys(BEFORE, AFTER, [3, 4])).toBe(true);
    expect(onlyAddsKeys(BEFORE, BEFORE, [3])).toBe(false);
  });

  it.each<[string, Partial<EncryptionNodeSpec>]>([
    ['another phase', { phase: 'Disabled' }],
    ['another epoch', { epoch: BEFORE.epoch + 1 }],
    ['another generation', { generation: 2 }],
    ['another address', { addresses: ['192.0.2.9'] }],
    ['another prefix', { podPrefixes: [{ cidr: '10.1.0.0/24', source: 'Node.spec.podCIDRs' }] }],
    ['a key that goes', { keys: [KEY] }],
  ])('is not %s, also with a new key', (_, change) => {
    expect(onlyAddsKeys(BEFORE, { ...AFTER, ...change }, [3, 4])).toBe(false);
  });

  it('is not a line that is gone from the Secret, as after a revocation', () => {
    expect(onlyAddsKeys(BEFORE, AFTER, [4])).toBe(false);
  });

  it('is a WireGuard device more, with the key of its line or for itself', () => {
    expect(onlyAddsKeys(SPEC1, SPEC2, [3, 4])).toBe(true);
    expect(onlyAddsKeys({ ...SPEC1, wireguard: [] }, SPEC1, [3])).toBe(true);
    expect(onlyAddsKeys(SPEC1, { ...SPEC1, wireguard: [...SPEC1.wireguard] }, [3])).toBe(false);
  });

  it('is the first WireGuard device in the place of IPsec, and not the other way round', () => {
    expect(onlyAddsKeys(BEFORE, SPEC1, [3])).toBe(true);
    // Where the kernel has no WireGuard, no device is added.
    expect(onlyAddsKeys(BEFORE, { ...SPEC1, wireguard: [] }, [3])).toBe(false);
    expect(onlyAddsKeys(SPEC1, { ...SPEC1, type: 'ipsec', wireguard: [] }, [3])).toBe(false);
    expect(onlyAddsKeys(SPEC1, { ...SPEC2, type: 'ipsec' }, [3, 4])).toBe(false);
  });

  it.each<[string, readonly PublishedDevice[]]>([
    ['goes', [deviceOf(2, 4)]],
    ['has another public key', [{ ...deviceOf(1, 3), publicKey: 'x' }, deviceOf(2, 4)]],
    ['has another port', [{ ...deviceOf(1, 3), listenPort: 51_872 }, deviceOf(2, 4)]],
    ['has another epoch', [{ ...deviceOf(1, 3), epoch: 1 }, deviceOf(2, 4)]],
    ['has another line', [deviceOf(1, 4), deviceOf(2, 4)]],
  ])('is not a device that %s, also with a new one', (_, wireguard) => {
    expect(onlyAddsKeys(SPEC1, { ...SPEC2, wireguard }, [3, 4])).toBe(false);
  });

  it('is not another phase, address or epoch that comes with a device', () => {
    for (const change of [
      { phase: 'Disabled' as const },
      { addresses: ['192.0.2.9'] },
      { epoch: BEFORE.epoch + 1 },
    ]) {
      expect(onlyAddsKeys(SPEC1, { ...SPEC2, ...change }, [3, 4])).toBe(false);
      expect(onlyAddsKeys(BEFORE, { ...SPEC1, ...change }, [3])).toBe(false);
    }
  });
});

describe('the publisher', () => {
  it('writes a node’s first record at once', () => {
    const { written, publish } = publisher(20_000);
    publish(BEFORE, OLD, undefined, 1000);
    expect(written).toHaveLength(1);
  });

  it('waits for its turn with a new key, once, and says when that is', () => {
    const { written, one, publish } = publisher(20_000);
    expect(publish(AFTER, BOTH, found(BEFORE), 1000)).toBeUndefined();
    expect(one.nextAt).toBe(21_000);
    publish(AFTER, BOTH, found(BEFORE), 15_000);
    expect(written).toEqual([]);
    expect(publish(AFTER, BOTH, found(BEFORE), 21_000)).toBe(2);
    expect(written[0]?.macs.map(({ keyID }) => keyID)).toEqual([3, 4]);
  });

  it('takes turns with a new WireGuard device as well, and with none that goes', () => {
    const { written, one, publish } = publisher(20_000);
    const owner = { clusterUID: CLUSTER_UID, nodeName: 'n1' };
    expect(publish(SPEC2, BOTH, found(sealRecord(SPEC1, owner, OLD)), 1000)).toBeUndefined();
    expect(one.nextAt).toBe(21_000);
    const next = { ...SPEC2, keys: [KEY], wireguard: [deviceOf(2, 4)] };
    publish(next, BOTH, found(sealRecord(SPEC2, owner, BOTH)), 2000);
    expect(written).toMatchObject([{ wireguard: [{ generation: 2 }] }]);
  });

  it('does not wait any more when there is something else to say meanwhile', () => {
    const { written, publish } = publisher(20_000);
    publish(AFTER, BOTH, found(BEFORE), 1000);
    publish({ ...AFTER, phase: 'Disabled' }, BOTH, found(BEFORE), 2000);
    expect(written).toMatchObject([{ phase: 'Disabled', keys: [{ keyID: 3 }, { keyID: 4 }] }]);
  });

  it('has nothing to wait for when the record says all of it', () => {
    const { written, one, publish } = publisher(20_000);
    publish(AFTER, BOTH, found(BEFORE), 1000);
    const owner = { clusterUID: CLUSTER_UID, nodeName: 'n1' };
    publish(AFTER, BOTH, found(sealRecord(AFTER, owner, BOTH)), 2000);
    expect(one.nextAt).toBeUndefined();
    expect(written).toEqual([]);
  });
});
