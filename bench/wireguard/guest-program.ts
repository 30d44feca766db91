/**
 * Runs in the guest, bundled, in a network namespace that has the device: `PEERS`. At each SIGHUP it makes
 * the device what it should be with so many peers, at each SIGUSR2 the same but for one peer, and prints a
 * line of JSON when that is done; the first line says that it waits, and how long the socket took.
 */
import {
  findWireguard,
  openNetlink,
  readWireguard,
  setWireguard,
  WireguardMemory,
} from '../../src/netlink/index.js';
import { type DesiredDevice, diff } from '../../src/wireguard/index.js';
import { DEVICE, oneChanged, wishOf } from './peers.js';

/** What it says first. */
export interface Waiting {
  /** Milliseconds from opening a socket, koffi and all, to having found WireGuard's family. */
  readonly opening: number;
}

/** Times in milliseconds. */
export interface Settled {
  readonly peers: number;
  /** From asking for the device to the last acknowledgement. */
  readonly total: number;
  /** Of it: reading the device. */
  readonly reading: number;
  /** Of it: comparing, and packing the change into messages. */
  readonly comparing: number;
  /** Of it: what the kernel does with the messages. */
  readonly sending: number;
}

const count = Number(process.argv[2]);
// The agent has its sockets from its start on, as `wg` has its library: most of it is loading koffi.
const start = performance.now();
const socket = await openNetlink('generic');
const family = await findWireguard(socket);
const opening = performance.now() - start;
// The agent has its pairs already: deriving keys is not what is compared.
const wish = wishOf(count);
const memory = new WireguardMemory();
process.on('SIGHUP', () => settle(wish));
process.on('SIGUSR2', () => settle(oneChanged(wish)));
// Until it is killed.
setInterval(() => {}, 1 << 30);
console.log(JSON.stringify({ opening } satisfies Waiting));

async function settle(wish: DesiredDevice): Promise<void> {
  const asked = performance.now();
  const actual = await readWireguard(socket, family, DEVICE, memory);
  const read = performance.now();
  const change = diff(actual, wish);
  const requests = change === undefined ? [] : setWireguard(family, DEVICE, change);
  const compared = performance.now();
  for (const refusal of await socket.request(requests)) if (refusal !== undefined) throw refusal;
  const end = performance.now();
  const settled: Settled = {
    peers: change?.peers?.length ?? 0,
    total: end - asked,
    reading: read - asked,
    comparing: compared - read,
    sending: end - compared,
  };
  console.log(JSON.stringify(settled));
}
