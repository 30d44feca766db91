import { describe, expect, it } from 'vitest';
import {
  dumpPolicies,
  dumpSas,
  getSpdInfo,
  isLarval,
  NO_LIMITS,
  SA_EXTRA_FLAG,
  SA_FLAG,
  type SaState,
  UNLIMITED,
  XFRM_EVENTS,
  XFRM_MODE,
  type XfrmEvent,
} from '../../../src/netlink/index.js';
import type { NetlinkMessage } from '../../../src/netlink/wire/message.js';
import { exchange } from './captured.js';
import {
  address,
  counting,
  GCM,
  GCM_SA,
  OUT_POLICY,
  REALM,
  UDP_SELECTOR,
  V4_TUNNEL,
} from './samples.js';

describe('the SAs that the kernel dumps', () => {
  const sas = readAll(exchange('xfrm', 'ip xfrm state list').received, dumpSas().parse);

  it('have what they were added with', () => {
    expect(sas.map(({ spi }) => spi).sort()).toEqual([0x31234567, 0x32, 0x33, 0x34].sort());
    expect(sa(0x31234567)).toMatchObject({
      ...GCM_SA,
      replay: { window: 1024, sent: 0n, received: 0n, bitmap: Array(32).fill(0) },
      limits: NO_LIMITS,
      others: [],
    });
  });

  it('have mark, interface, selector, limits and extra flags', () => {
    expect(sa(0x34)).toMatchObject({
      ...REALM,
      aead: GCM,
      flags: SA_FLAG.noEcn,
      extraFlags: SA_EXTRA_FLAG.sequenceMayWrap,
      selector: UDP_SELECTOR,
      limits: { softBytes: 1000n, hardBytes: 2000n, softPackets: UNLIMITED, hardPackets: 3000n },
    });
  });

  it('of two algorithms have both, and a selector that fits any family', () => {
    const found = sa(0x32);
    expect(found).toMatchObject({
      source: address('fd00::1'),
      auth: { name: 'hmac(sha256)', key: counting(32), icvBits: 128 },
      crypt: { name: 'cbc(aes)', key: counting(16, 0xf0) },
    });
    expect(found).not.toHaveProperty('selector');
    expect(found).not.toHaveProperty('aead');
  });

  it('keep what is not understood here, such as UDP encapsulation', () => {
    const found = sa(0x33);
    expect(found).toMatchObject({
      mode: XFRM_MODE.transport,
      auth: { name: 'hmac(sha1)', key: counting(20), icvBits: 96 },
      replay: { window: 32, sent: 0n, received: 0n, bitmap: [0] },
    });
    expect(found.others.map(({ type }) => type)).toEqual([4]);
  });

  it('are larval only when they have no algorithm', () => {
    expect(sas.some(isLarval)).toBe(false);
    const allocated = exchange('xfrm', 'ip xfrm state list reqid 21').received;
    const larval = readAll(allocated, dumpSas().parse).filter(isLarval);
    expect(larval.map(({ spi, reqid }) => [spi, reqid])).toEqual([[0x100, 21]]);
  });

  function sa(spi: number): SaState {
    const found = sas.find((one) => one.spi === spi);
    if (found === undefined) throw new Error(`no SA ${spi}`);
    return found;
  }
});

describe('the policies that the kernel dumps', () => {
  const policies = readAll(exchange('xfrm', 'ip xfrm policy list').received, dumpPolicies().parse);

  it('have what they were added with', () => {
    const changed = {
      ...OUT_POLICY,
      priority: 90,
      templates: [{ ...V4_TUNNEL, spi: 0x41234567 }],
      limits: NO_LIMITS,
      others: [],
    };
    expect(policies).toContainEqual(expect.objectContaining(changed));
    const directions = policies.map(({ direction }) => direction).sort();
    expect(directions).toEqual(['fwd', 'fwd', 'in', 'in', 'in', 'out']);
  });

  it('have mark, interface, device, limits and every template', () => {
    const marked = policies.find(({ mark }) => mark !== undefined);
    expect(marked).toMatchObject({
      ...REALM,
      selector: { ...UDP_SELECTOR, ifindex: 1 },
      limits: { softBytes: 1000n, hardAddSeconds: 4000n },
      templates: [
        { protocol: 108, optional: true },
        { protocol: 50, reqid: 19, mode: XFRM_MODE.transport, source: address('0.0.0.0') },
      ],
    });
  });

  it('have their own numbers', () => {
    expect(new Set(policies.map(({ index }) => index)).size).toBe(policies.length);
  });

  it('have their type', () => {
    const sub = policies.filter(({ type }) => type === 1);
    expect(sub).toMatchObject([{ direction: 'in', action: 'block', templates: [] }]);
  });
});

describe('the policy database', () => {
  it('tells its size and its thresholds', () => {
    const { received } = exchange('xfrm', 'ip xfrm policy count');
    expect(readAll(received, getSpdInfo().parse)).toEqual([
      {
        policies: { in: 2, out: 1, fwd: 2 },
        socketPolicies: { in: 0, out: 0, fwd: 0 },
        ipv4: { localBits: 24, remoteBits: 32 },
        ipv6: { localBits: 64, remoteBits: 128 },
      },
    ]);
  });
});

describe('the events that the kernel sends', () => {
  const events = readAll(exchange('xfrm', 'ip xfrm monitor').received, XFRM_EVENTS.parse);

  it('tell of each change, in its order', () => {
    expect(events.map(({ kind }) => kind)).toEqual([
      'sa-added',
      'sa-updated',
      'sa-deleted',
      'policy-added',
      'policy-updated',
      'policy-deleted',
      'policy-added',
      'sa-added',
      'policy-expired',
      'sa-expired',
      'sa-expired',
      'sa-added',
      'policy-added',
      'policies-flushed',
      'sas-flushed',
    ]);
  });

  it('tell which SA was deleted, with all that it was', () => {
    const { sa } = ofKind('sa-deleted');
    expect(sa).toMatchObject({ ...GCM_SA, spi: 0x31, replay: { window: 1024 } });
    expect(sa.others).toEqual([]);
  });

  it('tell which policy was deleted, with mark, interface and templates', () => {
    const { policy } = ofKind('policy-deleted');
    const templates = [{ ...V4_TUNNEL, spi: 0x32 }];
    expect(policy).toMatchObject({ ...OUT_POLICY, ...REALM, priority: 90, templates });
  });

  it('tell a limit that announces the end from one that is the end', () => {
    const expiries = events.filter((one) => one.kind === 'sa-expired');
    expect(expiries.map(({ sa, hard }) => [sa.spi, hard])).toEqual([
      [0x36, false],
      [0x36, true],
    ]);
    expect(ofKind('policy-expired')).toMatchObject({ hard: true, policy: { direction: 'in' } });
  });

  it('tell what was flushed', () => {
    expect(ofKind('policies-flushed').type).toBe(0);
    expect(ofKind('sas-flushed').protocol).toBe(0);
  });

  function ofKind<Kind extends XfrmEvent['kind']>(kind: Kind): XfrmEvent & { kind: Kind } {
    const found = events.find((one): one is XfrmEvent & { kind: Kind } => one.kind === kind);
    if (found === undefined) throw new Error(`no ${kind}`);
    return found;
  }
});

function readAll<T>(
  messages: readonly NetlinkMessage[],
  parse: (message: NetlinkMessage) => T | undefined,
): T[] {
  return messages.flatMap((message) => parse(message) ?? []);
}
