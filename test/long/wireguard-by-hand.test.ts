import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { WIREGUARD_ENGINE } from '../lab/agent/engines.js';
import {
  type AgentLab,
  agentLabNeeds,
  freshKeyLine,
  type LabNode,
  readable,
  shown,
  startAgentLab,
  wireguard,
} from '../lab/agent/index.js';
import { AMPLE, expectNoneLost, gentle } from '../lab/agent/life.js';
import { untilAll, untilReady } from '../lab/agent/pairs.js';
import { Secrets } from '../lab/agent/secrets.js';
import { type DeviceText, wireguardDevices } from '../lab/agent/wireguard-tools.js';
import { labDescribe } from '../lab/lab-describe.js';

vi.setConfig(AMPLE);

const engine = WIREGUARD_ENGINE;
const options = { nodes: 2, synth: engine.enabled, keys: freshKeyLine(3) };
/** A host on the wire that is no node. */
const STRANGER = { space: 'n9', address: '192.168.50.9' };
const FLOWS = gentle([
  { from: 'p1', to: 'p2', protocol: 'udp' },
  { from: 'p2', to: 'p1', protocol: 'tcp', family: 6 },
  { from: 'p1', to: 'n2', protocol: 'udp', family: 6 },
  { from: 'n2', to: 'p1', protocol: 'icmp' },
]);

// The tests build on each other: the second node is taken over by hand, with more and more of its keys.
labDescribe('WireGuard by hand beside agents', agentLabNeeds(options), () => {
  let lab: AgentLab;
  let one: LabNode;
  let two: LabNode;
  /** Of the second node, as its agent has made it. */
  let device: DeviceText;
  const secrets = new Secrets();
  beforeAll(async () => {
    lab = await startAgentLab(options);
    [one, two] = [lab.node(1), lab.node(2)];
    await lab.guest.script(`
      ip netns add ${STRANGER.space}; ip link add w9 type veth peer name eth0 netns ${STRANGER.space}
      ip link set w9 master wire0 up; ip -n ${STRANGER.space} link set eth0 up
      ip -n ${STRANGER.space} addr add ${STRANGER.address}/24 dev eth0`);
    for (const { agent } of lab.nodes) agent.start();
    await untilReady(lab.nodes);
    await untilAll(lab.nodes, 'closed', engine.closureOf);
    const [found] = await wireguardDevices(two.script);
    if (found === undefined) throw new Error('the second node has no device');
    device = found;
    await secrets.look(lab);
  });
  afterEach(async () => {
    await lab?.sweep();
    await secrets.expectNoneLogged(lab);
  });
  afterAll(() => lab?.stop());

  const publicKeyOf = async (node: LabNode): Promise<string> =>
    (await wireguardDevices(node.script))[0]?.publicKey ?? '';
  /** Seconds since 1970 of the last handshake that a hand-made device had; 0 for none. */
  const handshakeOf = async (space: string, name: string): Promise<number> =>
    Number(
      (
        await lab.guest.script(`ip netns exec ${space} wg show ${name} latest-handshakes | cut -f2`)
      ).trim(),
    );

  it('does not get an answer for keys that no record has', async () => {
    const { space, address } = STRANGER;
    const wire = await lab.recordWire();
    await lab.guest.script(`
      umask 077; wg genkey >/run/hand.key
      ip -n ${space} link add hand0 type wireguard
      ip netns exec ${space} wg set hand0 listen-port 51871 private-key /run/hand.key \\
        peer '${await publicKeyOf(one)}' endpoint ${one.addresses.node}:51871 \\
        allowed-ips ${one.addresses.podCidr} persistent-keepalive 1
      ip -n ${space} link set hand0 up
      ip -n ${space} addr add ${two.addresses.pod}/32 dev hand0
      ip -n ${space} route add ${one.addresses.podCidr} dev hand0
      ip netns exec ${space} ping -c 10 -i 1 -W 1 ${one.addresses.pod} >/dev/null || true`);
    const seen = await wire.packets();
    await wire.stop();
    // Handshakes are tried every five seconds.
    expect(wireguard(seen, address, one.addresses.node).length).toBeGreaterThan(1);
    expect(wireguard(seen, one.addresses.node, address)).toEqual([]);
    expect(await handshakeOf(space, 'hand0')).toBe(0);
    await lab.guest.script(`ip -n ${space} link del hand0`);
  });

  it('is not believed with the private key of a node and without its PSKs', async () => {
    await two.agent.stop('SIGKILL');
    await replaceByHand(two, device, { withPsk: false });
    const { code } = await lab.topology.inPod(2, 'ping', [
      ...['-c', '10', '-i', '1', '-W', '1', one.addresses.pod],
    ]);
    expect(code).not.toBe(0);
    expect(await handshakeOf(two.name, 'hand0')).toBe(0);
  });

  it('decrypts what an agent sends, and is understood, with all keys of a node', async () => {
    await two.script('ip link del hand0');
    await replaceByHand(two, device, { withPsk: true });
    // The first packets wait for a handshake.
    await vi.waitFor(
      async () => {
        await two.script(`ping -c 1 -W 1 ${one.addresses.pod}`);
      },
      { timeout: 120_000, interval: 1000 },
    );
    const wire = await lab.recordWire();
    const traffic = await lab.startTraffic(FLOWS);
    await traffic.untilMore(20);
    const reports = await traffic.stop();
    const seen = await wire.packets();
    await wire.stop();
    expectNoneLost(reports);
    expect(shown(readable(seen))).toEqual([]);
    const [own, peer] = [two.addresses.node, one.addresses.node];
    expect(wireguard(seen, peer, own).length).toBeGreaterThan(40);
    expect(wireguard(seen, own, peer).length).toBeGreaterThan(40);
    const [hand] = await wireguardDevices(two.script);
    expect(hand).toMatchObject({ name: 'hand0', publicKey: device.publicKey });
    expect(hand?.peers[0]?.receivedBytes).toBeGreaterThan(1000);
  });
});

/** Takes all of the agent's from a node, and sets it up with `ip` and `wg` and the same keys. */
async function replaceByHand(
  { script, addresses }: LabNode,
  { name, privateKey, listenPort, peers }: DeviceText,
  { withPsk }: { readonly withPsk: boolean },
): Promise<void> {
  const [peer] = peers;
  if (peer === undefined) throw new Error('the device has no peer');
  const { publicKey, presharedKey, endpoint, allowedIps } = peer;
  const psk = withPsk ? 'preshared-key /run/hand.psk' : '';
  const pods = allowedIps.filter((prefix) => !/\/(32|128)$/.test(prefix));
  const version = (prefix: string): string => (prefix.includes(':') ? '-6' : '-4');
  await script(`
    ip link del ${name} 2>/dev/null || true
    ip xfrm policy flush
    nft delete table inet podcloak 2>/dev/null || true
    for family in -4 -6; do
      for at in 69 70 71; do while ip $family rule del pref $at 2>/dev/null; do :; done; done
    done
    umask 077; echo '${privateKey}' >/run/hand.key; echo '${presharedKey}' >/run/hand.psk
    ip link add hand0 type wireguard
    wg set hand0 listen-port ${listenPort} private-key /run/hand.key \\
      peer '${publicKey}' endpoint ${endpoint} allowed-ips ${allowedIps.join(',')} ${psk}
    ip link set hand0 mtu 1420 up
    ip addr add ${addresses.node}/32 dev hand0
    ip addr add ${addresses.node6}/128 dev hand0 nodad
    ${pods.map((prefix) => `ip ${version(prefix)} route replace ${prefix} dev hand0`).join('\n')}
    sysctl -qw net.ipv4.conf.hand0.rp_filter=0 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.eth0.rp_filter=0`);
}
