import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers } from '../../src/net/index.js';
import {
  dumpAddresses,
  dumpLinks,
  dumpPolicies,
  dumpRoutes,
  dumpSas,
  EXEMPTION_EVENTS,
  getSpdInfo,
  NetlinkParseError,
  NO_LIMITS,
  newPolicy,
  newSa,
  ROUTE_EVENTS,
  XFRM_EVENTS,
} from '../../src/netlink/index.js';
import { parseChain } from '../../src/netlink/nftables/chain.js';
import { CLOSED } from '../../src/netlink/nftables/desired.js';
import { newIntervals, parseElements } from '../../src/netlink/nftables/element.js';
import {
  diffClosed,
  type Interval,
  intervalsOf,
  intervalsOfPrefixes,
  prefixOf,
} from '../../src/netlink/nftables/interval.js';
import { newRule, parseRule } from '../../src/netlink/nftables/rule.js';
import { parseSet } from '../../src/netlink/nftables/set.js';
import { parseTable } from '../../src/netlink/nftables/table.js';
import {
  type NetlinkMessage,
  type NetlinkRequest,
  packMessages,
  parseMessages,
} from '../../src/netlink/wire/message.js';
import { parseDone, parseErrorReply } from '../../src/netlink/wire/reply.js';
import { Writer } from '../../src/netlink/wire/writer.js';
import { exchanges } from '../unit/netlink/captured.js';
import { policy, prefixes6, rule, sa, u8, u16, u32 } from './netlink-arbitraries.js';

const NOTHING_USED = { bytes: 0n, packets: 0n, addedAt: 0n, firstUsedAt: 0n };

describe('what is packed and read again', () => {
  it('is the same SA', () => {
    fc.assert(
      fc.property(sa, (one) => {
        expect(dumpSas().parse(received(newSa(one)))).toEqual({
          ...one,
          limits: one.limits ?? NO_LIMITS,
          usage: NOTHING_USED,
          refused: { window: 0, replayed: 0, forged: 0 },
          acquireSequence: 0,
          others: [],
        });
      }),
    );
  });

  it('is the same policy', () => {
    fc.assert(
      fc.property(policy, (one) => {
        expect(dumpPolicies().parse(received(newPolicy(one)))).toEqual({
          ...one,
          limits: one.limits ?? NO_LIMITS,
          usage: NOTHING_USED,
          index: 0,
          share: 0,
          others: [],
        });
      }),
    );
  });

  it('is the same rule of nftables', () => {
    fc.assert(
      fc.property(rule, (one) => {
        expect(parseRule(received(newRule(one)))).toEqual(one);
      }),
    );
  });

  it('is the same intervals of a set, whose ends are those of the prefixes', () => {
    fc.assert(
      fc.property(prefixes6, (prefixes) => {
        const wished = intervalsOfPrefixes(prefixes);
        expect(readIntervals(newIntervals(CLOSED, wished))).toEqual({
          intervals: wished,
          isRegular: true,
        });
        const again = wished.flatMap((one) => prefixOf(one) ?? []);
        expect(intervalsOfPrefixes(again)).toEqual(wished);
        for (const one of prefixes) {
          expect(again.filter((other) => covers(other, one.address))).toHaveLength(1);
        }
      }),
    );
  });

  it('is the wish when the difference to it is made of any set', () => {
    const text = ({ first, end }: Interval) => `${first}-${end}`;
    fc.assert(
      fc.property(prefixes6, prefixes6, (before, after) => {
        const [actual, wished] = [intervalsOfPrefixes(before), intervalsOfPrefixes(after)];
        const { added, removed } = diffClosed(actual, wished);
        const made = new Set(actual.map(text));
        for (const one of removed) expect(made.delete(text(one))).toBe(true);
        for (const one of added) expect(made.has(text(one)) || !made.add(text(one))).toBe(false);
        expect(made).toEqual(new Set(wished.map(text)));
      }),
    );
  });

  it('is the same series of messages', () => {
    const request = fc.record({ type: u16, flags: u16, body: fc.uint8Array({ maxLength: 40 }) });
    fc.assert(
      fc.property(fc.array(request), u32, u32, (requests, sequence, portId) => {
        expect(parseMessages(packMessages(requests, sequence, portId))).toEqual(
          requests.map((one, index) => ({ ...one, sequence: (sequence + index) >>> 0, portId })),
        );
      }),
    );
  });
});

/** Every reader of received bytes. */
const READERS: readonly ((message: NetlinkMessage) => unknown)[] = [
  dumpSas().parse,
  dumpPolicies().parse,
  getSpdInfo().parse,
  XFRM_EVENTS.parse,
  dumpLinks().parse,
  dumpAddresses().parse,
  dumpRoutes(4).parse,
  ROUTE_EVENTS.parse,
  parseTable,
  parseChain,
  parseRule,
  parseSet,
  (message) => intervalsOf(parseElements(message) ?? []).intervals.map(prefixOf),
  EXEMPTION_EVENTS.parse,
  parseErrorReply,
  parseDone,
];
const TYPES = [...Array(0x28).keys(), 0xa00, 0xa03, 0xa06, 0xa09, 0xa0c];

describe('bytes from anywhere', () => {
  it('are read, or refused as such', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), u16, (body, flags) => {
        for (const type of TYPES) readAll({ type, flags, sequence: 0, portId: 0, body });
      }),
    );
  });

  it('are read as messages, or refused as such', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), readDatagram));
  });

  const known = [
    ...exchanges('xfrm', 'ip'),
    ...exchanges('route', 'ip'),
    ...exchanges('nftables', 'nft'),
  ]
    .flatMap(({ sent, received: got }) => [...sent, ...got])
    .map((one) => packMessages([one], one.sequence, one.portId));

  it('are read, or refused as such, when they are messages of the kernel that end early', () => {
    fc.assert(
      fc.property(fc.constantFrom(...known), fc.nat(), (datagram, cut) => {
        const length = cut % (datagram.length + 1);
        const shortened = datagram.slice(0, length);
        readDatagram(shortened);
        if (length < 16) return;
        // And with the message's own length put right, so that its body is what ends early.
        new DataView(shortened.buffer).setUint32(0, length, true);
        readDatagram(shortened);
      }),
      { numRuns: 500 },
    );
  });

  it('are read, or refused as such, when they are messages of the kernel with other bytes', () => {
    const change = fc.tuple(fc.nat(), u8);
    fc.assert(
      fc.property(
        fc.constantFrom(...known),
        fc.array(change, { minLength: 1, maxLength: 8 }),
        (datagram, changes) => {
          const changed = datagram.slice();
          for (const [at, value] of changes) changed[at % changed.length] = value;
          readDatagram(changed);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('are read, or refused as such, when attributes of any length stand behind a good start', () => {
    // Message types whose readers take attributes, and the structures in front of those.
    const starts = [
      [0x10, 224],
      [0x11, 24],
      [0x13, 168],
      [0x14, 64],
      [0x18, 232],
      [0x1b, 176],
      [0x1d, 0],
      [0x24, 4],
      [16, 16],
      [20, 8],
      [24, 12],
      [0xa00, 4],
      [0xa03, 4],
      [0xa06, 4],
      [0xa09, 4],
      [0xa0c, 4],
    ] as const;
    const bodies = starts.flatMap(([type, size]) =>
      known
        .flatMap((datagram) => parseMessages(datagram))
        .filter((message) => message.type === type && message.body.length >= size)
        .map((message) => ({ ...message, body: message.body.subarray(0, size) })),
    );
    const attribute = fc.record({
      type: fc.integer({ min: 1, max: 31 }),
      payload: fc.uint8Array({ maxLength: 80 }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...bodies), fc.array(attribute), (message, attributes) => {
        const writer = new Writer();
        writer.bytes(writer.structure(message.body.length), message.body);
        for (const { type, payload } of attributes) writer.attributeBytes(type, payload);
        readAll({ ...message, body: writer.finish() });
      }),
      { numRuns: 1000 },
    );
  });
});

function readDatagram(datagram: Uint8Array): void {
  let messages: NetlinkMessage[] = [];
  refusing(() => {
    messages = parseMessages(datagram);
  });
  for (const message of messages) readAll(message);
}

function readAll(message: NetlinkMessage): void {
  for (const read of READERS) refusing(() => read(message));
}

/** Lets no other error pass than the one for such bytes. */
function refusing(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof NetlinkParseError)) throw error;
  }
}

function readIntervals(requests: readonly NetlinkRequest[]) {
  return intervalsOf(requests.flatMap((one) => parseElements(received(one)) ?? []));
}

function received(request: NetlinkRequest): NetlinkMessage {
  const [message] = parseMessages(packMessages([request], 1, 0));
  if (message === undefined) throw new Error('no message');
  return message;
}
