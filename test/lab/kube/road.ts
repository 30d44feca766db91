import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP relay before the API server, to be broken in the ways that networks break. */
export interface Road {
  /** The API server by this way; its certificate is for this name, too. */
  readonly url: string;
  /** Nothing passes any more on the connections there are, though both ends keep them. New ones work. */
  readonly freeze: () => void;
  /** Connections are cut, and new ones refused, until `open`. */
  readonly cut: () => void;
  readonly open: () => void;
  readonly close: () => Promise<void>;
}

export async function buildRoad(api: string): Promise<Road> {
  const { hostname, port } = new URL(api);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('a TCP server has no port');
  const cutAll = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    url: `https://localhost:${bound.port}`,
    freeze: () => {
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    cut: () => {
      isCut = true;
      cutAll();
    },
    open: () => {
      isCut = false;
    },
    close: async () => {
      server.close();
      cutAll();
      await once(server, 'close');
    },
  };
}
