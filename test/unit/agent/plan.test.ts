import { describe, expect, it } from 'vitest';
import { Held, type Plan } from '../../../src/agent/plan.js';
import type { RecordMark } from '../../../src/keying/index.js';
import type { Pair, Tunnel } from '../../../src/pairs/index.js';

const TUNNEL = { id: 't1', confirmed: false } as Tunnel;
const MARK: RecordMark = {
  ...{ nodeUID: 'u', protocolVersion: 1, epoch: 1, revision: 1 },
  ...{ digest: '00', keyIDs: [3] },
};
const PAIR: Pair = {
  peer: 'n2',
  reqid: 7,
  podPrefixes: ['10.244.2.0/24'],
  addresses: ['192.0.2.2'],
  mark: MARK,
  tunnels: [TUNNEL],
  spent: [],
  outClosed: true,
  inClosed: true,
};

function planOf(change: Partial<Pair> = {}, node = 'node', probe = TUNNEL): Plan {
  const pair = { ...PAIR, ...change };
  return { node, pairs: [{ pair, best: pair.tunnels[0], probe }] };
}

/** With the plan as the kernel was found to hold it. */
function held(): Held {
  const one = new Held();
  one.begin()(planOf(), 1000);
  return one;
}

describe('what the kernel was found to hold', () => {
  it('is nothing before it was read', () => {
    expect(new Held().has(planOf(), 0)).toBe(false);
  });

  it('is a plan that says the same, of other objects', () => {
    const again = { podPrefixes: [...PAIR.podPrefixes], addresses: [...PAIR.addresses] };
    expect(held().has(planOf({ ...again, mark: { ...MARK } }), 999)).toBe(true);
  });

  it.each<[string, Plan]>([
    ['a prefix', planOf({ podPrefixes: ['10.244.3.0/24'] })],
    ['an address more', planOf({ addresses: ['192.0.2.2', '192.0.2.3'] })],
    ['a record', planOf({ mark: { ...MARK, epoch: 2 } })],
    ['a tunnel that was confirmed', planOf({ tunnels: [{ ...TUNNEL, confirmed: true }] })],
    ['no tunnel', planOf({ tunnels: [] })],
    ['what is spent', planOf({ spent: [{ id: 't', ownEpoch: 1, peerUID: 'u', peerEpoch: 1 }] })],
    ['a request id', planOf({ reqid: 8 })],
    ['the tunnel of data', planOf({ sendsOn: 't1' })],
    ['what is let out', planOf({ outClosed: false })],
    ['what is let in', planOf({ inClosed: false })],
    ['the tunnel of probes', planOf({}, 'node', { ...TUNNEL, id: 't2' })],
    ['the node’s own part', planOf({}, 'other')],
    ['a pair less', { node: 'node', pairs: [] }],
    ['a pair more', { node: 'node', pairs: [...planOf().pairs, ...planOf().pairs] }],
  ])('is not another plan: %s', (_, plan) => {
    expect(held().has(plan, 0)).toBe(false);
  });

  it('must be looked at again when the time is over, or something has changed', () => {
    const one = held();
    expect(one.has(planOf(), 1000)).toBe(false);
    expect(one.has(planOf(), 999)).toBe(true);
    one.forget();
    expect(one.has(planOf(), 999)).toBe(false);
  });

  it('is not known when something has changed while it was read', () => {
    const one = new Held();
    const holds = one.begin();
    one.forget();
    holds(planOf(), 1000);
    expect(one.has(planOf(), 0)).toBe(false);
  });
});
