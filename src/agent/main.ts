import { performance } from 'node:perf_hooks';
import { diagnostic, formatDiagnostics } from '../errors/index.js';
import { connectCluster } from '../kube/index.js';
import { VERSION } from '../version.js';
import { Agent } from './agent.js';
import { serveHealth } from './health.js';
import { Kernel } from './kernel.js';
import { type Log, makeLog } from './log.js';
import { StateFile } from './state-file.js';

/** How long a reconciliation may take before the agent counts as stuck, in milliseconds. */
const STUCK = 120_000;

/**
 * Runs the agent until SIGTERM or SIGINT. What it has put into the kernel stays there.
 *
 * @returns the exit code
 */
export async function runAgent(environment: NodeJS.ProcessEnv = process.env): Promise<number> {
  const log = makeLog((line) => process.stderr.write(`${line}\n`), {
    json: environment.PODCLOAK_LOG_FORMAT === 'json',
  });
  const nodeName = environment.NODE_NAME ?? '';
  const namespace = environment.POD_NAMESPACE ?? '';
  if (nodeName === '' || namespace === '') {
    const missing = nodeName === '' ? 'NODE_NAME' : 'POD_NAMESPACE';
    process.stderr.write(`${formatDiagnostics([diagnostic('PC719', `${missing} is not set`)])}\n`);
    return 2;
  }
  log('info', `podcloak agent ${VERSION}`, { node: nodeName });
  let agent: Agent | undefined;
  const kernel = await openKernel(log, {
    xfrmChanged: () => agent?.kick(),
    networkChanged: () => agent?.networkChanged(),
  });
  agent = new Agent({
    nodeName,
    namespace,
    cluster: connectCluster({
      instance: nodeName,
      onFault: (error) => log('warning', String(error)),
    }),
    kernel,
    stateFile: new StateFile('/run/podcloak'),
    log,
    clock: () => Date.now() / 1000,
    now: () => performance.now(),
  });
  const running = agent;
  let lastTurn = performance.now();
  const turns = setInterval(() => {
    lastTurn = performance.now();
  }, 5000);
  const port = Number(environment.PODCLOAK_HEALTH_PORT ?? 9989);
  const health = await serveHealth(port, {
    isAlive: () => performance.now() - lastTurn < STUCK,
    isReady: () => running.view.isReady,
    reasons: () => formatDiagnostics(running.view.problems) || 'starting',
  }).catch((error: NodeJS.ErrnoException) => {
    const found = diagnostic('PC712', `health port ${port}: ${error.code ?? error.message}`);
    process.stderr.write(`${formatDiagnostics([found])}\n`);
    return undefined;
  });
  if (health === undefined) return 1;
  running.start();
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
  log('info', 'ending; what is encrypted stays so');
  clearInterval(turns);
  health.close();
  running.close();
  return 0;
}

/** Waits for a kernel that can be talked to, rather than ending in a crash loop. */
async function openKernel(log: Log, listener: Parameters<typeof Kernel.open>[0]): Promise<Kernel> {
  for (;;) {
    const opened = await Kernel.open(listener);
    if (opened instanceof Kernel) return opened;
    log('error', `${opened.code}: ${opened.message}`, { fix: opened.remedy });
    await new Promise((resolve) => setTimeout(resolve, 10_000));
  }
}
