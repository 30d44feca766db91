import { describe, expect, it } from 'vitest';
import {
  deletePolicy,
  deleteSa,
  dumpPolicies,
  freshReplay,
  getPolicy,
  getSa,
  getSpdInfo,
  IP_PROTOCOL,
  type NetlinkRequest,
  NO_LIMITS,
  newPolicy,
  newSa,
  POLICY_FLAG,
  SA_EXTRA_FLAG,
  SA_FLAG,
  setSpdThresholds,
  updatePolicy,
  updateSa,
  XFRM_MODE,
} from '../../../src/netlink/index.js';
import { parseAttributes } from '../../../src/netlink/wire/attributes.js';
import type { NetlinkMessage } from '../../../src/netlink/wire/message.js';
import { type Exchange, exchange, exchanges, messageOf } from './captured.js';
import {
  address,
  counting,
  GCM,
  GCM_SA,
  OUT_POLICY,
  REALM,
  selector,
  UDP_SELECTOR,
  V4_TUNNEL,
} from './samples.js';

describe('the requests that iproute2 makes too', () => {
  it('an AES-GCM tunnel with extended sequence numbers, added', () => {
    // Twice, the second time to be refused.
    const found = exchanges('xfrm', 'ip xfrm state add', 'spi 0x31234567');
    expect(found).toHaveLength(2);
    for (const one of found) expectSame(newSa(GCM_SA), one);
  });

  it('the same, updated', () => {
    expectSame(updateSa(GCM_SA), exchange('xfrm', 'ip xfrm state update'));
  });

  it('an IPv6 tunnel of two algorithms for packets of any family', () => {
    const sa = {
      ...GCM_SA,
      source: address('fd00::1'),
      destination: address('fd00::2'),
      spi: 0x32,
      reqid: 18,
      flags: SA_FLAG.anyFamily,
      auth: { name: 'hmac(sha256)', key: counting(32), icvBits: 128 },
      crypt: { name: 'cbc(aes)', key: counting(16, 0xf0) },
      replay: freshReplay(64),
    };
    const { aead: _, ...twoAlgorithms } = sa;
    expectSame(newSa(twoAlgorithms), exchange('xfrm', 'ip xfrm state add', 'spi 0x32 '));
  });

  it('an SA with selector, ports, mark, interface, limits and extra flags', () => {
    const { replay: _, ...sa } = GCM_SA;
    const request = newSa({
      ...sa,
      ...REALM,
      spi: 0x34,
      reqid: 20,
      flags: SA_FLAG.noEcn,
      extraFlags: SA_EXTRA_FLAG.sequenceMayWrap,
      selector: UDP_SELECTOR,
      limits: {
        ...NO_LIMITS,
        softBytes: 1000n,
        hardBytes: 2000n,
        hardPackets: 3000n,
        hardAddSeconds: 4000n,
        softUseSeconds: 5000n,
      },
    });
    expectSame(request, exchange('xfrm', 'ip xfrm state add', 'spi 0x34 '));
  });

  it('one SA asked for and deleted, by its id', () => {
    // iproute2 also names the source, which the kernel looks at for mobile IPv6 only.
    expectSame(getSa(GCM_SA), exchange('xfrm', 'ip xfrm state get'), [13]);
    const id = { ...GCM_SA, spi: 0x34, mark: REALM.mark };
    expectSame(deleteSa(id), exchange('xfrm', 'ip xfrm state delete', 'spi 0x34 '), [13]);
  });

  it('a policy that pins an SPI, added and updated', () => {
    const added = exchange('xfrm', 'ip xfrm policy add', 'dir out', 'priority 100');
    expectSame(newPolicy(OUT_POLICY), added);
    const template = { ...V4_TUNNEL, spi: 0x41234567 };
    const changed = { ...OUT_POLICY, priority: 90, templates: [template] };
    expectSame(updatePolicy(changed), exchange('xfrm', 'ip xfrm policy update'));
  });

  it('an optional template, and a tunnel of the other address family', () => {
    const pods6 = selector('fd10:1::/64', 'fd10:2::/64');
    const v6 = { ...V4_TUNNEL, source: address('fd00::1'), destination: address('fd00::2') };
    const optional = newPolicy({
      ...OUT_POLICY,
      direction: 'in',
      selector: pods6,
      templates: [{ ...v6, reqid: 18, optional: true }],
    });
    expectSame(optional, exchange('xfrm', 'ip xfrm policy add', 'level use', 'fd10'));
    const mixed = newPolicy({
      ...OUT_POLICY,
      direction: 'fwd',
      selector: pods6,
      templates: [{ ...V4_TUNNEL, reqid: 18 }],
    });
    expectSame(mixed, exchange('xfrm', 'ip xfrm policy add', 'fd10', 'dir fwd'));
  });

  it('a policy that blocks, with a priority above two thousand million', () => {
    const request = newPolicy({
      ...OUT_POLICY,
      direction: 'fwd',
      action: 'block',
      priority: 4_000_000_000,
      templates: [],
    });
    expectSame(request, exchange('xfrm', 'ip xfrm policy add', 'priority 4000000000'));
  });

  it('a policy with ports, device, mark, interface, limits and two templates', () => {
    const zero = address('0.0.0.0');
    const request = newPolicy({
      ...OUT_POLICY,
      ...REALM,
      direction: 'in',
      selector: { ...UDP_SELECTOR, ifindex: 1 },
      priority: 5,
      flags: POLICY_FLAG.localOk | POLICY_FLAG.icmp,
      limits: { ...NO_LIMITS, softBytes: 1000n, hardAddSeconds: 4000n },
      templates: [
        { ...V4_TUNNEL, protocol: 108, reqid: 0, optional: true },
        {
          ...V4_TUNNEL,
          source: zero,
          destination: zero,
          protocol: IP_PROTOCOL.esp,
          reqid: 19,
          mode: XFRM_MODE.transport,
        },
      ],
    });
    expectSame(request, exchange('xfrm', 'ip xfrm policy add', 'flag localok'));
  });

  it('a policy of type sub', () => {
    const policy = { ...OUT_POLICY, direction: 'in' as const, action: 'block' as const };
    const request = newPolicy({ ...policy, type: 1, priority: 0, templates: [] });
    expectSame(request, exchange('xfrm', 'ip xfrm policy add', 'ptype sub'));
  });

  it('one policy asked for and deleted, by its id', () => {
    expectSame(getPolicy(OUT_POLICY), exchange('xfrm', 'ip xfrm policy get'));
    const id = {
      ...REALM,
      direction: 'in' as const,
      type: 0,
      selector: { ...UDP_SELECTOR, ifindex: 1 },
    };
    expectSame(deletePolicy(id), exchange('xfrm', 'ip xfrm policy delete', 'mark'));
  });

  it('all policies', () => {
    expectSame(dumpPolicies(), exchange('xfrm', 'ip xfrm policy list'));
  });

  it('the thresholds of the policy tables, set and asked for', () => {
    const request = setSpdThresholds({
      ipv4: { localBits: 24, remoteBits: 32 },
      ipv6: { localBits: 64, remoteBits: 128 },
    });
    expectSame(request, exchange('xfrm', 'ip xfrm policy set'));
    expectSame(getSpdInfo(), exchange('xfrm', 'ip xfrm policy count'));
  });
});

describe('a request that cannot be packed', () => {
  it('is refused when it mixes address families', () => {
    const source = address('fd00::1');
    expect(() => newSa({ ...GCM_SA, source })).toThrow(RangeError);
    const templates = [{ ...V4_TUNNEL, source }];
    expect(() => newPolicy({ ...OUT_POLICY, templates })).toThrow(RangeError);
    const mixed = { ...OUT_POLICY.selector, source: selector('fd00::/64', 'fd00::/64').source };
    expect(() => newPolicy({ ...OUT_POLICY, selector: mixed })).toThrow(RangeError);
  });

  it('is refused when an algorithm’s name or an address does not fit', () => {
    const aead = { ...GCM, name: 'x'.repeat(64) };
    expect(() => newSa({ ...GCM_SA, aead })).toThrow('name of 64 bytes');
    const destination = new Uint8Array(5);
    expect(() => newSa({ ...GCM_SA, destination })).toThrow('4 or 16 bytes, not 5');
  });

  it('leaves nothing behind in the next one', () => {
    const before = newPolicy(OUT_POLICY);
    const destination = address('fd00::1');
    expect(() => newSa({ ...GCM_SA, destination })).toThrow(RangeError);
    expect(newPolicy(OUT_POLICY)).toEqual(before);
  });
});

/** Type, flags and body are the same; attributes that only iproute2 sends are named. */
function expectSame(request: NetlinkRequest, { sent }: Exchange, more: number[] = []): void {
  const theirs = messageOf(sent, request.type);
  expect({ flags: request.flags, body: hex(request.body) }).toEqual({
    flags: theirs.flags,
    body: hex(without(theirs, more)),
  });
}

function without({ body }: NetlinkMessage, types: readonly number[]): Uint8Array {
  if (types.length === 0) return body;
  // xfrm_usersa_id, behind which they stand.
  const attributes = parseAttributes(body.subarray(24));
  const [first, ...rest] = attributes;
  if (first === undefined || !types.includes(first.type)) throw new Error('nothing to leave out');
  const skipped = 24 + 4 + first.payload.length;
  expect(rest.every(({ type }) => !types.includes(type))).toBe(true);
  return Buffer.concat([body.subarray(0, 24), body.subarray(skipped)]);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
