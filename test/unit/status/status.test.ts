import { describe, expect, it } from 'vitest';
import { SA_FLAG } from '../../../src/netlink/index.js';
import {
  type AgentStatus,
  ciliumStatus,
  countKeys,
  keyHash,
  maxSequence,
  parseForgetAnswer,
  parseStatus,
  statusText,
} from '../../../src/status/index.js';
import { counting, GCM, GCM_SA } from '../netlink/samples.js';
import { HEALTHY, TROUBLED, WIREGUARD } from './samples.js';

/** Milliseconds since 1970. */
const NOW = 1_800_000_000_000;

describe('the text of a status', () => {
  it('is exactly five lines, padded as Cilium pads them, when all is well', () => {
    expect(statusText(HEALTHY)).toBe(
      [
        'Encryption: IPsec                     ',
        'Decryption interface(s): eth0, eth1',
        'Keys in use: 4                         ',
        'Max Seq. Number: 0x1e3/0xffffffffffffffff',
        'Errors: 0                         ',
        '',
      ].join('\n'),
    );
  });

  it('has a line for each counter, then what is wrong, then what the counters mean', () => {
    const text = statusText(TROUBLED);
    const hints = text.slice(text.indexOf('Known causes'));

    expect(text.slice(0, text.indexOf('Known causes'))).toBe(
      [
        'Encryption: IPsec                     ',
        'Decryption interface(s): eth0, eth1',
        'Keys in use: 4                         ',
        'Max Seq. Number: 0x1e3/0xffffffffffffffff',
        'Errors: 6                         ',
        '\tXfrmInNoStates: 3                         ',
        '\tXfrmOutNoStates: 2                         ',
        '\tXfrmNewInLinux7: 1                         ',
        'Pairs not encrypted: 3 of 6',
        '\tworker-4: plaintext: no answer',
        '\tworker-5: blocked: its record is gone',
        '\tworker-6: switching, key id 3',
        'Encrypted pairs with a remark:',
        '\tworker-7: encrypted, key id 3: lacks key id 4',
        'Nodes without an agent: 1',
        '\tworker-?[2J8: it has no record',
        'Warnings:',
        '\tnet.ipv4.conf.eth0.disable_xfrm is set',
        '',
      ].join('\n'),
    );
    expect(hints).toMatch(/^\tXfrmInNoStates: A packet came for a tunnel .*\.$/m);
    expect(hints).toMatch(/^\tXfrmNewInLinux7: This kernel counts something/m);
  });

  it('is one line when encryption is disabled, whatever the kernel counts', () => {
    const disabled: AgentStatus = {
      ...TROUBLED,
      mode: 'Disabled',
      peers: [{ node: 'worker-2', state: 'plaintext', keyID: null, epoch: 1 }],
      nodesWithoutAgent: [],
      warnings: [],
    };

    expect(statusText(disabled)).toBe('Encryption: Disabled                  \n');
  });

  it('says N/A for what is not known', () => {
    const text = statusText({ ...HEALTHY, maxSeqNumber: null, xfrmCounters: null });

    expect(text).toContain('Max Seq. Number: N/A\n');
    expect(text).toContain(`Errors: ${'N/A'.padEnd(26)}\n`);
  });
});

describe('the JSON of a status', () => {
  it('has the keys of Cilium, and ours beside them', () => {
    expect(ciliumStatus(TROUBLED, NOW)).toMatchObject({
      mode: 'IPsec',
      ipsec: {
        'decrypt-interfaces': ['eth0', 'eth1'],
        'error-count': 6,
        'keys-in-use': 4,
        'max-seq-number': '0x1e3/0xffffffffffffffff',
        'xfrm-errors': { XfrmInNoStates: 3, XfrmOutNoStates: 2, XfrmNewInLinux7: 1 },
      },
      podcloak: { node: 'worker-1', keyIDs: [3], peers: TROUBLED.peers },
    });
    expect(ciliumStatus({ ...HEALTHY, mode: 'Disabled' }, NOW)).not.toHaveProperty('ipsec');
  });
});

describe('reading a status', () => {
  it('gives back what was written', () => {
    for (const status of [HEALTHY, TROUBLED, WIREGUARD]) {
      expect(parseStatus(JSON.stringify(status))).toEqual(status);
    }
  });

  it('takes what a later agent says beyond', () => {
    expect(parseStatus(JSON.stringify({ ...HEALTHY, mood: 'fine' }))).toMatchObject(HEALTHY);
  });

  it.each([
    ['another version', { ...HEALTHY, version: 2 }],
    ['an unknown mode', { ...HEALTHY, mode: 'WireGuard' }],
    ['a mode of Cilium that we have not', { ...HEALTHY, mode: 'Ztunnel' }],
    ['a missing list', { ...HEALTHY, peers: undefined }],
    ['an unknown state', { ...HEALTHY, peers: [{ ...TROUBLED.peers[0], state: 'odd' }] }],
    ['a negative count', { ...HEALTHY, xfrmCounters: { XfrmInError: -1 } }],
    ['a list', []],
    ['null', null],
  ])('refuses %s', (_, value) => {
    expect(parseStatus(JSON.stringify(value))).toBeUndefined();
  });

  it('refuses what is not JSON', () => {
    expect(parseStatus('<html>')).toBeUndefined();
    expect(parseForgetAnswer('')).toBeUndefined();
    expect(parseForgetAnswer('{"outcome":"alive","node":"a"}')).toBeUndefined();
  });
});

describe('the figures of SAs', () => {
  const key = (from: number) => ({ ...GCM, key: counting(20, from) });

  it('counts distinct keys, and a pair of authentication and encryption as one', () => {
    const auth = { name: 'hmac(sha256)', key: counting(32), icvBits: 128 };
    const crypt = { name: 'cbc(aes)', key: counting(32) };

    expect(countKeys([])).toBe(0);
    expect(countKeys([{ aead: key(0) }, { aead: key(1) }, { aead: key(0) }])).toBe(2);
    expect(
      countKeys([
        { auth, crypt },
        { auth, crypt: { ...crypt, key: counting(32, 9) } },
      ]),
    ).toBe(2);
    expect(countKeys([{}])).toBe(0);
  });

  it('names a key by a hash', () => {
    expect(keyHash(counting(20))).toBe('sha256:e7aebf577f60412f');
  });

  it('takes the SA that comes closest to its end, not the highest number', () => {
    const replay = { window: 1024, sent: 0n, received: 0n, bitmap: [] };
    const esn = { flags: SA_FLAG.esn, replay: { ...replay, sent: 1n << 40n } };
    const plain = { flags: 0, replay: { ...replay, received: 1n << 31n } };

    expect(maxSequence([GCM_SA, esn].map((sa) => ({ ...sa })))).toEqual({
      current: '0x10000000000',
      limit: '0xffffffffffffffff',
      esn: true,
    });
    expect(maxSequence([esn, plain])).toEqual({
      current: '0x80000000',
      limit: '0xffffffff',
      esn: false,
    });
    expect(maxSequence([{ flags: 0, replay }, { flags: 0 }])).toBeNull();
  });
});
