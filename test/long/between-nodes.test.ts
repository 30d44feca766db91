import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import {
  IPSEC,
  interfacesOf,
  type LabEngine,
  WIREGUARD_ENGINE,
  withShortRotations,
} from '../lab/agent/engines.js';
import {
  type AgentLab,
  agentLabNeeds,
  type FlowSpec,
  freshKeyLine,
  readable,
  shown,
  startAgentLab,
} from '../lab/agent/index.js';
import { untilOnly } from '../lab/agent/key-ids.js';
import {
  AMPLE,
  encryptUnderLoad,
  expectNoneLost,
  gentle,
  settingsOf,
  underLoad,
  untilClean,
} from '../lab/agent/life.js';
import { patience, untilAll, untilReady } from '../lab/agent/pairs.js';
import { Secrets } from '../lab/agent/secrets.js';
import { labDescribe } from '../lab/lab-describe.js';

vi.setConfig(AMPLE);

const wireguard = betweenNodes(WIREGUARD_ENGINE);
const ipsec = betweenNodes(IPSEC);
const LINE = { 3: freshKeyLine(3), 4: freshKeyLine(4) };
const options = { nodes: 2, synth: wireguard.disabled, keys: LINE[3] };

/** Between the nodes, and some of what pairs encrypt anyway. */
const WAYS: readonly FlowSpec[] = gentle([
  { from: 'n1', to: 'n2', protocol: 'tcp' },
  { from: 'n2', to: 'n1', protocol: 'udp' },
  { from: 'n1', to: 'n2', protocol: 'icmp' },
  { from: 'n2', to: 'n1', protocol: 'tcp', family: 6 },
  { from: 'n1', to: 'n2', protocol: 'udp', family: 6 },
  { from: 'n2', to: 'n1', protocol: 'icmp', family: 6 },
  { from: 'p1', to: 'p2', protocol: 'udp' },
  { from: 'p2', to: 'n1', protocol: 'tcp', family: 6 },
  { from: 'n2', to: 'p1', protocol: 'udp' },
]);

/** What a stranger may take of that, each alone: what is left must hold. */
const DAMAGES: readonly (readonly [what: string, script: string])[] = [
  [
    'the rules',
    // As many as there are, as an agent that puts them back may be faster.
    `for family in -4 -6; do for at in 70 71 72 73 74; do
      for rule in $(ip $family rule | grep -o "^$at:"); do ip $family rule del pref $at; done
    done; done`,
  ],
  ['where exempt packets go on', 'ip rule del pref 74; ip -6 rule del pref 74'],
  ['the routes', 'ip route flush table 51872; ip -6 route flush table 51872'],
  ['the nftables table', 'nft delete table inet podcloak'],
  ['the device', 'ip link del podcloak_wg1'],
];

// The tests build on each other: a cluster's life, on nodes that filter reverse paths strictly.
labDescribe('agents with WireGuard between the nodes themselves', agentLabNeeds(options), () => {
  let lab: AgentLab;
  /** Of each node, before its agent did anything. */
  let before: string[];
  const secrets = new Secrets();
  for (const line of Object.values(LINE)) secrets.add(line);
  beforeAll(async () => {
    lab = await startAgentLab(options);
    for (const { script } of lab.nodes) {
      await script('for file in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 1 >$file; done');
    }
    before = await Promise.all(lab.nodes.map(settingsOf));
    for (const { agent } of lab.nodes) agent.start();
    await untilReady(lab.nodes);
  });
  afterEach(async () => {
    await lab?.sweep();
    await secrets.expectNoneLogged(lab);
  });
  afterAll(() => lab?.stop());

  it('encrypt under load without losing a packet, and say so', async () => {
    await encryptUnderLoad(lab, wireguard, WAYS);
    const { stdout } = await lab.node(1).agent.command(['encrypt', 'status', '-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ wireguard: { 'node-encryption': 'Enabled' } });
  });

  it('carry packets of full size', async () => {
    const wire = await lab.recordWire();
    const traffic = await lab.startTraffic(
      gentle([
        { from: 'n1', to: 'n2', protocol: 'tcp', size: 8000 },
        { from: 'n2', to: 'n1', protocol: 'tcp', size: 8000, family: 6 },
      ]),
    );
    await traffic.untilMore(15);
    const reports = await traffic.stop();
    const seen = await wire.packets();
    await wire.stop();
    expectNoneLost(reports);
    expect(shown(readable(seen))).toEqual([]);
    const lengths = wireguard.encrypted(seen).map(({ length }) => length);
    expect(Math.max(...lengths)).toBeGreaterThan(1490);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(1514);
  });

  it('leave alone what is exempt, and find each other anew', async () => {
    const exempt: readonly FlowSpec[] = gentle([
      { from: 'n1', to: 'n2', protocol: 'tcp', port: 6443 },
      { from: 'n2', to: 'n1', protocol: 'tcp', port: 10_250, family: 6 },
      { from: 'n2', to: 'n1', protocol: 'udp', port: 547, family: 6 },
    ]);
    const wire = await lab.recordWire();
    const traffic = await lab.startTraffic([...WAYS, ...exempt]);
    await traffic.untilMore(5);
    for (const { script } of lab.nodes) {
      await script('ip neigh flush dev eth0; ip -6 neigh flush dev eth0');
    }
    await traffic.untilMore(10);
    const reports = await traffic.stop();
    const seen = await wire.packets();
    await wire.stop();
    expectNoneLost(reports);
    for (const [index, { flow, title }] of reports.entries()) {
      const plain = readable(seen, flow);
      if (index < WAYS.length) expect(shown(plain), title).toEqual([]);
      else expect(plain.length, title).toBeGreaterThan(10);
    }
  });

  it('move to new keys under load', async () => {
    await underLoad(
      lab,
      async () => {
        for (const node of lab.nodes) await node.writeKeys(`${LINE[3]}${LINE[4]}`);
        await vi.waitFor(async () => {
          for (const node of lab.nodes) {
            const last = (await interfacesOf(node)).at(-1);
            expect(last).toMatchObject({ name: 'podcloak_wg1', peerCount: 1 });
          }
        }, patience);
        for (const node of lab.nodes) await node.writeKeys(LINE[4]);
        await untilOnly([4], lab.nodes, wireguard);
        await untilAll(lab.nodes, 'closed', wireguard.closureOf);
      },
      WAYS,
    );
  });

  for (const [what, script] of DAMAGES) {
    it(`say nothing readable when ${what} are gone, and put it back`, async () => {
      const one = lab.node(1);
      const linesOf = async () => (await settingsOf(one)).split('\n').length;
      const whole = await linesOf();
      const wire = await lab.recordWire();
      const traffic = await lab.startTraffic(WAYS);
      await traffic.untilMore(5);
      await one.script(script);
      await vi.waitFor(async () => expect(await linesOf()).toBe(whole), patience);
      await traffic.untilMore(10);
      await traffic.stop();
      const seen = await wire.packets();
      await wire.stop();
      expect(shown(readable(seen))).toEqual([]);
      await underLoad(lab, async () => {}, WAYS);
    });
  }

  for (const engine of [ipsec, wireguard]) {
    it(`move to ${engine.mode} under load`, async () => {
      const other = engine === ipsec ? wireguard : ipsec;
      await underLoad(
        lab,
        async () => {
          await lab.apply(engine.enabled);
          await untilAll(lab.nodes, 'closed', engine.closureOf);
          for (const node of lab.nodes) {
            await vi.waitFor(async () => expect(await other.traces(node)).toEqual([]), patience);
          }
        },
        WAYS,
      );
    });
  }

  it('lose nothing while they are disabled, and leave nothing behind', async () => {
    const traffic = await lab.startTraffic(WAYS);
    await traffic.untilMore(5);
    await lab.apply(wireguard.disabled);
    await untilAll(lab.nodes, 'plain', wireguard.closureOf);
    await traffic.untilMore(10);
    expectNoneLost(await traffic.stop());
    for (const [index, node] of lab.nodes.entries()) await untilClean(node, before[index] ?? '');
  });
});

function betweenNodes(engine: LabEngine): LabEngine {
  const { enabled, disabled, ...rest } = withShortRotations(engine);
  const option = ['--set', 'encryption.nodeEncryption=true'];
  return { ...rest, enabled: [...enabled, ...option], disabled: [...disabled, ...option] };
}
