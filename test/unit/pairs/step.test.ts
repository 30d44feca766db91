import { describe, expect, it } from 'vitest';
import {
  bestOf,
  type Origin,
  type Pair,
  pairWish,
  step,
  type Tunnel,
  wantedOrigins,
} from '../../../src/pairs/index.js';
import { bare, fakeTunnel, ownEnd, record, situation } from './samples.js';

/** What a and b want of each other, in a's epoch: one tunnel for each key id, the preferred one last. */
function wants(epoch: number, keyIDs: readonly number[] = [1]): Origin[] {
  const own = ownEnd({ name: 'a', number: 1, epoch, generation: epoch, keyIDs });
  return wantedOrigins(own, record({ name: 'b', number: 2, keyIDs: [1, 2, 3] }));
}

const OLD = wants(1);
const NEW = wants(2);
const BITS = { confirmed: true, peerSends: true, told: true };

function tunnelOf([origin]: readonly Origin[], bits: Partial<Tunnel> = {}): Tunnel {
  if (origin === undefined) throw new Error('nothing is wanted');
  return { ...fakeTunnel(origin, bare().reqid), ...bits };
}

/** Encrypted both ways on these tunnels. */
function closed(tunnels: readonly Tunnel[], change: Partial<Pair> = {}): Pair {
  return bare({ tunnels, outClosed: true, inClosed: true, ...change });
}

const next = (pair: Pair, change: Parameters<typeof situation>[0] = {}): Pair =>
  step(pair, situation(change), fakeTunnel);
const ids = ({ tunnels }: Pair): string[] => tunnels.map(({ id }) => id);
const wish = (pair: Pair, wanted: readonly Origin[] = []): [string, string] => {
  const { out, in: arriving } = pairWish(pair, bestOf(pair, wanted), undefined, () => undefined);
  return [out.kind, arriving];
};

describe('the policies of a pair', () => {
  const one = tunnelOf(OLD);
  const confirmed = tunnelOf(OLD, { confirmed: true });
  it.each<[string, Pair, [string, string]]>([
    ['are none without a tunnel', bare(), ['plain', 'plain']],
    ['take both while nothing is confirmed', bare({ tunnels: [one] }), ['plain', 'optional']],
    [
      'protect what leaves first',
      bare({ tunnels: [confirmed], outClosed: true }),
      ['protect', 'optional'],
    ],
    ['refuse plaintext last', closed([confirmed]), ['protect', 'required']],
    ['block while nothing is confirmed any more', closed([one]), ['block', 'required']],
    ['block after a reboot', closed([]), ['block', 'required']],
  ])('%s', (_, pair, policies) => {
    expect(wish(pair, OLD)).toEqual(policies);
  });

  it('pin the preferred one of the tunnels that the peer can read', () => {
    const wanted = wants(1, [1, 2, 3]);
    const tunnels = wanted.map((origin, index) => tunnelOf([origin], { confirmed: index < 2 }));
    expect(bestOf({ tunnels }, wanted)).toBe(tunnels[1]);
  });

  it('stay with the tunnel that data goes on, while none that is wanted is confirmed', () => {
    const tunnels = [tunnelOf(OLD, BITS), tunnelOf(wants(5), BITS)];
    const sendsOn = tunnelOf(OLD).id;
    expect(bestOf({ tunnels, sendsOn }, NEW)).toBe(tunnels[0]);
    expect(bestOf({ tunnels }, NEW)).toBe(tunnels[1]);
  });
});

describe('the first steps of a pair', () => {
  it('are a tunnel for each key id that both have', () => {
    expect(ids(next(bare(), { wanted: wants(1, [1, 4]) }))).toEqual([tunnelOf(OLD).id]);
    expect(next(bare(), { wanted: wants(1, [1, 2]) }).tunnels).toHaveLength(2);
  });

  it.each([
    ['our record does not say Enforced yet', { enforced: false }],
    ['the peer’s record does not', { peerPhase: 'Enabling' }],
    ['there is no record of the peer', { peerPhase: undefined }],
    ['the peer is disabled', { peerPhase: 'Disabled' }],
  ] as const)('leave data in plaintext while %s: a reboot could forget it else', (_, change) => {
    const pair = bare({ tunnels: [tunnelOf(OLD, { confirmed: true })] });
    expect(next(pair, { wanted: OLD, ...change }).outClosed).toBe(false);
    expect(next(pair, { wanted: OLD }).outClosed).toBe(true);
  });

  it('leave data in plaintext without an answer to a probe, whatever the peer says it sends', () => {
    const pair = bare({ tunnels: [tunnelOf(OLD, { peerSends: true })] });
    expect(next(pair, { wanted: OLD })).toMatchObject({ outClosed: false, inClosed: false });
  });

  it('refuse plaintext a moment after the peer said that it sends none', () => {
    const pair = bare({ tunnels: [tunnelOf(OLD, { confirmed: true })], outClosed: true });
    expect(next(pair, { wanted: OLD }).inClosed).toBe(false);
    const heard = { ...pair, tunnels: [tunnelOf(OLD, BITS)] };
    expect(next(heard, { wanted: OLD, settled: false }).inClosed).toBe(false);
    expect(next(heard, { wanted: OLD }).inClosed).toBe(true);
  });

  it('tell the peer anew of each move of data', () => {
    const wanted = wants(1, [1, 2]);
    const tunnels = wanted.map((origin) => tunnelOf([origin], BITS));
    const moved = next(closed(tunnels, { sendsOn: tunnelOf(OLD).id }), { wanted });
    expect(moved.tunnels.map(({ told }) => told)).toEqual([true, false]);
    expect(moved.sendsOn).toBe(tunnels[1]?.id);
    expect(next(moved, { wanted })).toEqual(moved);
  });
});

describe('when the peer has another epoch, key or address', () => {
  it('has the peer answer anew on a tunnel that is wanted again, as it may have dropped it', () => {
    const [old, fresh] = [tunnelOf(OLD, { confirmed: true }), tunnelOf(NEW, BITS)];
    const moved = next(closed([old, fresh], { sendsOn: fresh.id }), { wanted: NEW, steady: false });
    expect(moved.tunnels.map(({ confirmed }) => confirmed)).toEqual([false, true]);
    const back = next(moved, { wanted: OLD });
    expect(back.sendsOn).toBe(fresh.id);
  });

  it('is at its end at once, also where the pair closes in the same step', () => {
    const tunnels = [tunnelOf(OLD, { confirmed: true }), tunnelOf(NEW, BITS)];
    const open = closed(tunnels, { outClosed: false, inClosed: false });
    const now = { wanted: NEW, enforced: true, steady: false } as const;
    const once = next(open, now);
    expect(once.outClosed).toBe(true);
    expect(next(once, now)).toEqual(once);
  });

  const before = closed([tunnelOf(OLD, BITS)], { sendsOn: tunnelOf(OLD).id });

  it('there is a new tunnel beside the old, which carries data on', () => {
    const after = next(before, { wanted: NEW });
    expect(ids(after)).toEqual([...OLD, ...NEW].map((origin) => tunnelOf([origin]).id));
    expect(bestOf(after, NEW)?.id).toBe(tunnelOf(OLD).id);
    expect(wish(after, NEW)).toEqual(['protect', 'required']);
  });

  const moved = closed([tunnelOf(OLD, { ...BITS, peerSends: false }), tunnelOf(NEW, BITS)]);
  it('the old one goes once both send on a wanted one and all has been steady, for good', () => {
    const after = next(moved, { wanted: NEW });
    expect(ids(after)).toEqual([tunnelOf(NEW).id]);
    expect(after.spent).toMatchObject([{ id: tunnelOf(OLD).id }]);
  });

  it.each([
    ['a moment has not passed', { settled: false }, moved],
    ['something changed a while ago', { steady: false }, moved],
    [
      'the peer still sends on it',
      {},
      closed([tunnelOf(OLD, BITS), tunnelOf(NEW, { ...BITS, peerSends: false })]),
    ],
    [
      'we still send on it',
      {},
      closed([tunnelOf(OLD, BITS), tunnelOf(NEW, { ...BITS, confirmed: false })]),
    ],
  ])('the old one stays while %s', (_, change, pair) => {
    expect(ids(next(pair, { wanted: NEW, ...change }))).toHaveLength(2);
  });

  it('no more than four that were never used stay of a peer that changes its keys all the time', () => {
    let pair = before;
    for (let epoch = 2; epoch < 12; epoch += 1) {
      pair = next(pair, { wanted: wants(epoch), steady: false });
    }
    expect(pair.tunnels).toHaveLength(1 + 4 + 1);
    expect(ids(pair)[0]).toBe(tunnelOf(OLD).id);
  });

  it('none of them stays once it is known where both send, and nothing has changed for long', () => {
    let pair = before;
    for (let epoch = 2; epoch < 5; epoch += 1) {
      pair = next(pair, { wanted: wants(epoch), steady: false });
    }
    expect(ids(next(pair, { wanted: wants(4) }))).toEqual([
      tunnelOf(OLD).id,
      tunnelOf(wants(4)).id,
    ]);
  });

  it('a tunnel whose SPI comes back after 32 generations gives way', () => {
    const wanted = wants(1).map((origin) => ({ ...origin, own: { ...origin.own, epoch: 33 } }));
    const after = next(before, { wanted });
    expect(ids(after)).toEqual([tunnelOf(wanted).id]);
    expect(after.spent).toMatchObject([{ id: tunnelOf(OLD).id }]);
  });
});

describe('when a record is refused or missing', () => {
  it('nothing changes', () => {
    const pair = closed([tunnelOf(OLD, BITS)], { sendsOn: tunnelOf(OLD).id });
    expect(next(pair, { wanted: [], peerPhase: undefined })).toEqual(pair);
  });

  it('and the node with it for five minutes, the SAs go and data is blocked', () => {
    const after = next(closed([tunnelOf(OLD, BITS)]), { gone: true, peerPhase: undefined });
    expect(wish(after)).toEqual(['block', 'required']);
    expect(after).toMatchObject({ tunnels: [], spent: [{ id: tunnelOf(OLD).id }] });
  });
});

describe('when encryption is disabled', () => {
  const pair = closed([tunnelOf(OLD, BITS)], { sendsOn: tunnelOf(OLD).id });
  it.each<[string, Parameters<typeof situation>[0], [string, string, number]]>([
    ['plaintext is taken at once, and ESP sent', {}, ['protect', 'optional', 1]],
    [
      'that stays so while the peer’s record is unknown',
      { peerPhase: undefined },
      ['protect', 'optional', 1],
    ],
    [
      'plaintext is sent once the peer takes it',
      { peerPhase: 'Disabled' },
      ['plain', 'optional', 1],
    ],
    [
      'the SAs go once the peer has none either',
      { peerPhase: 'Disabled', peerIsKeyless: true },
      ['plain', 'plain', 0],
    ],
    [
      'but not while ESP of it may be on its way',
      { peerPhase: 'Disabled', peerIsKeyless: true, settled: false },
      ['plain', 'optional', 1],
    ],
    [
      'nobody waits for a peer that is gone',
      { peerPhase: undefined, gone: true },
      ['plain', 'plain', 0],
    ],
  ])('%s', (_, change, [out, arriving, tunnels]) => {
    const after = next(pair, { disabled: true, ...change });
    expect([...wish(after), after.tunnels.length]).toEqual([out, arriving, tunnels]);
  });

  it('a pair without SAs is blocked until the peer takes plaintext', () => {
    expect(next(closed([]), { disabled: true }).outClosed).toBe(true);
    expect(next(closed([]), { disabled: true, peerPhase: 'Disabled' }).outClosed).toBe(false);
  });

  it('and enabled again, what the peer said of the tunnels of before counts no more', () => {
    const open = next(pair, { disabled: true, peerPhase: 'Disabled' });
    const again = next(open, { wanted: NEW });
    expect(again).toMatchObject({ outClosed: false, inClosed: false });
    expect(ids(again)).toHaveLength(2);
  });
});

it('a step applied to its own result changes nothing', () => {
  const pair = next(bare({ tunnels: [tunnelOf(OLD, BITS)] }), { wanted: NEW });
  expect(next(pair, { wanted: NEW })).toEqual(pair);
});
