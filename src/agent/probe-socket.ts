import { createSocket, type Socket } from 'node:dgram';
import { PROBE_PORT } from '../engine/index.js';

/** Who is told of what arrives. */
export interface ProbeListener {
  /** @param remote the sender's address, canonical */
  message(bytes: Uint8Array, remote: string, local: string): void;
  bound(local: string): void;
  failed(local: string, error: Error): void;
}

/** UDP sockets on the tunnel's ends of this node, one an address. */
export class ProbeSockets {
  readonly #sockets = new Map<string, Socket>();
  readonly #listener: ProbeListener;

  constructor(listener: ProbeListener) {
    this.#listener = listener;
  }

  /** Has a socket on exactly these addresses. One that cannot be bound is tried again next time. */
  bind(addresses: readonly string[]): void {
    for (const [address, socket] of this.#sockets) {
      if (addresses.includes(address)) continue;
      this.#sockets.delete(address);
      socket.close();
    }
    for (const address of addresses) {
      if (!this.#sockets.has(address)) this.#sockets.set(address, this.#open(address));
    }
  }

  /** Sends without waiting; what cannot be sent is lost, as any packet may be. */
  send(bytes: Uint8Array, local: string, remote: string): void {
    this.#sockets.get(local)?.send(bytes, PROBE_PORT, remote, () => {});
  }

  close(): void {
    this.bind([]);
  }

  #open(address: string): Socket {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    socket.on('message', (bytes, { address: remote }) =>
      this.#listener.message(bytes, remote, address),
    );
    socket.on('error', (error) => {
      this.#sockets.delete(address);
      socket.close();
      this.#listener.failed(address, error);
    });
    socket.on('listening', () => this.#listener.bound(address));
    socket.bind({ address, port: PROBE_PORT, exclusive: true });
    return socket;
  }
}
