/** The built command and what it rendered, for tests against a control plane. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import type { ControlPlane } from './control-plane.js';
import { flawless, type RunOptions, type RunResult, run, runOrThrow } from './run.js';
import { waitFor } from './wait.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const command = `${root}dist/podcloak.cjs`;

/** Long enough for a busy machine; a poll ends as soon as it succeeds. */
export const patience = { timeout: 120_000, interval: 50 };

/** An object of the API, as far as the tests look at it. */
export interface ApiObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly resourceVersion: string;
    readonly generation?: number;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** The command, run in the repository's folder, as the examples are named from there. */
export function podcloak(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return run(process.execPath, [command, ...args], { cwd: root, ...options });
}

/** `podcloak synth`. */
export function synth(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return podcloak(['synth', ...args], options);
}

/**
 * What `podcloak synth` prints.
 * @throws Error with its messages when it refuses.
 */
export function rendered(args: readonly string[], options: RunOptions = {}): Promise<string> {
  return runOrThrow(process.execPath, [command, 'synth', ...args], { cwd: root, ...options });
}

/** Apply manifests, which must succeed without a warning: those go to standard error. */
export async function apply(
  plane: ControlPlane,
  manifests: string,
  how: readonly string[] = ['--server-side'],
): Promise<string> {
  const applied = await plane.kubectl(['apply', ...how, '-f', '-'], { input: manifests });
  flawless(applied);
  return applied.stdout;
}

/** A file of test/lab/fixtures. */
export function fixture(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
}

/** Wait until the API serves a kind whose definition was just applied. */
export async function untilServed(plane: ControlPlane, definition: string): Promise<void> {
  const name = `customresourcedefinition/${definition}`;
  await waitFor(async () => {
    for (const ask of [
      ['wait', '--for=condition=Established', name],
      ['get', definition, '-A'],
    ]) {
      const { code, stderr } = await plane.kubectl(ask);
      if (code !== 0) throw new Error(stderr);
    }
  }, patience);
}

/** The objects of the manifests, as the API server has them now. */
export async function stored(plane: ControlPlane, manifests: string): Promise<ApiObject[]> {
  const got = await plane.kubectl(['get', '-f', '-', '-o', 'json'], { input: manifests });
  flawless(got);
  return (JSON.parse(got.stdout) as { items: ApiObject[] }).items;
}

/** One object of the API. */
export async function get(plane: ControlPlane, ...which: string[]): Promise<ApiObject> {
  const got = await plane.kubectl(['get', ...which, '-o', 'json']);
  flawless(got);
  return JSON.parse(got.stdout) as ApiObject;
}

/** `Kind namespace/name` of each document. */
export function identities(manifests: string): string[] {
  return parseAllDocuments(manifests).map((document) => identity(document.toJS() as ApiObject));
}

export function identity({ kind, metadata }: Pick<ApiObject, 'kind' | 'metadata'>): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}

const KINDS = [
  'namespaces,customresourcedefinitions,serviceaccounts,clusterroles,clusterrolebindings',
  'roles,rolebindings,validatingadmissionpolicies,validatingadmissionpolicybindings',
  'configmaps,secrets,daemonsets,resourcequotas,jobs,cronjobs',
].join(',');

/** The identities of all objects in the cluster that carry our label, in no order. */
export async function ours(plane: ControlPlane): Promise<string[]> {
  const label = 'app.kubernetes.io/part-of=podcloak';
  const got = await plane.kubectl(['get', KINDS, '-A', '-l', label, '-o', 'json']);
  flawless(got);
  return (JSON.parse(got.stdout) as { items: ApiObject[] }).items.map(identity);
}
