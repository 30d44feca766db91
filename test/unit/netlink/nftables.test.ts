import { describe, expect, it } from 'vitest';
import { parseAddress, parsePrefix } from '../../../src/net/index.js';
import { EXEMPTION_EVENTS, NetlinkParseError } from '../../../src/netlink/index.js';
import { batchOf } from '../../../src/netlink/nftables/batch.js';
import { getChain, newChain, parseChain } from '../../../src/netlink/nftables/chain.js';
import { CHAINS, CLOSED, MARK, rulesFor, TABLE } from '../../../src/netlink/nftables/desired.js';
import { dumpRules, newRule, parseRule } from '../../../src/netlink/nftables/rule.js';
import { getSet, newSet, parseSet } from '../../../src/netlink/nftables/set.js';
import {
  deleteTable,
  getTable,
  newTable,
  parseTable,
} from '../../../src/netlink/nftables/table.js';
import { type Attribute, parseAttributes } from '../../../src/netlink/wire/attributes.js';
import {
  CONTROL,
  type NetlinkMessage,
  type NetlinkRequest,
} from '../../../src/netlink/wire/message.js';
import { parseErrorReply } from '../../../src/netlink/wire/reply.js';
import { exchange, exchanges, messageOf } from './captured.js';

const SUBSYSTEM = 0x0a00;
const NFT = {
  newTable: 0,
  getTable: 1,
  newChain: 3,
  newRule: 6,
  getRule: 7,
  newSet: 9,
  getSet: 10,
};
const BEGIN = 0x10;
const RULES = rulesFor(
  {
    pods: ['10.244.1.0/24', 'fd00:244:1::/64'].flatMap((text) => parsePrefix(text) ?? []),
    addresses: ['10.0.0.9', 'fd00::9'].flatMap((text) => parseAddress(text) ?? []),
  },
  false,
);
const [listed, listedOther] = exchanges('nftables', 'nft list table inet podcloak');
const installed = exchange('nftables', 'nft create table', 'rt ipsec');

describe('what installs our table', () => {
  it('is byte for byte what nft sends', () => {
    const { begin, changes, end } = batchOf([
      newTable(TABLE),
      newSet(CLOSED),
      ...CHAINS.map(newChain),
      ...RULES.map(newRule),
    ]);
    expect([begin, ...changes, end].map(plain)).toEqual(batchOfNft(installed.sent));
  });
});

describe('what removes a table', () => {
  it('is byte for byte what nft sends, with the handle that the kernel told', () => {
    const removed = exchange('nftables', 'nft delete table inet handle');
    const table = parseTable(messageOf(removed.received, SUBSYSTEM | NFT.newTable));
    if (table === undefined) throw new Error('not captured');
    const { begin, changes, end } = batchOf([deleteTable(table)]);
    expect([begin, ...changes, end].map(plain)).toEqual(batchOfNft(removed.sent));
  });

  it('is not to be had without one, as that would mean all tables', () => {
    expect(() => deleteTable({ handle: new Uint8Array(0) })).toThrow(RangeError);
  });
});

describe('questions', () => {
  it('for a table say what nft says', () => {
    const theirs = messageOf(listed?.sent ?? [], SUBSYSTEM | NFT.getTable);
    // nft leaves what happens to stand there in the padding.
    expect(getTable(TABLE).body.subarray(0, 17)).toEqual(
      new Uint8Array(theirs.body.subarray(0, 17)),
    );
    expect(getTable(TABLE).type).toBe(theirs.type);
  });

  it('for the rules of a table are byte for byte those of nft', () => {
    const theirs = messageOf(listed?.sent ?? [], SUBSYSTEM | NFT.getRule);
    expect(plain(dumpRules(TABLE))).toEqual(plain(theirs));
  });

  it('for a set say what nft says', () => {
    const asked = exchange('nftables', 'nft list set inet podcloak closed6');
    expect(plain(getSet(CLOSED))).toMatchObject({
      ...plain(messageOf(asked.sent, SUBSYSTEM | NFT.getSet)),
      // nft asks for an acknowledgement as well, and leaves what happens to stand there in the padding.
      flags: 1,
      body: expect.stringMatching(
        /^010000000d000100706f64636c6f616b00.{6}0c000200636c6f7365643600$/,
      ),
    });
  });

  it('for a chain name it and its table', () => {
    const asked = CHAINS.map((chain) => parseAttributes(getChain(chain).body.subarray(4)));
    const text = ({ payload }: Attribute) => Buffer.from(payload).toString();
    expect(asked.map((attributes) => attributes.map((one) => [one.type, text(one)]))).toEqual([
      [
        [1, 'podcloak\0'],
        [3, 'postrouting\0'],
      ],
      [
        [1, 'podcloak\0'],
        [3, 'guard\0'],
      ],
    ]);
  });
});

describe('what the kernel tells of the table that nft made', () => {
  it('is a table in force with two chains and a set', () => {
    expect(readAll(listed?.received, parseTable)).toEqual([
      { name: TABLE, flags: 0, use: 3, handle: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1) },
    ]);
  });

  it('is our chains', () => {
    expect(readAll(listed?.received, parseChain)).toEqual(CHAINS);
  });

  it('is our set', () => {
    expect(readAll(listed?.received, parseSet)).toEqual([CLOSED]);
  });

  it('is our rules', () => {
    expect(readAll(listed?.received, parseRule)).toEqual(RULES);
  });
});

describe('what the kernel tells of a table that is not as ours', () => {
  const rules = readAll(listedOther?.received, parseRule);

  it('is every field that makes a translation another', () => {
    expect(rules[0]?.comment).toBe('');
    expect(rules[0]?.expressions.at(-1)).toEqual({
      name: 'nat',
      // NF_NAT_RANGE_PROTO_SPECIFIED and NF_NAT_RANGE_PROTO_RANDOM.
      fields: expect.objectContaining({ lastAddress: expect.any(Number), flags: 6 }),
    });
  });

  it('is the names of expressions that we do not know, and comments of others', () => {
    expect(rules[1]).toEqual({
      table: TABLE,
      chain: 'own',
      expressions: [
        { name: 'counter', fields: {} },
        { name: 'immediate', fields: { destination: 0, verdict: 1 } },
      ],
      comment: 'other',
    });
  });

  it('is the set that a rule looks into, also where it wants what is not in there', () => {
    expect(rules[2]?.expressions.slice(-2)).toEqual([
      // NFT_LOOKUP_F_INV, NFT_JUMP.
      { name: 'lookup', fields: { source: 1, set: 'ports', flags: 1 } },
      { name: 'immediate', fields: { destination: 0, verdict: 0xfffffffd } },
    ]);
  });

  it('is sets of other keys', () => {
    expect(readAll(listedOther?.received, parseSet)).toEqual([
      { table: TABLE, name: 'ports', flags: 0, keyType: 13, keyLength: 2 },
    ]);
  });

  it('is chains that see no packets of their own, and priorities below 0', () => {
    const chains = readAll(listedOther?.received, parseChain);
    expect(chains).toContainEqual({ table: TABLE, name: 'own' });
    const events = readAll(exchange('nftables', 'nft monitor').received, parseChain);
    expect(events.find(({ name }) => name === 'forward')?.base?.priority).toBe(-5);
  });
});

describe('what the kernel refuses', () => {
  it('is told with the message of the batch that it is about', () => {
    const again = exchange('nftables', 'nft create table inet podcloak');
    const refusal = messageOf(again.received, CONTROL.error);
    expect(parseErrorReply(refusal)).toMatchObject({ errno: 17 });
    const sent = again.sent.find(({ type }) => type === (SUBSYSTEM | NFT.newTable));
    expect(refusal.sequence).toBe(sent?.sequence);
  });
});

describe('events', () => {
  const { received } = exchange('nftables', 'nft monitor');

  it('tell of our table, and of no other: neither of another name nor of another family', () => {
    const touched = received.filter((message) => EXEMPTION_EVENTS.parse(message) !== undefined);
    const [made, removed] = [
      [0, 3, 6, 9, 12],
      [2, 5, 8, 11],
    ].map((types) => touched.filter(({ type }) => types.includes(type - SUBSYSTEM)));
    // Table, set, two chains and nine rules; then three elements. A set takes its elements with it.
    expect(made).toHaveLength(13 + 3);
    expect(removed).toHaveLength(13);
    expect(touched).toHaveLength(16 + 13);
  });
});

describe('bytes that are not what they claim to be', () => {
  const of = (type: number) => messageOf(listed?.received ?? [], SUBSYSTEM | type);

  it.each([
    ['a table', parseTable, NFT.newTable],
    ['a chain', parseChain, NFT.newChain],
    ['a rule', parseRule, NFT.newRule],
    ['a set', parseSet, NFT.newSet],
  ] as const)('are refused wherever %s ends early', (_, parse, type) => {
    const message = of(type);
    const refused = Array.from(message.body.keys(), (length) => {
      try {
        parse({ ...message, body: message.body.subarray(0, length) });
        return false;
      } catch (error) {
        if (!(error instanceof NetlinkParseError)) throw error;
        return true;
      }
    });
    // Only between two attributes does it look whole.
    const whole = refused.filter((one) => !one).length;
    expect(whole).toBeLessThan(message.body.length / 6);
    expect(refused[0]).toBe(true);
  });

  it('are refused where an integer is too short for one', () => {
    const body = Uint8Array.of(1, 0, 0, 0, 6, 0, 2, 0, 0, 1, 0, 0);
    const handle = Uint8Array.of(12, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 4);
    const message = { ...of(NFT.newTable), body: Buffer.concat([body, handle]) };
    expect(() => parseTable(message)).toThrow(NetlinkParseError);
  });

  it('are refused as a table without a handle', () => {
    const message = { ...of(NFT.newTable), body: Uint8Array.of(1, 0, 0, 0) };
    expect(() => parseTable(message)).toThrow(NetlinkParseError);
  });

  it('are no comment where something else is kept beside a rule', () => {
    const [ours] = RULES;
    if (ours === undefined) throw new Error('no rule');
    const { type, flags, body } = newRule(ours);
    const changed = body.slice();
    // Of the type of the first record there, which starts two bytes before its value.
    changed[Buffer.from(body).lastIndexOf(MARK) - 2] = 1;
    const message = { type, flags, sequence: 1, portId: 0, body: changed };
    expect(parseRule(message)).toEqual({ ...ours, comment: '' });
  });
});

/** Type, flags and body. */
function plain({ type, flags, body }: NetlinkRequest) {
  return { type, flags, body: Buffer.from(body).toString('hex') };
}

/** The messages of a batch, its ends included. */
function batchOfNft(sent: readonly NetlinkMessage[]) {
  return sent.slice(sent.findIndex(({ type }) => type === BEGIN)).map(plain);
}

function readAll<T>(
  messages: readonly NetlinkMessage[] = [],
  parse: (message: NetlinkMessage) => T | undefined,
): T[] {
  return messages.flatMap((message) => parse(message) ?? []);
}
