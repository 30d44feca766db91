// A real registry on a loopback address: the distribution project's, as Debian packages it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts, randomLoopback } from '../loopback.js';
import { type Server, startServer } from '../server.js';
import { onPath, type Requirement } from '../tools.js';

export const REGISTRY: Requirement = {
  name: 'docker-registry',
  remedy: 'install Debian’s docker-registry',
  lacking: () => (onPath('docker-registry') === undefined ? 'not on PATH' : undefined),
};

export interface Registry {
  /** Its host and port. */
  readonly name: string;
  readonly stop: () => Promise<void>;
  /** Answers to a reader who has the right to read. */
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>;
}

/**
 * Starts one in a folder.
 *
 * @param auth the `auth` part of its configuration, as JSON, which is YAML too
 * @throws Error with its log when it does not come up
 */
export async function startRegistry(folder: string, auth?: object): Promise<Registry> {
  mkdirSync(folder);
  const address = randomLoopback();
  const [port] = await freePorts(address, 1);
  const name = `${address}:${port}`;
  const config = {
    version: '0.1',
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: name, secret: 'only for this test' },
    ...(auth === undefined ? {} : { auth }),
  };
  const path = join(folder, 'config.yml');
  writeFileSync(path, JSON.stringify(config));
  const server = await startServer(
    'docker-registry',
    'docker-registry',
    ['serve', path],
    join(folder, 'log'),
  );
  const get: Registry['get'] = (path, headers = {}) =>
    fetch(`http://${name}/v2/${path}`, { headers });
  await answers(server, () => get(''));
  return { name, get, stop: () => server.stop() };
}

async function answers(server: Server, ask: () => Promise<unknown>): Promise<void> {
  for (;;) {
    if (server.hasEnded()) throw new Error(server.describe());
    const came = await ask().then(
      () => true,
      () => false,
    );
    if (came) return;
    await sleep(50);
  }
}
