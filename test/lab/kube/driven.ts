import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { node24 } from '../../../scripts/node24.mjs';
import type { Requirement } from '../tools.js';
import type { Report, Told, ToldError } from './driver-protocol.js';

/** The client library needs Node 22.19; the agent's image has Node 24. */
export const NODE_24: Requirement = {
  name: 'Node 24',
  remedy: 'let npm reach a registry, or run the tests on Node 24',
  lacking: () => (node24() === undefined ? 'npm could not install it' : undefined),
};

/** src/kube at work in a process of its own. */
export interface Driven {
  readonly pid: number;
  /** All that the listener of a watch was told, in order. */
  readonly told: (watch: string) => readonly Told[];
  /** What was thrown at nobody, or by a listener. */
  readonly faults: readonly string[];
  /** Start a watch: `nodes`, `ownNode`, `records`, `config`, with the arguments of its method. */
  readonly watch: (name: string, ...args: string[]) => void;
  /** Call a method of Cluster. A KubeError is a result. */
  readonly call: (method: string, ...args: unknown[]) => Promise<Outcome>;
  /** Close the cluster; fulfilled with the exit code once the process has ended by itself. */
  readonly close: () => Promise<number | null>;
  /** End it however it is. */
  readonly kill: () => Promise<void>;
}

export type Outcome =
  | { readonly result: unknown; readonly error?: undefined }
  | { readonly error: ToldError; readonly result?: undefined };

export interface DrivenOptions {
  readonly kubeconfig?: string;
  /** Where the pod's environment says that the API server is, if not where it is. */
  readonly api?: string;
  /** Of {@link serviceAccountFiles}. */
  readonly root?: string;
  readonly pace?: object;
  /** Its listeners throw at each `synced`. */
  readonly throwing?: boolean;
}

/** In milliseconds: tests need not wait as long as agents. */
const PACE = { first: 50, longest: 1000 };

/** Bundle the driver for Node 24 into a folder; returns its path. */
export async function bundledDriver(folder: string): Promise<string> {
  const outfile = join(folder, 'driver.cjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./driver.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    logLevel: 'error',
    define: { 'import.meta.url': '__importMetaUrl' },
    banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  });
  return outfile;
}

/** Start the driver, for the API server at this address. */
export async function drive(
  bundle: string,
  api: string,
  options: DrivenOptions = {},
): Promise<Driven> {
  const { hostname, port } = new URL(options.api ?? api);
  const env = {
    PATH: process.env.PATH,
    KUBERNETES_SERVICE_HOST: hostname,
    KUBERNETES_SERVICE_PORT: port,
  };
  const settings = JSON.stringify({ ...options, pace: { ...PACE, ...options.pace } });
  // Killed with this process, however it ends.
  const node = [node24() ?? '', bundle, settings];
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...node], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env,
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const told = new Map<string, Told[]>();
  const faults: string[] = [];
  const waiting = new Map<number, (outcome: Outcome) => void>();
  let started: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    started = resolve;
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const report = JSON.parse(line) as Report;
    if ('ready' in report) started();
    else if ('fault' in report) faults.push(report.fault);
    else if ('id' in report) waiting.get(report.id)?.(report);
    else told.set(report.watch, [...(told.get(report.watch) ?? []), report]);
  });
  let last = 0;
  const send = (call: string, args: readonly unknown[]): number => {
    last += 1;
    child.stdin.write(`${JSON.stringify({ id: last, call, args })}\n`);
    return last;
  };
  await Promise.race([ready, ended]);
  return {
    pid: child.pid ?? -1,
    told: (watch) => told.get(watch) ?? [],
    faults,
    watch: (...args) => {
      send('watch', args);
    },
    call: (method, ...args) =>
      new Promise((resolve) => {
        waiting.set(send(method, args), resolve);
      }),
    close: async () => {
      send('close', []);
      return (await ended)[0];
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A pod's files below a folder, as the kubelet mounts them; returns how to renew the token. */
export function serviceAccountFiles(
  root: string,
  ca: Uint8Array,
  token: string,
): { readonly renew: (token: string) => void } {
  const folder = join(root, 'var/run/secrets/kubernetes.io/serviceaccount');
  mkdirSync(folder, { recursive: true });
  const renew = (next: string): void => writeFileSync(join(folder, 'token'), next, { mode: 0o600 });
  writeFileSync(join(folder, 'ca.crt'), ca);
  writeFileSync(join(folder, 'namespace'), 'kube-system');
  renew(token);
  return { renew };
}
