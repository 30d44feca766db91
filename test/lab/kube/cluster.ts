/** A control plane with the rendered manifests, and agents on its nodes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { agentToken, makeNode, record, records, token } from '../agents.js';
import {
  type ControlPlane,
  type ControlPlaneOptions,
  controlPlaneNeeds,
  startControlPlane,
} from '../control-plane.js';
import { apply, patience, rendered, untilServed } from '../podcloak.js';
import { makeScratch, type Scratch } from '../scratch.js';
import {
  bundledDriver,
  type Driven,
  type DrivenOptions,
  drive,
  NODE_24,
  serviceAccountFiles,
} from './driven.js';
import type { Told } from './driver-protocol.js';

export const definition = 'encryptionnodes.podcloak.dev';

const planeOptions: ControlPlaneOptions = {
  controllerManager: true,
  admissionPlugins: ['OwnerReferencesPermissionEnforcement'],
};

export const kubeNeeds = [...controlPlaneNeeds(planeOptions), NODE_24];

/** The rendered manifests, applied, and processes that act as the agents of nodes. */
export interface KubeLab {
  readonly plane: ControlPlane;
  readonly scratch: Scratch;
  readonly bundle: string;
  /** The UIDs of n1 and n2. */
  readonly uids: Readonly<Record<'n1' | 'n2', string>>;
  /** The token of the agent on n1. */
  readonly agent: string;
  /** Start the agent of n1, with the files of its pod; killed by `stop` if it still runs. */
  readonly start: (options?: DrivenOptions) => Promise<Driven>;
  /** A pod's folder, with the token of n1's agent unless told otherwise. */
  readonly pod: (token?: string) => { root: string; renew: (token: string) => void };
  readonly stop: () => Promise<void>;
}

export async function startKubeLab(): Promise<KubeLab> {
  const scratch = makeScratch('podcloak-kube');
  const plane = await startControlPlane(planeOptions);
  const started: Driven[] = [];
  const uids = { n1: await makeNode(plane, 'n1'), n2: await makeNode(plane, 'n2') };
  await applyManifests(plane);
  const agent = await agentToken(plane, 'n1');
  const bundle = await bundledDriver(scratch.dir);
  let pods = 0;
  const pod = (by = agent) => {
    pods += 1;
    const root = join(scratch.dir, `pod-${pods}`);
    return { root, ...serviceAccountFiles(root, readFileSync(plane.caFile), by) };
  };
  return {
    ...{ plane, scratch, bundle, uids, agent, pod },
    start: async (options = {}) => {
      const where = options.kubeconfig === undefined ? { root: pod().root } : {};
      const driven = await drive(bundle, plane.url, { ...where, ...options });
      started.push(driven);
      return driven;
    },
    stop: async () => {
      for (const driven of started) await driven.kill();
      await plane.stop();
      await scratch.remove();
    },
  };
}

/** Apply what synth prints, and wait until the admission policy bites and RBAC lets an agent list. */
export async function applyManifests(plane: ControlPlane): Promise<void> {
  await apply(plane, await rendered(['-f', 'examples/ipsec.yaml']));
  await untilServed(plane, definition);
  const ofNobody = await token(plane);
  await vi.waitFor(async () => {
    const body = record('probe');
    const probed = await plane.request('POST', `${records}?dryRun=All`, { token: ofNobody, body });
    expect(JSON.stringify(probed)).toContain('not bound to a pod');
    expect(await plane.request('GET', records, { token: ofNobody })).toMatchObject({ status: 200 });
  }, patience);
}

/** Wait until the listener was told something like this, from the given place on; returns the next place. */
export async function untilTold(
  driven: Driven,
  watch: string,
  expected: object,
  from = 0,
): Promise<number> {
  return vi.waitFor(() => {
    const after = driven.told(watch).slice(from);
    expect(after).toContainEqual(expect.objectContaining(expected));
    return from + after.findIndex((one) => matches(one, expected)) + 1;
  }, patience);
}

function matches(told: Told, expected: object): boolean {
  try {
    expect(told).toEqual(expect.objectContaining(expected));
    return true;
  } catch {
    return false;
  }
}

/** The names of what there is, by all that a listener was told, in order. */
export function known(driven: Driven, watch: string): string[] {
  const all = new Set<string>();
  for (const told of driven.told(watch)) {
    if ('synced' in told) {
      all.clear();
      for (const { name } of told.synced) all.add(name);
    } else if ('changed' in told) {
      if (told.changed === null) all.delete(told.name);
      else all.add(told.name);
    }
  }
  return [...all].sort();
}
