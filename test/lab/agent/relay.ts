/** A TCP relay on this machine's loopback: the one way from the guest to the API server. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { freePorts, randomLoopback } from '../loopback.js';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export interface Relay {
  /** Where it listens, from its start on: a guest can boot before the API server is there. */
  readonly at: Endpoint;
  /** Where connections go from now on. */
  readonly open: (target: Endpoint) => void;
  /** Ends all connections; new ones are refused until it is opened again. */
  readonly close: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts a relay that is closed. */
export async function startRelay(): Promise<Relay> {
  const address = randomLoopback();
  const [port = 0] = await freePorts(address, 1);
  const sockets = new Set<Socket>();
  let target: Endpoint | undefined;
  const server = createServer({ noDelay: true }, (guest) => {
    if (target === undefined) {
      guest.resetAndDestroy();
      return;
    }
    const api = connect({ host: target.address, port: target.port, noDelay: true });
    for (const [socket, other] of [
      [guest, api],
      [api, guest],
    ] as const) {
      sockets.add(socket);
      // A reset is one end's way to go; the other end then goes as well.
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  server.listen(port, address);
  await once(server, 'listening');
  const close = (): void => {
    target = undefined;
    for (const socket of sockets) socket.destroy();
  };
  return {
    at: { address, port },
    open: (to) => {
      target = to;
    },
    close,
    stop: async () => {
      close();
      server.close();
      await once(server, 'close');
    },
  };
}
