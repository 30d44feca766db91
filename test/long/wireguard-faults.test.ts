import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { makeApiNode } from '../lab/agent/api-nodes.js';
import { interfacesOf, WIREGUARD_ENGINE, withShortRotations } from '../lab/agent/engines.js';
import {
  type Agent,
  type AgentLab,
  agentLabNeeds,
  type FlowSpec,
  freshKeyLine,
  type LabNode,
  startAgentLab,
} from '../lab/agent/index.js';
import { AMPLE, expectNoneLost, gentle, underLoad } from '../lab/agent/life.js';
import { patience, untilAll, untilReady } from '../lab/agent/pairs.js';
import { Secrets } from '../lab/agent/secrets.js';
import { wireguardDevices, wireguardRules } from '../lab/agent/wireguard-tools.js';
import { labDescribe } from '../lab/lab-describe.js';
import { waitFor } from '../lab/wait.js';

vi.setConfig(AMPLE);

const engine = withShortRotations(WIREGUARD_ENGINE);
const HOUR = 3600;
/** As an agent sees it, beside the kernel's; of each node. */
const CLOCK = '/run/podcloak/clock';
const program = {
  nodeOptions: [
    '--import',
    new URL('../lab/agent/fixtures/shifted-clock.mjs', import.meta.url).pathname,
  ],
  env: { SHIFTED_CLOCK: CLOCK },
};
const options = { synth: engine.enabled, keys: freshKeyLine(3), program };
/** Packets of UDP that nobody answers: a node that is not heard gets no help by what its peer sends. */
const ONE_WAY = gentle([{ from: 'p1', to: 'p2', protocol: 'udp' }]);
const FLOWS: readonly FlowSpec[] = gentle([
  { from: 'p1', to: 'p2', protocol: 'udp' },
  { from: 'p2', to: 'p1', protocol: 'tcp', family: 6 },
  { from: 'p1', to: 'n2', protocol: 'udp', family: 6 },
  { from: 'n2', to: 'p1', protocol: 'icmp' },
]);
/** The kernel's own helper; another one keeps it from loading modules by itself, as some images do. */
const HELPER = '/proc/sys/kernel/modprobe';
/** Of the second node, by which its packets come one day. */
const ROAMED = '192.168.50.102';

// The tests build on each other. All nodes have one kernel and so one clock: it is two hours ahead at first.
labDescribe('agents with WireGuard on faulty ground', agentLabNeeds(options), () => {
  let lab: AgentLab;
  let one: LabNode;
  let two: LabNode;
  let three: LabNode;
  let pair: readonly LabNode[];
  const secrets = new Secrets();
  beforeAll(async () => {
    lab = await startAgentLab(options);
    [one, two, three] = [lab.node(1), lab.node(2), lab.node(3)];
    pair = [one, two];
    await lab.plane.kubectl(['delete', 'node', three.name]);
    await setClock(2 * HOUR);
  });
  afterEach(async () => {
    await lab?.sweep();
    await secrets.expectNoneLogged(lab);
  });
  afterAll(() => lab?.stop());

  const setClock = (seconds: number): Promise<string> =>
    lab.guest.script(`date -s "@$(( $(date +%s) + ${seconds} ))"`);
  const untilNotReady = (agent: Agent, reason: RegExp): Promise<void> =>
    waitFor(async () => {
      const { status, body } = await agent.get('/readyz');
      if (status === 503 && reason.test(body)) return;
      throw new Error(`${status} ${body}\n${agent.log().slice(-1500)}`);
    }, patience);
  const namesOf = async (node: LabNode): Promise<string[]> =>
    (await wireguardDevices(node.script)).map(({ name }) => name);
  /** Waits until all data goes by this device, and there is no other. */
  const untilOn = async (name: string): Promise<void> => {
    for (const node of pair) {
      await waitFor(async () => {
        const found = await namesOf(node);
        if (found.join() === name) return;
        throw new Error(`${node.name} has ${found}\n${node.agent.log().slice(-2000)}`);
      }, patience);
    }
    await untilAll(pair, 'closed', engine.closureOf);
  };
  const endpointAt = async (node: LabNode): Promise<string | undefined> =>
    (await wireguardDevices(node.script))[0]?.peers[0]?.endpoint;
  const statusOf = async ({ agent }: LabNode): Promise<string> =>
    (await agent.command(['encrypt', 'status'])).stdout;

  /** Deletes that of the first node, whose agent makes it anew with its key: it has greeted the second one then. */
  const remakeDevice = async (name: string): Promise<void> => {
    const [before] = await wireguardDevices(one.script);
    await one.script(`ip link del ${name}`);
    await waitFor(async () => {
      const [device] = await wireguardDevices(one.script);
      if (device?.publicKey === before?.publicKey && device?.peers[0]?.lastHandshake) return;
      throw new Error(`${name} was not heard\n${one.agent.log().slice(-1500)}`);
    }, patience);
  };

  it('say that the kernel has no WireGuard, and that a port is taken, and encrypt as soon as it is not so', async () => {
    await two.script(
      'ip link add hold0 type vxlan id 9 dstport 51871 dev eth0; ip link set hold0 up',
    );
    await lab.guest.script('modprobe -r wireguard; modprobe -a nf_tables nft_chain_nat nft_nat');
    const helper = await lab.guest.script(`cat ${HELPER}; echo /bin/false >${HELPER}`);
    for (const { agent } of pair) agent.start();
    for (const { agent } of pair) await untilNotReady(agent, /PC734/);
    await lab.guest.script(`modprobe wireguard; echo ${helper.trim()} >${HELPER}`);
    await untilNotReady(two.agent, /PC737: bring up podcloak_wg0 on UDP 51871/);
    expect(await engine.closureOf(one, two)).not.toBe('closed');
    await two.script('ip link del hold0');
    await untilOn('podcloak_wg0');
    await untilReady(pair);
    for (const { agent } of pair) expect(agent.isRunning()).toBe(true);
    await secrets.look(lab);
  });

  it('greet their peers as soon as they have made their device anew, with nobody to ask them', async () => {
    await remakeDevice('podcloak_wg0');
    await underLoad(lab, async () => {}, ONE_WAY);
    expect(await namesOf(one)).toEqual(['podcloak_wg0']);
    expect(one.agent.log()).not.toContain('PC738');
  });

  it('use a foreign rule that says what theirs would, and put theirs back when it goes', async () => {
    const text = 'pref 70 lookup 51871';
    await underLoad(
      lab,
      async () => {
        // In one moment, so that the agent finds the other's in place of its own.
        await two.script(`ip rule add pref 68 lookup 51871 protocol static
          ip rule del pref 70; ip rule add ${text} protocol static; ip rule del pref 68`);
        await new Promise((resolve) => setTimeout(resolve, 5000));
        expect(await wireguardRules(two.script)).toContainEqual(
          expect.stringMatching(/^4 70: .* proto static/),
        );
        expect((await two.agent.get('/readyz')).status).toBe(200);
      },
      FLOWS,
    );
    await two.script(`ip rule del ${text} protocol static`);
    await vi.waitFor(async () => {
      expect(await wireguardRules(two.script)).toContainEqual(
        expect.stringMatching(/^4 70: .* proto 148/),
      );
    }, patience);
  });

  it('follow a peer whose packets come from elsewhere, and set it back to where it says it is', async () => {
    await two.addAddress(`${ROAMED}/32`);
    await underLoad(
      lab,
      async () => {
        await two.script(`nft -f - <<'END'
          table ip roam {
            chain leaving {
              type filter hook postrouting priority 300
              udp sport 51871 ip daddr ${one.addresses.node} ip saddr set ${ROAMED}
            }
          }
END`);
        await vi.waitFor(
          async () => expect(await endpointAt(one)).toBe(`${ROAMED}:51871`),
          patience,
        );
        // Longer than between two looks at what WireGuard tells nobody.
        await new Promise((resolve) => setTimeout(resolve, 35_000));
      },
      FLOWS,
    );
    await two.script('nft delete table ip roam');
    await vi.waitFor(
      async () => expect(await endpointAt(one)).toBe(`${two.addresses.node}:51871`),
      patience,
    );
    await underLoad(lab, async () => {}, FLOWS);
    await two.removeAddress(`${ROAMED}/32`);
  });

  it('leave a prefix that two nodes claim with the one that had it, through restarts', async () => {
    await makeApiNode(lab.plane, 3, ['ipv4', 'ipv6'], three.name, 2);
    three.agent.start();
    await underLoad(
      lab,
      async () => {
        const dispute = `it claims ${two.addresses.podCidr}, which is n2's`;
        await vi.waitFor(async () => expect(await statusOf(one)).toContain(dispute), patience);
        await one.agent.restart('SIGKILL');
        await untilReady([one]);
        await vi.waitFor(async () => expect(await statusOf(one)).toContain(dispute), patience);
        const peers = (await interfacesOf(one)).flatMap((device) => device.peers);
        expect(peers.map(({ node }) => node)).toContain('n2');
        const [device] = await wireguardDevices(one.script);
        const holders = (device?.peers ?? []).filter(({ allowedIps }) =>
          allowedIps.includes(two.addresses.podCidr),
        );
        expect(holders.map(({ endpoint }) => endpoint)).toEqual([`${two.addresses.node}:51871`]);
      },
      FLOWS,
    );
    await three.agent.stop('SIGKILL');
    await lab.plane.kubectl(['delete', 'node', three.name]);
    await lab.plane.kubectl(['delete', 'encryptionnodes', three.name]);
    for (const { agent } of pair) {
      await vi.waitFor(async () => {
        const forget = ['encrypt', 'forget', '--force', three.name];
        expect(await agent.command(forget)).toMatchObject({ code: 0 });
      }, patience);
    }
  });

  it('take new keys when the clock is set back, and lose nothing', async () => {
    await underLoad(
      lab,
      async () => {
        await setClock(-HOUR);
        await untilOn('podcloak_wg1');
      },
      FLOWS,
    );
    expect(pair.some(({ agent }) => agent.log().includes('PC738'))).toBe(true);
    await untilReady(pair);
    for (const node of pair) {
      for (const { peers } of await wireguardDevices(node.script)) {
        for (const { lastHandshake } of peers) expect(lastHandshake).toBeGreaterThan(0);
      }
    }
  });

  it('are heard again with a device that was made anew with its stored key, by a clock that was set back', async () => {
    // Its peer has had a greeting of now, under this key.
    await remakeDevice('podcloak_wg1');
    const lives = two.agent.log().length;
    // Its agent must not see it by itself.
    await two.script(`echo ${HOUR} >/run/lab/${two.name}/state/clock`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await one.agent.stop('SIGKILL');
    await one.script('ip link del podcloak_wg1');
    await setClock(-HOUR);
    one.agent.start();
    // With its stored key, and nobody hears it.
    await waitFor(async () => {
      if (one.agent.log().includes('of podcloak_wg1')) return;
      throw new Error(one.agent.log().slice(-3000));
    }, patience);
    await untilOn('podcloak_wg0');
    expect(two.agent.log().slice(lives)).not.toContain('PC738: ');
    await underLoad(lab, async () => {}, ONE_WAY);
    const traffic = await lab.startTraffic(FLOWS);
    await traffic.untilMore(10);
    expectNoneLost(await traffic.stop());
  });
});
