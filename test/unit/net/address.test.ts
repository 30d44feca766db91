import { describe, expect, it } from 'vitest';
import { isRoutable, parseAddress } from '../../../src/net/index.js';
import { hex } from '../../keying/compute.js';

describe('an address', () => {
  it.each([
    ['192.0.2.1', 'c0000201'],
    ['2001:db8::1', '20010db8000000000000000000000001'],
    ['2001:db8:0:1:1:1:1:1', '20010db8000000010001000100010001'],
    ['2001:0:0:1::1', '20010000000000010000000000000001'],
    ['::', '00000000000000000000000000000000'],
  ])('is its bytes in network order: %s', (text, bytes) => {
    expect(hex(parseAddress(text) ?? new Uint8Array())).toBe(bytes);
  });

  it.each([
    '192.0.2',
    '192.0.2.01',
    '192.0.2.256',
    '0300.0.2.1',
    '3221225985',
    '2001:DB8::1',
    '2001:0db8::1',
    '2001:db8:0:0:0:0:0:1',
    '2001:db8::1:1:1:1:1:1',
    '2001:0:0:1::1:1',
    'fe80::1%1',
    '192.0.2.1 ',
    'node-a',
    '',
  ])('has one spelling, which is not %j', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it.each([
    ['10.0.0.1', true],
    ['100.64.0.1', true],
    ['2001:db8::1', true],
    ['fd00::1', true],
    ['169.254.1.1', false],
    ['fe80::1', false],
    ['127.0.0.1', false],
    ['::1', false],
    ['0.0.0.0', false],
    ['224.0.0.5', false],
    ['ff02::1', false],
    ['255.255.255.255', false],
  ])('%s can be a tunnel’s end: %s', (text, routable) => {
    const bytes = parseAddress(text);
    if (bytes === undefined) throw new Error('not an address');
    expect(isRoutable(bytes)).toBe(routable);
  });
});
