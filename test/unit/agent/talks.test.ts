import { describe, expect, it } from 'vitest';
import { NONCE_BYTES, packProbe, parseProbe } from '../../../src/agent/probe-message.js';
import { Talks } from '../../../src/agent/talks.js';
import { hear, type Pair, step, wantedOrigins } from '../../../src/pairs/index.js';
import { bare, fakeTunnel, ownEnd, record, situation } from '../pairs/samples.js';

const KEYS = { inbound: new Uint8Array(32).fill(1), outbound: new Uint8Array(32).fill(2) };
const wanted = wantedOrigins(
  ownEnd({ name: 'a', number: 1, keyIDs: [1, 2] }),
  record({ name: 'b', number: 2, keyIDs: [1, 2] }),
);
const fresh = step(bare(), situation({ wanted }), fakeTunnel);
const [first = '', second = ''] = fresh.tunnels.map(({ id }) => id);

/** What is sent in a round at that time, in milliseconds. */
function round(talks: Talks, pair: Pair, now: number): string[] {
  talks.saying(pair, wanted, now);
  return [...talks.due(now)].map(
    ({ bytes, tunnel }) => `${parseProbe(bytes)?.kind} ${tunnel.keyID}`,
  );
}

/** Our data goes on the first tunnel, or on the second one. */
const onFirst = step(
  { ...hear(fresh, first, 'answer to probe'), outClosed: true },
  situation({ wanted: wanted.slice(0, 1) }),
  fakeTunnel,
);
const onSecond = step(hear(onFirst, second, 'answer to probe'), situation({ wanted }), fakeTunnel);

describe('what is heard of peers', () => {
  const talks = new Talks(() => KEYS);
  const heard = (kind: 'probe' | 'sending') => {
    const [tunnel] = fresh.tunnels;
    if (tunnel === undefined) throw new Error('there is no tunnel');
    const { local, remote, inbound } = tunnel;
    const bytes = packProbe(kind, inbound.spi, new Uint8Array(NONCE_BYTES), KEYS.inbound);
    return talks.receive(bytes, local, remote, [fresh]);
  };

  it('is who asked, as the peer may send there before its record says that it wants to', () => {
    expect(heard('probe')).toMatchObject({ asked: 'b' });
    expect(heard('probe').news).toBeUndefined();
    expect(heard('sending')).toMatchObject({ news: { peer: 'b', heard: 'sending' } });
    expect(heard('sending').asked).toBeUndefined();
  });
});

describe('what is said to peers', () => {
  it('is repeated at growing intervals until it is answered', () => {
    const talks = new Talks(
      () => KEYS,
      () => 0.5,
    );
    const pair = { ...fresh, tunnels: fresh.tunnels.slice(0, 1) };
    const sent = [0, 249, 250, 749, 750, 1749, 1750].filter(
      (now) => round(talks, pair, now).length > 0,
    );
    expect(sent).toEqual([0, 250, 750, 1750]);
  });

  it('is the same when it is asked for twice before it is sent, and takes turns', () => {
    const talks = new Talks(
      () => KEYS,
      () => 0.5,
    );
    const sent = [0, 250, 750, 1750].flatMap((now) => {
      talks.saying(fresh, wanted, now);
      talks.saying(fresh, wanted, now + 1);
      return round(talks, fresh, now + 2);
    });
    expect(new Set(sent)).toEqual(new Set(['probe 1', 'probe 2']));
    expect(talks.attempts('b')).toBe(sent.length);
  });

  it('is not known to be heard by a late answer to the same words from before', () => {
    const talks = new Talks(
      () => KEYS,
      () => 0.5,
    );
    const nonceOf = (pair: Pair, now: number): string => {
      talks.saying(pair, wanted, now);
      return [...talks.due(now)]
        .filter(({ bytes }) => parseProbe(bytes)?.kind === 'sending')
        .map(({ bytes }) => Buffer.from(parseProbe(bytes)?.nonce ?? []).toString('hex'))
        .join();
    };
    const only = { ...onFirst, tunnels: onFirst.tunnels.slice(0, 1) };
    const before = nonceOf(only, 0);
    expect(before).not.toBe('');
    expect(nonceOf(only, 250)).toBe(before);
    expect(nonceOf(onSecond, 5000)).not.toBe('');
    const after = nonceOf(only, 60_000);
    expect(after).not.toBe('');
    expect(after).not.toBe(before);
  });

  it('is never where data goes now while word of another tunnel may be on its way', () => {
    const talks = new Talks(
      () => KEYS,
      () => 0.5,
    );
    const only = { ...onFirst, tunnels: onFirst.tunnels.slice(0, 1) };
    expect(round(talks, only, 0)).toEqual(['sending 1']);
    talks.hurry('b');
    expect(round(talks, onSecond, 10)).toEqual([]);
    expect(talks.nextAt()).toBe(2000);
    expect(round(talks, onSecond, 1999)).toEqual([]);
    expect(round(talks, onSecond, 2000)).toEqual(['sending 2']);
    talks.keepOnly(new Set());
    expect(round(talks, only, 2001)).toEqual(['sending 1']);
  });
});
