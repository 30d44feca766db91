import { describe, expect, it } from 'vitest';
import {
  type FoundDevice,
  Silence,
  type WireguardDeviceWish,
} from '../../../../src/engine/wireguard/index.js';

const KEY = new Uint8Array(32).fill(7);
const MINUTE = 60_000;
/** Of the kernel's clock, in milliseconds since 1970. */
const NOON = 1_790_000_000_000;

function device(peer: { handshake?: number; sent?: number }, index = 10): FoundDevice {
  const { handshake = 0, sent = 148 } = peer;
  const counts = { lastHandshake: BigInt(handshake) * 1_000_000n, sentBytes: BigInt(sent) };
  return {
    link: { index, name: 'podcloak_wg0' },
    device: { peers: [{ publicKey: KEY, ...counts }] },
  } as unknown as FoundDevice;
}

const wish = (isInUse = true): WireguardDeviceWish[] => [
  { name: 'podcloak_wg0', peers: [{ publicKey: KEY, isInUse }] } as unknown as WireguardDeviceWish,
];

/** What is found, looking at these in turn, half a minute apart. */
function found(looks: readonly FoundDevice[], isInUse = true): string[][] {
  const silence = new Silence();
  return looks.map((one, turn) => [
    ...silence.look([one], wish(isInUse), NOON, turn * (MINUTE / 2)),
  ]);
}

describe('a device that peers may not hear', () => {
  it('is one that was greeted by nobody for a while, though data goes to a peer', () => {
    expect(found([device({}), device({})])).toEqual([[], ['podcloak_wg0']]);
  });

  it.each([
    ['was answered in time', [device({}), device({ handshake: NOON - 1000 })], true],
    ['has not greeted anybody', [device({ sent: 0 }), device({ sent: 0 })], true],
    ['has no peer that data goes to', [device({}), device({})], false],
    ['was made anew since', [device({}), device({}, 11)], true],
    ['was answered long ago', Array(9).fill(device({ handshake: NOON - 9 * MINUTE })), true],
    ['is behind by less than a session has left', [device({ handshake: NOON + 59_000 })], true],
  ] as const)('is none that %s', (_, looks, isInUse) => {
    expect(found(looks, isInUse).flat()).toEqual([]);
  });

  it('is one whose last handshake is to come, by the clock of now', () => {
    expect(found([device({ handshake: NOON + 2 * MINUTE })])).toEqual([['podcloak_wg0']]);
  });

  it('is not found by the clock again and again, each time that it has a new key', () => {
    const ahead = (index: number) => device({ handshake: NOON + 60 * MINUTE }, index);
    const looks = Array.from({ length: 25 }, (_, turn) => ahead(turn < 3 ? 10 : 11));
    const turns = found(looks).map(({ length }) => length);
    expect(turns.slice(0, 4)).toEqual([1, 1, 1, 0]);
    expect(turns.slice(3, 20)).toEqual(Array(17).fill(0));
    expect(turns.at(-1)).toBe(1);
  });
});
