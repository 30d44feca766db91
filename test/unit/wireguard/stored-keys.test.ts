import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DeviceKey,
  deviceKey,
  exportWireguardKey,
  formatStoredKeys,
  importWireguardKey,
  parseStoredKeys,
} from '../../../src/wireguard/index.js';

const devices = fc.uniqueArray(
  fc
    .record({
      generation: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
      epoch: fc.maxSafeNat(),
      keyID: fc.option(fc.integer({ min: 1, max: 15 }), { nil: undefined }),
      secret: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    })
    .map(
      ({ generation, epoch, keyID, secret }): DeviceKey =>
        deviceKey(generation, epoch, keyID, () => importWireguardKey(secret)),
    ),
  { maxLength: 2, selector: ({ generation }) => generation },
);
const owners = fc.record({ clusterUID: fc.string(), nodeUID: fc.string({ unit: 'grapheme' }) });

const format = 'podcloak wireguard keys 1';
/** A file with the right checksum, whatever is in it. */
const summed = (body: Uint8Array): Buffer => {
  const sum = createHash('sha256').update(body).digest('hex');
  return Buffer.concat([Buffer.from(`${format}\n${sum}\n`), body]);
};

describe('stored keys', () => {
  it('are read as they were written, private keys too', () => {
    fc.assert(
      fc.property(owners, devices, (owner, some) => {
        const stored = { ...owner, devices: some };
        const read = parseStoredKeys(formatStoredKeys(stored));
        expect(read).toEqual(stored);
        for (const [index, { keys }] of some.entries()) {
          const { privateKey } = read?.devices[index]?.keys ?? {};
          expect(privateKey?.equals(keys.privateKey)).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are no more than two, as a node has no more devices', () => {
    const three = [1, 2, 3].map((generation) => deviceKey(generation, 1, undefined));
    const owner = { clusterUID: 'c', nodeUID: 'n' };
    expect(() => formatStoredKeys({ ...owner, devices: three })).toThrow(RangeError);
  });

  it('hold a private key as bytes only, in no line that is read as text', () => {
    const device = deviceKey(1, 1, 3);
    const bytes = formatStoredKeys({ clusterUID: 'c', nodeUID: 'n', devices: [device] });
    const secret = Buffer.from(exportWireguardKey(device.keys));
    const lines = Buffer.from(bytes.subarray(0, -32)).toString('latin1');
    expect(lines.split('\n')).toHaveLength(4);
    for (const spelling of ['hex', 'base64', 'latin1'] as const) {
      expect(lines).not.toContain(secret.toString(spelling));
    }
    expect(Buffer.from(bytes.subarray(-32)).equals(secret)).toBe(true);
  });

  it('are refused when the private key is not that of the public one that peers were told', () => {
    const [one, other] = [deviceKey(1, 1, 3), deviceKey(1, 1, 3)];
    const bytes = formatStoredKeys({ clusterUID: 'c', nodeUID: 'n', devices: [one] });
    const body = Buffer.from(bytes.subarray(format.length + 66));
    exportWireguardKey(other.keys).forEach((byte, at) => {
      body[body.length - 32 + at] = byte;
    });
    expect(parseStoredKeys(summed(body))).toBeUndefined();
  });

  it('are never read from other bytes, also with the right checksum, and nothing is thrown', () => {
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc.json().map((text) => Buffer.from(`${text}\n`)),
      fc.json().map((text) => Buffer.from(`{"devices":[${text}]}\n`)),
    );
    fc.assert(
      fc.property(bodies, (body) => {
        expect(parseStoredKeys(body)).toBeUndefined();
        expect(parseStoredKeys(summed(body))).toBeUndefined();
      }),
    );
  });
});
