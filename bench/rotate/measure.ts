/**
 * What an agent's own code and its netlink cost on this machine: the processor's time of real functions over the
 * pairs of a large cluster in the middle of a rotation. Not the clock's, so that others may run beside.
 */
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import type { AgentConfig } from '../../src/agent/config.js';
import { currentKey } from '../../src/agent/current-key.js';
import { PeerBook } from '../../src/agent/peer-book.js';
import { packProbe } from '../../src/agent/probe-message.js';
import { formatState, stateDigest } from '../../src/agent/state.js';
import { Talks } from '../../src/agent/talks.js';
import {
  apply,
  desired,
  diff,
  fingerprintOf,
  readActual,
  thresholdsOf,
} from '../../src/datapath/index.js';
import type { KeyLine } from '../../src/key-lines/index.js';
import { generateEphemeral, sealRecord } from '../../src/keying/index.js';
import { openNetlink, setSpdThresholds } from '../../src/netlink/index.js';
import {
  bestOf,
  isSamePair,
  makeTunnel,
  nodeWish,
  type Origin,
  Steadiness,
  settleClaims,
  step,
  WantedOrigins,
  wantedOrigins,
  withRecord,
} from '../../src/pairs/index.js';
import { ModelKernel } from '../../test/unit/datapath/model-kernel.js';
import { NODE, pairsOf } from '../kernel/peers.js';
import type { Computing, KernelCosts } from './costs.js';
import {
  addressOf,
  CLUSTER_UID,
  endOf,
  nameOf,
  ownStateOf,
  podCidrOf,
  recordTextOf,
  settledPair,
} from './fleet.js';
import { wishOf } from './kernel-messages.js';

const PEERS = 1000;
const OWN = PEERS + 1;

/** Milliseconds of the processor's time, kernel included, of one of so many. */
async function each(count: number, work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / count;
}

/** The second time counts: by then V8 has compiled what it will. */
async function warm(count: number, work: () => unknown): Promise<number> {
  for (let i = 0; i < 3; i += 1) await work();
  return await each(count, work);
}

/** @param lines the old key's, and the new one's */
export async function measureComputing(lines: readonly KeyLine[]): Promise<Computing> {
  const own = endOf(OWN, lines);
  const book = new PeerBook(nameOf(OWN));
  const records = Array.from({ length: PEERS }, (_, at) => {
    const name = nameOf(at + 1);
    const owner = { clusterUID: CLUSTER_UID, nodeName: name };
    const spec = sealRecord(recordTextOf(at + 1, lines), owner, lines);
    return { name, uid: name, resourceVersion: '1', generation: 1, spec };
  });
  book.setNodes(records.map(({ name }) => ({ name, uid: `uid-${name}` })));
  const judge = await warm(PEERS, () => {
    book.setRecords(records);
    book.judge(CLUSTER_UID, lines, () => undefined);
  });
  const body = JSON.stringify({ type: 'MODIFIED', object: { ...records[0], status: records[0] } });
  const event = await warm(PEERS, () => {
    for (let i = 0; i < PEERS; i += 1) JSON.parse(body);
  });
  const accepted = [...book.accepted.values()];
  let pairs = accepted.map((peer) => settledPair(own, peer));
  const steadiness = new Steadiness();
  const origins = new WantedOrigins();
  const roundPerPeer = await warm(PEERS, () => {
    const before = new Map(pairs.map((pair) => [pair.peer, pair]));
    const next = accepted.map((peer, at) => withRecord(pairs[at] ?? settledPair(own, peer), peer));
    const claims = {
      node: nameOf(OWN),
      podPrefixes: [podCidrOf(OWN)],
      addresses: [addressOf(OWN)],
    };
    const settled = settleClaims(claims, before, next, () => true).pairs;
    const dataTunnels = new Map();
    const originsOf = origins.from(own);
    const stepped = settled.map((pair, at) => {
      const peer = accepted[at];
      const wanted = peer === undefined ? [] : originsOf(peer);
      steadiness.since(pair, wanted, 0);
      const result = step(pair, situation(wanted), () => undefined);
      const best = bestOf(result, wanted);
      if (best !== undefined) dataTunnels.set(pair.peer, best);
      return result;
    });
    pairs = stepped.map((pair, at) => {
      const last = pairs[at];
      return last !== undefined && isSamePair(pair, last) ? last : pair;
    });
    currentKey(lines.at(-1)?.keyId ?? 0, 'ipsec', {
      ...{ peers: book.peers, pairs, dataTunnels },
      phaseOf: () => 'Enforced',
    });
  });
  const holdings = pairs.map((pair) => {
    return { pair, best: pair.tunnels.at(-1), probe: pair.tunnels.at(-1) };
  });
  const node = nodeWish([podCidrOf(OWN)], [addressOf(OWN)], false);
  const wishes = holdings.map(wishOf);
  const kernel = new ModelKernel();
  kernel.apply(diff(kernel.actual, desired(node, wishes)).steps);
  const { actual } = kernel;
  const comparePerPeer = await warm(PEERS, () => diff(actual, desired(node, wishes)));
  const state = { own: ownStateOf(OWN), config: {} as AgentConfig, podPrefixes: [], addresses: [] };
  const savePerPeer = await warm(PEERS, () => stateDigest(formatState({ ...state, pairs })));
  return {
    ...{ roundPerPeer, comparePerPeer, savePerPeer, judge, event },
    derive: await deriving(
      lines,
      accepted.flatMap((peer) => wantedOrigins(own, peer)),
    ),
    message: await messaging(),
  };
}

function situation(wanted: readonly Origin[]): Parameters<typeof step>[1] {
  return {
    ...{ disabled: false, enforced: true, peerPhase: 'Enforced', peerIsKeyless: false },
    ...{ wanted, settled: true, steady: false, gone: false },
  };
}

function deriving([line]: readonly KeyLine[], origins: readonly Origin[]): Promise<number> {
  if (line === undefined) throw new Error('there is no line');
  const ephemeral = generateEphemeral();
  const publicKey = Buffer.from(generateEphemeral().publicKey).toString('base64');
  const keys = { clusterUID: CLUSTER_UID, line, ephemeral };
  const few = origins.slice(0, 200);
  return warm(few.length, () => {
    for (const { own, peer, ...rest } of few) {
      const ownKey = Buffer.from(ephemeral.publicKey).toString('base64');
      const ends = { own: { ...own, publicKey: ownKey }, peer: { ...peer, publicKey } };
      makeTunnel({ ...rest, ...ends, keyID: line.keyId }, 1, keys, fingerprintOf);
    }
  });
}

/** A message from one socket of this process to another, and what an agent makes of it: half of it is an end's. */
async function messaging(): Promise<number> {
  const probes = { inbound: randomBytes(32), outbound: randomBytes(32) };
  const talks = new Talks(() => probes);
  return await withSockets(async (send) => {
    const once = async (): Promise<void> => {
      const arrived = await send(packProbe('probe', 7, randomBytes(16), probes.inbound));
      talks.receive(arrived, '', '', []);
    };
    return (await warm(MESSAGES, () => repeat(once))) / 2;
  });
}

/** Median, by the clock, of the way to another socket of this machine and back: a network adds its own. */
export function measureRoundTrip(): Promise<number> {
  return withSockets(async (send) => {
    const times: number[] = [];
    await repeat(async () => {
      const start = performance.now();
      await send(new Uint8Array(60));
      times.push(2 * (performance.now() - start));
    });
    return times.sort((one, other) => one - other)[MESSAGES / 2] ?? 0;
  });
}

const MESSAGES = 2000;

async function repeat(work: () => Promise<void>): Promise<void> {
  for (let i = 0; i < MESSAGES; i += 1) await work();
}

type Send = (bytes: Uint8Array) => Promise<Uint8Array>;

async function withSockets<T>(work: (send: Send) => Promise<T>): Promise<T> {
  const [one, other] = [createSocket('udp4'), createSocket('udp4')];
  const bound = (socket: typeof one): Promise<void> =>
    new Promise((resolve) => socket.bind({ address: '127.0.0.1', port: 0 }, resolve));
  await bound(one);
  await bound(other);
  const { port } = other.address();
  try {
    return await work((bytes) => {
      const arrived = new Promise<Uint8Array>((resolve) => other.once('message', resolve));
      one.send(bytes, port, '127.0.0.1');
      return arrived;
    });
  } finally {
    one.close();
    other.close();
  }
}

/**
 * Netlink, with policies alone, eleven a peer: this machine's kernel may have no ESP. An SA is taken to cost as much.
 * In this thread's network namespace, which must be empty.
 */
export async function measureKernel(): Promise<KernelCosts> {
  const pairs = pairsOf(5000);
  const socket = await openNetlink('xfrm');
  try {
    await socket.request([setSpdThresholds(thresholdsOf(NODE, pairs))]);
    const { steps } = diff({ sas: [], policies: [] }, desired(NODE, pairs));
    const policies = steps.filter(({ stage }) => stage.endsWith('policy'));
    const writePerMessage = await each(policies.length, async () => {
      const failures = await apply(socket, policies);
      if (failures.length > 0) throw new Error(failures[0]?.error.message);
    });
    const readPerObject = await each(policies.length, async () => {
      const { policies: found } = await readActual(socket);
      if (found.length !== policies.length) throw new Error('not all policies are there');
    });
    return { readPerObject, writePerMessage };
  } finally {
    socket.close();
  }
}
