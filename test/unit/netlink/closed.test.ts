import { describe, expect, it } from 'vitest';
import { formatPrefix } from '../../../src/net/index.js';
import { NetlinkParseError } from '../../../src/netlink/index.js';
import { CLOSED } from '../../../src/netlink/nftables/desired.js';
import {
  deleteIntervals,
  dumpElements,
  newIntervals,
  parseElements,
} from '../../../src/netlink/nftables/element.js';
import {
  diffClosed,
  elementsOf,
  type Interval,
  intervalsOf,
  intervalsOfPrefixes,
  prefixOf,
} from '../../../src/netlink/nftables/interval.js';
import { parseAttributes } from '../../../src/netlink/wire/attributes.js';
import type { NetlinkMessage, NetlinkRequest } from '../../../src/netlink/wire/message.js';
import { exchange, messageOf } from './captured.js';
import { address, prefix } from './samples.js';

const NEW_ELEMENTS = 0x0a0c;
const GET_ELEMENTS = 0x0a0d;
const DELETE_ELEMENTS = 0x0a0e;
const LAST = 'ffff:ffff:ffff:ff00::/56';

describe('what changes the set', () => {
  it('is byte for byte what nft adds', () => {
    const { sent } = exchange('nftables', 'nft add element', 'fd10:2:0:1::/64');
    const ours = newIntervals(CLOSED, intervals('fd10:2:0:1::/64', 'fd10:2:0:3::/64'));
    expect(ours.map(plain)).toEqual([plain(messageOf(sent, NEW_ELEMENTS))]);
  });

  it('is byte for byte what nft deletes', () => {
    const { sent } = exchange('nftables', 'nft delete element');
    const ours = deleteIntervals(CLOSED, intervals('fd10:2:0:1::/64', 'fd10:2:0:3::/64'));
    expect(ours.map(plain)).toEqual([plain(messageOf(sent, DELETE_ELEMENTS))]);
  });

  it('has no end behind the last address, where nft has a note to itself', () => {
    const { sent } = exchange('nftables', 'nft add element', LAST);
    const [theirs, ours] = [
      messageOf(sent, NEW_ELEMENTS),
      newIntervals(CLOSED, intervals('fd10:2:0:2::/64', LAST))[0],
    ].map((message) => Buffer.from(message?.body ?? []).toString('hex'));
    // NFTA_SET_ELEM_USERDATA (6) behind the last key, and the lengths that it adds to.
    const note = '0a000600010401000000' + '0000';
    expect(theirs?.endsWith(note)).toBe(true);
    const without = theirs
      ?.slice(0, -note.length)
      .replace('6c000380', '60000380')
      .replace('28000380', '1c000380');
    expect(ours).toBe(without);
  });

  it('starts without the end at :: that nft puts into an empty set', () => {
    const { sent } = exchange('nftables', 'nft add element inet podcloak closed6 { fd10:2::/64 }');
    const theirs = parseElements(messageOf(sent, NEW_ELEMENTS)) ?? [];
    expect(theirs[0]).toEqual({ key: new Uint8Array(16), flags: 1 });
    expect(theirs.slice(1)).toEqual(intervals('fd10:2::/64').flatMap(elementsOf));
  });

  it('cuts no interval between two messages, each of which is far from the limit', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `fd10:${index.toString(16)}::/64`);
    const messages = newIntervals(CLOSED, intervals(...many, LAST));
    const read = messages.map((message) => parseElements(received(message)) ?? []);
    expect(messages).toHaveLength(11);
    for (const { body } of messages) expect(body.length).toBeLessThan(33_000);
    for (const [index, elements] of read.entries()) {
      const { isRegular, intervals: whole } = intervalsOf(elements);
      expect(isRegular).toBe(true);
      expect(whole.at(-1)?.end === undefined).toBe(index === 10);
    }
    expect(intervalsOf(read.flat()).intervals).toEqual(intervals(...many, LAST));
    expect(messages.map(({ flags }) => flags)).toEqual(messages.map(() => 0x401));
  });

  it('is nothing where there is nothing to change', () => {
    expect(newIntervals(CLOSED, [])).toEqual([]);
    expect(deleteIntervals(CLOSED, [])).toEqual([]);
  });
});

describe('what the kernel tells of the set', () => {
  const listed = exchange('nftables', 'nft list set inet podcloak closed6');

  it('is asked for as nft does', () => {
    const theirs = messageOf(listed.sent, GET_ELEMENTS);
    const named = (body: Uint8Array) =>
      parseAttributes(body.subarray(4)).map(({ type, payload }) => [type, Buffer.from(payload)]);
    const ours = dumpElements(CLOSED);
    expect(named(ours.body)).toEqual(named(theirs.body));
    expect([ours.type, ours.flags]).toEqual([theirs.type, theirs.flags]);
  });

  it('is the intervals that nft made, with neighbours as two', () => {
    const elements = listed.received.flatMap((message) => parseElements(message) ?? []);
    expect(intervalsOf(elements)).toEqual({
      intervals: intervals('fd10:2::/64', 'fd10:2:0:2::/64', LAST),
      isRegular: true,
    });
    const before = exchange('nftables', 'nft delete element');
    const neighbours = before.received.flatMap((message) => parseElements(message) ?? []);
    expect(
      intervalsOf(neighbours)
        .intervals.flatMap((one) => prefixOf(one) ?? [])
        .map(formatPrefix),
    ).toEqual(['fd10:2::/64', 'fd10:2:0:1::/64', 'fd10:2:0:2::/64', 'fd10:2:0:3::/64', LAST]);
  });

  it('is refused wherever it ends early', () => {
    const message = messageOf(listed.received, NEW_ELEMENTS);
    const whole = Array.from(message.body.keys()).filter((length) => {
      try {
        parseElements({ ...message, body: message.body.subarray(0, length) });
        return true;
      } catch (error) {
        if (!(error instanceof NetlinkParseError)) throw error;
        return false;
      }
    });
    // Behind the header, and behind each of the two names, of which the first is padded.
    expect(whole).toEqual([4, 17, 18, 19, 20, 32]);
  });

  const [start, end] = [at('fd10:2::'), at('fd10:2:0:1::', 1)];
  it.each([
    ['an end without a start', [end], []],
    ['a start within an interval', [start, at('fd10:2::1'), end], ['fd10:2::/64']],
    [
      'a key for all others (NFT_SET_ELEM_CATCHALL)',
      [start, end, { key: new Uint8Array(0), flags: 2 }],
      ['fd10:2::/64'],
    ],
    ['an end of no length', [start, { key: new Uint8Array(0), flags: 1 }, end], ['fd10:2::/64']],
    [
      'keys of other sets',
      [
        { key: Uint8Array.of(10, 0, 0, 1), flags: 0 },
        { key: Uint8Array.of(10, 0, 0, 2), flags: 1 },
      ],
      [],
    ],
  ])('is not regular with %s', (_, elements, found) => {
    expect(intervalsOf(elements)).toEqual({ intervals: intervals(...found), isRegular: false });
  });
});

describe('intervals', () => {
  it.each([
    ['fd10:2::/64', 'fd10:2:0:1::'],
    ['fd10:2:0:ff00::/56', 'fd10:2:1::'],
    ['fd10:2::/63', 'fd10:2:0:2::'],
    ['fd10:2::/65', 'fd10:2::8000:0:0:0'],
    ['fd10:2::ffff/128', 'fd10:2::1:0'],
    ['::/128', '::1'],
    ['::/1', '8000::'],
    ['8000::/1', undefined],
    [LAST, undefined],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128', undefined],
    ['::/0', undefined],
  ])('of %s end before %s, and are that prefix again', (text, behind) => {
    const [interval] = intervals(text);
    expect(interval).toEqual({
      first: prefix(text).address,
      end: behind === undefined ? undefined : address(behind),
    });
    expect(interval && prefixOf(interval)).toEqual(prefix(text));
  });

  it.each([
    ['fd10:2::', 'fd10:2:0:3::'],
    ['fd10:2::1', 'fd10:2::3'],
    ['fd10:2::', undefined],
  ])('from %s to before %s are no prefix', (first, end) => {
    const interval = { first: address(first), end: end === undefined ? undefined : address(end) };
    expect(prefixOf(interval)).toBeUndefined();
  });

  it('are ascending, one of each, without those in others and without bits of hosts', () => {
    expect(
      intervals('fd10:3::/64', 'fd10:2::1/64', 'fd10:2::/64', 'fd10:2::7/128', 'fd10:2:0:1::/64'),
    ).toEqual(intervals('fd10:2::/64', 'fd10:2:0:1::/64', 'fd10:3::/64'));
  });

  it('are not made of IPv4', () => {
    expect(() => intervals('10.0.0.0/8')).toThrow(RangeError);
  });
});

describe('what to change', () => {
  const actual = intervals('fd10:1::/64', 'fd10:2::/64', 'fd10:3::/64');

  it('is nothing where all is as wished', () => {
    const same = intervals('fd10:3::/64', 'fd10:2::/64', 'fd10:1::/64');
    expect(diffClosed(actual, same)).toEqual({ added: [], removed: [] });
  });

  it('is what is missing and what is too much, and no neighbour of those', () => {
    expect(diffClosed(actual, intervals('fd10:1::/64', 'fd10:3::/64', 'fd10:3:0:1::/64'))).toEqual({
      added: intervals('fd10:3:0:1::/64'),
      removed: intervals('fd10:2::/64'),
    });
  });

  it('tells an interval without end from one that ends there', () => {
    const ended = intervals('fd10:2::/64');
    const open: Interval = { first: address('fd10:2::'), end: undefined };
    expect(diffClosed([open], ended)).toEqual({ added: ended, removed: [open] });
  });
});

function intervals(...texts: string[]): Interval[] {
  return intervalsOfPrefixes(texts.map(prefix));
}

function at(text: string, flags = 0) {
  return { key: address(text), flags };
}

function plain({ type, flags, body }: NetlinkRequest) {
  return { type, flags, body: Buffer.from(body).toString('hex') };
}

function received(request: NetlinkRequest): NetlinkMessage {
  return { ...request, sequence: 1, portId: 0 };
}
