import { describe, expect, it } from 'vitest';
import {
  type AgentStatus,
  ciliumStatus,
  encryptionLine,
  parseStatus,
  statusText,
} from '../../../src/status/index.js';
import { HEALTHY, TROUBLED, WIREGUARD } from './samples.js';

/** Milliseconds since 1970. */
const NOW = Date.parse('2026-11-21T09:30:00.700Z');

/** The first device, whose peer has these fields. */
const withPeer = (fields: object) => [
  { ...WIREGUARD.interfaces[0], peers: [{ ...WIREGUARD.interfaces[0]?.peers[0], ...fields }] },
];

describe('the text of a status with WireGuard', () => {
  const KEY = 'A'.repeat(30);

  it('has Cilium’s lines for each device, and behind them where PSKs are from and how peers do', () => {
    expect(statusText(WIREGUARD)).toBe(
      [
        'Encryption: Wireguard                 ',
        'Interface: podcloak_wg0',
        `\tPublic key: podcloak_wg0/${KEY}=`,
        '\tNumber of peers: 2',
        'Interface: podcloak_wg1',
        `\tPublic key: podcloak_wg1/${KEY}=`,
        '\tNumber of peers: 1',
        'PSK of podcloak_wg0, UDP port 51871: from the Secret, key id 3',
        'Peers of podcloak_wg0:',
        '\tworker-2: confirmed, last handshake 1 minute ago, 1.2 MiB received, 512 B sent',
        '\tworker-3: confirmed, last handshake 1 second ago, 1.2 MiB received, 512 B sent',
        'PSK of podcloak_wg1, UDP port 51872: from the Secret, key id 4',
        'Peers of podcloak_wg1:',
        `\tno known node, public key odd${'A'.repeat(40)}=: not confirmed, no handshake yet, 0 B received, 148 B sent`,
        '',
      ].join('\n'),
    );
  });

  it('tells what is wrong as with IPsec, and what the guard dropped', () => {
    const text = statusText({
      ...TROUBLED,
      ...{ mode: 'Wireguard', keysInUse: 0, xfrmCounters: { XfrmInPolBlock: 2 } },
      interfaces: WIREGUARD.interfaces.map((one) => ({ ...one, peerCount: 0, peers: [] })),
    });

    expect(text).toContain(
      [
        '\tNumber of peers: 0',
        `Errors: ${'2'.padEnd(26)}`,
        `\tXfrmInPolBlock: ${'2'.padEnd(26)}`,
        'PSK of podcloak_wg0, UDP port 51871: from the Secret, key id 3',
        'PSK of podcloak_wg1, UDP port 51872: from the Secret, key id 4',
        'Pairs not encrypted: 3 of 6',
        '',
      ].join('\n'),
    );
    expect(text).toMatch(/^\tXfrmInPolBlock: A packet came from a node that is blocked/m);
    expect(text).not.toContain('Peers of');
    expect(text).not.toContain('Keys in use');
  });

  it('has the lines of both while the type changes', () => {
    const text = statusText({ ...WIREGUARD, keysInUse: 2 });

    expect(text).toMatch(/^Encryption: Wireguard +\nDecryption interface/);
    expect(text).toMatch(/^Keys in use: 2 +\nMax Seq. Number: N\/A\nErrors: 0 +\nInterface: /m);
    expect(statusText({ ...HEALTHY, interfaces: WIREGUARD.interfaces })).toMatch(
      /^Encryption: IPsec +\n(.+\n)*Errors: 0 +\nInterface: podcloak_wg0\n/,
    );
  });

  it('lets nothing through to a terminal that it might obey', () => {
    const odd = 'podcloak\u001b[2J\nEncryption: IPsec';
    const [device] = WIREGUARD.interfaces;
    const [peer] = device?.peers ?? [];
    if (device === undefined || peer === undefined) throw new Error('no sample');
    const status: AgentStatus = {
      ...WIREGUARD,
      interfaces: [
        { ...device, name: odd, publicKey: odd, psk: odd, peers: [{ ...peer, node: odd }] },
      ],
    };

    for (const text of [statusText(status), encryptionLine(status)]) {
      expect(text).not.toContain('\u001b');
      expect(text).not.toMatch(/^Encryption: IPsec/m);
    }
    expect(statusText(status).split('\n')).toHaveLength(8);
  });

  it('says so where a device has lost its key', () => {
    const interfaces = WIREGUARD.interfaces.map((one) => ({ ...one, publicKey: '' }));

    expect(statusText({ ...WIREGUARD, interfaces })).toContain('\tPublic key: none\n');
  });
});

describe('the line of cilium-dbg status', () => {
  it('names mode and devices as Cilium does', () => {
    const key = 'A'.repeat(30);

    expect(encryptionLine(WIREGUARD)).toBe(
      `Encryption:   Wireguard   [NodeEncryption: Disabled, podcloak_wg0 (Pubkey: podcloak_wg0/${key}=, Port: 51871, Peers: 2), podcloak_wg1 (Pubkey: podcloak_wg1/${key}=, Port: 51872, Peers: 1)]`,
    );
    expect(encryptionLine(HEALTHY)).toBe('Encryption:   IPsec');
    expect(encryptionLine({ ...HEALTHY, mode: 'Disabled' })).toBe('Encryption:   Disabled');
  });
});

describe('the JSON of a status with WireGuard', () => {
  it('has WireGuard in the keys of Cilium’s API, and ours beside them', () => {
    const [first, second] = WIREGUARD.interfaces;
    const json = ciliumStatus(WIREGUARD, NOW);

    expect(json).toEqual({
      mode: 'Wireguard',
      wireguard: {
        'node-encryption': 'Disabled',
        interfaces: [
          {
            ...{ name: 'podcloak_wg0', 'listen-port': 51871, 'peer-count': 2 },
            'public-key': first?.publicKey,
            peers: [
              {
                ...{ endpoint: '192.0.2.2:51871', 'transfer-rx': 1_258_291, 'transfer-tx': 512 },
                'last-handshake-time': '2026-11-21T09:28:45Z',
                'public-key': first?.peers[0]?.publicKey,
              },
              {
                ...{ endpoint: '192.0.2.2:51871', 'transfer-rx': 1_258_291, 'transfer-tx': 512 },
                'last-handshake-time': '2026-11-21T09:29:59Z',
                'public-key': first?.peers[1]?.publicKey,
              },
            ],
          },
          {
            ...{ name: 'podcloak_wg1', 'listen-port': 51872, 'peer-count': 1 },
            'public-key': second?.publicKey,
            peers: [
              {
                'public-key': second?.peers[0]?.publicKey,
                ...{ 'transfer-rx': 0, 'transfer-tx': 148 },
              },
            ],
          },
        ],
      },
      podcloak: expect.objectContaining({ interfaces: WIREGUARD.interfaces, knownCauses: {} }),
    });
    const encrypting = WIREGUARD.interfaces.map((one) => ({ ...one, nodeEncryption: true }));
    expect(ciliumStatus({ ...WIREGUARD, interfaces: encrypting }, NOW)).toMatchObject({
      wireguard: { 'node-encryption': 'Enabled' },
    });
  });

  it('has both kinds while the type changes, and neither when it is disabled', () => {
    expect(ciliumStatus({ ...WIREGUARD, keysInUse: 2 }, NOW)).toMatchObject({
      ...{ ipsec: { 'keys-in-use': 2 }, wireguard: {} },
    });
    expect(ciliumStatus(HEALTHY, NOW)).not.toHaveProperty('wireguard');
    expect(ciliumStatus({ ...WIREGUARD, mode: 'Disabled' }, NOW)).not.toHaveProperty('wireguard');
  });

  it('has no time of a handshake before 1970, whatever an agent says of its age', () => {
    const peers = withPeer({ handshakeAgeSeconds: Number.MAX_SAFE_INTEGER });
    const status = parseStatus(JSON.stringify({ ...WIREGUARD, interfaces: peers }));

    expect(JSON.stringify(ciliumStatus(status ?? HEALTHY, NOW))).toContain(
      '"last-handshake-time":"1970-01-01T00:00:00Z"',
    );
  });
});

describe('reading a status with WireGuard', () => {
  it('takes an agent of before there was WireGuard for one without devices', () => {
    const { interfaces, ...older } = HEALTHY;

    expect(interfaces).toEqual([]);
    expect(parseStatus(JSON.stringify(older))).toEqual(HEALTHY);
  });

  it.each<readonly [what: string, interfaces: unknown]>([
    ['no list', null],
    ['a device without peers', [{ ...WIREGUARD.interfaces[0], peers: undefined }]],
    ['a port that is text', [{ ...WIREGUARD.interfaces[0], listenPort: '51871' }]],
    ['no words on its PSK', [{ ...WIREGUARD.interfaces[0], psk: null }]],
    ...['handshakeAgeSeconds', 'receivedBytes', 'sentBytes'].map(
      (name) => [`a peer whose ${name} is negative`, withPeer({ [name]: -1 })] as const,
    ),
    ['a count that is too large to be told', withPeer({ receivedBytes: 2 ** 53 })],
    ['a peer that is confirmed by a word', withPeer({ confirmed: 'yes' })],
    ['a peer of a numbered node', withPeer({ node: 2 })],
  ])('refuses devices with %s', (_, interfaces) => {
    expect(parseStatus(JSON.stringify({ ...WIREGUARD, interfaces }))).toBeUndefined();
  });
});
