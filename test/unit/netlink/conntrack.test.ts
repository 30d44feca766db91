import { describe, expect, it } from 'vitest';
import { isMasqueraded } from '../../../src/engine/ipsec/index.js';
import { parseAddress, parsePrefix } from '../../../src/net/index.js';
import {
  deleteConnection,
  dumpConnections,
  NetlinkParseError,
} from '../../../src/netlink/index.js';

/**
 * IPCTNL_MSG_CT_NEW of a ping of pod 10.244.1.2 to node 192.168.50.2, masqueraded as 192.168.50.1, laid
 * out after linux/netfilter/nfnetlink_conntrack.h: nested attributes bear 0x8000, integers are in network
 * order.
 */
const MASQUERADED = hex(`
  02 00 00 00
  34 00 01 80
    14 00 01 80  08 00 01 00 0a f4 01 02  08 00 02 00 c0 a8 32 02
    1c 00 02 80  05 00 01 00 01 00 00 00  06 00 04 00 12 34 00 00
                 05 00 05 00 08 00 00 00
  18 00 02 80
    14 00 01 80  08 00 01 00 c0 a8 32 02  08 00 02 00 c0 a8 32 01
  08 00 03 00  00 00 00 1a
  08 00 0c 00  de ad be ef
  06 00 12 00  00 07 00 00`);

function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));
}

/** `body` as the kernel sends it in a dump. */
function parsed(body: Uint8Array, family: 4 | 6 = 4) {
  const { parse } = dumpConnections(family);
  return parse({ type: 0x100, flags: 0, sequence: 1, portId: 1, body });
}

function connection() {
  const found = parsed(MASQUERADED);
  if (found === undefined) throw new Error('not read');
  return found;
}

const prefixes = ['10.244.1.0/24'].flatMap((text) => parsePrefix(text) ?? []);
const remotes = ['192.168.50.2'].flatMap((text) => parseAddress(text) ?? []);

describe('a tracked connection', () => {
  it('is asked for by family', () => {
    const { type, flags, body } = dumpConnections(6);
    expect({ type, flags, body: [...body] }).toEqual({
      type: 0x101,
      flags: 0x301,
      body: [10, 0, 0, 0],
    });
  });

  it('has the addresses of both directions, and what was translated', () => {
    expect(connection()).toMatchObject({
      family: 4,
      source: Uint8Array.of(10, 244, 1, 2),
      destination: Uint8Array.of(192, 168, 50, 2),
      replySource: Uint8Array.of(192, 168, 50, 2),
      replyDestination: Uint8Array.of(192, 168, 50, 1),
      status: 0x1a,
    });
  });

  it('is deleted by its first packet, its zone and its number, as the kernel wrote them', () => {
    const { type, flags, body } = deleteConnection(connection());
    expect({ type, flags }).toEqual({ type: 0x102, flags: 0x1 });
    const reply = 0x38;
    const withoutReplyAndStatus = [
      ...MASQUERADED.subarray(0, reply),
      ...MASQUERADED.subarray(reply + 0x18 + 8),
    ];
    expect([...body]).toEqual(withoutReplyAndStatus);
  });

  it('of another family is none', () => {
    expect(parsed(hex('07 00 00 00'))).toBeUndefined();
  });

  it.each([
    ['nothing', ''],
    ['a header alone', '02 00 00 00'],
    ['an address of 16 bytes for IPv4', '0a000000 18000180 14000180 08000100 0af40102'],
    ['a length beyond the end', '02 00 00 00 ff 00 01 80'],
  ])('is refused when it has %s', (_, text) => {
    expect(() => parsed(hex(text))).toThrow(NetlinkParseError);
  });

  it('is refused when it is cut anywhere', () => {
    for (let length = 0; length < MASQUERADED.length; length += 1) {
      const cut = MASQUERADED.subarray(0, length);
      // What is behind the two tuples may be missing; never a read past the end.
      try {
        parsed(cut);
      } catch (error) {
        expect(error).toBeInstanceOf(NetlinkParseError);
      }
    }
  });
});

describe('a masqueraded connection', () => {
  it('is one of our pod with an encrypted node that got another source', () => {
    expect(isMasqueraded(connection(), prefixes, remotes)).toBe(true);
  });

  it('is none of another node’s pod, or with a node that is not encrypted to', () => {
    const others = ['10.244.2.0/24', 'fd00::/64'].flatMap((text) => parsePrefix(text) ?? []);
    expect(isMasqueraded(connection(), others, remotes)).toBe(false);
    expect(isMasqueraded(connection(), prefixes, [Uint8Array.of(192, 168, 50, 3)])).toBe(false);
  });

  it('is none when its source was left alone', () => {
    const { source } = connection();
    expect(isMasqueraded({ ...connection(), status: 0xa }, prefixes, remotes)).toBe(false);
    const same = { ...connection(), replyDestination: source };
    expect(isMasqueraded(same, prefixes, remotes)).toBe(false);
  });
});
