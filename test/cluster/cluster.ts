/**
 * A whole cluster: a real control plane on this machine, two emulated nodes that real kubelets make of
 * guests, and the wire between them.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { vi } from 'vitest';
import { node24 } from '../../scripts/node24.mjs';
import { type XfrmTools, xfrmTools } from '../lab/agent/node-tools.js';
import { type FlowSpec, startTraffic, type Traffic } from '../lab/agent/traffic/index.js';
import { recordWire, type Wire } from '../lab/agent/wire/index.js';
import { writeKubeconfig } from '../lab/api-client.js';
import { type ControlPlane, startControlPlane } from '../lab/control-plane.js';
import type { Machine } from '../lab/kernel/guest.js';
import { enterFreshNamespace } from '../lab/netlink/namespace.js';
import { makeScratch } from '../lab/scratch.js';
import { writeImages } from './images.js';
import { PLANE } from './needs.js';
import { type ClusterNode, startNode } from './node.js';
import { groundOf, type Place } from './places.js';
import { thisMachine } from './this-machine.js';
import { startUser, type User } from './user.js';
import { layWire } from './wire.js';

/** Ample, for two emulated nodes on a busy machine. */
export const patience = { timeout: 1_800_000, interval: 2000 };

/** A node that is part of the cluster. */
export interface Member extends ClusterNode {
  readonly podCidr: string;
  /** What its kernel holds of IPsec. */
  readonly xfrm: XfrmTools;
}

export interface Cluster {
  readonly plane: ControlPlane;
  readonly nodes: readonly Member[];
  readonly user: User;
  readonly recordWire: () => Promise<Wire>;
  /** Between all places that there are now. */
  readonly startTraffic: (flows: readonly FlowSpec<Place>[]) => Promise<Traffic>;
  /** Ends the traffic and the recordings that a test which failed has left. */
  readonly sweep: () => Promise<void>;
  /** What pods and nodes say, for an error's text. */
  readonly describe: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

const NODES = [1, 2];

/** Milliseconds for what is on its way between two emulated nodes; most of it is not waited for. */
const SETTLE = 30_000;

/**
 * Starts it and waits until the nodes are ready.
 * @param image the name by which the nodes know the built agent's image
 * @throws Error when a part does not come up; all others are gone by then
 */
export async function startCluster(image: string): Promise<Cluster> {
  // A runner that is killed would leave this process at work; with it all that it started ends. Not by
  // exit, which vitest forbids its workers.
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  try {
    return { ...(await assemble(image, (step) => stops.push(step))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type OnStop = (step: () => Promise<void>) => void;

async function assemble(image: string, onStop: OnStop): Promise<Omit<Cluster, 'stop'>> {
  const scratch = makeScratch('podcloak-cluster');
  onStop(scratch.remove);
  const images = await writeImages(scratch.dir, image);
  // From here on all of it is in a network that nobody else sees, and that goes with it.
  const leave = enterFreshNamespace();
  onStop(async () => leave());
  const host = thisMachine();
  await layWire(host, NODES.length);

  const { plane, configOf } = await startPlane(scratch.dir);
  onStop(plane.stop);
  const started = await Promise.allSettled(
    NODES.map((i) => {
      const [kubeletConfig, proxyConfig] = [configOf(`n${i}`), configOf('proxy')];
      const files = { ca: plane.caFile, kubeletConfig, proxyConfig, images };
      return startNode(i, files, (guest) => onStop(guest.stop));
    }),
  );
  const booted = started.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
  const describe = (): Promise<string> => describeAll(plane, booted);
  const nodes = await joinAll(plane, booted).catch(async (error: unknown) => {
    throw new Error(`${String(error)}\n${await describe()}`);
  });
  // What answers pods from outside of the nodes finds them, as the API server must.
  for (const { podCidr, address } of nodes) {
    await host.script(`ip route add ${podCidr} via ${address}`);
  }
  return {
    plane,
    nodes,
    user: startUser(scratch.dir, plane.kubeconfig),
    describe,
    ...observers(scratch.dir, host, plane, nodes),
  };
}

interface Plane {
  readonly plane: ControlPlane;
  /** Writes the kubeconfig of a node, or that of `proxy`, and returns its path. */
  readonly configOf: (name: string) => string;
}

async function startPlane(dir: string): Promise<Plane> {
  const token = (): string => randomBytes(16).toString('hex');
  const proxy = { token: token(), name: 'system:kube-proxy' };
  const kubelets = NODES.map((i) => {
    return { token: token(), name: `system:node:n${i}`, groups: ['system:nodes'] };
  });
  const users = new Map([
    ['proxy', proxy],
    ...kubelets.map((user, at) => [`n${NODES[at]}`, user] as const),
  ]);
  const plane = await startControlPlane({
    ...PLANE,
    // That of its Service, by which pods know it.
    certifiedAddresses: ['10.96.0.1'],
    users: [...users.values()],
  });
  return {
    plane,
    configOf: (name) => {
      const path = join(dir, `${name}.kubeconfig`);
      const api = { url: plane.url, caFile: plane.caFile, adminToken: plane.adminToken, dir };
      writeKubeconfig(path, api, users.get(name)?.token ?? '');
      return path;
    },
  };
}

/** Does what a routing CNI does: each node gets its own pods' range, and routes to those of the others. */
async function joinAll(plane: ControlPlane, nodes: readonly ClusterNode[]): Promise<Member[]> {
  const members: Member[] = [];
  for (const node of nodes) {
    const { name, guest } = node;
    await vi.waitFor(async () => {
      const path = '-o=jsonpath={.spec.podCIDR}';
      const { stdout, stderr } = await plane.kubectl(['get', 'node', name, path]);
      if (stdout === '') throw new Error(`node ${name} has no pods' range: ${stderr}`);
      members.push({ ...node, podCidr: stdout, xfrm: xfrmTools(guest.script) });
    }, patience);
  }
  for (const { name, guest, joinPods, podCidr } of members) {
    await joinPods(podCidr);
    for (const other of members) {
      if (other.name !== name)
        await guest.script(`ip route add ${other.podCidr} via ${other.address}`);
    }
  }
  const wait = ['wait', '--for=condition=Ready', 'nodes', '--all', '--timeout=1800s'];
  const { code, stderr } = await plane.kubectl(wait);
  if (code !== 0) throw new Error(`the nodes do not become ready: ${stderr}`);
  return members;
}

async function describeAll(plane: ControlPlane, nodes: readonly ClusterNode[]): Promise<string> {
  const asked = [
    ['get', 'nodes,pods', '-A', '-o', 'wide'],
    ['get', 'events', '-A', '--field-selector=type!=Normal'],
    ['-n', 'kube-system', 'logs', '-l=app.kubernetes.io/name=podcloak', '--prefix', '--tail=40'],
  ];
  const texts = [];
  for (const args of asked) {
    const { stdout, stderr } = await plane.kubectl(args);
    texts.push(`$ kubectl ${args.join(' ')}\n${stdout}${stderr}`);
  }
  for (const node of nodes) texts.push(await node.logs().catch(String));
  return texts.join('\n');
}

function observers(
  dir: string,
  host: Machine,
  plane: ControlPlane,
  nodes: readonly ClusterNode[],
): Pick<Cluster, 'recordWire' | 'startTraffic' | 'sweep'> {
  const begun: { abandon: () => Promise<void> }[] = [];
  const swept = <T extends Traffic | Wire>(one: T): T => {
    begun.push(one);
    return one;
  };
  return {
    recordWire: async () => swept(await recordWire(host, dir)),
    startTraffic: async (flows) =>
      swept(await startTraffic(await groundOf(host, plane, nodes), flows, node24(), SETTLE)),
    sweep: async () => {
      for (const { abandon } of begun.splice(0)) await abandon();
    },
  };
}
