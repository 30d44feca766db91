import { describe, expect, it } from 'vitest';
import type { AuthenticRecord, PublishedDevice } from '../../../src/keying/index.js';
import { type OwnEnd, originID, WantedOrigins, wantedOrigins } from '../../../src/pairs/index.js';
import { deviceOf } from '../../keying/samples.js';
import { ownEnd, record } from './samples.js';

const KEYS = { keyIDs: [3, 4] };
const device = (generation: number, keyID?: number, publicKey = `key ${generation}`) =>
  deviceOf({ generation, publicKey, ...(keyID === undefined ? {} : { keyID }) });

function own(...devices: PublishedDevice[]): OwnEnd {
  return { ...ownEnd({ name: 'a', number: 1, ...KEYS }), type: 'wireguard', devices };
}

function peer(type: 'ipsec' | 'wireguard', ...wireguard: PublishedDevice[]): AuthenticRecord {
  const found = record({ name: 'b', number: 2, ...KEYS });
  return { ...found, record: { ...found.record, type, wireguard } };
}

const found = (one: OwnEnd, other: AuthenticRecord) =>
  wantedOrigins(one, other).map(({ keyID, devices }) => [keyID, devices?.generation]);

describe('tunnels of WireGuard that are wanted', () => {
  it('are one for each generation that both have of one line, in the order of ours', () => {
    const both = [device(1, 3), device(2, 4)];
    expect(found(own(...both), peer('wireguard', ...both))).toEqual([
      [3, 1],
      [4, 2],
    ]);
    expect(found(own(...both), peer('wireguard', device(2, 4)))).toEqual([[4, 2]]);
  });

  it.each([
    ['of another line', [device(1, 4)]],
    ['without a PSK', [device(1)]],
    ['of another generation', [device(2, 3)]],
    ['none', []],
  ])('are none where the peer’s device is %s: IPsec is not gone back to', (_, theirs) => {
    expect(found(own(device(1, 3)), peer('wireguard', ...theirs))).toEqual([]);
  });

  it('are without a PSK where neither has one, under no key id', () => {
    expect(found(own(device(1)), peer('wireguard', device(1)))).toEqual([[0, 1]]);
  });

  it('are of IPsec until both are to use WireGuard', () => {
    const ipsec = [
      [3, undefined],
      [4, undefined],
    ];
    expect(found(own(device(1, 3)), peer('ipsec', device(1, 3)))).toEqual(ipsec);
    const ours: OwnEnd = { ...own(device(1, 3)), type: 'ipsec' };
    expect(found(ours, peer('wireguard', device(1, 3)))).toEqual(ipsec);
  });

  it('are others for another key, port or epoch of either device, and for IPsec', () => {
    const id = (one: PublishedDevice, other: PublishedDevice): string[] =>
      wantedOrigins(own(one), peer('wireguard', other)).map(originID);
    const usual = device(1, 3);
    const changed = [
      { ...usual, publicKey: 'other' },
      { ...usual, listenPort: 51_872 },
      { ...usual, epoch: 901 },
    ];
    const ids = [
      ...id(usual, usual),
      ...changed.flatMap((one) => [...id(one, usual), ...id(usual, one)]),
      ...wantedOrigins(own(usual), peer('ipsec')).map(originID),
    ];
    expect(new Set(ids).size).toBe(9);
  });

  it('are made anew when a device of ours changes', () => {
    const [origins, other] = [new WantedOrigins(), peer('wireguard', device(1, 3))];
    const first = origins.from(own(device(1, 3)))(other);
    expect(origins.from(own(device(1, 3)))(other)).toBe(first);
    expect(origins.from(own(device(1, 3, 'new')))(other)).not.toEqual(first);
  });
});
