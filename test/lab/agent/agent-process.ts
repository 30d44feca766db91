/** An agent on a node: what its container has, as far as a kernel lab can give it. */
import type { Guest, GuestProcess } from '../kernel/guest.js';
import type { RunResult } from '../run.js';
import { API } from './api-network.js';

export interface AgentProgram {
  /** A JavaScript file on this machine. */
  readonly file: string;
  readonly args: readonly string[];
  /** The Node that runs it: a path on this machine. */
  readonly node: string;
  /** Options of Node. */
  readonly nodeOptions?: readonly string[];
  /** `net_admin` by default, as in the container. */
  readonly capabilities?: readonly string[];
  /** Besides what the DaemonSet sets. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface HealthAnswer {
  /** The HTTP status; 0 when nothing listens. */
  readonly status: number;
  readonly body: string;
}

/** The agent of one node, over all its lives. */
export interface Agent {
  /** Starts it. @throws Error when it runs already */
  readonly start: () => GuestProcess;
  readonly isRunning: () => boolean;
  /** All that its lives printed, standard output before standard error of each. */
  readonly log: () => string;
  /** Waits until this life prints it; fails when it ends first. */
  readonly prints: (pattern: RegExp) => Promise<void>;
  /** Ends it by a signal, SIGTERM by default, and waits until it is gone. Nothing if it is not there. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<RunResult | undefined>;
  /** The same, and starts it again with the state that it left. */
  readonly restart: (signal?: NodeJS.Signals) => Promise<GuestProcess>;
  /** Runs the command on the node, beside the agent: `encrypt status`. */
  readonly command: (args: readonly string[]) => Promise<RunResult>;
  /** Asks on loopback in its namespace, as the kubelet does: `/readyz`. */
  readonly get: (path: string, port?: number) => Promise<HealthAnswer>;
}

/** The folders of a node's agent in the guest, and where the agent sees each. */
export function agentFolders(i: number) {
  const home = `/run/lab/n${i}`;
  return { home, state: `${home}/state`, keys: `${home}/keys`, account: `${home}/account` };
}

const MOUNTED = {
  state: '/run/podcloak',
  keys: '/etc/ipsec',
  account: '/var/run/secrets/kubernetes.io/serviceaccount',
} as const;

/** What the folders of all nodes need once, below the mounts of each. */
export const PREPARE_MOUNTS = `mkdir -p ${Object.values(MOUNTED).join(' ')}`;

/** The health server's port unless the values say another. */
const HEALTH_PORT = 9989;
/** That of /metrics. */
export const METRICS_PORT = 9988;

export function agentOn(guest: Guest, i: number, program: AgentProgram): Agent {
  const lives: GuestProcess[] = [];
  const running = new Set<GuestProcess>();
  const current = (): GuestProcess | undefined => lives.findLast((life) => running.has(life));

  const start = (): GuestProcess => {
    if (current() !== undefined) throw new Error(`the agent of n${i} runs already`);
    const life = guest.start('ip', [
      'netns',
      'exec',
      `n${i}`,
      'bash',
      '-c',
      startScript(i, program),
    ]);
    lives.push(life);
    running.add(life);
    void life.ended.then(() => running.delete(life));
    return life;
  };
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<RunResult | undefined> => {
    const life = current();
    life?.signal(signal);
    return life?.ended;
  };
  return {
    start,
    isRunning: () => current() !== undefined,
    log: () => lives.map((life) => life.stdout() + life.stderr()).join(''),
    prints: async (pattern) => {
      const life = lives.at(-1);
      if (life === undefined) throw new Error(`the agent of n${i} was never started`);
      await life.prints(pattern);
    },
    stop,
    restart: async (signal) => {
      await stop(signal);
      return start();
    },
    command: (args) => {
      const { node, file } = program;
      const socket = ['--socket', `${agentFolders(i).state}/agent.sock`];
      return guest.run('ip', ['netns', 'exec', `n${i}`, node, file, ...args, ...socket]);
    },
    get: (path, port = HEALTH_PORT) => get(guest, i, path, port),
  };
}

/**
 * `ip netns exec` has made a mount namespace already. The capability is all that the container has, for
 * root there is no root without it.
 */
function startScript(i: number, program: AgentProgram): string {
  const { file, args, node, nodeOptions = [], capabilities = ['net_admin'], env } = program;
  const folders = agentFolders(i);
  const variables = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/root',
    NODE_NAME: `n${i}`,
    POD_NAMESPACE: 'kube-system',
    PODCLOAK_METRICS_PORT: String(METRICS_PORT),
    KUBERNETES_SERVICE_HOST: API.address,
    KUBERNETES_SERVICE_PORT: String(API.port),
    ...env,
  };
  const assignments = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  const rights = ['-all', ...capabilities.map((name) => `+${name}`)].join();
  const command = [
    ...['setpriv', '--no-new-privs', '--bounding-set', rights, '--inh-caps', rights],
    ...['env', '-i', ...assignments],
    ...[node, ...nodeOptions, file, ...args],
  ];
  return [
    'set -euo pipefail',
    `mount --bind ${folders.state} ${MOUNTED.state}`,
    `mount --bind ${folders.keys} ${MOUNTED.keys}; mount -o remount,bind,ro ${MOUNTED.keys}`,
    `mount --bind ${folders.account} ${MOUNTED.account}; mount -o remount,bind,ro ${MOUNTED.account}`,
    'cd /',
    `exec ${command.map(quoted).join(' ')}`,
  ].join('\n');
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** HTTP/1.0, as its answers are not chunked. */
async function get(guest: Guest, i: number, path: string, port: number): Promise<HealthAnswer> {
  const ask = `exec 3<>/dev/tcp/127.0.0.1/${port} || exit 7
    printf 'GET ${path} HTTP/1.0\\r\\nHost: 127.0.0.1\\r\\n\\r\\n' >&3
    cat <&3`;
  const { stdout } = await guest.run('ip', ['netns', 'exec', `n${i}`, 'bash', '-c', ask]);
  const [head = '', ...rest] = stdout.split('\r\n\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
  return { status: Number(status ?? 0), body: rest.join('\r\n\r\n') };
}
