import { describe, expect, it } from 'vitest';
import {
  type Desired,
  desired,
  diff,
  fingerprintOf,
  host,
  type PairWish,
  type TunnelWish,
} from '../../../src/datapath/index.js';
import { IP_PROTOCOL, newPolicy, type SaState, updatePolicy } from '../../../src/netlink/index.js';
import { address } from '../netlink/samples.js';
import { ModelKernel } from './model-kernel.js';
import { algorithms, closedPair, NODE, pair, tunnel, withoutKeys } from './samples.js';

const wishOf = (...pairs: PairWish[]): Desired => desired(NODE, pairs);
const holding = (wish: Desired): ModelKernel => {
  const kernel = new ModelKernel();
  kernel.apply(diff(kernel.actual, wish).steps);
  return kernel;
};
const stages = (kernel: ModelKernel, wish: Desired): string[] => [
  ...new Set(diff(kernel.actual, wish).steps.map(({ stage }) => stage)),
];
const inboundOf = (kernel: ModelKernel, { inbound }: TunnelWish): SaState => {
  const found = kernel.actual.sas.find(({ spi }) => spi === inbound.spi);
  if (found === undefined) throw new Error('no such SA');
  return found;
};

describe('SAs that are not as they should be', () => {
  const one = tunnel(2);
  const known = withoutKeys(one);
  const wish = wishOf(closedPair(2, one));
  const knowing = wishOf(closedPair(2, known));

  it('are lost when they are gone, and not put back', () => {
    const kernel = holding(wish);
    kernel.lose(inboundOf(kernel, one));
    expect(diff(kernel.actual, knowing)).toEqual({ steps: [], lost: [known], taken: [] });
  });

  it.each([
    ['other keys', { ...algorithms('other') }],
    ['another request id of ours', { reqid: one.reqid + 1 }],
    ['a request id that is not ours', { reqid: 7 }],
  ])('are lost when they have %s', (_, change) => {
    const kernel = holding(wish);
    kernel.put({ ...inboundOf(kernel, one), ...change });
    expect(diff(kernel.actual, knowing)).toEqual({ steps: [], lost: [known], taken: [] });
  });

  it('are right where the kernel does not show keys at all', () => {
    const kernel = holding(wish);
    for (const sa of kernel.actual.sas) {
      const { aead } = sa;
      if (aead !== undefined) kernel.put({ ...sa, aead: { ...aead, key: new Uint8Array(20) } });
    }
    expect(diff(kernel.actual, knowing)).toEqual({ steps: [], lost: [], taken: [] });
  });

  it('are not mistaken for those of another protocol with the same SPI', () => {
    const kernel = holding(wish);
    const { aead: _, ...rest } = inboundOf(kernel, one);
    const auth = { name: 'hmac(sha256)', key: new Uint8Array(32).fill(1), icvBits: 128 };
    kernel.put({ ...rest, protocol: IP_PROTOCOL.ah, auth, reqid: 0 });
    expect(diff(kernel.actual, knowing)).toEqual({ steps: [], lost: [], taken: [] });
  });

  it('are not mistaken for marked ones of others with the same SPI', () => {
    const kernel = holding(wish);
    const mark = { value: 1, mask: 0xff };
    kernel.put({ ...inboundOf(kernel, one), mark, reqid: 0, ...algorithms('other') });
    expect(diff(kernel.actual, knowing)).toEqual({ steps: [], lost: [], taken: [] });
  });
});

describe('a new tunnel whose place is taken', () => {
  const one = tunnel(2);
  const wish = wishOf(pair(2, { tunnels: [one], in: 'optional' }));

  it('by a foreign SA is named, and no half of it is sent', () => {
    const kernel = new ModelKernel();
    const other = holding(wish);
    kernel.put({ ...inboundOf(other, one), reqid: 7, ...algorithms('other') });
    const { steps, lost, taken } = diff(kernel.actual, wish);
    expect([lost, taken]).toEqual([[], [one]]);
    expect(steps.filter(({ stage }) => stage.includes('SA'))).toEqual([]);
  });

  it('by a larval SA, which no key daemon fills in, gets it', () => {
    const kernel = holding(wish);
    const { aead: _, ...larval } = inboundOf(kernel, one);
    kernel.put(larval);
    kernel.apply(diff(kernel.actual, wish).steps);
    expect(diff(kernel.actual, wish).steps).toEqual([]);
    expect(fingerprintOf(inboundOf(kernel, one))).toBe(one.inbound.fingerprint);
  });

  it('by an older one of ours, which is not wanted any more, gets it', () => {
    const kernel = holding(wish);
    const keys = algorithms('32 generations later');
    const again = { ...one.inbound, fingerprint: fingerprintOf(keys), algorithms: keys };
    const next = wishOf(pair(2, { tunnels: [{ ...one, inbound: again }], in: 'optional' }));
    expect(stages(kernel, next)).toEqual(['delete stale SA', 'add inbound SA']);
    kernel.apply(diff(kernel.actual, next).steps);
    expect(diff(kernel.actual, next)).toEqual({ steps: [], lost: [], taken: [] });
  });

  it('by a tunnel that is wanted still, of a peer that had the number, waits', () => {
    const kernel = holding(wish);
    const keys = algorithms('the number’s next owner');
    const inbound = { ...one.inbound, fingerprint: fingerprintOf(keys), algorithms: keys };
    const late = { ...tunnel(3), inbound };
    const both = wishOf(
      pair(2, { tunnels: [withoutKeys(one)], in: 'optional' }),
      pair(3, { tunnels: [late], in: 'optional' }),
    );
    const { steps, lost, taken } = diff(kernel.actual, both);
    expect([lost, taken]).toEqual([[], [late]]);
    expect(steps.filter(({ stage }) => stage.includes('SA'))).toEqual([]);
  });

  it('by another new one waits', () => {
    const keys = algorithms('another');
    const inbound = { ...one.inbound, fingerprint: fingerprintOf(keys), algorithms: keys };
    const second = { ...tunnel(3), inbound };
    const both = wishOf(
      pair(2, { tunnels: [one], in: 'optional' }),
      pair(3, { tunnels: [second], in: 'optional' }),
    );
    const kernel = new ModelKernel();
    const { steps, taken } = diff(kernel.actual, both);
    expect(taken).toEqual([second]);
    kernel.apply(steps);
  });
});

describe('policies', () => {
  it('of others are neither changed nor deleted where they have our selectors', () => {
    const wish = wishOf(closedPair(2));
    const kernel = new ModelKernel();
    const foreign = wish.policies.map((policy) => ({
      ...policy,
      selector: { ...policy.selector, user: 0 },
      priority: 1,
    }));
    for (const policy of foreign) kernel.send(newPolicy(policy));
    kernel.apply(diff(kernel.actual, wish).steps);
    expect(kernel.actual.policies).toHaveLength(2 * foreign.length);
    kernel.apply(diff(kernel.actual, wishOf()).steps);
    expect(kernel.actual.policies).toHaveLength(foreign.length);
  });

  it('are put back when somebody has changed or deleted them', () => {
    const wish = wishOf(closedPair(2));
    const kernel = holding(wish);
    const [first, second] = wish.policies;
    if (first === undefined || second === undefined) throw new Error('no policies');
    kernel.send(updatePolicy({ ...first, priority: 5 }));
    kernel.send(updatePolicy({ ...second, action: 'block', templates: [] }));
    expect(diff(kernel.actual, wish).steps).toHaveLength(2);
    kernel.apply(diff(kernel.actual, wish).steps);
    expect(diff(kernel.actual, wish).steps).toEqual([]);
  });

  it('of a prefix that moves to another peer change in one step each', () => {
    const [two, three] = [tunnel(2), tunnel(3)];
    const kernel = holding(
      wishOf(closedPair(2, two), { ...closedPair(3, three), podPrefixes: [] }),
    );
    const { podPrefixes } = closedPair(2);
    const moved = wishOf(
      { ...closedPair(2, withoutKeys(two)), podPrefixes: [] },
      { ...closedPair(3, withoutKeys(three)), podPrefixes },
    );
    expect(stages(kernel, moved)).toEqual(['set outbound policy', 'close inbound policy']);
  });
});

describe('what is wished for', () => {
  it('has one policy for each key, however often a prefix is named', () => {
    const twice = pair(2, { out: { kind: 'block' }, in: 'required' });
    const own = { ...NODE, podPrefixes: [...NODE.podPrefixes, ...NODE.podPrefixes] };
    const { policies } = desired({ ...own, nodeEncryption: true }, [
      { ...twice, podPrefixes: [...twice.podPrefixes, ...twice.addresses, ...twice.podPrefixes] },
      { ...pair(3), podPrefixes: twice.podPrefixes, out: { kind: 'block' } },
    ]);
    const kernel = new ModelKernel();
    for (const policy of policies) expect(kernel.send(newPolicy(policy))).toBeUndefined();
  });

  it('leaves out what a peer claims of ours', () => {
    const { policies } = wishOf(
      pair(2, {
        podPrefixes: NODE.podPrefixes,
        addresses: NODE.addresses,
        out: { kind: 'block' },
        in: 'block',
      }),
    );
    expect(policies).toEqual([]);
  });

  it('admits probes only through an SA, to each end of a tunnel, and sends them through one', () => {
    const other = { ...tunnel(2, 1), remote: address('192.168.50.77') };
    const { policies } = wishOf(
      pair(2, { tunnels: [tunnel(2), other], in: 'optional', probe: other }),
    );
    const probes = policies.filter(({ selector }) => selector.destinationPort.port === 9987);
    expect(
      probes.map(({ direction, selector, templates }) => [
        direction,
        direction === 'in' ? selector.source : selector.destination,
        templates.map(({ optional, spi }) => [optional, spi]),
      ]),
    ).toEqual([
      ['out', host(other.remote), [[false, other.outbound.spi]]],
      ['in', host(tunnel(2).remote), [[false, 0]]],
      ['in', host(other.remote), [[false, 0]]],
    ]);
  });
});
