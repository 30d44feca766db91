import { describe, expect, it } from 'vitest';
import { sealRecord, verifyRecord } from '../../../src/keying/index.js';
import { type OwnEnd, WantedOrigins, wantedOrigins } from '../../../src/pairs/index.js';
import { gcmLine, recordOf } from '../../keying/samples.js';

const lines = [gcmLine(3), gcmLine(4)];
const owner = { clusterUID: 'cluster', nodeName: 'n2' };
const own: OwnEnd = {
  ...{ nodeName: 'n1', nodeUID: 'uid-n1', nodeNumber: 900, epoch: 5, generation: 1 },
  addresses: ['192.0.2.200', '2001:db8::200'],
  publicKeys: new Map([[3, Buffer.alloc(32, 1).toString('base64')]]),
  ...{ type: 'ipsec', devices: [] },
};

function peer() {
  const verdict = verifyRecord(sealRecord(recordOf([3, 4]), owner, lines), owner, lines);
  if (verdict.verdict !== 'authentic') throw new Error(verdict.verdict);
  return verdict;
}

describe('remembered origins', () => {
  it('are the same objects while neither end changes, and as if made anew', () => {
    const [origins, record] = [new WantedOrigins(), peer()];
    const first = origins.from(own)(record);
    expect(first).toHaveLength(1);
    expect(first).toEqual(wantedOrigins(own, record));
    expect(origins.from({ ...own, publicKeys: new Map(own.publicKeys) })(record)).toBe(first);
  });

  it.each([
    ['epoch', { ...own, epoch: 6 }],
    ['generation', { ...own, generation: 2 }],
    [
      'keys',
      {
        ...own,
        publicKeys: new Map([...own.publicKeys, [4, Buffer.alloc(32, 2).toString('base64')]]),
      },
    ],
    ['key', { ...own, publicKeys: new Map([[3, Buffer.alloc(32, 2).toString('base64')]]) }],
    ['addresses', { ...own, addresses: ['192.0.2.201'] }],
  ] satisfies [string, OwnEnd][])('are others when this node has another %s', (_, other) => {
    const [origins, record] = [new WantedOrigins(), peer()];
    const first = origins.from(own)(record);
    const second = origins.from(other)(record);
    expect(second).not.toEqual(first);
    expect(second).toEqual(wantedOrigins(other, record));
  });

  it('are others for another record', () => {
    const origins = new WantedOrigins().from(own);
    expect(origins(peer())).not.toBe(origins(peer()));
  });
});
