import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { KeyLine } from '../../../src/key-lines/index.js';
import {
  type AuthenticRecord,
  type OpenRecord,
  openRecord,
  type PublishedDevice,
  readOpenRecord,
  sealRecord,
  verifyRecord,
} from '../../../src/keying/index.js';
import {
  type DeviceKey,
  deviceKey,
  encodeKey,
  type OwnDevice,
  type PairKeys,
  pairKeys,
  pskText,
  publishedDevice,
} from '../../../src/wireguard/index.js';
import { base64, gcmLine, wireguardRecordOf } from '../../keying/samples.js';

const clusterUID = 'cluster-1';
const lines = [gcmLine(3), gcmLine(4)];

interface Node {
  readonly name: string;
  readonly device: DeviceKey;
}

const node = (name: string, keyID?: number, generation = 1): Node => ({
  name,
  device: deviceKey(generation, 900, keyID),
});
const own = ({ name, device }: Node): OwnDevice => ({
  ...{ clusterUID, nodeName: name, nodeUID: `uid-${name}`, device },
});

/** The node's record as others accept it. */
function recordOf(
  { name, device }: Node,
  change: Partial<PublishedDevice> = {},
  sealedBy: readonly KeyLine[] = lines,
): AuthenticRecord | OpenRecord {
  const wireguard = [{ ...publishedDevice(device), ...change }];
  const record = wireguardRecordOf([], wireguard, { nodeUID: `uid-${name}` });
  const owner = { clusterUID, nodeName: name };
  const verdict =
    sealedBy.length === 0
      ? readOpenRecord(openRecord(record), owner)
      : verifyRecord(sealRecord(record, owner, sealedBy), owner, sealedBy, 2);
  if (verdict.verdict === 'authentic' || verdict.verdict === 'open') return verdict;
  throw new Error(verdict.verdict);
}

const pskOf = (keys: PairKeys): string | undefined =>
  keys.kind === 'keys' && keys.psk ? Buffer.from(keys.psk.key.export()).toString('hex') : undefined;

describe('the keys of a pair', () => {
  const [a, b, c] = [node('a', 3), node('b', 3), node('c', 3)];

  it('hold one PSK, which both nodes derive, and which no other pair has', () => {
    const [ab, ba] = [pairKeys(own(a), recordOf(b), lines), pairKeys(own(b), recordOf(a), lines)];
    expect(ab).toMatchObject({ kind: 'keys', listenPort: 51_871, psk: { keyID: 3 } });
    expect(pskOf(ab)).toMatch(/^[0-9a-f]{64}$/);
    expect(pskOf(ba)).toBe(pskOf(ab));
    const others = [pairKeys(own(a), recordOf(c), lines), pairKeys(own(b), recordOf(c), lines)];
    expect(new Set([ab, ...others].map(pskOf)).size).toBe(3);
    if (ab.kind !== 'keys') throw new Error(ab.reason);
    expect(encodeKey(ab.publicKey)).toBe(encodeKey(b.device.keys.publicKey));
  });

  it('show no PSK', () => {
    const keys = pairKeys(own(a), recordOf(b), lines);
    const psk = pskOf(keys) ?? '';
    const printed = inspect(keys, { depth: null, showHidden: true }) + JSON.stringify(keys);
    expect(printed).not.toContain(psk);
    expect(printed).not.toContain(Buffer.from(psk, 'hex').toString('base64'));
  });

  it('are without a PSK where there is no Secret', () => {
    const keys = pairKeys(own(node('a')), recordOf(node('b'), {}, []), []);
    expect(keys).toMatchObject({ kind: 'keys', listenPort: 51_871 });
    expect(keys).not.toHaveProperty('psk');
  });

  const smallOrder = base64(new Uint8Array(32));
  it.each<[string, PairKeys, string]>([
    ['of another generation', pairKeys(own(a), recordOf(node('b', 3, 2)), lines), 'no-device'],
    ['of another line', pairKeys(own(a), recordOf(node('b', 4)), lines), 'other-key-id'],
    [
      'without a PSK where we have',
      pairKeys(own(a), recordOf(node('b')), lines),
      'peer-without-psk',
    ],
    ['with one where we have not', pairKeys(own(node('a')), recordOf(b), []), 'own-without-psk'],
    ['of a line that we lack', pairKeys(own(a), recordOf(b), [gcmLine(4)]), 'unproven-key-id'],
    ['that is ourselves', pairKeys(own(a), recordOf(a), lines), 'same-node'],
    [
      'with a copy of our public key',
      pairKeys(own(a), recordOf(b, { publicKey: encodeKey(a.device.keys.publicKey) }), lines),
      'same-node',
    ],
    [
      'with a point of small order',
      pairKeys(own(a), recordOf(b, { publicKey: smallOrder }), lines),
      'weak-key',
    ],
  ])('are refused for a peer %s', (_, keys, reason) => {
    expect(keys).toEqual({ kind: 'refused', reason });
  });

  it('are refused where no MAC under that very key id holds, whatever else vouches for the record', () => {
    const sealed = recordOf(b, {}, lines);
    const half = { ...sealed, provenKeyIDs: [4] };
    expect(pairKeys(own(a), half, lines)).toEqual({ kind: 'refused', reason: 'unproven-key-id' });
  });

  it('tell people where the PSKs come from, or that there are none', () => {
    const three = pairKeys(own(a), recordOf(b), lines);
    const bare = pairKeys(own(node('a')), recordOf(node('b'), {}, []), []);
    const refused = pairKeys(own(a), recordOf(a), lines);
    expect(pskText([three, refused, three])).toBe('from the Secret, key id 3');
    expect(pskText([bare, bare])).toBe('none, as there is no Secret');
    expect(pskText([refused])).toBe('none, as there is no peer');
    expect(pskText([three, bare, three])).toBe(
      'none, as there is no Secret (peers: 1); from the Secret, key id 3 (peers: 2)',
    );
  });
});
