import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A loopback address that hardly any other program uses: on Linux all of 127.0.0.0/8 is this
 * machine. A port that is free there stays free until the server that it is for binds it, also while
 * other labs start at the same time; on 127.0.0.1 they would race for it.
 */
export function randomLoopback(): string {
  return `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
}

/** As many different free TCP ports of the address. */
export async function freePorts(address: string, count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, address));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => {
    const bound = server.address();
    if (bound === null || typeof bound === 'string') throw new Error('a TCP server has no port');
    return bound.port;
  });
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
