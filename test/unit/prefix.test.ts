import { describe, expect, it } from 'vitest';
import { formatPrefix, hasHostBits, networkOf, parsePrefix } from '../../src/net/index.js';

function formatted(text: string): string | undefined {
  const prefix = parsePrefix(text);
  return prefix && formatPrefix(prefix);
}

describe('a CIDR', () => {
  it.each([
    ['10.244.0.0/16', '10.244.0.0/16'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255/32', '255.255.255.255/32'],
    ['fd00:10:244::/48', 'fd00:10:244::/48'],
    ['FD00:0010:0244:0::/48', 'fd00:10:244::/48'],
    ['::/0', '::/0'],
    ['::1/128', '::1/128'],
    ['1:2:3:4:5:6:7:8/128', '1:2:3:4:5:6:7:8/128'],
    ['1:0:0:2:0:0:0:3/128', '1:0:0:2::3/128'],
    ['::ffff:10.0.0.1/128', '::ffff:a00:1/128'],
    ['::10.0.0.1/128', '::a00:1/128'],
    ['64:ff9b::192.0.2.1/96', '64:ff9b::c000:201/96'],
  ])('is read: %s', (text, expected) => {
    expect(formatted(text)).toBe(expected);
  });

  it('is an address in network byte order and a length', () => {
    expect(parsePrefix('10.244.1.7/16')).toEqual({
      family: 4,
      address: Uint8Array.of(10, 244, 1, 7),
      length: 16,
    });
    expect(parsePrefix('fd00::102/64')).toEqual({
      family: 6,
      address: Uint8Array.of(0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2),
      length: 64,
    });
  });

  it.each([
    ...['', '/', '/16', '10.244.0.0', '10.244.0.0/', '10.244.0.0/33', '10.244.0.0/-1'],
    ...['10.244.0.0/16/8', '10.244.0.0/016', '10.244.0.0/+16', '10.244.0.0/ 16', ' 10.0.0.0/8'],
    ...['10.0.0.0/8 ', '10.0.0.0/8\n', '10.244/16', '10/8', '0/0', '10.244.0.0.0/16', '.10.0.0/8'],
    ...['010.0.0.0/8', '10.0.0.08/8', '0x0a.0.0.0/8', '10.0.0.256/8', '10.0.0.-1/8', '1e1.0.0.0/8'],
    ...[
      'fd00::/129',
      'fd00::/',
      'fd00:/64',
      ':fd00::/64',
      'fd00:::/64',
      '1::2::3/64',
      'fd00::g/64',
    ],
    ...['12345::/64', '1:2:3:4:5:6:7/64', '1:2:3:4:5:6:7:8:9/64', '[fd00::]/64', 'fe80::1%eth0/64'],
    ...['fe80::%1/64', '::ffff:010.0.0.1/128', '::ffff:0x0a.0.0.1/128', '::ffff:10.0.1/128'],
    ...['::ffff:10.0.0.256/128', '10.0.0.1::/64', '1:2:3:4:5:6:7:10.0.0.1/64', '10.0.0.0／8'],
    'localhost/8',
  ])('is refused: %j', (text) => {
    expect(parsePrefix(text)).toBeUndefined();
  });

  it.each([
    ['10.244.1.7/16', true, '10.244.0.0/16'],
    ['10.244.0.0/16', false, '10.244.0.0/16'],
    ['10.244.128.0/17', false, '10.244.128.0/17'],
    ['10.244.64.0/17', true, '10.244.0.0/17'],
    ['1.2.3.4/0', true, '0.0.0.0/0'],
    ['1.2.3.4/32', false, '1.2.3.4/32'],
    ['1.2.3.5/31', true, '1.2.3.4/31'],
    ['fd00::1/64', true, 'fd00::/64'],
    ['fd00:0:0:1::/63', true, 'fd00::/63'],
    ['fd00::1/128', false, 'fd00::1/128'],
  ])('has host bits or not, and a network: %s', (text, hasBits, network) => {
    const prefix = parsePrefix(text);
    expect(prefix && hasHostBits(prefix)).toBe(hasBits);
    expect(prefix && formatPrefix(networkOf(prefix))).toBe(network);
  });
});
