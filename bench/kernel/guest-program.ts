/**
 * Runs in the guest, bundled, in a network namespace of its own, and prints one line of JSON.
 *
 *   add PEERS          the agent's own path: thresholds, desired, diff, apply
 *   thresholds PEERS   the thresholds alone
 *   count              what the kernel holds
 */
import { createHash } from 'node:crypto';
import {
  type Actual,
  apply,
  desired,
  diff,
  fingerprintOf,
  readActual,
  thresholdsOf,
} from '../../src/datapath/index.js';
import { formatAddress, formatPrefix } from '../../src/net/index.js';
import { openNetlink, setSpdThresholds } from '../../src/netlink/index.js';
import { NODE, pairsOf } from './peers.js';

/** What was added, and how long it took. */
export interface Added {
  /** From opening the socket to the last acknowledgement. */
  readonly milliseconds: number;
  readonly operations: number;
  /** Of `milliseconds`: computing what to send. */
  readonly computing: number;
  /** Which part of the processor's time was the kernel's, 0 to 1. */
  readonly kernelShare: number;
  readonly refused: number;
}

export interface Counted {
  readonly sas: number;
  readonly policies: number;
  /** Of all that matters of them, but for the owner mark, which others cannot set. */
  readonly digest: string;
}

async function add(count: number): Promise<Added> {
  // The agent has its pairs already: deriving keys is not what is compared.
  const pairs = pairsOf(count);
  const usage = process.cpuUsage();
  const start = performance.now();
  const socket = await openNetlink('xfrm');
  await socket.request([setSpdThresholds(thresholdsOf(NODE, pairs))]);
  const actual = await readActual(socket);
  const computed = performance.now();
  const wish = desired(NODE, pairs);
  const { steps } = diff(actual, wish);
  const computing = performance.now() - computed;
  const failures = await apply(socket, steps);
  const milliseconds = performance.now() - start;
  const { user, system } = process.cpuUsage(usage);
  socket.close();
  const kernelShare = system / (user + system);
  const refused = failures.length;
  return { milliseconds, operations: steps.length, computing, kernelShare, refused };
}

async function thresholds(count: number): Promise<object> {
  const socket = await openNetlink('xfrm');
  await socket.request([setSpdThresholds(thresholdsOf(NODE, pairsOf(count)))]);
  socket.close();
  return {};
}

async function count(): Promise<Counted> {
  const socket = await openNetlink('xfrm');
  const actual = await readActual(socket);
  socket.close();
  return { sas: actual.sas.length, policies: actual.policies.length, digest: digestOf(actual) };
}

function digestOf({ sas, policies }: Actual): string {
  const lines = [
    ...sas.map(({ source, destination, spi, reqid, mode, replay, ...algorithms }) => [
      ...[formatAddress(source), formatAddress(destination), spi, reqid, mode, replay?.window],
      fingerprintOf(algorithms),
    ]),
    ...policies.map(({ direction, selector, priority, action, templates }) => [
      ...[direction, formatPrefix(selector.source), formatPrefix(selector.destination)],
      ...[selector.protocol, selector.sourcePort, selector.destinationPort, priority, action],
      templates.map(({ source, destination, spi, reqid, mode, protocol, optional }) => [
        ...[formatAddress(source), formatAddress(destination), spi, reqid, mode, protocol],
        optional,
      ]),
    ]),
  ].map((line) => JSON.stringify(line));
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}

const [what, number] = process.argv.slice(2);
const peers = Number(number);
const result = what === 'add' ? add(peers) : what === 'count' ? count() : thresholds(peers);
console.log(JSON.stringify(await result));
