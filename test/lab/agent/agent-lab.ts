/**
 * Real agents on real kernels against a real API server: a guest whose nodes are network namespaces, a
 * control plane on this machine, and on each node what an agent's container has.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { node24 } from '../../../scripts/node24.mjs';
import { agentToken, messageOf, namespace, record, records, token } from '../agents.js';
import {
  type ControlPlane,
  type ControlPlaneOptions,
  controlPlaneNeeds,
  startControlPlane,
} from '../control-plane.js';
import { type Guest, guestNeeds, startGuest } from '../kernel/guest.js';
import { type Addresses, addressesOf, buildTopology, type Topology } from '../kernel/topology.js';
import { apply, patience, rendered, untilServed } from '../podcloak.js';
import { onPath, type Requirement, type ToolName } from '../tools.js';
import { waitFor } from '../wait.js';
import {
  type Agent,
  type AgentProgram,
  agentFolders,
  agentOn,
  PREPARE_MOUNTS,
} from './agent-process.js';
import { API, apiForward, apiPort, cutApi, joinApiNetwork, restoreApi } from './api-network.js';
import { type Family, makeApiNode } from './api-nodes.js';
import { writeMounted } from './mounted-folder.js';
import { type NodeTools, toolsOf } from './node-tools.js';
import { type Relay, startRelay } from './relay.js';
import { type FlowSpec, startTraffic, type Traffic, topologyGround } from './traffic/index.js';
import { recordWire, type Wire } from './wire/index.js';

export interface AgentLabOptions {
  /** How many nodes; 3 by default, at most 250. */
  readonly nodes?: number;
  /** So many clusters of as many nodes each, in order, on one wire; one by default. They know nothing of each other. */
  readonly clusters?: number;
  /** The families of the Nodes' addresses and pod prefixes; both by default, the first is primary. */
  readonly families?: readonly Family[];
  /** Options of `podcloak synth`, such as `--set encryption.enabled=true`. */
  readonly synth?: readonly string[];
  /** What runs as the agent; by default the built one, on Node 24. */
  readonly program?: Partial<AgentProgram>;
  /** The text of the key file of all nodes; none by default, as with a Secret that is missing. */
  readonly keys?: string;
  readonly controlPlane?: ControlPlaneOptions;
}

/** A node with its agent, which a test starts. */
export interface LabNode extends NodeTools {
  readonly i: number;
  readonly name: string;
  /** The UID of its Node in the API. */
  readonly uid: string;
  readonly addresses: Addresses;
  readonly agent: Agent;
  /** One that is run in another way, in its stead. */
  readonly agentWith: (program: Partial<AgentProgram>) => Agent;
  /**
   * Changes the mounted key file at once, as the kubelet does; undefined: the Secret is gone.
   *
   * @param revoked the list of revoked keys beside it; none by default
   */
  readonly writeKeys: (text: string | undefined, revoked?: string) => Promise<void>;
  /** Removes what the agent remembers, as a reboot does. */
  readonly forgetState: () => Promise<void>;
  /** What the agent remembers: `state.json`, for example. Fails when it is not there. */
  readonly readState: (file: string) => Promise<string>;
  /** Drops all between this node and the API server, and lets it pass again. */
  readonly cutApi: () => Promise<void>;
  readonly restoreApi: () => Promise<void>;
}

export interface AgentLab {
  readonly guest: Guest;
  /** Of the first cluster. */
  readonly plane: ControlPlane;
  readonly planes: readonly ControlPlane[];
  readonly topology: Topology;
  readonly nodes: readonly LabNode[];
  /** Node `n<i>`, counted from 1. @throws Error when there is none */
  readonly node: (i: number) => LabNode;
  /** Renders and applies manifests with other options: what a user does to change the configuration. */
  readonly apply: (synth: readonly string[]) => Promise<void>;
  /** Ends all connections to the API server and refuses new ones, and lets them pass again. */
  readonly cutApi: () => void;
  readonly restoreApi: () => void;
  readonly recordWire: () => Promise<Wire>;
  readonly startTraffic: (flows: readonly FlowSpec[]) => Promise<Traffic>;
  /** Ends the traffic and the recordings that a test which failed has left: for `afterEach`. */
  readonly sweep: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The guest has this machine's programs. */
const inTheGuest = ['ping', 'nft', 'bridge', 'wg'].map((name): Requirement => {
  return {
    name,
    remedy: 'run test/lab/kernel/setup as root',
    lacking: () => (onPath(name) === undefined ? 'not on PATH' : undefined),
  };
});

/** What {@link startAgentLab} needs of the machine, for `labDescribe`. */
export function agentLabNeeds(options: AgentLabOptions = {}): (ToolName | Requirement)[] {
  return [...guestNeeds, ...inTheGuest, ...controlPlaneNeeds(options.controlPlane)];
}

/**
 * Starts everything but the agents, guest and control plane side by side.
 * @throws Error when a part does not come up; all others are gone by then
 */
export async function startAgentLab(options: AgentLabOptions = {}): Promise<AgentLab> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  try {
    const count = options.nodes ?? 3;
    const clusters = membersOf(count, options.clusters ?? 1);
    const relays = await Promise.all(clusters.map(() => startRelay()));
    for (const relay of relays) stops.push(relay.stop);
    const planes = clusters.map(async (numbers) => {
      const part = await startPlane(options, numbers);
      stops.push(part.plane.stop);
      return part;
    });
    // All of them end, so that those that have come up are stopped where another has not.
    const nodes = startNodes(relays, count, (guest) => stops.push(guest.stop));
    await Promise.allSettled([...planes, nodes]);
    const parts = await assemble(options, relays, await Promise.all(planes), await nodes);
    return { ...parts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Which nodes each cluster has: as many as the others. */
function membersOf(count: number, clusters: number): number[][] {
  const each = count / clusters;
  if (!Number.isInteger(each)) throw new Error(`${count} nodes cannot be in ${clusters} clusters`);
  return Array.from({ length: clusters }, (_, cluster) =>
    Array.from({ length: each }, (_, index) => cluster * each + index + 1),
  );
}

interface Plane {
  readonly plane: ControlPlane;
  /** Of each of its nodes, in order. */
  readonly members: readonly { readonly uid: string; readonly token: string }[];
}

async function startPlane(options: AgentLabOptions, numbers: readonly number[]): Promise<Plane> {
  const plane = await startControlPlane({
    ...options.controlPlane,
    certifiedAddresses: [API.address],
  });
  try {
    await apply(plane, await rendered(['--namespace', namespace, ...(options.synth ?? [])]));
    await untilServed(plane, 'encryptionnodes.podcloak.dev');
    await untilPolicyBites(plane);
    const members = [];
    for (const i of numbers) {
      const uid = await makeApiNode(plane, i, options.families ?? ['ipv4', 'ipv6']);
      members.push({ uid, token: await agentToken(plane, `n${i}`) });
    }
    return { plane, members };
  } catch (error) {
    await plane.stop();
    throw error;
  }
}

/** The admission policy takes a moment after apply. */
async function untilPolicyBites(plane: ControlPlane): Promise<void> {
  const unbound = await token(plane);
  await waitFor(async () => {
    const probe = { token: unbound, body: record('probe') };
    messageOf(await plane.request('POST', `${records}?dryRun=All`, probe), 403);
  }, patience);
}

interface Nodes {
  readonly guest: Guest;
  readonly topology: Topology;
}

async function startNodes(
  relays: readonly Relay[],
  count: number,
  onStart: (guest: Guest) => void,
): Promise<Nodes> {
  const guest = await startGuest({ forward: apiForward(relays.map(({ at }) => at)) });
  onStart(guest);
  const topology = await buildTopology(guest, count);
  await joinApiNetwork(guest, count);
  const all = Array.from({ length: count }, (_, index) => index + 1);
  await guest.script([PREPARE_MOUNTS, ...all.map(prepareScript)].join('\n'));
  return { guest, topology };
}

/** A default route, as nodes have one: its device is where an agent looks for the node's addresses. */
function prepareScript(i: number): string {
  const { state, keys, account } = agentFolders(i);
  return `
    mkdir -p ${state} ${keys} ${account}; chmod 700 ${state}
    ip -n n${i} route add default via 192.168.50.254
    ip -n n${i} -6 route add default via fd00:50::fe`;
}

async function assemble(
  options: AgentLabOptions,
  relays: readonly Relay[],
  planes: readonly Plane[],
  { guest, topology }: Nodes,
): Promise<Omit<AgentLab, 'stop'>> {
  const connect = (): void => {
    for (const [index, relay] of relays.entries()) {
      const url = planes[index]?.plane.url;
      if (url === undefined) continue;
      const { hostname: address, port } = new URL(url);
      relay.open({ address, port: Number(port) });
    }
  };
  connect();
  const program = programOf(options.program);
  const nodes: LabNode[] = [];
  for (const [index, { plane, members }] of planes.entries()) {
    const ca = readFileSync(plane.caFile, 'utf8');
    const env = { ...program.env, KUBERNETES_SERVICE_PORT: String(apiPort(index)) };
    for (const member of members) {
      const node = labNode(guest, nodes.length + 1, member.uid, { ...program, env });
      nodes.push(node);
      const files = { token: member.token, 'ca.crt': ca, namespace };
      await writeMounted(guest, agentFolders(node.i).account, files);
      await node.writeKeys(options.keys);
    }
  }
  const [first] = planes;
  if (first === undefined) throw new Error('there is no cluster');
  const { plane } = first;
  const begun: { abandon: () => Promise<void> }[] = [];
  const swept = <T extends Traffic | Wire>(one: T): T => {
    begun.push(one);
    return one;
  };
  return {
    guest,
    plane,
    planes: planes.map((one) => one.plane),
    topology,
    nodes,
    node: (i) => {
      const node = nodes[i - 1];
      if (node === undefined) throw new Error(`there is no node n${i}`);
      return node;
    },
    apply: async (synth) => {
      const manifests = await rendered(['--namespace', namespace, ...synth]);
      for (const one of planes) await apply(one.plane, manifests);
    },
    cutApi: () => {
      for (const relay of relays) relay.close();
    },
    restoreApi: connect,
    recordWire: async () => swept(await recordWire(guest)),
    startTraffic: async (flows) =>
      swept(await startTraffic(topologyGround(guest), flows, program.node)),
    sweep: async () => {
      for (const { abandon } of begun.splice(0)) await abandon();
    },
  };
}

/** The built agent on Node 24, which the image has too. */
function programOf(program: Partial<AgentProgram> = {}): AgentProgram {
  const file = new URL('../../../dist/podcloak.cjs', import.meta.url).pathname;
  return { file, args: ['agent'], node: node24() ?? process.execPath, ...program };
}

function labNode(guest: Guest, i: number, uid: string, program: AgentProgram): LabNode {
  const { state, keys } = agentFolders(i);
  const done = async (work: Promise<string>): Promise<void> => {
    await work;
  };
  return {
    ...toolsOf(guest, i),
    i,
    name: `n${i}`,
    uid,
    addresses: addressesOf(i),
    agent: agentOn(guest, i, program),
    agentWith: (change) => agentOn(guest, i, { ...program, ...change }),
    writeKeys: (text, revoked) =>
      writeMounted(guest, keys, {
        ...(text === undefined ? {} : { keys: text }),
        ...(revoked === undefined ? {} : { 'keys.revoked': revoked }),
      }),
    forgetState: () => done(guest.script(`find ${state} -mindepth 1 -delete`)),
    readState: (file) => guest.script(`cat ${state}/${file}`),
    cutApi: () => done(cutApi(guest, i)),
    restoreApi: () => done(restoreApi(guest, i)),
  };
}

/** A line of a key file with a fresh key: `key-id algorithm key icv-length`, with `+` for per-tunnel keys. */
export function freshKeyLine(keyId: number): string {
  return `${keyId}+ rfc4106(gcm(aes)) ${randomBytes(20).toString('hex')} 128\n`;
}
