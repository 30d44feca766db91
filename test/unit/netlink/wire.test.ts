import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NetlinkError, NetlinkParseError } from '../../../src/netlink/index.js';
import { eachAttribute, parseAttributes } from '../../../src/netlink/wire/attributes.js';
import { FLAG, type NetlinkMessage, parseMessages } from '../../../src/netlink/wire/message.js';
import { Reader } from '../../../src/netlink/wire/reader.js';
import { parseDone, parseErrorReply } from '../../../src/netlink/wire/reply.js';
import { Writer } from '../../../src/netlink/wire/writer.js';
import { readAlgorithm, readAuthenticating } from '../../../src/netlink/xfrm/algorithms.js';
import { readReplay } from '../../../src/netlink/xfrm/replay.js';
import { exchanges, messageOf } from './captured.js';

const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;

describe('what the kernel answers to a change', () => {
  const replyTo = (start: string, word: string, place = 0): NetlinkMessage => {
    const found = exchanges('xfrm', start, word)[place];
    if (found === undefined) throw new Error(`not captured: ${start}`);
    return messageOf(found.received, NLMSG_ERROR);
  };

  it('is an acknowledgement when it was done', () => {
    expect(parseErrorReply(replyTo('ip xfrm state add', 'spi 0x31234567'))).toBeUndefined();
  });

  it('is the errno when it was refused, and no words when there are none', () => {
    const again = replyTo('ip xfrm state add', 'spi 0x31234567', 1);
    expect(parseErrorReply(again)).toEqual({ errno: 17, text: '' });
    expect(parseErrorReply(replyTo('ip xfrm policy delete', '10.9.0.0'))).toMatchObject({
      errno: 2,
    });
  });

  it('is found behind the request, which the kernel repeats unless told not to', () => {
    const reply = replyTo('ip xfrm state add', 'nonesuch');
    expect(reply.flags & FLAG.capped).toBe(0);
    expect(parseErrorReply(reply)).toEqual({
      errno: 38,
      text: 'Requested AEAD algorithm not found',
    });
  });

  it('is found behind the header alone, when the request is left out', () => {
    const reply = replyTo('ip xfrm state add', 'nonesuch');
    const request = new DataView(reply.body.buffer, reply.body.byteOffset).getUint32(4, true);
    const body = Buffer.concat([reply.body.subarray(0, 20), reply.body.subarray(4 + request)]);
    const capped = { ...reply, flags: reply.flags | FLAG.capped, body };
    expect(parseErrorReply(capped)?.text).toBe('Requested AEAD algorithm not found');
  });

  it('has no words where it claims to repeat more than there is', () => {
    const body = new Uint8Array(24);
    new DataView(body.buffer).setInt32(0, -22, true);
    const reply = { ...message(NLMSG_ERROR, body), flags: FLAG.ackAttributes };
    for (const length of [0xffff_ffff, 0x8000_0000, 0x7fff_ffff, 20]) {
      new DataView(body.buffer).setUint32(4, length, true);
      expect(parseErrorReply(reply)).toEqual({ errno: 22, text: '' });
    }
    // Nothing repeated: the four zeros at the end are an attribute, and none of its length.
    new DataView(body.buffer).setUint32(4, 16, true);
    expect(() => parseErrorReply(reply)).toThrow(NetlinkParseError);
  });
});

describe('the end of a dump', () => {
  it('is good when it says nothing or no error', () => {
    expect(parseDone(message(NLMSG_DONE, new Uint8Array(0)))).toBeUndefined();
    expect(parseDone(message(NLMSG_DONE, new Uint8Array(4)))).toBeUndefined();
  });

  it('may be an error, with words', () => {
    const writer = new Writer();
    writer.u32(writer.structure(4), -95 >>> 0);
    writer.attributeBytes(1, Buffer.from('not here\0'));
    const done = { ...message(NLMSG_DONE, writer.finish()), flags: FLAG.ackAttributes };
    expect(parseDone(done)).toEqual({ errno: 95, text: 'not here' });
  });
});

describe('an error', () => {
  it('has the name of its number, its place, and the kernel’s words', () => {
    const error = new NetlinkError({ errno: 17, text: 'there already' }, 3);
    expect(error).toMatchObject({ code: 'EEXIST', errno: 17, index: 3, text: 'there already' });
    expect(error.message).toBe('EEXIST: there already');
    expect(new NetlinkError({ errno: 2, text: '' }).message).toBe('ENOENT');
    expect(new NetlinkError({ errno: 4242, text: '' }).code).toBe('E4242');
  });
});

describe('framing', () => {
  it('ends at attributes without a length, too short, or too long', () => {
    for (const [bytes, reason] of [
      ['0000 0100', 'attribute 1 claims 0 bytes: 4 are left'],
      ['0300 0100', 'attribute 1 claims 3 bytes: 4 are left'],
      ['0900 0100 00000000', 'attribute 1 claims 9 bytes: 8 are left'],
      ['0400 0100 0500', "an attribute's header is cut after 2 bytes"],
    ] as const) {
      expect(() => parseAttributes(hex(bytes))).toThrow(new NetlinkParseError(reason));
    }
  });

  it('takes an attribute’s type without its flags, and no padding behind the last', () => {
    expect(parseAttributes(hex('0400 0180 0500 0240 ff'))).toEqual([
      { type: 1, payload: hex('') },
      { type: 2, payload: hex('ff') },
    ]);
  });

  it('is walked as it is split, whatever the bytes', () => {
    // Short lengths and small types are the ones that lead on.
    const header = fc.tuple(fc.nat({ max: 12 }), fc.nat({ max: 3 }));
    const attribute = fc
      .tuple(header, fc.uint8Array({ maxLength: 8 }))
      .map(([[length, type], payload]) => [length, 0, type, 0, ...payload]);
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.array(attribute).map((all) => Uint8Array.from(all.flat())),
    );
    const outcome = <T>(what: () => T): T | string => {
      try {
        return what();
      } catch (error) {
        if (error instanceof NetlinkParseError) return error.message;
        throw error;
      }
    };
    fc.assert(
      fc.property(bytes, (all) => {
        const walked = outcome(() => {
          const found: ReturnType<typeof parseAttributes> = [];
          const reader = new Reader(all, all.length, 'all');
          eachAttribute(reader, 0, all.length, (type, at, end) => {
            found.push({ type, payload: all.subarray(at, end) });
          });
          return found;
        });
        expect(walked).toEqual(outcome(() => parseAttributes(all)));
      }),
    );
  });

  it('ends at messages without a length, too short, or too long', () => {
    const rest = '0000 0000 00000000 00000000';
    for (const [bytes, reason] of [
      [`00000000 ${rest}`, 'a message claims 0 bytes: 16 are left'],
      [`0f000000 ${rest}`, 'a message claims 15 bytes: 16 are left'],
      [`11000000 ${rest}`, 'a message claims 17 bytes: 16 are left'],
      [`ffffffff ${rest}`, 'a message claims 4294967295 bytes: 16 are left'],
      ['10000000 00', "a message's header is cut after 5 bytes"],
    ] as const) {
      expect(() => parseMessages(hex(bytes))).toThrow(new NetlinkParseError(reason));
    }
  });

  it('ends where a key or a bitmap claims to be longer than its attribute', () => {
    const key = new Uint8Array(72);
    new DataView(key.buffer).setUint32(64, 0xffff_ffff, true);
    expect(() => readAuthenticating(key)).toThrow(NetlinkParseError);
    expect(() => readAlgorithm(key.subarray(0, 67))).toThrow(NetlinkParseError);
    const replay = new Uint8Array(28);
    new DataView(replay.buffer).setUint32(0, 0xffff_ffff, true);
    expect(() => readReplay(replay)).toThrow(NetlinkParseError);
  });

  it('grows with what is written', () => {
    const writer = new Writer();
    writer.nested(3, () => writer.attributeBytes(1, new Uint8Array(5000).fill(7)));
    writer.attributeU32(2, 0xffff_ffff);
    const [outer, last] = parseAttributes(writer.finish());
    expect(outer?.type).toBe(3);
    expect(parseAttributes(outer?.payload ?? hex(''))).toEqual([
      { type: 1, payload: new Uint8Array(5000).fill(7) },
    ]);
    expect(last).toEqual({ type: 2, payload: hex('ffffffff') });
  });
});

function message(type: number, body: Uint8Array): NetlinkMessage {
  return { type, flags: 0, sequence: 1, portId: 0, body };
}

function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
}
