import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { labDescribe } from '../lab-describe.js';
import { variant } from '../long.js';
import { IPSEC, WIREGUARD_ENGINE } from './engines.js';
import {
  type AgentLab,
  type AgentLabOptions,
  agentLabNeeds,
  type FlowSpec,
  freshKeyLine,
  readable,
  shown,
  startAgentLab,
} from './index.js';
import { AMPLE, expectNoneLost, gentle } from './life.js';
import { untilAll, untilReady } from './pairs.js';
import { Secrets } from './secrets.js';

vi.setConfig(AMPLE);

const engine = variant(IPSEC, WIREGUARD_ENGINE);
const NODES = ['--set', 'encryption.nodeEncryption=true'];
const options: AgentLabOptions = {
  nodes: 2,
  families: ['ipv6'],
  synth: engine.disabled,
  keys: freshKeyLine(3),
};
/** Between the nodes themselves, too: by IPv6 alone, their guard is another one. */
const FLOWS: readonly FlowSpec[] = gentle([
  { from: 'n1', to: 'n2', protocol: 'udp', family: 6 },
  { from: 'p1', to: 'p2', protocol: 'udp', family: 6 },
  { from: 'p2', to: 'p1', protocol: 'tcp', family: 6 },
  { from: 'p2', to: 'n1', protocol: 'icmp', family: 6 },
]);

labDescribe(`agents of nodes with IPv6 only, with ${engine.mode}`, agentLabNeeds(options), () => {
  let lab: AgentLab;
  const secrets = new Secrets();
  beforeAll(async () => {
    lab = await startAgentLab(options);
    for (const { script, agent } of lab.nodes) {
      await script('ip -4 addr flush dev eth0');
      agent.start();
    }
    await untilReady(lab.nodes);
  });
  afterEach(async () => {
    await lab?.sweep();
    await secrets.expectNoneLogged(lab);
  });
  afterAll(() => lab?.stop());

  it('encrypt under load without losing a packet', async () => {
    const wire = await lab.recordWire();
    const traffic = await lab.startTraffic(FLOWS);
    await traffic.untilMore(5);
    await lab.apply([...engine.enabled, ...NODES]);
    await untilAll(lab.nodes, 'closed', engine.closureOf);
    const closed = await wire.mark();
    // Whoever resolves addresses anew must not need encryption for it, which needs the address.
    for (const { script } of lab.nodes) await script('ip -6 neigh flush dev eth0');
    await traffic.untilMore(10);
    const reports = await traffic.stop();
    const after = await wire.packets({ from: closed });
    await wire.stop();

    expectNoneLost(reports);
    expect(shown(readable(after))).toEqual([]);
    const [one, two] = lab.nodes.map(({ addresses }) => addresses.node6);
    expect(engine.encrypted(after, one, two).length).toBeGreaterThan(10);
    expect(engine.encrypted(after, two, one).length).toBeGreaterThan(10);
  });

  it('carry packets of full size, once their sender knows what fits', async () => {
    const wire = await lab.recordWire();
    const traffic = await lab.startTraffic([
      { from: 'p1', to: 'p2', protocol: 'udp', family: 6, size: 1452 },
      { from: 'p2', to: 'p1', protocol: 'tcp', family: 6, size: 8000 },
    ]);
    await traffic.untilMore(20);
    const [udp, tcp] = await traffic.stop();
    const seen = await wire.packets();
    await wire.stop();
    // One round: what was on its way before the kernel told the sender.
    expect(Math.max(0, ...(udp?.lost ?? []))).toBeLessThan(4);
    expect(tcp).toMatchObject({ lost: [], connections: 1 });
    expect(shown(readable(seen))).toEqual([]);
    expect(Math.max(...engine.encrypted(seen).map(({ length }) => length))).toBeLessThanOrEqual(
      1514,
    );
  });
});
