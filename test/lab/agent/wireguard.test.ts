import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { records } from '../agents.js';
import { labDescribe } from '../lab-describe.js';
import { isLong } from '../long.js';
import { interfacesOf, WIREGUARD_ENGINE, withShortRotations } from './engines.js';
import {
  type AgentLab,
  agentLabNeeds,
  type FlowSpec,
  freshKeyLine,
  type LabNode,
  readable,
  shown,
  startAgentLab,
} from './index.js';
import { untilOnly } from './key-ids.js';
import {
  AMPLE,
  encryptUnderLoad,
  expectNoneLost,
  FLOWS,
  gentle,
  settingsOf,
  underLoad,
  untilClean,
} from './life.js';
import { patience, untilAll, untilReady } from './pairs.js';
import { Secrets } from './secrets.js';
import { type DeviceText, wireguardDevices } from './wireguard-tools.js';
import { arm, countsWrites, disarm, writesOf } from './writes.js';

vi.setConfig(AMPLE);

const engine = withShortRotations(WIREGUARD_ENGINE);
const LINE = { 3: freshKeyLine(3), 4: freshKeyLine(4) };
const options = { synth: engine.disabled, keys: LINE[3] };

/** Also what hosts send themselves, by both versions of IP: their kernel guards each in another way. */
const WAYS: readonly FlowSpec[] = gentle([
  ...FLOWS,
  { from: 'p1', to: 'n2', protocol: 'udp', family: 6 },
  { from: 'n2', to: 'p1', protocol: 'udp' },
  { from: 'n3', to: 'p2', protocol: 'tcp', family: 6 },
]);

/** What a stranger, or another tool, may do to a node. Each alone: what is left must hold. */
const DAMAGES: readonly (readonly [what: string, script: string])[] = [
  [
    'rules',
    'for family in -4 -6; do for at in 69 70 71; do ip $family rule del pref $at || true; done; done',
  ],
  [
    'routes',
    'for family in -4 -6; do for table in 51871 51872 51873; do ip $family route flush table $table || true; done; done',
  ],
  ['policies', 'ip xfrm policy flush'],
  ['the nftables table', 'nft delete table inet podcloak'],
  ['the device', 'ip link del podcloak_wg0'],
];

const PEER = '"$(wg show podcloak_wg0 peers | head -1)"';

/** The same, with what is found by chance or at a later look. */
const MORE_DAMAGES: typeof DAMAGES = [
  ['addresses of the device', 'ip addr flush dev podcloak_wg0 scope global'],
  ['its being up', 'ip link set podcloak_wg0 down'],
  ['its passage by policies', 'sysctl -qw net.ipv4.conf.podcloak_wg0.disable_policy=0'],
  ['its MTU', 'ip link set podcloak_wg0 mtu 1500'],
  ['a peer', `wg set podcloak_wg0 peer ${PEER} remove`],
  ['allowed IPs', `wg set podcloak_wg0 peer ${PEER} allowed-ips ""`],
  [
    'the private key',
    `umask 077; wg genkey >/run/strange.key
    wg set podcloak_wg0 private-key /run/strange.key; rm /run/strange.key`,
  ],
];

// The tests build on each other: a cluster's life, on nodes that filter reverse paths strictly.
labDescribe('agents with WireGuard', agentLabNeeds(options), () => {
  let lab: AgentLab;
  let one: LabNode;
  let two: LabNode;
  /** Of each node, before its agent did anything. */
  let before: string[];
  const secrets = new Secrets();
  for (const line of Object.values(LINE)) secrets.add(line);
  beforeAll(async () => {
    lab = await startAgentLab(options);
    [one, two] = [lab.node(1), lab.node(2)];
    for (const { script } of lab.nodes) {
      // `default` among them: devices that are made later are strict, too.
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

  /** The lines of `rp_filter` of devices that are not ours. */
  const filtersIn = (settings: string): string[] =>
    settings.split('\n').filter((line) => /rp_filter/.test(line) && !/podcloak_wg/.test(line));
  const deviceOf = async (node: LabNode): Promise<DeviceText> => {
    const [device, ...others] = await wireguardDevices(node.script);
    expect(others).toEqual([]);
    if (device === undefined) throw new Error(`${node.name} has no device`);
    return device;
  };

  it('encrypt under load without losing a packet, also where reverse paths are filtered', async () => {
    await encryptUnderLoad(lab, engine, WAYS);
    for (const [index, node] of lab.nodes.entries()) {
      await vi.waitFor(async () => {
        expect(filtersIn(await settingsOf(node))).toEqual(filtersIn(before[index] ?? ''));
      }, patience);
    }
  });

  it('have a PSK with each peer, and say so', async () => {
    const devices = await Promise.all(lab.nodes.map(deviceOf));
    const shared = new Map<string, number>();
    for (const [index, { listenPort, publicKey, peers }] of devices.entries()) {
      expect({ listenPort, peers: peers.length }).toEqual({ listenPort: 51_871, peers: 2 });
      for (const { presharedKey } of peers) {
        shared.set(presharedKey, (shared.get(presharedKey) ?? 0) + 1);
      }
      const node = lab.node(index + 1);
      const said = await interfacesOf(node);
      const others = lab.nodes.filter((other) => other !== node);
      expect(said).toMatchObject([
        {
          ...{ name: 'podcloak_wg0', publicKey, listenPort: 51_871, peerCount: 2 },
          psk: 'from the Secret, key id 3',
          peers: others.map(({ name, addresses }) => ({
            ...{ node: name, endpoint: `${addresses.node}:51871`, confirmed: true },
          })),
        },
      ]);
      for (const peer of said.flatMap(({ peers: all }) => all)) {
        expect(peer.handshakeAgeSeconds).not.toBeNull();
        expect(Math.min(peer.receivedBytes, peer.sentBytes)).toBeGreaterThan(1000);
      }
    }
    // One for each of the three pairs, at both of its ends.
    expect([...shared.values()]).toEqual([2, 2, 2]);
    expect(shared.has('(none)')).toBe(false);
  });

  it('publish public keys, and keep the private ones to themselves', async () => {
    await secrets.look(lab);
    for (const node of lab.nodes) {
      const { publicKey } = await deviceOf(node);
      const { body } = await lab.plane.request('GET', `${records}/${node.name}`);
      expect(body).toMatchObject({ spec: { wireguard: [{ publicKey, keyID: 3 }] } });
      expect(secrets.in(JSON.stringify(body))).toEqual([]);
      const file = `/run/lab/${node.name}/state/wireguard.keys`;
      expect(await node.script(`stat -c '%a %U %F' ${file}`)).toBe('600 root regular file\n');
    }
  });

  it('carry packets of full size, once their sender knows what fits', async () => {
    const wire = await lab.recordWire();
    const traffic = await lab.startTraffic(
      gentle([
        { from: 'p1', to: 'p2', protocol: 'udp', size: 1472 },
        { from: 'p2', to: 'p1', protocol: 'udp', size: 1452, family: 6 },
        { from: 'p1', to: 'p2', protocol: 'tcp', size: 8000 },
        { from: 'p2', to: 'n1', protocol: 'tcp', size: 8000, family: 6 },
        { from: 'n1', to: 'p3', protocol: 'tcp', size: 8000 },
        { from: 'n3', to: 'p1', protocol: 'tcp', size: 8000, family: 6 },
      ]),
    );
    await traffic.untilMore(15);
    const [v4, v6, ...streams] = await traffic.stop();
    const seen = await wire.packets();
    await wire.stop();
    // One round: what was on its way before the kernel told the sender.
    for (const report of [v4, v6]) expect(Math.max(0, ...(report?.lost ?? []))).toBeLessThan(4);
    for (const report of streams) expect(report).toMatchObject({ lost: [], connections: 1 });
    expect(shown(readable(seen))).toEqual([]);
    const lengths = engine.encrypted(seen).map(({ length }) => length);
    expect(Math.max(...lengths)).toBeGreaterThan(1490);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(1514);
    const routes = [
      await lab.topology.inPod(1, 'ip', ['route', 'get', two.addresses.pod]),
      await lab.topology.inPod(2, 'ip', ['-6', 'route', 'get', one.addresses.pod6]),
    ];
    // 1500 without the headers of IPv4, UDP and WireGuard.
    for (const { stdout } of routes) expect(stdout).toContain('mtu 1440');
  });

  it('write nothing to the kernel and keep all sessions when they are killed and start again', async () => {
    const traces = await Promise.all(lab.nodes.map(engine.traces));
    const devices = await Promise.all(lab.nodes.map(deviceOf));
    const watch = lab.topology.startOnNode(1, 'ip', ['monitor', ...MONITORED]);
    await vi.waitFor(async () => {
      await one.script('ip addr add 127.9.9.9/32 dev lo; ip addr del 127.9.9.9/32 dev lo');
      expect(watch.stdout()).toContain('127.9.9.9');
    }, patience);
    await settled();
    const from = watch.stdout().length;
    await underLoad(
      lab,
      async () => {
        for (const node of lab.nodes) {
          await node.agent.restart('SIGKILL');
          await untilReady([node]);
          const said = node.agent.log().split('podcloak agent').at(-1);
          expect(said).not.toContain('changed the kernel');
        }
      },
      WAYS,
    );
    expect(watch.stdout().slice(from)).toBe('');
    watch.signal('SIGKILL');
    expect(await Promise.all(lab.nodes.map(engine.traces))).toEqual(traces);
    // A peer that is made anew begins at nothing.
    for (const [index, node] of lab.nodes.entries()) {
      const now = await deviceOf(node);
      for (const peer of devices[index]?.peers ?? []) {
        const found = now.peers.find(({ publicKey }) => publicKey === peer.publicKey);
        expect(found?.receivedBytes).toBeGreaterThan(peer.receivedBytes);
        expect(found?.sentBytes).toBeGreaterThan(peer.sentBytes);
        expect(found?.lastHandshake).toBeGreaterThanOrEqual(peer.lastHandshake);
      }
    }
  });

  it('write nothing at all when one starts again with the same state: counted, none', async () => {
    await one.agent.stop('SIGKILL');
    const agent = one.agentWith(countsWrites(one));
    const watched = { ...one, agent };
    await arm(one);
    agent.start();
    await untilReady([watched]);
    await settled();
    expect(await writesOf(one)).toEqual([]);
    // It would have been seen.
    await one.script('ip rule del pref 70; sysctl -qw net.ipv4.conf.podcloak_wg0.disable_policy=0');
    await one.script(`wg set podcloak_wg0 peer ${PEER} persistent-keepalive 77`);
    await vi.waitFor(async () => {
      const kinds = ['add rule', 'set WireGuard device', expect.stringMatching(/disable_policy$/)];
      expect(await writesOf(one)).toEqual(expect.arrayContaining(kinds));
    }, patience);
    await disarm(one);
    expect(secrets.in(agent.log())).toEqual([]);
    await agent.stop('SIGKILL');
    one.agent.start();
    await untilReady([one]);
  });

  it('let nothing out in plaintext whatever somebody takes from a node, and put it back', async () => {
    const traces = await engine.traces(two);
    const policies = async () =>
      (await two.policies()).map(({ text }) => text.split('\n')[0]?.trim()).sort();
    const guards = await policies();
    const wire = await lab.recordWire();
    const traffic = await lab.startTraffic(WAYS);
    await traffic.untilMore(5);
    for (const [what, script] of [...DAMAGES, ...(isLong() ? MORE_DAMAGES : [])]) {
      const taken = await wire.mark();
      await two.script(script);
      await vi.waitFor(async () => {
        expect(await engine.traces(two), what).toEqual(traces);
        expect(await policies(), what).toEqual(guards);
        await two.script('nft list table inet podcloak');
      }, patience);
      await traffic.untilMore(3);
      expect(shown(readable(await wire.packets({ from: taken }))), what).toEqual([]);
    }
    await traffic.stop();
    await wire.stop();
    await underLoad(lab, async () => {}, WAYS);
  });

  it('move to new keys by a second device on another port', async () => {
    const publicKeys = (await Promise.all(lab.nodes.map(deviceOf))).map((one) => one.publicKey);
    await underLoad(
      lab,
      async () => {
        for (const node of lab.nodes) await node.writeKeys(`${LINE[3]}${LINE[4]}`);
        await vi.waitFor(async () => {
          for (const node of lab.nodes) {
            expect((await interfacesOf(node)).at(-1)).toMatchObject({
              ...{ name: 'podcloak_wg1', psk: 'from the Secret, key id 4', peerCount: 2 },
            });
          }
        }, patience);
        for (const node of lab.nodes) await node.writeKeys(LINE[4]);
        await untilOnly([4], lab.nodes, engine);
        await untilAll(lab.nodes, 'closed', engine.closureOf);
      },
      WAYS,
    );
    for (const node of lab.nodes) {
      const { name, listenPort, publicKey } = await deviceOf(node);
      expect({ name, listenPort }).toEqual({ name: 'podcloak_wg1', listenPort: 51_872 });
      expect(publicKeys).not.toContain(publicKey);
    }
  });

  it('walk back to plaintext under load without losing a packet, and leave nothing', async () => {
    const wire = await lab.recordWire();
    const traffic = await lab.startTraffic(WAYS);
    await traffic.untilMore(5);
    const off = await wire.mark();
    await lab.apply(engine.disabled);
    await untilAll(lab.nodes, 'plain', engine.closureOf);
    const plain = await wire.mark();
    await traffic.untilMore(10);
    const reports = await traffic.stop();
    const [enforced, walked] = [
      await wire.packets({ to: off }),
      await wire.packets({ from: plain }),
    ];
    await wire.stop();
    expect(shown(readable(enforced))).toEqual([]);
    for (const { flow } of traffic.flows) {
      expect(readable(walked, flow).length, `flow ${flow}`).toBeGreaterThan(5);
    }
    expectNoneLost(reports);
    for (const [index, node] of lab.nodes.entries()) await untilClean(node, before[index] ?? '');
  });
});

/** Changes of these an agent may make; `netconf` has `rp_filter`. */
const MONITORED = ['link', 'address', 'route', 'rule', 'netconf'];

/** Gives agents that were told of a change the time to look at it. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 3000));
}
