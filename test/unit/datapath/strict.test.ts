import { describe, expect, it } from 'vitest';
import {
  desired,
  diff,
  diffStrict,
  type NodeWish,
  type PairWish,
  type StrictWish,
  thresholdsOf,
} from '../../../src/datapath/index.js';
import type { Direction } from '../../../src/netlink/index.js';
import { prefix } from '../netlink/samples.js';
import { chosen } from './chosen.js';
import { ModelKernel } from './model-kernel.js';
import { closedPair, NODE, pair, tunnel } from './samples.js';

const PODS = ['10.244.0.0/16', 'fd00:244::/32'].map(prefix);
const ALL = [...PODS, prefix('192.168.50.0/24')];
const strictly = (change: Partial<StrictWish> = {}): NodeWish => {
  return { ...NODE, strict: { egress: PODS, ingress: PODS, allowNodes: false, ...change } };
};
const OFF: NodeWish = NODE;

/** What becomes of a packet: without templates in the way, with ESP only, or not at all. */
function fate(
  node: NodeWish,
  pairs: readonly PairWish[],
  direction: Direction,
  from: string,
  to: string,
): string {
  const policy = chosen(desired(node, pairs).policies, direction, { from, to });
  if (policy?.action === 'block') return 'dropped';
  return policy?.templates.some(({ optional }) => !optional) ? 'ESP' : 'plaintext';
}

const [POD, HOST] = ['10.244.1.9', '192.168.50.1'];
const [PEER_POD, PEER] = ['10.244.2.9', '192.168.50.2'];

describe('strict mode', () => {
  it.each([
    [POD, '10.244.9.9', 'dropped'],
    ['fd00:244:1::9', 'fd00:244:9::9', 'dropped'],
    [POD, '203.0.113.1', 'plaintext'],
    [POD, PEER, 'plaintext'],
    [HOST, '10.244.9.9', 'plaintext'],
    [POD, '10.244.1.10', 'plaintext'],
    [POD, '224.0.0.251', 'plaintext'],
  ])('of egress: from %s to %s is %s', (from, to, expected) => {
    const node = strictly({ ingress: [] });
    expect(fate(node, [], 'out', from, to)).toBe(expected);
    expect(fate(node, [], 'in', to, from)).toBe('plaintext');
  });

  it.each([
    ['fwd', '10.244.9.9', POD, 'dropped'],
    ['in', '10.244.9.9', '10.244.1.1', 'dropped'],
    ['fwd', '203.0.113.1', POD, 'plaintext'],
    ['fwd', '10.244.1.10', POD, 'plaintext'],
    // A NodePort: the addresses are those before DNAT.
    ['fwd', '10.244.9.9', HOST, 'dropped'],
    ['fwd', POD, HOST, 'plaintext'],
    ['in', '10.244.9.9', HOST, 'plaintext'],
  ] as const)('of ingress: %s from %s to %s is %s', (direction, from, to, expected) => {
    const node = strictly({ egress: [] });
    expect(fate(node, [], direction, from, to)).toBe(expected);
    expect(fate(node, [], 'out', to, from)).toBe('plaintext');
  });

  it('leaves what is encrypted as it is', () => {
    const wish = (node: NodeWish) =>
      desired(node, [closedPair(2)]).policies.filter(({ priority }) => priority < 40);
    expect(wish(strictly())).toEqual(wish(OFF));
  });

  it('takes no plaintext for pods while a pair may send either, and for the node still', () => {
    const pairs = [pair(2, { tunnels: [tunnel(2)], in: 'optional' })];
    expect(fate(strictly(), pairs, 'fwd', PEER_POD, POD)).toBe('ESP');
    expect(fate(strictly(), pairs, 'fwd', PEER_POD, HOST)).toBe('ESP');
    expect(fate(strictly(), pairs, 'in', PEER_POD, HOST)).toBe('plaintext');
    // Outside of the ranges.
    expect(fate(strictly(), pairs, 'fwd', PEER, POD)).toBe('plaintext');
    expect(fate(strictly({ ingress: [] }), pairs, 'fwd', PEER_POD, POD)).toBe('plaintext');
    expect(fate(strictly({ ingress: ALL }), pairs, 'fwd', PEER, POD)).toBe('ESP');
  });

  it('takes none either where the range is only a part of a peer’s prefix', () => {
    const pairs = [pair(2, { tunnels: [tunnel(2)], in: 'optional' })];
    const node = strictly({ ingress: [prefix('10.244.2.0/28')] });
    expect(fate(node, pairs, 'fwd', '10.244.2.9', POD)).toBe('ESP');
  });

  describe('that lets pods talk to nodes', () => {
    const node = strictly({ egress: ALL, ingress: ALL, allowNodes: true });
    const known = (change: Partial<PairWish> = {}) => [pair(2, change)];

    it('lets them, in plaintext, to those that are known', () => {
      expect(fate(node, known(), 'out', POD, PEER)).toBe('plaintext');
      expect(fate(node, known(), 'fwd', PEER, POD)).toBe('plaintext');
      expect(fate(node, [], 'out', POD, PEER)).toBe('dropped');
      expect(fate(node, [], 'fwd', PEER, POD)).toBe('dropped');
      expect(fate(node, known(), 'out', POD, PEER_POD)).toBe('dropped');
      expect(fate(node, known(), 'fwd', PEER_POD, POD)).toBe('dropped');
    });

    it('lets them answer while the pair may send either', () => {
      const opening = known({ tunnels: [tunnel(2)], in: 'optional' });
      expect(fate(node, opening, 'fwd', PEER, POD)).toBe('plaintext');
      expect(fate(node, opening, 'fwd', PEER, HOST)).toBe('plaintext');
      expect(fate(node, opening, 'fwd', PEER_POD, POD)).toBe('ESP');
    });

    it('does not once they are encrypted or blocked', () => {
      expect(fate(node, [closedPair(2)], 'out', POD, PEER)).toBe('ESP');
      expect(fate(node, [closedPair(2)], 'fwd', PEER, POD)).toBe('ESP');
      expect(fate(node, [closedPair(2)], 'fwd', PEER, HOST)).toBe('dropped');
      const shut = known({ out: { kind: 'block' }, in: 'required' });
      expect(fate(node, shut, 'out', POD, PEER)).toBe('dropped');
    });
  });

  it('lets a link work in ranges that hold everything', () => {
    const node = strictly({ egress: [prefix('::/0')], ingress: [prefix('::/0')] });
    expect(fate(node, [], 'out', 'fd00:244:1::1', 'ff02::1:ff00:9')).toBe('plaintext');
    expect(fate(node, [], 'out', 'fd00:244:1::1', 'fe80::9')).toBe('plaintext');
    expect(fate(node, [], 'in', 'fe80::9', 'fd00:244:1::1')).toBe('plaintext');
    expect(fate(node, [], 'out', 'fd00:244:1::9', '2001:db8::1')).toBe('dropped');
  });

  it('has no part in the thresholds, which are for the many', () => {
    expect(thresholdsOf(strictly(), [pair(2)])).toEqual(thresholdsOf(OFF, [pair(2)]));
  });

  it('has a number of policies that does not grow with the cluster', () => {
    const count = (...pairs: PairWish[]): number =>
      desired(strictly(), pairs).policies.filter(({ priority }) => priority >= 40).length;
    expect(count(closedPair(2), closedPair(3), pair(4))).toBe(count());
  });

  it('is in force with what is exempt from it first, and goes in the other order', () => {
    const kernel = new ModelKernel();
    const about = (wish: NodeWish) => diff(kernel.actual, desired(wish, [])).steps;
    const on = about(strictly());
    kernel.apply(on);
    const off = about(OFF);
    const position = (steps: typeof on, from: string, to: string): number =>
      steps.findIndex((step) => step.about.includes(`out ${from} ${to}`));
    const exempt = ['10.244.1.0/24', '10.244.1.0/24'] as const;
    const blocked = ['10.244.1.0/24', '10.244.0.0/16'] as const;
    expect(position(on, ...exempt)).toBeLessThan(position(on, ...blocked));
    expect(position(off, ...exempt)).toBeGreaterThan(position(off, ...blocked));
  });
});

describe('strict mode alone, on a node without an identity', () => {
  const stand = (node: NodeWish, pairs: readonly PairWish[] = []): ModelKernel => {
    const kernel = new ModelKernel();
    kernel.apply(diff(kernel.actual, desired(node, pairs)).steps);
    return kernel;
  };

  it('comes without anything else', () => {
    const kernel = new ModelKernel();
    kernel.apply(diffStrict(kernel.actual, strictly()));
    expect(kernel.contents).toEqual(stand(strictly()).contents);
    expect(diffStrict(kernel.actual, strictly())).toEqual([]);
  });

  it('comes beside what was there before, of which nothing is touched, and goes from there', () => {
    const pairs = [closedPair(2), pair(3, { tunnels: [tunnel(3)], in: 'optional' })];
    const kernel = stand(OFF, pairs);
    const before = new Set(kernel.actual.policies);
    kernel.apply(diffStrict(kernel.actual, strictly()));
    expect(kernel.actual.policies).toEqual(expect.arrayContaining([...before]));
    expect(kernel.actual.policies.length).toBeGreaterThan(before.size);
    kernel.apply(diffStrict(kernel.actual, OFF));
    expect(new Set(kernel.actual.policies)).toEqual(before);
    expect(kernel.actual.sas).toHaveLength(4);
  });

  it('leaves a pair’s policy where both want the same place', () => {
    const node = strictly({ egress: [prefix('10.244.2.0/24')], ingress: [] });
    const kernel = stand(node, [closedPair(2)]);
    expect(diffStrict(kernel.actual, node)).toEqual([]);
  });
});
