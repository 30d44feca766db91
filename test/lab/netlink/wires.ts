import { createSocket, type Socket } from 'node:dgram';
import { vi } from 'vitest';
import { ip } from './namespace.js';
import { ruleset } from './nft.js';

/** A pair of devices each: for plaintext, and one with the name of a WireGuard device of ours. */
const WIRES = [
  ['eth9', 'eth9p'],
  ['podcloak_wg9', 'wg9p'],
] as const;

/** In a fresh namespace. The name is what counts, not the kind. */
export async function layWires(): Promise<void> {
  await ip('link set lo up');
  for (const [one, other] of WIRES) {
    await ip(`link add ${one} type veth peer name ${other}`);
    for (const device of [one, other]) await ip(`link set ${device} arp off up`);
  }
}

/** The table of nft that counts, under these names, what matches at the other ends of the wires. */
export function judge(counters: Readonly<Record<string, readonly [end: string, match: string]>>) {
  const chains = Object.entries(counters).map(
    ([name, [end, match]]) => `counter ${name} {}
      chain ${name} {
        type filter hook ingress device ${end} priority 0; ${match} counter name ${name};
      };`,
  );
  return `table netdev judge { ${chains.join('\n')} }`;
}

/**
 * Sends a datagram.
 *
 * @param source its address; the kernel's choice unless given
 * @param ports from any to discard (9) unless given
 * @returns the counter of {@link judge} that saw it; `blocked` for what a sender is told when its packet
 *   is dropped on its way out; or another error's code
 */
export async function sendTo(
  address: string,
  source?: string,
  ports: UdpPorts = ANY,
): Promise<string> {
  const sender = await senderTo(address, source, ports);
  try {
    return await sender.send();
  } finally {
    sender.close();
  }
}

/** Whose datagrams are all of one connection. */
export interface Sender {
  /** Sends a datagram. @returns as {@link sendTo} */
  readonly send: () => Promise<string>;
  readonly close: () => void;
}

/** @param source as for {@link sendTo} */
export async function senderTo(
  address: string,
  source?: string,
  { from, to }: UdpPorts = ANY,
): Promise<Sender> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(from, source, resolve);
  });
  return {
    send: async () => {
      const before = await counters();
      const refusal = await send(socket, address, to);
      if (refusal !== undefined) return refusal === 'EPERM' ? 'blocked' : refusal;
      return vi.waitFor(async () => {
        const after = await counters();
        const seen = Object.keys(after).find((name) => after[name] !== before[name]);
        if (seen === undefined) throw new Error(`nobody saw what was sent to ${address}`);
        return seen;
      });
    },
    close: () => socket.close(),
  };
}

/** How many packets each of the counters of {@link judge} has seen. */
export async function counters(): Promise<Record<string, unknown>> {
  const listed = (await ruleset()).flatMap(({ counter }) =>
    counter === undefined ? [] : [counter],
  );
  return Object.fromEntries(listed.map(({ name, packets }) => [name, packets]));
}

/** Ports of a datagram. */
export interface UdpPorts {
  readonly from: number;
  readonly to: number;
}

const ANY: UdpPorts = { from: 0, to: 9 };

/** @returns the code of the error that it met */
function send(socket: Socket, address: string, to: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    socket.send('x', to, address, (error) =>
      resolve(error === null ? undefined : String(Object(error).code)),
    );
  });
}
