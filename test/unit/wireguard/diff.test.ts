import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPrefix, networkOf, type Prefix } from '../../../src/net/index.js';
import {
  type WireguardDevice,
  type WireguardPeerChange,
  WireguardSecret,
} from '../../../src/netlink/index.js';
import {
  type DesiredDevice,
  type DesiredPeer,
  DISCARDED_PEER,
  diff,
  importWireguardKey,
} from '../../../src/wireguard/index.js';
import { described, device, key, peer, prefix } from './samples.js';

const A = peer('a', '10.244.1.0/24', 'fd10:1::/64');
const B = peer('b', '10.244.2.0/24');

describe('the changes of a device', () => {
  it('are none when it is as desired', () => {
    expect(diff(described(device(A, B)), device(A, B))).toBeUndefined();
  });

  it('are none when the kernel lists peers and allowed IPs in another order', () => {
    const actual = described(device(B, { ...A, allowedIps: [...A.allowedIps].reverse() }));
    expect(diff(actual, device(A, B))).toBeUndefined();
  });

  it('are none for host bits, which the kernel leaves out', () => {
    const desired = device(peer('a', '10.244.1.7/24', 'fd10:1::7/64'), B);
    expect(diff(described(device(A, B)), desired)).toBeUndefined();
  });

  it('are all of a device that is new', () => {
    const { keys, ...wanted } = device(A, B);
    const { privateKey: _, publicKey: __, ...rest } = described(device());
    const change = diff({ ...rest, listenPort: 0 }, device(A, B));
    expect(change).toEqual({
      privateKey: keys.privateKey,
      listenPort: 51871,
      peers: [A, B],
    });
    expect(change?.privateKey?.equals(keys.privateKey)).toBe(true);
    expect(wanted.fwmark).toBe(0);
  });

  it('are those of the one peer that changed, and of it what changed', () => {
    const other = { ...B, persistentKeepalive: 25 };
    expect(changes(device(A, B), device(A, other))).toEqual([
      { publicKey: B.publicKey, persistentKeepalive: 25 },
    ]);
    const moved = { ...B, endpoint: { address: Uint8Array.of(192, 0, 2, 9), port: 51871 } };
    expect(changes(device(A, B), device(A, moved))).toEqual([
      { publicKey: B.publicKey, endpoint: moved.endpoint },
    ]);
    const larger = { ...B, allowedIps: [...B.allowedIps, prefix('10.244.9.0/24')] };
    expect(changes(device(A, B), device(A, larger))).toEqual([
      { publicKey: B.publicKey, allowedIps: [prefix('10.244.9.0/24')] },
    ]);
  });

  it('set another preshared key, or take it away', () => {
    const presharedKey = new WireguardSecret(key('another'));
    const [change] = changes(device(A), device({ ...A, presharedKey }));
    const set = change?.presharedKey;
    expect(typeof set === 'object' && set.equals(presharedKey)).toBe(true);
    const { presharedKey: _, ...open } = A;
    expect(changes(device(A), device(open))).toEqual([
      { publicKey: A.publicKey, presharedKey: 'none' },
    ]);
    expect(changes(device(open), device(A))).toHaveLength(1);
    expect(changes(device(open), device(open))).toEqual([]);
  });

  it('set back what a foreign tool changed of the device', () => {
    const actual = described(device(A));
    const foreign = importWireguardKey(key('foreign'));
    expect(
      diff({ ...actual, listenPort: 1, fwmark: 2, privateKey: foreign.privateKey }, device(A)),
    ).toEqual({ privateKey: expect.anything(), listenPort: 51871, fwmark: 0 });
  });

  it('leave alone the endpoint of a peer that may come from wherever', () => {
    const { endpoint: _, ...anywhere } = A;
    expect(diff(described(device(A)), device(anywhere))).toBeUndefined();
  });

  it('give an allowed IP to its new peer without taking it from the old one first', () => {
    const moved = prefix('10.244.1.0/24');
    const [a, b] = [peer('a', 'fd10:1::/64'), peer('b', '10.244.2.0/24', '10.244.1.0/24')];
    expect(changes(device(A, B), device(a, b))).toEqual([
      { publicKey: B.publicKey, allowedIps: [moved] },
    ]);
  });

  it('remove a peer after those that take over from it', () => {
    expect(changes(device(A), device({ ...A, publicKey: key('new') }))).toEqual([
      { ...A, publicKey: key('new') },
      { publicKey: A.publicKey, remove: true },
    ]);
  });

  it('take an allowed IP from a peer that keeps others by way of a peer that goes at once', () => {
    expect(changes(device(A), device(peer('a', 'fd10:1::/64')))).toEqual([
      { publicKey: DISCARDED_PEER, allowedIps: [prefix('10.244.1.0/24')] },
      { publicKey: DISCARDED_PEER, remove: true },
    ]);
  });

  it('remove that peer when an interrupted change left it', () => {
    const left: DesiredPeer = {
      publicKey: DISCARDED_PEER,
      allowedIps: [prefix('10.9.0.0/16')],
    };
    expect(changes(device(A, left), device(A))).toEqual([
      { publicKey: DISCARDED_PEER, remove: true },
    ]);
  });
});

describe('from any device to any other', () => {
  it('lead the changes, in the end, and never by way of a moment without an allowed IP', () => {
    fc.assert(
      fc.property(devices(), devices(), (before, after) => {
        const actual = described(before);
        const always = owners(before).filter(([text]) =>
          owners(after).some(([one]) => one === text),
        );
        let held = new Map(owners(before));
        const present = new Set(before.peers.map(({ publicKey }) => hex(publicKey)));
        for (const change of diff(actual, after)?.peers ?? []) {
          held = done(held, change);
          if (change.remove) present.delete(hex(change.publicKey));
          else present.add(hex(change.publicKey));
          for (const [text, owner] of always) {
            const later = new Map(owners(after)).get(text);
            expect([owner, later]).toContain(held.get(text));
          }
        }
        expect(held).toEqual(new Map(owners(after)));
        expect(present).toEqual(new Set(after.peers.map(({ publicKey }) => hex(publicKey))));
      }),
    );
  });
});

/** What the kernel does with allowed IPs: adding moves, removing a peer takes its own away. */
function done(
  held: ReadonlyMap<string, string>,
  { publicKey, remove, allowedIps = [] }: WireguardPeerChange,
): Map<string, string> {
  const owner = hex(publicKey);
  if (remove) return new Map([...held].filter(([, one]) => one !== owner));
  return new Map([...held, ...allowedIps.map((one) => [text(one), owner] as const)]);
}

function owners({ peers }: DesiredDevice): [string, string][] {
  return peers.flatMap(({ publicKey, allowedIps }) =>
    allowedIps.map((one): [string, string] => [text(one), hex(publicKey)]),
  );
}

/** Devices of up to five peers, among which up to ten prefixes are dealt out. */
function devices(): fc.Arbitrary<DesiredDevice> {
  const owner = fc.option(fc.nat({ max: 4 }), { nil: undefined });
  return fc
    .tuple(fc.array(owner, { minLength: 10, maxLength: 10 }), fc.subarray([0, 1, 2, 3, 4]))
    .map(([dealt, names]) =>
      device(
        ...names.map((name) =>
          peer(
            `peer ${name}`,
            ...dealt.flatMap((one, index) => (one === name ? [`10.244.${index}.0/24`] : [])),
          ),
        ),
      ),
    );
}

function changes(before: DesiredDevice, after: DesiredDevice): readonly WireguardPeerChange[] {
  const actual: WireguardDevice = described(before);
  return diff(actual, after)?.peers ?? [];
}

function text(one: Prefix): string {
  return formatPrefix(networkOf(one));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
