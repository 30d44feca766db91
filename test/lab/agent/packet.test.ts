import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wireguard } from './wire/index.js';
import { decode, markerOf, markOf } from './wire/packet.js';
import { PcapReader } from './wire/pcap.js';

const frame = (bytes: Buffer) => decode({ time: 0, length: bytes.length, bytes });
const ethernet = (type: number, ...rest: Buffer[]) => {
  const header = Buffer.alloc(14);
  header.writeUInt16BE(type, 12);
  return Buffer.concat([header, ...rest]);
};
const ipv4 = (protocol: number, payload: Buffer, fragmentOffset = 0) => {
  const header = Buffer.from('4500000000000000400000000a0101020a020102', 'hex');
  header[9] = protocol;
  header.writeUInt16BE(fragmentOffset, 6);
  return ethernet(0x0800, header, payload);
};
const ipv6 = (next: number, payload: Buffer) => {
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header[6] = next;
  return ethernet(0x86dd, header, payload);
};
const udp = (text: string, port = 20_001) => {
  const header = Buffer.from('9c40000000000000', 'hex');
  header.writeUInt16BE(port, 2);
  return Buffer.concat([header, Buffer.from(text)]);
};
const ESP = Buffer.from('0000100100000007aabbccddeeff00112233', 'hex');

describe('a packet of the wire', () => {
  it('is readable when a marker is in it, wherever', () => {
    const plain = udp(markerOf(7, 12));
    const overlay = udp(`\x08\0\0\0\0\0\x01\0${ipv4(17, plain).toString('latin1')}`, 8472);
    const quoted = Buffer.concat([Buffer.from('0301000000000000', 'hex'), ipv4(17, plain)]);
    const nullEsp = Buffer.concat([ESP, plain]);
    const frames = [ipv4(17, plain), ipv4(17, overlay), ipv4(1, quoted), ipv4(50, nullEsp)];
    for (const bytes of [...frames, ipv6(17, plain), ethernet(0x88f7, plain)]) {
      expect(frame(bytes)).toMatchObject({ kind: 'plain', marked: [{ flow: 7, sequence: 12 }] });
    }
  });

  it('has the number of an echo where its marker has none, once however often it is repeated', () => {
    const echo = Buffer.concat([
      Buffer.from('0800000012340029', 'hex'),
      Buffer.from(markerOf(3).repeat(3)),
    ]);
    expect(frame(ipv4(1, echo)).marked).toEqual([{ flow: 3, sequence: 0x29 }]);
  });

  it('is ESP also as a fragment and behind extension headers', () => {
    const first = Buffer.from('3200000100000001', 'hex');
    const later = Buffer.from('3200005900000001', 'hex');
    expect(frame(ipv4(50, ESP))).toMatchObject({ kind: 'esp', esp: { spi: 0x1001, sequence: 7 } });
    expect(frame(ipv4(50, ESP, 0x00b9))).toMatchObject({ kind: 'esp' });
    expect(frame(ipv4(50, ESP, 0x00b9)).esp).toBeUndefined();
    expect(frame(ipv6(44, Buffer.concat([first, ESP])))).toMatchObject({ esp: { spi: 0x1001 } });
    expect(frame(ipv6(44, Buffer.concat([later, ESP]))).kind).toBe('esp');
    expect(frame(ipv6(44, Buffer.concat([later, ESP]))).esp).toBeUndefined();
  });

  it('is a neighbour’s when it is ARP, or ICMPv6 that finds neighbours, routers and listeners', () => {
    const icmp = (type: number) => Buffer.from([type, 0, 0, 0, 0, 0, 0, 0]);
    const listener = Buffer.concat([Buffer.from('3a00050200000100', 'hex'), icmp(143)]);
    expect(frame(ethernet(0x0806, Buffer.alloc(28))).kind).toBe('neighbour');
    expect(frame(ipv6(58, icmp(135))).kind).toBe('neighbour');
    expect(frame(ipv6(0, listener)).kind).toBe('neighbour');
    expect(frame(ipv6(58, icmp(128))).kind).toBe('other');
  });

  it('is WireGuard’s when both ports are of one generation and nobody can read it', () => {
    const between = (source: number, destination: number, text: string) => {
      const bytes = udp(text, destination);
      bytes.writeUInt16BE(source, 0);
      return frame(ipv4(17, bytes));
    };
    const data = '\x04\0\0\0';
    const odd = between(51_871, 51_871, data);
    const even = between(51_872, 51_872, data);
    const others = [
      between(51_871, 51_872, data),
      between(20_001, 51_871, data),
      between(51_871, 51_871, markerOf(1, 1)),
      frame(ipv4(50, ESP)),
    ];
    expect(wireguard([odd, ...others, even])).toEqual([odd, even]);
    expect(wireguard([odd], '10.1.1.2', '10.2.1.2')).toEqual([odd]);
    expect(wireguard([odd], '10.2.1.2', '10.1.1.2')).toEqual([]);
  });

  it('is a moment only when no flow can be read in it', () => {
    expect(frame(ipv4(17, udp(markOf('1-2'), 9)))).toMatchObject({ kind: 'mark', mark: '1-2' });
    expect(frame(ipv4(17, udp(markOf('1-2') + markerOf(1, 1)))).kind).toBe('plain');
  });

  it('is decoded without an error whatever it is, and wherever it is cut', () => {
    const any = fc.oneof(
      fc.uint8Array({ maxLength: 90 }),
      fc
        .tuple(fc.constantFrom(0x0800, 0x0806, 0x86dd), fc.uint8Array({ maxLength: 90 }))
        .map(([type, rest]) => ethernet(type, Buffer.from(rest))),
    );
    fc.assert(
      fc.property(any, (bytes) => {
        expect(frame(Buffer.from(bytes)).summary).not.toBe('');
      }),
    );
  });
});

describe('a recording', () => {
  it('gives the same frames in whatever pieces it is read', () => {
    const frames = [ipv4(50, ESP), ipv4(17, udp('x')), ethernet(0x0806, Buffer.alloc(28))];
    const header = Buffer.from('d4c3b2a10200040000000000000000000002000001000000', 'hex');
    const records = frames.map((bytes, index) => {
      const record = Buffer.alloc(16);
      [index, 5, bytes.length, bytes.length + 100].map((value, at) =>
        record.writeUInt32LE(value, at * 4),
      );
      return Buffer.concat([record, bytes]);
    });
    const file = Buffer.concat([header, ...records]);
    fc.assert(
      fc.property(fc.array(fc.nat(file.length)), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), file.length];
        const reader = new PcapReader();
        const read = places.flatMap((from, at) =>
          reader.read(file.subarray(from, places[at + 1] ?? from)),
        );
        expect(read.map(({ time }) => time)).toEqual([5, 1_000_005, 2_000_005]);
        expect(read.map(({ length, bytes }) => length - bytes.length)).toEqual([100, 100, 100]);
        expect(read.map(({ bytes }) => bytes.toString('hex'))).toEqual(
          frames.map((one) => one.toString('hex')),
        );
      }),
    );
    expect(() => new PcapReader().read(Buffer.alloc(24))).toThrow('not a capture of Ethernet');
  });
});
