/** What of encryption is to be seen in the nodes' kernels and on their wire. */
import { expect, vi } from 'vitest';
import { type Closure, closureOfPrefixes } from '../lab/agent/closure.js';
import type { FlowReport } from '../lab/agent/traffic/index.js';
import { type Packet, readable } from '../lab/agent/wire/index.js';
import { type Cluster, patience } from './cluster.js';
import { HOST } from './wire.js';

/** Waits until each node treats the pods of the other like this. */
export async function untilAll({ nodes, describe }: Cluster, closure: Closure): Promise<void> {
  for (const node of nodes) {
    const others = nodes.filter(({ name }) => name !== node.name);
    await vi
      .waitFor(async () => {
        const found = await closureOfPrefixes(
          node.xfrm,
          others.map(({ podCidr }) => podCidr),
        );
        if (found !== closure) throw new Error(`${node.name} is ${found}, not ${closure}`);
      }, patience)
      .catch(async (error: unknown) => {
        throw new Error(`${String(error)}\n${await describe()}`);
      });
  }
}

/** Readable packets between nodes: what a host that is no node says and hears is not encrypted. */
export function readableBetweenNodes(packets: readonly Packet[], flow?: number): Packet[] {
  return readable(packets, flow).filter(
    ({ source, destination }) => source !== HOST && destination !== HOST,
  );
}

/** WireGuard's packets between two addresses, in that direction, by its ports. */
export function wireguard(
  packets: readonly Packet[],
  source: string,
  destination: string,
): Packet[] {
  return packets.filter(
    (packet) =>
      packet.source === source &&
      packet.destination === destination &&
      packet.kind === 'other' &&
      [51_871, 51_872].includes(packet.destinationPort ?? 0),
  );
}

/** Fails with the titles and numbers of what was lost. */
export function expectNothingLost(reports: readonly FlowReport[]): void {
  const told = reports.map(({ title, lost, errors }) => ({ title, lost, errors }));
  expect(told).toEqual(reports.map(({ title }) => ({ title, lost: [], errors: {} })));
  expect(reports.every(({ connections }) => connections <= 1)).toBe(true);
}
