import fc from 'fast-check';
import type { Prefix } from '../../src/net/index.js';
import type { Policy, Sa } from '../../src/netlink/index.js';
import type { Expression } from '../../src/netlink/nftables/expression.js';
import type { Rule } from '../../src/netlink/nftables/rule.js';

export const u8 = fc.integer({ min: 0, max: 0xff });
export const u16 = fc.integer({ min: 0, max: 0xffff });
export const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const u64 = fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn });
const family = fc.constantFrom<4 | 6>(4, 6);
const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size });
const address = (of: 4 | 6) => bytes(of === 4 ? 4 : 16);
const prefix = (of: 4 | 6) =>
  fc.record({
    family: fc.constant(of),
    address: address(of),
    length: fc.integer({ min: 0, max: of === 4 ? 32 : 128 }),
  });
const port = fc.record({ port: u16, mask: u16 });
const selector = family.chain((of) =>
  fc.record({
    source: prefix(of),
    destination: prefix(of),
    protocol: u8,
    sourcePort: port,
    destinationPort: port,
    ifindex: fc.integer({ min: 0, max: 0x7fff_ffff }),
    user: u32,
  }),
);
const limits = fc.record({
  softBytes: u64,
  hardBytes: u64,
  softPackets: u64,
  hardPackets: u64,
  softAddSeconds: u64,
  hardAddSeconds: u64,
  softUseSeconds: u64,
  hardUseSeconds: u64,
});
const realm = fc.record(
  { mark: fc.record({ value: u32, mask: u32 }), ifId: u32 },
  { requiredKeys: [] },
);
const name = fc.stringMatching(/^[a-z0-9(),-]{1,63}$/);
const algorithm = fc.record({ name, key: fc.uint8Array({ maxLength: 64 }) });
const authenticating = fc.record({
  name,
  key: fc.uint8Array({ maxLength: 64 }),
  icvBits: u32,
});
const replay = fc.integer({ min: 0, max: 4096 }).chain((window) =>
  fc.record({
    window: fc.constant(window),
    sent: u64,
    received: u64,
    bitmap: fc.oneof(
      fc.constant([]),
      fc.array(u32, { minLength: Math.ceil(window / 32), maxLength: Math.ceil(window / 32) }),
    ),
  }),
);
/** SAs as they may be asked for; the kernel would refuse most. */
export const sa: fc.Arbitrary<Sa> = family.chain((of) =>
  fc
    .tuple(
      fc.record(
        {
          source: address(of),
          destination: address(of),
          spi: u32,
          protocol: u8,
          reqid: u32,
          mode: u8,
          flags: u8,
          extraFlags: u32,
          selector,
          limits,
          replay,
          aead: authenticating,
          auth: authenticating,
          crypt: algorithm,
        },
        { requiredKeys: ['source', 'destination', 'spi', 'protocol', 'reqid', 'mode', 'flags'] },
      ),
      realm,
    )
    .map(([own, outer]) => ({ ...own, ...outer })),
);
const template = family.chain((of) =>
  fc.record({
    source: address(of),
    destination: address(of),
    spi: u32,
    protocol: u8,
    reqid: u32,
    mode: u8,
    optional: fc.boolean(),
    share: u8,
    allowed: fc.record({ auth: u32, crypt: u32, comp: u32 }),
  }),
);
/** Policies as they may be asked for; the kernel would refuse many. */
export const policy: fc.Arbitrary<Policy> = fc
  .tuple(
    fc.record(
      {
        direction: fc.constantFrom<Policy['direction']>('in', 'out', 'fwd'),
        selector,
        type: u8,
        priority: u32,
        action: fc.constantFrom<Policy['action']>('allow', 'block'),
        flags: u8,
        templates: fc.array(template, { maxLength: 6 }),
        limits,
      },
      {
        requiredKeys: ['direction', 'selector', 'type', 'priority', 'action', 'flags', 'templates'],
      },
    ),
    realm,
  )
  .map(([own, outer]) => ({ ...own, ...outer }));

const register = fc.integer({ min: 1, max: 4 });
const fields = (of: Record<string, fc.Arbitrary<number | string | Uint8Array>>) =>
  fc.record(of, { requiredKeys: [] }) as fc.Arbitrary<Expression['fields']>;
/** What the kernel implies of an address and does not say again is not among these. */
const nat = fields({
  type: u32,
  family: u32,
  firstAddress: register,
  lastAddress: fc.integer({ min: 5, max: 23 }),
  firstPort: register,
  lastPort: register,
  flags: u32.filter((flags) => flags % 2 === 0 && flags > 0),
});
const expression = fc.oneof(
  fc.record({
    name: fc.constant('meta'),
    fields: fields({ key: u32, destination: register, source: register }),
  }),
  fc.record({
    name: fc.constant('cmp'),
    fields: fields({ source: register, operator: u32, value: fc.uint8Array({ maxLength: 64 }) }),
  }),
  fc.record({ name: fc.constant('rt'), fields: fields({ key: u32, destination: register }) }),
  fc.record({
    name: fc.constant('payload'),
    fields: fields({
      destination: register,
      base: u32,
      offset: u32,
      length: u32,
      source: register,
    }),
  }),
  fc.record({ name: fc.constant('nat'), fields: nat }),
  fc.record({
    name: fc.constant('lookup'),
    // That there are none is not said again.
    fields: fields({ source: register, set: name, flags: u32.filter((flags) => flags > 0) }),
  }),
  fc.record({
    name: fc.constant('immediate'),
    fields: fields({ destination: u32, verdict: u32 }),
  }),
  fc.record({ name: fc.constant('counter'), fields: fc.constant({}) }),
);
export const rule: fc.Arbitrary<Rule> = fc.record({
  table: name,
  chain: name,
  expressions: fc.array(expression, { maxLength: 12 }),
  comment: fc.oneof(fc.constant(''), name),
});
/** IPv6, many of which are neighbours, within each other, or at either end of all addresses. */
export const prefixes6: fc.Arbitrary<Prefix[]> = fc.array(
  fc.record({
    family: fc.constant<6>(6),
    address: fc
      .record({ first: fc.constantFrom(0x00, 0x01, 0xfd, 0xff), rest: fc.constantFrom(0x00, 0xff) })
      .map(({ first, rest }) => new Uint8Array(16).fill(rest).fill(first, 0, 1)),
    length: fc.oneof(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 128 })),
  }),
);
