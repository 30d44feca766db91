/**
 * Bytes at the API server in a rotation. One node's writes, with the content that an agent's have in a cluster of so
 * many nodes, go to a real API server; beside them runs a watch as agents have it, whose bytes are counted (JSON, not
 * compressed, without TLS and HTTP headers). An agent reads such an event of each node, so the rest is multiplied.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { it } from 'vitest';
import { newKeyLine, parseKeyLines } from '../../src/key-lines/index.js';
import { type EncryptionNodeSpec, sealRecord } from '../../src/keying/index.js';
import { makeNode, merge, must, record, records } from '../../test/lab/agents.js';
import { type ControlPlane, startControlPlane } from '../../test/lab/control-plane.js';
import { apply, rendered, untilServed } from '../../test/lab/podcloak.js';
import { argumentOr, printTable } from '../table.js';

const NODES = argumentOr(5000);

/** So many writes are timed. */
const TIMED = 100;

/** A watch of all records as an agent has it. */
interface Watch {
  /** The bytes of its events so far. */
  readonly count: () => number;
  /** Resolves with the time of the next event. */
  readonly next: () => Promise<number>;
  readonly end: () => void;
}

function watchRecords(plane: ControlPlane, from: string): Watch {
  let bytes = 0;
  let told: ((now: number) => void) | undefined;
  const url = `${plane.url}${records}?watch=1&allowWatchBookmarks=true&resourceVersion=${from}`;
  const asked = request(url, {
    ca: readFileSync(plane.caFile),
    headers: { authorization: `Bearer ${plane.adminToken}` },
  });
  asked.on('response', (response) => {
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      told?.(performance.now());
    });
  });
  asked.on('error', () => {});
  asked.end();
  const next = (): Promise<number> =>
    new Promise((resolve) => {
      told = resolve;
    });
  return { count: () => bytes, next, end: () => asked.destroy() };
}

function percentiles(times: number[]): string[] {
  const sorted = times.sort((one, other) => one - other);
  return [0.5, 0.9].map((part) => (sorted[Math.floor(part * sorted.length)] ?? 0).toFixed(1));
}

const lineOf = (id: number) => parseKeyLines(newKeyLine(id, 'rfc4106-gcm-aes', randomBytes)).keys;

it('what an agent reads and writes in a rotation', async () => {
  const plane = await startControlPlane();
  try {
    await apply(plane, await rendered(['-f', 'examples/ipsec.yaml']));
    await untilServed(plane, 'encryptionnodes.podcloak.dev');
    const uid = await makeNode(plane, 'worker-1000');
    const owner = { clusterUID: uid, nodeName: 'worker-1000' };
    const lines = [...lineOf(3), ...lineOf(4)];
    const base = record('worker-1000').spec as unknown as EncryptionNodeSpec;
    const sealed = (count: 1 | 2, first = 0): EncryptionNodeSpec => {
      const own = lines.slice(first, first + count);
      const keys = own.map(({ keyId: keyID }) => ({
        ...{ keyID, algorithm: 'rfc4106(gcm(aes))' },
        publicKey: randomBytes(32).toString('base64'),
      }));
      return sealRecord({ ...base, nodeUID: uid, keys }, owner, own);
    };
    const status = (keyID: number, keyIDs: number[], confirmed: number, waitingFor: string[]) => ({
      ...{ agentVersion: '0.1.0', observedGeneration: 1, keyIDs },
      podCIDRs: ['10.244.1.0/24', 'fd00:10:244:1::/64'],
      currentKey: {
        ...{ keyID, isConfirmed: waitingFor.length === 0, peers: NODES - 1, confirmed, waitingFor },
      },
      conditions: ['Ready', 'Clean', 'Encrypted'].map((type) => ({
        ...{ type, status: 'True', observedGeneration: 1, reason: 'KernelAsWanted', message: '' },
        lastTransitionTime: '2026-11-22T03:00:00Z',
      })),
    });
    const five = Array.from({ length: 5 }, (_, i) => `worker-${2000 + i}`);
    const reference = { apiVersion: 'v1', kind: 'Node', name: 'worker-1000', uid };
    const metadata = { ownerReferences: [reference] };
    const made = await must(plane, 'POST', records, {
      body: record('worker-1000', sealed(1), metadata),
    });
    const path = `${records}/worker-1000`;
    await must(plane, 'PATCH', `${path}/status`, {
      ...merge,
      body: { status: status(3, [3], NODES - 1, []) },
    });
    const steps: [string, string, object][] = [
      ['the new part is published', path, { spec: sealed(2) }],
      ['status: prefers the new key', `${path}/status`, { status: status(4, [3, 4], 0, five) }],
      ['status: half way', `${path}/status`, { status: status(4, [3, 4], NODES / 2, five) }],
      ['status: all confirmed', `${path}/status`, { status: status(4, [3, 4], NODES - 1, []) }],
      ['the old part is taken away', path, { spec: sealed(1, 1) }],
      ['status: key ids', `${path}/status`, { status: status(4, [4], NODES - 1, []) }],
    ];
    const { resourceVersion } = made.metadata;
    const watch = watchRecords(plane, resourceVersion);
    await sleep(2000);
    let [written, read] = [0, 0];
    let before = watch.count();
    const rows: string[][] = [];
    for (const [what, where, body] of steps) {
      await must(plane, 'PATCH', where, { ...merge, body });
      await sleep(1000);
      const sent = Buffer.byteLength(JSON.stringify(body));
      const event = watch.count() - before;
      before += event;
      written += sent;
      read += event;
      rows.push([what, `${sent}`, `${event}`]);
    }
    const [answers, events]: [number[], number[]] = [[], []];
    for (let i = 0; i < TIMED; i += 1) {
      const event = watch.next();
      const start = performance.now();
      await must(plane, 'PATCH', path, { ...merge, body: { spec: sealed(2) } });
      answers.push(performance.now() - start);
      events.push((await event) - start);
    }
    watch.end();
    printTable(
      [`of ${TIMED} writes, until, in ms`, 'median', '90th percentile'],
      [
        ['the answer', ...percentiles(answers)],
        ['the event at a watch', ...percentiles(events)],
      ],
    );
    printTable(
      ['write of one node', 'body, bytes', 'event to each watcher, bytes'],
      [...rows, ['a rotation', `${written}`, `${read}`]],
    );
    const mega = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
    printTable(
      ['nodes', 'an agent reads', 'the API server sends'],
      [6, 100, 1000, NODES].map((nodes) => [
        `${nodes}`,
        mega(nodes * read),
        mega(nodes * nodes * read),
      ]),
    );
  } finally {
    await plane.stop();
  }
});
