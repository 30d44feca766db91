/** What the tests of a cluster's life have in common. */
import { expect, vi } from 'vitest';
import { records } from '../agents.js';
import type { LabEngine } from './engines.js';
import {
  type AgentLab,
  type FlowReport,
  type FlowSpec,
  type LabNode,
  readable,
  shown,
} from './index.js';
import { patience, untilAll } from './pairs.js';

const VALUES = [
  ...['--set', 'ipv4NativeRoutingCIDR=10.244.0.0/16'],
  ...['--set', 'ipv6NativeRoutingCIDR=fd00:244::/32'],
];
/** Options of `podcloak synth`. */
export const ENABLED = [...VALUES, '--set', 'encryption.enabled=true'];
export const DISABLED = [...VALUES, '--set', 'encryption.enabled=false'];

/** For `vi.setConfig`: software emulation, on a machine that may be busy with other labs. */
export const AMPLE = { testTimeout: 1_800_000, hookTimeout: 1_800_000 };

/** Flows so slow that they leave the agents their time where the guest gets a fraction of a core. */
export function gentle(flows: readonly FlowSpec[]): FlowSpec[] {
  return flows.map((flow) => ({ interval: 150, ...flow }));
}

/** Between the pods of all pairs and between pods and hosts, both families, all protocols. */
export const FLOWS: readonly FlowSpec[] = gentle([
  { from: 'p1', to: 'p2', protocol: 'udp' },
  { from: 'p2', to: 'p1', protocol: 'udp', family: 6 },
  { from: 'p2', to: 'p3', protocol: 'tcp' },
  { from: 'p3', to: 'p1', protocol: 'icmp' },
  { from: 'p1', to: 'n3', protocol: 'udp' },
  { from: 'n2', to: 'p3', protocol: 'udp', family: 6 },
]);

/**
 * Does something while packets are sent: none of them is lost, and none can be read on the wire, from before it to
 * after it.
 */
export async function underLoad(
  lab: AgentLab,
  work: () => Promise<void>,
  flows: readonly FlowSpec[] = FLOWS,
): Promise<void> {
  const wire = await lab.recordWire();
  const traffic = await lab.startTraffic(flows);
  await traffic.untilMore(5);
  await work();
  await traffic.untilMore(10);
  const reports = await traffic.stop();
  const seen = await wire.packets();
  await wire.stop();
  expect(shown(readable(seen))).toEqual([]);
  expectNoneLost(reports);
}

/**
 * Asks for encryption while packets are sent in plaintext, and waits until all pairs have it: none is lost, and none
 * can be read on the wire from then on.
 */
export async function encryptUnderLoad(
  lab: AgentLab,
  engine: LabEngine,
  flows: readonly FlowSpec[] = FLOWS,
): Promise<void> {
  const wire = await lab.recordWire();
  const traffic = await lab.startTraffic(flows);
  await traffic.untilMore(10);
  await lab.apply(engine.enabled);
  await untilAll(lab.nodes, 'closed', engine.closureOf);
  const closed = await wire.mark();
  await traffic.untilMore(20);
  const reports = await traffic.stop();
  const before = await wire.packets({ to: closed });
  const after = await wire.packets({ from: closed });
  await wire.stop();

  for (const { flow } of traffic.flows) {
    expect(readable(before, flow).length, `flow ${flow} before`).toBeGreaterThan(5);
    expect(shown(readable(after, flow)), `flow ${flow} after`).toEqual([]);
  }
  expect(engine.encrypted(after).length).toBeGreaterThan(100);
  expectNoneLost(reports);
}

/** Every flow has arrived whole, over one connection. */
export function expectNoneLost(reports: readonly FlowReport[]): void {
  expect(reports.map(({ title, lost }) => ({ title, lost }))).toEqual(
    reports.map(({ title }) => ({ title, lost: [] })),
  );
  expect(reports.every(({ connections }) => connections <= 1)).toBe(true);
}

/** What a node says of itself in the API. */
export interface Said {
  readonly phase: string;
  readonly epoch: number;
  readonly generation: number;
  readonly nodeUID: string;
  readonly addresses: readonly string[];
  readonly podPrefixes: readonly { readonly cidr: string }[];
  readonly keys: readonly { readonly keyID: number; readonly publicKey: string }[];
}

export async function saidBy(lab: AgentLab, { name }: LabNode): Promise<Said> {
  const { status, body } = await lab.plane.request('GET', `${records}/${name}`);
  expect({ name, status }).toEqual({ name, status: 200 });
  return (body as { spec: Said }).spec;
}

/** What an agent may change on its node besides SAs and policies. */
export async function settingsOf(node: LabNode): Promise<string> {
  return node.script(`
    ip -s -s xfrm policy count | grep -i thresholds; nft list ruleset
    ip -br link show type wireguard; ip rule; ip -6 rule
    ip route show table all | grep 'table 5187' || true; ip -6 route show table all | grep 'table 5187' || true
    grep . /proc/sys/net/ipv4/conf/*/rp_filter`);
}

/** Waits until nothing of the agent is left on a node but what was there before. */
export async function untilClean(node: LabNode, settings: string): Promise<void> {
  await vi.waitFor(async () => {
    expect(await node.states()).toEqual([]);
    expect(await node.policies()).toEqual([]);
    expect(await settingsOf(node)).toBe(settings);
    const files = await node.script(`ls /run/lab/${node.name}/state`);
    expect(files).not.toMatch(/state\.json|wireguard\.keys/);
  }, patience);
}
