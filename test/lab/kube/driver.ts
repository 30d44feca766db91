// A stand-in for the agent, on Node 24: does what it is told on standard input, a line of JSON each, and
// says on standard output what it is told by the cluster.
import { createInterface } from 'node:readline';
import { type Cluster, connectCluster, KubeError, type Listener } from '../../../src/kube/index.js';
import type { Command, Report } from './driver-protocol.js';

const say = (report: Report): void => {
  process.stdout.write(`${JSON.stringify(report)}\n`);
};
const described = (error: unknown) => {
  if (!(error instanceof KubeError)) return { code: 'none', message: String(error) };
  const { code, status, reason, message } = error;
  return { code, status, reason, message };
};
// A test that sees one of these fails.
process.on('unhandledRejection', (error) => say({ fault: `unhandled: ${String(error)}` }));
process.on('uncaughtException', (error) => say({ fault: `uncaught: ${String(error)}` }));

const { kubeconfig, root, pace, throwing } = JSON.parse(process.argv[2] ?? '{}');
const cluster = connectCluster({
  ...{ kubeconfig, root, pace, instance: 'driver' },
  onFault: (error) => say({ fault: described(error).message }),
});

const listener = (watch: string): Listener<{ readonly name: string }> => ({
  synced: (all) => {
    say({ watch, synced: all });
    if (throwing) throw new Error('the listener throws');
  },
  changed: (name, object) => say({ watch, name, changed: object ?? null }),
  unavailable: (reason) => say({ watch, unavailable: described(reason) }),
});

const watches: Record<string, (...args: string[]) => unknown> = {
  nodes: () => cluster.watchNodes(listener('nodes')),
  ownNode: (name = '') => cluster.watchOwnNode(name, listener('ownNode')),
  records: () => cluster.watchRecords(listener('records')),
  config: (namespace = '', name = '') => cluster.watchConfig(namespace, name, listener('config')),
};

const commands = createInterface({ input: process.stdin });
commands.on('line', (line) => {
  const { id, call, args } = JSON.parse(line) as Command;
  if (call === 'watch') watches[args[0] as string]?.(...(args.slice(1) as string[]));
  else if (call === 'close') {
    cluster.close();
    // Nothing else may keep the process running: it has to end by itself.
    commands.close();
    process.stdin.destroy();
  } else {
    const method = cluster[call as keyof Cluster] as (...given: unknown[]) => Promise<unknown>;
    method(...args).then(
      (result) => say({ id, result: result ?? null }),
      (error: unknown) => say({ id, error: described(error) }),
    );
  }
});
say({ ready: true });
