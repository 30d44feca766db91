import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../../src/errors/index.js';
import { type AgentStatus, statusText, XFRM_COUNTERS } from '../../../src/status/index.js';
import { HEALTHY } from '../status/samples.js';

const TEXT = readFileSync('docs/troubleshooting.md', 'utf8');

/** What stands under a heading, up to the next one of that level. */
function section(title: string): string {
  const from = TEXT.indexOf(`\n## ${title}\n`);
  expect(from, title).toBeGreaterThan(0);
  return TEXT.slice(from + 1).split('\n## ')[0] ?? '';
}

/** The node of the example. */
const EXAMPLE: AgentStatus = {
  ...HEALTHY,
  decryptionInterfaces: ['eth0'],
  keysInUse: 6,
  xfrmCounters: { XfrmInNoStates: 3 },
  peers: [
    ...HEALTHY.peers,
    {
      node: 'worker-4',
      state: 'plaintext',
      keyID: null,
      reason:
        'it has another key under key id 3: the Secret was changed without a new key id, or copied wrongly',
      epoch: null,
    },
    {
      node: 'worker-5',
      state: 'blocked',
      keyID: null,
      reason: 'its Node and its record are gone',
      epoch: 1795262402,
    },
  ],
  nodesWithoutAgent: [{ node: 'worker-8', reason: 'no agent has published a record for it' }],
  warnings: [`error PC704: Node worker-1 has no spec.podCIDRs. ${ERRORS.PC704.remedy}`],
};

/** The same with WireGuard. */
const WIREGUARD_EXAMPLE: AgentStatus = {
  ...HEALTHY,
  mode: 'Wireguard',
  keysInUse: 0,
  interfaces: [
    {
      ...{ name: 'podcloak_wg0', publicKey: 'kT0hYw6mHc0Yk0b4WmKfUO2nVxk1bQ4mT2xE7vXo0Xk=' },
      ...{ listenPort: 51871, peerCount: 2, psk: 'from the Secret, key id 3' },
      nodeEncryption: false,
      peers: [
        {
          ...{ node: 'worker-2', publicKey: '', endpoint: null, handshakeAgeSeconds: 75 },
          ...{ receivedBytes: 1_258_291, sentBytes: 3_565_158, confirmed: true },
        },
        {
          ...{ node: 'worker-3', publicKey: '', endpoint: null, handshakeAgeSeconds: null },
          ...{ receivedBytes: 0, sentBytes: 148, confirmed: false },
        },
      ],
    },
  ],
};

/** The agent's own words, as far as they are the same in each case. */
const MESSAGES = [
  ...['is not there', 'has other key material than before', 'has no spec.podCIDRs'],
  ...['lies outside of them', 'does not exist', 'UDP port 9987 on ', 'keys in use'],
  ...['SAs are not in the kernel as they should be', 'a new epoch begins', 'heard: '],
  ...['the API server cannot be reached: ', 'published the record', 'answer to probe', 'sending'],
  ...['changed the kernel', 'masqueraded connections of pods begin anew, encrypted'],
];

describe('docs/troubleshooting.md', () => {
  it.each([
    ['IPsec', 0, EXAMPLE],
    ['WireGuard', 1, WIREGUARD_EXAMPLE],
  ])(
    'shows what encrypt status prints with %s, but for the ends of long lines',
    (_, at, example) => {
      const blocks = section('`encrypt status`, line by line').matchAll(/```text\n([^`]*)\n```/g);
      const lines = [...blocks][at]?.[1]?.split('\n') ?? [];
      const printed = statusText(example).trimEnd().split('\n');
      expect(lines).toEqual(
        printed.map((line, index) => {
          const { length } = lines[index]?.replace(/…$/, '') ?? '';
          return lines[index]?.endsWith('…') ? `${line.slice(0, length)}…` : line.trimEnd();
        }),
      );
    },
  );

  it('explains each reason that the agent gives, and none besides', () => {
    const code = ['peer-status.ts', 'peer-book.ts']
      .map((name) => readFileSync(`src/agent/${name}`, 'utf8'))
      .join('\n');
    const reasons = [
      ...section('Why a pair is not encrypted').matchAll(
        /^\| (its? [^|]*|found [^|]*|encryption [^|]*) \|/gm,
      ),
    ]
      .flatMap(([, cell = '']) => cell.split('; '))
      // Up to what differs from case to case.
      .map((reason) => reason.split(/ \*n\*|: |; /)[0] ?? '');
    for (const reason of reasons) expect(code).toContain(reason);
    const given = [
      // Behind `return`, or as the last of a call's or an object's parts.
      ...code.matchAll(/(?:return|\?|:|,)\s+['`]((?:its? |found |encryption )[^'`$;:]*)/g),
    ];
    expect(given.length).toBeGreaterThan(15);
    for (const [, reason = ''] of given) {
      const begin = reason.split(/ \(|, /)[0]?.trim() ?? '';
      expect(
        reasons.some((one) => one.startsWith(begin) || begin.startsWith(one)),
        begin,
      ).toBe(true);
    }
    const causes = [...code.matchAll(/(?:trouble\(|cause: )\s*'([a-z-]+)'/g)].map(([, one]) => one);
    expect(causes.length).toBeGreaterThan(10);
    for (const cause of causes) {
      expect(section('Why a pair is not encrypted')).toContain(`\`${cause}\``);
    }
  });

  it('names messages that are in the code, and codes that exist', () => {
    const log = section('What the log says');
    for (const [, code = ''] of log.matchAll(/`(PC\d{3})\b/g)) {
      expect(Object.keys(ERRORS)).toContain(code);
    }
    const folder = 'src/agent';
    const sources = [
      ...readdirSync(folder).map((name) => join(folder, name)),
      'src/kube/kube-error.ts',
    ]
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    for (const message of MESSAGES) {
      expect(log).toContain(message);
      expect(sources).toContain(message);
    }
  });

  it('has a row for each counter of the kernel', () => {
    const table = section('What the kernel counts');
    for (const name of Object.keys(XFRM_COUNTERS)) expect(table).toContain(`| \`${name}\` |`);
  });
});
