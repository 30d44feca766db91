import { mkdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { openEngine } from '../engine/both/index.js';
import type { EngineListener } from '../engine/index.js';
import { settingsFolder } from '../engine/wireguard/index.js';
import { type Diagnostic, diagnostic, formatDiagnostics } from '../errors/index.js';
import { connectCluster } from '../kube/index.js';
import { AGENT_SOCKET, STATE_FOLDER } from '../manifests/names.js';
import { VERSION } from '../version.js';
import { Agent } from './agent.js';
import { serveHealth } from './health.js';
import { type Log, makeLog } from './log.js';
import { Metrics } from './metrics.js';
import { serveMetrics } from './metrics-server.js';
import { NodeNetwork } from './node-network.js';
import { readSettings, type Settings } from './settings.js';
import { StateFile } from './state-file.js';
import { serveStatus } from './status-server.js';

/** How long a reconciliation may take before the agent counts as stuck, in milliseconds. */
const STUCK = 120_000;

/**
 * Runs the agent until SIGTERM or SIGINT. What it has put into the kernel stays there.
 *
 * @returns the exit code
 */
export async function runAgent(environment: NodeJS.ProcessEnv = process.env): Promise<number> {
  const settings = readSettings(environment);
  if ('problem' in settings) {
    process.stderr.write(`${formatDiagnostics([settings.problem])}\n`);
    return 2;
  }
  const log = makeLog((line) => process.stderr.write(`${line}\n`), { json: settings.jsonLog });
  log('info', `podcloak agent ${VERSION}`, { node: settings.nodeName });
  let lastTurn = performance.now();
  const turns = setInterval(() => {
    lastTurn = performance.now();
  }, 5000);
  const state: { agent?: Agent; problems: readonly Diagnostic[] } = { problems: [] };
  const servers = new Servers(log);
  try {
    // Before there is a kernel to talk to: an agent that waits for it must not be restarted for that.
    await servers.open(`health port ${settings.healthPort}`, () =>
      serveHealth(settings.healthPort, {
        isAlive: () => performance.now() - lastTurn < STUCK,
        isReady: () => state.agent?.isReady ?? false,
        reasons: () => formatDiagnostics(state.agent?.problems ?? state.problems) || 'starting',
      }),
    );
    mkdirSync(STATE_FOLDER, { recursive: true, mode: 0o700 });
    await servers.open(AGENT_SOCKET, () =>
      serveStatus(AGENT_SOCKET, {
        status: async () => (await started(state).report()).status,
        forget: async (node) => started(state).forget(node),
        problems: () => state.agent?.problems ?? state.problems,
      }),
    );
    const agent = await makeAgent(settings, log, (problem) => {
      state.problems = [problem];
    });
    state.agent = agent;
    const { metricsPort } = settings;
    if (metricsPort !== undefined) {
      await servers.open(`monitoring.port ${metricsPort}`, () => {
        const metrics = new Metrics();
        return serveMetrics(metricsPort, {
          contentType: metrics.contentType,
          metrics: async () => metrics.render(await agent.report()),
        });
      });
    }
    agent.start();
    await new Promise<void>((resolve) => {
      process.once('SIGTERM', () => resolve());
      process.once('SIGINT', () => resolve());
    });
    log('info', 'ending; what is encrypted stays so');
    return 0;
  } catch (thrown) {
    if (thrown !== PORT_TAKEN) throw thrown;
    return 1;
  } finally {
    clearInterval(turns);
    servers.close();
    state.agent?.close();
  }
}

/** @throws Error while it waits for the kernel: its problems say why */
function started({ agent }: { readonly agent?: Agent }): Agent {
  if (agent === undefined) throw new Error('the agent is starting');
  return agent;
}

const PORT_TAKEN = new Error('a port is taken');

/** What the agent listens at, but for the messages of other agents. */
class Servers {
  readonly #log: Log;
  readonly #open: { close(): unknown }[] = [];

  constructor(log: Log) {
    this.#log = log;
  }

  /** @throws PORT_TAKEN, having said so */
  async open(name: string, start: () => Promise<{ close(): unknown }>): Promise<void> {
    try {
      this.#open.push(await start());
    } catch (thrown) {
      const { code, message } = thrown as NodeJS.ErrnoException;
      const found = diagnostic('PC712', `${name}: ${code ?? message}`);
      this.#log('error', `${found.code}: ${found.message}`, { fix: found.remedy });
      throw PORT_TAKEN;
    }
  }

  close(): void {
    for (const server of this.#open.splice(0)) void server.close();
  }
}

async function makeAgent(
  { nodeName, namespace, configMap }: Settings,
  log: Log,
  waiting: (problem: Diagnostic) => void,
): Promise<Agent> {
  let agent: Agent | undefined;
  const listener: EngineListener = {
    kernelChanged: () => agent?.kernelChanged(),
    preparationChanged: () => agent?.kick(),
  };
  const files = {
    readCounters: () => textOf('/proc/net/xfrm_stat'),
    keyFolder: STATE_FOLDER,
    settingsFolder: settingsFolder(),
  };
  const engine = await opened(() => openEngine(listener, files), log, waiting);
  const changed = (): void => agent?.networkChanged();
  const network = await opened(() => NodeNetwork.open(changed), log, waiting);
  agent = new Agent({
    nodeName,
    namespace,
    configMap,
    cluster: connectCluster({
      instance: nodeName,
      onFault: (error) => log('warning', String(error)),
    }),
    engine,
    network,
    stateFile: new StateFile(STATE_FOLDER),
    readSetting: (path) => textOf(`/proc/sys/${path}`),
    log,
    clock: () => Date.now() / 1000,
    now: () => performance.now(),
  });
  return agent;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Waits for a kernel that can be talked to, rather than ending in a crash loop. */
async function opened<T extends object>(
  open: () => Promise<T | Diagnostic>,
  log: Log,
  waiting: (problem: Diagnostic) => void,
): Promise<T> {
  for (;;) {
    const found = await open();
    if (!('remedy' in found)) return found;
    log('error', `${found.code}: ${found.message}`, { fix: found.remedy });
    waiting(found);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
  }
}
