import type { ProbeListener } from '../../../../src/agent/probe-socket.js';

const bound = new Map<string, ProbeListener>();

/** Stands for the UDP sockets: what is sent arrives, a moment later, where somebody has bound the address. */
export class AirSockets {
  #own = new Set<string>();
  readonly #listener: ProbeListener;

  constructor(listener: ProbeListener) {
    this.#listener = listener;
  }

  bind(addresses: readonly string[]): void {
    for (const one of this.#own) if (!addresses.includes(one)) bound.delete(one);
    this.#own = new Set(addresses);
    for (const one of addresses) bound.set(one, this.#listener);
  }

  send(bytes: Uint8Array, local: string, remote: string): void {
    setTimeout(() => bound.get(remote)?.message(Buffer.from(bytes), local, remote), 1);
  }

  close(): void {
    this.bind([]);
  }
}
