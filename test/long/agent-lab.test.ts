import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { decrypt, encrypt, SPI } from '../lab/agent/fixtures/esp-by-hand.js';
import {
  type AgentLab,
  type AgentLabOptions,
  agentLabNeeds,
  esp,
  freshKeyLine,
  type LabNode,
  readable,
  shown,
  spis,
  startAgentLab,
  tally,
} from '../lab/agent/index.js';
import { record, records } from '../lab/agents.js';
import { labDescribe } from '../lab/lab-describe.js';
import { patience } from '../lab/podcloak.js';

// Software emulation, on a machine that may be busy with other things.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const options: AgentLabOptions = {
  synth: ['-f', 'examples/ipsec.yaml'],
  keys: freshKeyLine(3),
  program: {
    file: new URL('../lab/agent/fixtures/stand-in.mjs', import.meta.url).pathname,
    args: [],
    env: { STAND_IN_SPEC: JSON.stringify(record('any').spec) },
  },
};

labDescribe('the lab for agents', agentLabNeeds(options), () => {
  let lab: AgentLab;
  let one: LabNode;
  let two: LabNode;
  let three: LabNode;
  beforeAll(async () => {
    lab = await startAgentLab(options);
    [one, two, three] = [lab.node(1), lab.node(2), lab.node(3)];
  });
  afterAll(() => lab?.stop());

  describe('an agent in it', () => {
    beforeAll(async () => {
      for (const { agent } of lab.nodes) agent.start();
      for (const { agent } of lab.nodes) await agent.prints(/^serving yes$/m);
    });
    afterAll(async () => {
      for (const { agent } of lab?.nodes ?? []) await agent.stop('SIGKILL');
    });

    afterEach(() => lab.restoreApi());

    it('has what its container has: token, certificate, namespace, key file, one capability', () => {
      const said = one.agent.log();
      expect(said).toContain(`keys ${options.keys?.trim()}`);
      expect(said).toContain('namespace kube-system');
      // CAP_NET_ADMIN is bit 12 (linux/capability.h).
      expect(said).toContain('capabilities 0000000000001000');
    });

    it('reads the API as the rendered roles allow, and no more', () => {
      expect(two.agent.log()).toContain('nodes n1,n2,n3');
      expect(two.agent.log()).toContain('enabled true');
      expect(two.agent.log()).toContain('secrets 403');
    });

    it('writes its own record and is refused that of another node', async () => {
      for (const { agent, name } of lab.nodes) {
        expect(agent.log()).toContain('own 201');
        expect(agent.log()).toContain(`the agent on node ${name} may not write the record of`);
        expect(await lab.plane.request('GET', `${records}/${name}`)).toMatchObject({ status: 200 });
      }
    });

    it('sees Nodes as a cluster has them', async () => {
      const { body } = await lab.plane.request('GET', '/api/v1/nodes/n2');
      expect(body).toMatchObject({
        metadata: { uid: two.uid },
        spec: { podCIDRs: [two.addresses.podCidr, two.addresses.podCidr6] },
        status: {
          addresses: [{ address: two.addresses.node }, { address: two.addresses.node6 }, {}],
        },
      });
    });

    it('answers for its health on the loopback of its own node', async () => {
      expect(await three.agent.get('/healthz')).toEqual({ status: 200, body: 'well on n3' });
      expect((await three.agent.get('/healthz', 9990)).status).toBe(0);
    });

    it('sees a key file change at once and whole, on its node only', async () => {
      await two.writeKeys(freshKeyLine(4));
      await two.agent.prints(/^keys 4\+ rfc4106/m);
      expect(one.agent.log()).not.toContain('keys 4+');
      await two.writeKeys(undefined);
      expect(await lab.guest.script('ls /run/lab/n2/keys')).toBe('');
      await two.writeKeys(options.keys);
    });

    it('loses the API for one node, with nothing refused, or for all, and gets it back', async () => {
      const answers = () =>
        Promise.all(lab.nodes.map(async ({ agent }) => (await agent.get('/api')).body));
      await two.cutApi();
      expect(await answers()).toEqual(['api 200', 'api timeout', 'api 200']);
      await two.restoreApi();
      expect(await answers()).toEqual(['api 200', 'api 200', 'api 200']);
      lab.cutApi();
      for (const answer of await answers())
        expect(answer).toMatch(/socket hang up|ECONNRESET|disconnected/);
      lab.restoreApi();
      expect(await answers()).toEqual(['api 200', 'api 200', 'api 200']);
    });

    it('reaches nothing of this machine or the world but the API server', async () => {
      const tried = await one.script(`
        ip route add 10.96.0.0/16 dev api0 src 10.96.1.1
        for at in 10.96.0.2/80 10.96.0.3/53 10.96.1.2/9989; do
          timeout 2 bash -c "exec 3<>/dev/tcp/$at" 2>/dev/null && echo "reached $at" || echo no
        done
        ip route del 10.96.0.0/16 dev api0`);
      expect(tried).toBe('no\nno\nno\n');
    });

    it('ends in peace or is killed, and finds its own state again', async () => {
      expect(await one.agent.stop()).toMatchObject({ code: 0 });
      expect(one.agent.log()).toContain('ending in peace');
      expect(one.agent.isRunning()).toBe(false);
      one.agent.start();
      await one.agent.prints(/^life 2$/m);
      await one.agent.restart('SIGKILL');
      await one.agent.prints(/^serving yes$/m);
      expect(await one.readState('state.json')).toBe('3');
      expect(await two.readState('state.json')).toBe('1');
      expect(() => one.agent.start()).toThrow('runs already');
      await one.forgetState();
      await expect(one.readState('state.json')).rejects.toThrow('No such file');
    });

    it('learns of a change of the configuration', async () => {
      await lab.apply(['-f', 'examples/ipsec.yaml', '--set', 'encryption.enabled=false']);
      const map = await lab.plane.request(
        'GET',
        '/api/v1/namespaces/kube-system/configmaps/podcloak',
      );
      expect(map.body).toMatchObject({ data: { 'encryption.enabled': 'false' } });
    });
  });

  describe('the judge of the wire', () => {
    afterEach(async () => {
      await lab.sweep();
      await decrypt(one, two);
    });

    it('tells ESP from what can be read, before and after a moment', async () => {
      const wire = await lab.recordWire();
      const traffic = await lab.startTraffic([
        { from: 'p1', to: 'p2', protocol: 'udp' },
        { from: 'p2', to: 'p1', protocol: 'udp', family: 6 },
        { from: 'p1', to: 'p2', protocol: 'tcp' },
        { from: 'p2', to: 'p1', protocol: 'icmp' },
        { from: 'p1', to: 'p3', protocol: 'icmp', family: 6 },
      ]);
      await traffic.untilMore(10);
      const before = await wire.packets();
      const [udp, udp6, tcp, ping, aside] = traffic.flows.map(({ flow }) => flow);
      for (const { flow } of traffic.flows) {
        expect(readable(before, flow).length, `flow ${flow}`).toBeGreaterThan(5);
      }
      expect(esp(before)).toEqual([]);

      await encrypt(one, two);
      const encrypted = await wire.mark();
      await traffic.untilMore(10);
      const after = await wire.packets({ from: encrypted });
      expect(esp(after, one.addresses.node, two.addresses.node).length).toBeGreaterThan(10);
      expect(esp(after, two.addresses.node, one.addresses.node).length).toBeGreaterThan(10);
      expect(spis(after).sort()).toEqual([SPI.there, SPI.back]);
      for (const flow of [udp, udp6, tcp, ping]) {
        expect(shown(readable(after, flow)), `flow ${flow}`).toEqual([]);
      }
      expect(Object.keys(tally(after).plain)).toEqual([String(aside)]);
      // While ESP was set up by hand, one node after the other, packets may have been dropped.
      const reports = await traffic.stop();
      expect(reports.at(-1)).toMatchObject({ lost: [], repeats: 0 });
      expect(reports[2]).toMatchObject({ lost: [], connections: 1 });
      await wire.stop();
    });

    it('is not fooled by ESP that encrypts nothing', async () => {
      await encrypt(one, two, 'none');
      const wire = await lab.recordWire();
      const traffic = await lab.startTraffic([{ from: 'p1', to: 'p2', protocol: 'udp' }]);
      await traffic.untilMore(5);
      await traffic.stop();
      const seen = await wire.packets();
      await wire.stop();

      expect(tally(seen)).toMatchObject({ esp: 0 });
      expect(readable(seen).length).toBeGreaterThanOrEqual(5);
      expect(readable(seen)[0]).toMatchObject({ kind: 'plain', esp: { spi: SPI.there } });
    });

    it('counts exactly the packets that a flow lost, and which', async () => {
      const wire = await lab.recordWire();
      const traffic = await lab.startTraffic([
        { from: 'n1', to: 'n2', protocol: 'udp' },
        { from: 'n1', to: 'n3', protocol: 'udp', family: 6 },
        { from: 'n1', to: 'n2', protocol: 'icmp' },
      ]);
      await traffic.untilMore(5);
      // What the wire has of the flow and the receiver does not is what was lost.
      await two.script(`nft -f - <<'RULES'
table inet lab_loss { chain input { type filter hook input priority 0; ip saddr ${one.addresses.node} drop; }; }
RULES`);
      const cut = await wire.mark();
      await vi.waitFor(async () => {
        expect(
          readable(await wire.packets({ from: cut }), traffic.flows[0]?.flow).length,
        ).toBeGreaterThan(5);
      }, patience);
      await two.script('nft delete table inet lab_loss');
      await traffic.untilMore(5);
      const [udp, other, ping] = await traffic.stop();
      const sent = readable(await wire.packets(), udp?.flow).map(
        ({ marked }) => marked[0]?.sequence ?? 0,
      );
      const inTheGap = readable(await wire.packets({ from: cut }), udp?.flow).map(
        ({ marked }) => marked[0]?.sequence ?? 0,
      );
      await wire.stop();

      expect(sent.length).toBe(udp?.sent);
      expect(udp?.lost.length).toBeGreaterThan(5);
      expect(udp?.received).toBe((udp?.sent ?? 0) - (udp?.lost.length ?? 0));
      const first = udp?.lost[0] ?? 0;
      expect(udp?.lost).toEqual(udp?.lost.map((_, index) => first + index));
      expect(inTheGap).toContain(udp?.lost.at(-1));
      expect(other).toMatchObject({ lost: [] });
      expect(ping?.lost.length).toBeGreaterThan(3);
    });

    it('knows neighbour discovery and anything else for what it is', async () => {
      const wire = await lab.recordWire();
      await one.script('ip neigh flush dev eth0; ip -6 neigh flush dev eth0');
      await lab.topology.onNode(1, 'ping', ['-c1', two.addresses.node]);
      await lab.topology.onNode(1, 'ping', ['-c1', two.addresses.node6]);
      await one.script(`echo probe >/dev/udp/${two.addresses.node}/9987`);
      const seen = await wire.packets();
      await wire.stop();

      expect(tally(seen).neighbour).toBeGreaterThanOrEqual(4);
      expect(seen.filter(({ destinationPort }) => destinationPort === 9987)).toMatchObject([
        {
          kind: 'other',
          source: one.addresses.node,
          destination: two.addresses.node,
          protocol: 17,
        },
      ]);
      expect(readable(seen)).toEqual([]);
    });
  });

  describe('the tools of a node', () => {
    afterEach(async () => {
      await lab.sweep();
      await decrypt(one, two);
      await two.removeNat();
    });

    it('show and flush SAs and policies, and tell strangers’ policies by their lack of a mark', async () => {
      await encrypt(one, two);
      const monitor = await one.monitor();
      expect(await one.states()).toHaveLength(2);
      const policies = await one.policies();
      expect(policies).toHaveLength(6);
      expect(
        policies.find(
          ({ direction, source }) => direction === 'out' && source === one.addresses.podCidr,
        ),
      ).toMatchObject({
        destination: two.addresses.podCidr,
        action: 'allow',
        user: 0,
      });
      await one.flush('state');
      await monitor.prints(/Flushed state/);
      monitor.signal('SIGINT');
      await monitor.ended;
      expect(await one.states()).toEqual([]);
      const { stdout } = await lab.topology.inPod(1, 'ping', ['-c1', '-W1', two.addresses.pod]);
      expect(stdout).toContain(' 0 received');
      expect(await one.xfrmCounters()).toHaveProperty('XfrmOutNoStates');
    });

    it('give a node another address, masquerade and a NodePort, that packets take', async () => {
      await two.addAddress('192.168.50.102/24');
      const service = { via: { address: two.addresses.node, port: 30_080 } };
      await two.nodePort(30_080, { address: two.addresses.pod, port: 20_999 });
      await one.masquerade();
      const wire = await lab.recordWire();
      const traffic = await lab.startTraffic([
        { from: 'n1', to: 'n2', protocol: 'icmp', via: { address: '192.168.50.102' } },
        { from: 'p1', to: 'n2', protocol: 'icmp' },
        { ...service, from: 'n1', to: 'p2', protocol: 'udp', port: 20_999 },
      ]);
      await traffic.untilMore(5);
      const reports = await traffic.stop();
      const seen = await wire.packets();
      await wire.stop();
      await two.removeAddress('192.168.50.102/24');
      await one.removeNat();

      expect(reports).toMatchObject([{ lost: [] }, { lost: [] }, { lost: [] }]);
      const [second, masqueraded, translated] = traffic.flows.map(({ flow }) =>
        readable(seen, flow),
      );
      expect(second?.map(({ destination }) => destination)).toContain('192.168.50.102');
      expect(new Set(translated?.map(({ destinationPort }) => destinationPort))).toEqual(
        new Set([30_080]),
      );
      const sources = new Set(masqueraded?.map(({ source }) => source));
      expect([...sources].sort()).toEqual([one.addresses.node, two.addresses.node]);
    });
  });
});
