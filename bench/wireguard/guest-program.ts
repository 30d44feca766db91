/**
 * Runs in the guest, bundled, in a network namespace that has the device: `PEERS`. At each SIGHUP it makes
 * the device what it should be with so many peers, at each SIGUSR2 the same but for one peer, and prints a
 * line of JSON when that is done; the first line says that it waits.
 */
import {
  findWireguard,
  type NetlinkSocket,
  openNetlink,
  readWireguard,
  setWireguard,
  WireguardMemory,
} from '../../src/netlink/index.js';
import { type DesiredDevice, diff } from '../../src/wireguard/index.js';
import { DEVICE, wishOf } from './peers.js';

/** Times in milliseconds. */
export interface Settled {
  readonly peers: number;
  /** From asking for the device (the first time: from opening a socket) to the last acknowledgement. */
  readonly total: number;
  /** Of it: reading the device. */
  readonly reading: number;
  /** Of it: what the kernel does with the change. */
  readonly sending: number;
}

const count = Number(process.argv[2]);
// The agent has its pairs already: deriving keys is not what is compared.
const wishes = { all: wishOf(count), 'one changed': wishOf(count, 'one changed') };
const memory = new WireguardMemory();
let kernel: { readonly socket: NetlinkSocket; readonly family: number } | undefined;
process.on('SIGHUP', () => settle(wishes.all));
process.on('SIGUSR2', () => settle(wishes['one changed']));
// Until it is killed.
setInterval(() => {}, 1 << 30);
console.log('{}');

async function settle(wish: DesiredDevice): Promise<void> {
  const begin = performance.now();
  kernel ??= await open();
  const { socket, family } = kernel;
  const asked = performance.now();
  const actual = await readWireguard(socket, family, DEVICE, memory);
  const read = performance.now();
  const change = diff(actual, wish);
  const requests = change === undefined ? [] : setWireguard(family, DEVICE, change);
  const packed = performance.now();
  await send(socket, requests);
  const end = performance.now();
  const settled: Settled = {
    peers: change?.peers?.length ?? 0,
    total: end - begin,
    reading: read - asked,
    sending: end - packed,
  };
  console.log(JSON.stringify(settled));
}

async function open() {
  const socket = await openNetlink('generic');
  return { socket, family: await findWireguard(socket) };
}

async function send(
  socket: NetlinkSocket,
  requests: ReturnType<typeof setWireguard>,
): Promise<void> {
  for (const refusal of await socket.request(requests)) if (refusal !== undefined) throw refusal;
}
