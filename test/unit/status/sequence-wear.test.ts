import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SA_FLAG } from '../../../src/netlink/index.js';
import { maxSequence, ROTATE_FROM, sequenceWear } from '../../../src/status/index.js';

const sa = (sent: bigint, received = 0n, flags: number = SA_FLAG.esn, spi = 0x3000_0001) => ({
  ...{ flags, spi },
  replay: { window: 1024, sent, received, bitmap: [] },
});

describe('how far SAs are worn', () => {
  it('is nothing before the first packet', () => {
    expect(
      sequenceWear([sa(0n), { flags: 0, spi: 1 }].filter((one) => 'replay' in one)),
    ).toBeNull();
    expect(sequenceWear([])).toBeNull();
  });

  it('is 1 where the key should go, by what was sent or received', () => {
    expect(sequenceWear([sa(ROTATE_FROM.esn)])).toEqual({ share: 1, keyID: 3, esn: true });
    expect(sequenceWear([sa(0n, ROTATE_FROM.esn)])?.share).toBe(1);
    expect(sequenceWear([sa(ROTATE_FROM.without, 0n, 0)])).toMatchObject({ share: 1, esn: false });
  });

  it('is that of the SA that is worn most, with 32 or 64 bits', () => {
    const some = [sa(2n ** 39n), sa(2n ** 27n, 0n, 0, 0xf000_0001), sa(5n)];
    expect(sequenceWear(some)).toEqual({ share: 0.5, keyID: 3, esn: true });
    expect(sequenceWear(some.slice(1))).toEqual({ share: 0.25, keyID: 15, esn: false });
  });
});

describe('the highest sequence number', () => {
  it('is told to the last of its 64 bits', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 2n ** 64n - 1n), (number) => {
        const { current, limit } = maxSequence([sa(number)]) ?? {};
        expect(BigInt(current ?? 0)).toBe(number);
        expect(limit).toBe('0xffffffffffffffff');
      }),
    );
  });
});
