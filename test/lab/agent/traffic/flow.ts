import { addressesOf } from '../../kernel/topology.js';

/** A namespace of the topology: node `n<i>` or its pod `p<i>`. */
export type Place = `n${number}` | `p${number}`;

/** A one-way flow of numbered packets; ICMP also counts the answers. */
export interface FlowSpec<P extends string = Place> {
  readonly from: P;
  readonly to: P;
  readonly protocol: 'udp' | 'tcp' | 'icmp';
  /** 4 by default. */
  readonly family?: 4 | 6;
  /** Milliseconds between two packets; 40 by default, as JavaScript is slow in the guest. */
  readonly interval?: number;
  /** Bytes that each carries above UDP, TCP or ICMP: 64 by default, at least 32. */
  readonly size?: number;
  /** Where the receiver listens; a port of this flow's own by default. */
  readonly port?: number;
  /** Where packets are sent, if not to the receiver's own address: a NodePort, a second address. */
  readonly via?: { readonly address: string; readonly port?: number };
}

/** A flow that runs. */
export interface Flow<P extends string = string> extends Required<Omit<FlowSpec<P>, 'via'>> {
  /** It is in the marker of each packet, and no other flow of this process has it. */
  readonly flow: number;
  /** Where the receiver listens, at {@link port}. */
  readonly address: string;
  /** Where packets are sent. */
  readonly target: { readonly address: string; readonly port: number };
}

export interface FlowReport {
  readonly flow: number;
  /** For people: protocol and ends. */
  readonly title: string;
  /** The number of the last packet that was sent; the first is 1. */
  readonly sent: number;
  readonly received: number;
  /** The numbers that never arrived (for ICMP: that were not answered). */
  readonly lost: readonly number[];
  /** Packets that arrived more than once. */
  readonly repeats: number;
  /** What the sender's kernel said instead of sending, by code, how often. */
  readonly errors: Readonly<Record<string, number>>;
  /** TCP: connections that came about; more than one means that one broke. */
  readonly connections: number;
}

/** Runs of consecutive numbers: first and last of each. */
export type Ranges = readonly (readonly [number, number])[];

let flows = 0;

export function numbered<P extends string>(
  spec: FlowSpec<P>,
  addressOf: (place: P, family: 4 | 6) => string,
): Flow<P> {
  flows += 1;
  const { family = 4, interval = 40, size = 64, via, port = 20_000 + flows, ...rest } = spec;
  const address = addressOf(spec.to, family);
  const target = { port, ...(via ?? { address }) };
  return { ...rest, family, interval, size, flow: flows, port, address, target };
}

/** The address of a node, or of its pod. */
export function addressAt(place: Place, family: 4 | 6): string {
  const all = addressesOf(Number(place.slice(1)));
  if (place.startsWith('n')) return family === 4 ? all.node : all.node6;
  return family === 4 ? all.pod : all.pod6;
}

export function titleOf({ protocol, family, from, to }: Flow): string {
  return `${protocol} over IPv${family} ${from} > ${to}`;
}

/** The numbers from 1 to `sent` that are in no range. */
export function missing(sent: number, received: Ranges): number[] {
  const lost: number[] = [];
  let next = 1;
  for (const [first, last] of received) {
    for (; next < first; next += 1) lost.push(next);
    next = last + 1;
  }
  for (; next <= sent; next += 1) lost.push(next);
  return lost;
}

export function sizeOf(ranges: Ranges): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}
