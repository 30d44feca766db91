import { inspect } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { getFamilyId } from '../../../src/netlink/generic/family.js';
import { readGeneric } from '../../../src/netlink/generic/message.js';
import {
  NetlinkParseError,
  setWireguard,
  WIREGUARD_KEY_BYTES,
  type WireguardChange,
  type WireguardDevice,
  type WireguardPeerChange,
  WireguardSecret,
} from '../../../src/netlink/index.js';
import { parseAttributes } from '../../../src/netlink/wire/attributes.js';
import type { NetlinkMessage, NetlinkRequest } from '../../../src/netlink/wire/message.js';
import { messageSize } from '../../../src/netlink/wire/message.js';
import { getWireguardParts, joinParts } from '../../../src/netlink/wireguard/read.js';
import { exchange, exchanges, messageOf } from './captured.js';
import { address, counting, prefix } from './samples.js';

/** The number of WireGuard's family in the kernel that was recorded. */
const FAMILY = 0x20;
const CONTROL = 0x10;

const ONE = {
  publicKey: counting(32, 96),
  presharedKey: new WireguardSecret(counting(32, 64)),
  endpoint: { address: address('10.0.0.2'), port: 51871 },
  persistentKeepalive: 25,
  replaceAllowedIps: true,
  allowedIps: [prefix('10.244.2.0/24'), prefix('fd10:2::/64')],
};
const TWO = {
  publicKey: counting(32, 128),
  endpoint: { address: address('fd00::2'), port: 51872 },
  replaceAllowedIps: true,
  allowedIps: [],
};

describe('the family of WireGuard', () => {
  it('is asked for as wg does, and found in the answer', () => {
    const { sent, received } = exchange('wireguard', 'wg show wg0 dump');
    const query = getFamilyId('wireguard');
    const { body } = messageOf(sent, CONTROL);
    // wg names version 1 of the family of families; the kernel does not look.
    expect(hex(query.body.with(1, 1))).toBe(hex(body));
    expect(received.flatMap((message) => query.parse(message) ?? [])).toEqual([FAMILY]);
  });

  it('has a number in every answer', () => {
    const { received } = exchange('wireguard', 'wg show wg0 dump');
    const answer = messageOf(received, CONTROL);
    const body = answer.body.subarray(0, 4);
    expect(() => getFamilyId('wireguard').parse({ ...answer, body })).toThrow(NetlinkParseError);
  });
});

describe('changes of a WireGuard device', () => {
  it.each<[string, WireguardChange]>([
    [
      'wg set wg0 listen-port',
      { privateKey: new WireguardSecret(counting(32, 1)), listenPort: 51871, fwmark: 0x10 },
    ],
    [`wg set wg0 peer ${base64(ONE.publicKey)} preshared-key shared`, { peers: [ONE] }],
    [`wg set wg0 peer ${base64(TWO.publicKey)} endpoint`, { peers: [TWO] }],
    [
      `wg set wg0 peer ${base64(TWO.publicKey)} remove`,
      { peers: [{ publicKey: TWO.publicKey, remove: true }] },
    ],
    [
      `wg set wg0 peer ${base64(ONE.publicKey)} preshared-key /dev/null`,
      { peers: [{ publicKey: ONE.publicKey, presharedKey: 'none' }] },
    ],
  ])('are those of `%s`', (command, change) => {
    const theirs = messageOf(exchange('wireguard', command).sent, FAMILY);
    const requests = setWireguard(FAMILY, 'wg0', change);
    expect(requests.map(({ type, flags, body }) => [type, flags, hex(body)])).toEqual([
      [FAMILY, theirs.flags, hex(theirs.body)],
    ]);
  });

  it('go on in a second message as those of wg do', () => {
    const theirs = exchange('wireguard', 'wg setconf wg1').sent.filter(
      ({ type }) => type === FAMILY,
    );
    const many = Array.from({ length: 250 }, (_, index) => prefix(`10.244.${index}.0/24`));
    const ours = setWireguard(
      FAMILY,
      'wg1',
      {
        listenPort: 51873,
        fwmark: 0,
        replacePeers: true,
        peers: [
          { ...TWO, publicKey: ONE.publicKey, allowedIps: [prefix('10.245.0.0/32')] },
          { ...TWO, endpoint: { address: address('10.0.0.3'), port: 51871 }, allowedIps: many },
          { ...TWO, publicKey: counting(32, 160), allowedIps: [prefix('10.245.0.1/32')] },
        ].map(({ endpoint, ...peer }) => (endpoint.port === 51871 ? { ...peer, endpoint } : peer)),
      },
      4096,
    );
    expect(theirs).toHaveLength(2);
    expect(ours).toHaveLength(2);
    expect(read(ours, 'wg1').peers).toEqual(read(theirs, 'wg1').peers);
    // Nothing is replaced twice: the second message would undo the first.
    expect(ours.map(flagsOf)).toEqual([
      { device: [1], peers: [2, 2] },
      { device: [], peers: [2] },
    ]);
    expect(theirs.map(flagsOf)).toEqual(ours.map(flagsOf));
  });

  it('never make a peer, by a continuation, that was only to be updated', () => {
    const allowedIps = Array.from({ length: 50 }, (_, index) => prefix(`10.1.${index}.0/24`));
    const peer = {
      publicKey: ONE.publicKey,
      updateOnly: true,
      replaceAllowedIps: true,
      allowedIps,
    };
    const messages = setWireguard(FAMILY, 'wg0', { peers: [peer] }, 512);
    expect(messages.length).toBeGreaterThan(2);
    const [first, ...others] = messages.map((one) => flagsOf(one).peers);
    expect(first).toEqual([6]);
    expect(new Set(others.flat())).toEqual(new Set([4]));
  });

  it('are read back as they were written, whatever the size of messages', () => {
    fc.assert(
      fc.property(changes(), fc.integer({ min: 512, max: 5000 }), (change, largest) => {
        const requests = setWireguard(FAMILY, 'wg0', change, largest);
        for (const request of requests) expect(messageSize(request)).toBeLessThanOrEqual(largest);
        const device = read(requests, 'wg0');
        expect(device.listenPort).toBe(change.listenPort ?? 0);
        expect(device.fwmark).toBe(change.fwmark ?? 0);
        expect(bytesOf(device.privateKey)).toEqual(bytesOf(change.privateKey));
        const shape = ({ presharedKey, ...rest }: Partial<WireguardPeerChange>) => ({
          ...rest,
          presharedKey: presharedKey === 'none' ? undefined : bytesOf(presharedKey),
        });
        expect(
          device.peers.map(
            ({ publicKey, presharedKey, endpoint, persistentKeepalive, allowedIps }) =>
              shape({
                publicKey,
                ...(presharedKey && { presharedKey }),
                ...(endpoint && { endpoint }),
                persistentKeepalive,
                allowedIps,
              }),
          ),
        ).toEqual((change.peers ?? []).map(shape));
      }),
    );
  });

  it('refuse keys, names and sizes that cannot be, and quote no key', () => {
    const short = counting(31, 200);
    const refused = [
      () => new WireguardSecret(short),
      () => setWireguard(FAMILY, 'wg0', { peers: [{ publicKey: short }] }),
      () => setWireguard(FAMILY, 'a name that is too long', {}),
      () => setWireguard(FAMILY, 'wg0', {}, 100),
    ];
    for (const attempt of refused) {
      expect(attempt).toThrow(RangeError);
      expect(attempt).not.toThrow(/200|c8/i);
    }
  });
});

describe('a secret', () => {
  it('is a copy, as is what it gives out, and equal to its like alone', () => {
    const bytes = counting(32, 64);
    const secret = new WireguardSecret(bytes);
    bytes.fill(0);
    secret.export().fill(0);
    expect(bytesOf(secret)).toBe(hex(counting(32, 64)));
    expect(secret.equals(new WireguardSecret(counting(32, 64)))).toBe(true);
    expect(secret.equals(new WireguardSecret(counting(32, 65)))).toBe(false);
  });

  it('is cleared when it is collected', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const fill = vi.spyOn(Uint8Array.prototype, 'fill');
    try {
      const make = () => void new WireguardSecret(counting(32, 7));
      make();
      await vi.waitFor(() => {
        collect();
        const cleared = fill.mock.contexts.filter(
          (one) => one instanceof Uint8Array && one.length === WIREGUARD_KEY_BYTES,
        );
        expect(cleared).not.toEqual([]);
      });
    } finally {
      fill.mockRestore();
    }
  });
});

describe('a WireGuard device', () => {
  const query = getWireguardParts(FAMILY, 'wg0');

  it('is asked for as wg does', () => {
    const { sent } = exchange('wireguard', 'wg show wg0 dump');
    const theirs = messageOf(sent, FAMILY);
    // wg asks to have an acknowledgement as well, which a dump ends with anyway.
    expect(query.flags | 0x4).toBe(theirs.flags | 0x4);
    expect(hex(query.body)).toBe(hex(theirs.body));
  });

  it('has its keys, port, mark, and peers with all that they have', () => {
    const device = dumped('wg show wg0 dump');
    expect(device).toMatchObject({ name: 'wg0', listenPort: 51871, fwmark: 0x10 });
    // As the kernel clamps it.
    const clamped = counting(32, 1);
    clamped[0] = 0;
    clamped[31] = 0x60;
    expect(bytesOf(device.privateKey)).toBe(hex(clamped));
    const use = { lastHandshake: 0n, receivedBytes: 0n, sentBytes: 0n };
    expect(
      device.peers.map(({ presharedKey, ...peer }) => ({ ...peer, shared: bytesOf(presharedKey) })),
    ).toEqual([
      {
        ...use,
        publicKey: ONE.publicKey,
        endpoint: ONE.endpoint,
        persistentKeepalive: 25,
        allowedIps: expect.arrayContaining(ONE.allowedIps),
        shared: hex(counting(32, 64)),
      },
      {
        ...use,
        publicKey: TWO.publicKey,
        endpoint: TWO.endpoint,
        persistentKeepalive: 0,
        allowedIps: [],
        shared: undefined,
      },
    ]);
  });

  it('without a key has none', () => {
    const device = dumped('wg show wg1 dump', 0);
    expect(device).not.toHaveProperty('privateKey');
    expect(device.peers).toEqual([]);
  });

  it('is joined from several messages, a peer that was cut too', () => {
    const { peers } = dumped('wg show wg1 dump', 1);
    expect(peers.map(({ allowedIps }) => allowedIps.length)).toEqual([1, 250, 1]);
    const all = new Set(peers[1]?.allowedIps.map(({ address }) => address.join('.')));
    expect(all).toEqual(new Set(Array.from({ length: 250 }, (_, i) => `10.244.${i}.0`)));
    expect(peers[1]?.endpoint).toEqual({ address: address('10.0.0.3'), port: 51871 });
  });

  it('is not made of an answer that lacks it, or of two devices', () => {
    const device = { ifindex: 4, name: 'wg0', peers: [] };
    expect(() => joinParts([])).toThrow(NetlinkParseError);
    expect(() => joinParts([{ peers: [] }])).toThrow(NetlinkParseError);
    expect(() => joinParts([device, { ...device, ifindex: 5 }])).toThrow(NetlinkParseError);
    expect(joinParts([device, { peers: [] }])).toEqual({ ...device, listenPort: 0, fwmark: 0 });
  });

  it('shows no secret when it is printed', () => {
    const device = dumped('wg show wg0 dump');
    const printed = [
      inspect(device, { depth: null, showHidden: true }),
      JSON.stringify(device, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
    ].join('');
    // Both count upwards, as bytes and as base64.
    for (const secret of [counting(32, 64), counting(32, 2)]) {
      const [a, b, c] = secret;
      expect(printed).not.toMatch(new RegExp(`\\b${a},\\s*${b},\\s*${c}\\b`));
      expect(printed).not.toContain(base64(secret.subarray(0, 6)));
      expect(printed).not.toContain(hex(secret.subarray(0, 6)));
    }
  });

  it('gives an error, and no other, for bytes that are anything', () => {
    const message = exchange('wireguard', 'wg show wg0 dump').received.find(
      ({ type }) => type === FAMILY,
    );
    const bytes = Uint8Array.from(message?.body ?? []);
    expect(bytes.length).toBeGreaterThan(400);
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }))
        .map(([at, value]) => bytes.with(at, value)),
      fc.nat({ max: bytes.length }).map((size) => bytes.subarray(0, size)),
    );
    fc.assert(
      fc.property(hostile, (body) => {
        try {
          const part = query.parse({ ...blank, body });
          if (part !== undefined) joinParts([part]);
        } catch (error) {
          expect(error).toBeInstanceOf(NetlinkParseError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

const blank = { type: FAMILY, flags: 0, sequence: 1, portId: 0 };

/** The device that the kernel described to the so-many-th of the commands. */
function dumped(command: string, place = 0): WireguardDevice {
  const found = exchanges('wireguard', command)[place];
  if (found === undefined) throw new Error(`no answer ${place} to ${command}`);
  const parse = getWireguardParts(FAMILY, 'wg0').parse;
  return joinParts(found.received.flatMap((message) => parse(message) ?? []));
}

/** What messages that set a device say, read as if they described it. */
function read(
  messages: readonly (NetlinkRequest | NetlinkMessage)[],
  name: string,
): WireguardDevice {
  const parse = getWireguardParts(FAMILY, name).parse;
  const parts = messages.flatMap(({ body }) => {
    // The command is another, the attributes are the same.
    const part = parse({ ...blank, body: Uint8Array.from(body).with(0, 0) });
    return part === undefined ? [] : [{ ...part, ifindex: 1 }];
  });
  return joinParts(parts);
}

/** The flags of a device and of its peers in a message that sets them. */
function flagsOf({ body }: { body: Uint8Array }) {
  const { attributes } = readGeneric({ ...blank, body });
  const flags = (list: readonly { type: number; payload: Uint8Array }[], wanted: number) =>
    list.filter(({ type }) => type === wanted).map(({ payload }) => payload[0]);
  const peers = attributes.filter(({ type }) => type === 8);
  return {
    device: flags(attributes, 5),
    peers: peers.flatMap(({ payload }) =>
      parseAttributes(payload).flatMap((peer) => flags(parseAttributes(peer.payload), 3)),
    ),
  };
}

function changes(): fc.Arbitrary<WireguardChange> {
  const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const secret = key
    .filter((bytes) => bytes.some((byte) => byte !== 0))
    .map((bytes) => new WireguardSecret(bytes));
  const ip = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
  );
  const allowedIp = fc
    .tuple(ip, fc.nat({ max: 32 }))
    .map(
      ([bytes, length]) =>
        ({ family: bytes.length === 4 ? 4 : 6, address: bytes, length }) as const,
    );
  const peer = fc.record(
    {
      publicKey: key,
      presharedKey: fc.oneof(secret, fc.constant('none' as const)),
      endpoint: fc.record({ address: ip, port: fc.integer({ min: 1, max: 65535 }) }),
      persistentKeepalive: fc.nat({ max: 65535 }),
      allowedIps: fc.array(allowedIp, { maxLength: 40 }),
    },
    { requiredKeys: ['publicKey', 'persistentKeepalive', 'allowedIps'] },
  );
  const peers = fc.uniqueArray(peer, {
    maxLength: 12,
    selector: ({ publicKey }) => hex(publicKey),
  });
  return fc.record(
    {
      privateKey: secret,
      listenPort: fc.nat({ max: 65535 }),
      fwmark: fc.nat({ max: 0xffff_ffff }),
      peers,
    },
    { requiredKeys: [] },
  );
}

/** In hex: vitest takes all secrets for equal. */
function bytesOf(secret: WireguardSecret | undefined): string | undefined {
  return secret && hex(secret.export());
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
