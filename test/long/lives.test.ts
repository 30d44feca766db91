import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { makeApiNode } from '../lab/agent/api-nodes.js';
import { IPSEC, WIREGUARD_ENGINE, withShortRotations } from '../lab/agent/engines.js';
import {
  type AgentLab,
  agentLabNeeds,
  type FlowSpec,
  freshKeyLine,
  type LabNode,
  readable,
  shown,
  startAgentLab,
} from '../lab/agent/index.js';
import { untilKeyIDs, untilOnly } from '../lab/agent/key-ids.js';
import { AMPLE, expectNoneLost, gentle, saidBy, underLoad } from '../lab/agent/life.js';
import { patience, untilAll, untilReady } from '../lab/agent/pairs.js';
import { Secrets } from '../lab/agent/secrets.js';
import { must } from '../lab/agents.js';
import { labDescribe } from '../lab/lab-describe.js';

vi.setConfig(AMPLE);

const DAY = 86_400;
/** As an agent sees it; of each node. */
const CLOCK = '/run/podcloak/clock';
/** Of the second node, one day. */
const MOVED = '192.168.50.102';
const LINE = {
  3: freshKeyLine(3),
  4: freshKeyLine(4),
  5: freshKeyLine(5),
  6: freshKeyLine(6),
  7: freshKeyLine(7),
  8: freshKeyLine(8),
};
const program = {
  nodeOptions: [
    '--import',
    new URL('../lab/agent/fixtures/shifted-clock.mjs', import.meta.url).pathname,
  ],
  env: { SHIFTED_CLOCK: CLOCK },
};

/** The last of them is of the node that dies, and those before it of the one that takes its place. */
const SUCCESSION = gentle([
  { from: 'p1', to: 'p2', protocol: 'udp' },
  { from: 'p2', to: 'p1', protocol: 'tcp' },
  { from: 'p1', to: 'p4', protocol: 'udp' },
  { from: 'p4', to: 'p2', protocol: 'udp', family: 6 },
  { from: 'p3', to: 'p1', protocol: 'udp' },
] satisfies FlowSpec[]);

for (const engine of [IPSEC, WIREGUARD_ENGINE].map(withShortRotations)) {
  const options = {
    // The fourth is the machine that takes the third's place.
    nodes: 4,
    synth: engine.enabled,
    keys: LINE[3],
    program,
  };
  // The tests build on each other: key files of several kinds, a clock that jumps, another machine under a name.
  labDescribe(
    `agents with ${engine.mode} whose surroundings change`,
    agentLabNeeds(options),
    () => {
      let lab: AgentLab;
      let nodes: readonly LabNode[];
      let one: LabNode;
      let two: LabNode;
      let three: LabNode;
      let four: LabNode;
      const secrets = new Secrets();
      for (const line of Object.values(LINE)) secrets.add(line);
      beforeAll(async () => {
        lab = await startAgentLab(options);
        [one, two, three, four] = [lab.node(1), lab.node(2), lab.node(3), lab.node(4)];
        nodes = [one, two, three];
        await lab.plane.kubectl(['delete', 'node', four.name]);
        for (const { agent } of nodes) agent.start();
        await untilReady(nodes);
        await untilAll(nodes, 'closed', engine.closureOf);
      });
      afterEach(async () => {
        await lab?.sweep();
        await secrets.expectNoneLogged(lab);
      });
      afterAll(() => lab?.stop());

      /** Below the folder that the agent has mounted, as another program writes. */
      const inKeys = (node: LabNode, text: string): Promise<string> =>
        node.script(`umask 077; cd /run/lab/${node.name}/keys\n${text}`);
      const setClock = async (node: LabNode, ahead: number): Promise<void> => {
        await node.script(`echo ${ahead} >/run/lab/${node.name}/state/clock`);
        // It looks five times a second; no event tells that it has.
        await new Promise((resolve) => setTimeout(resolve, 1000));
      };

      it('take keys from links that are swapped, files that are replaced and files that are rewritten', async () => {
        const [start, end] = [LINE[4].slice(0, 40), LINE[4].slice(40)];
        await underLoad(lab, async () => {
          // From now on a plain file, as many a secret store writes it.
          await inKeys(one, 'cp -L keys .new; mv -T .new keys');
          await inKeys(two, 'cp -L keys .new; mv -T .new keys');
          // Rewritten in place by one who is interrupted in the middle of the key.
          await inKeys(one, `printf %s '${start}' >keys`);
          await one.agent.prints(/level=error msg="PC3\d\d: /);
          await inKeys(two, `printf %s '${LINE[4]}' >.new; mv -T .new keys`);
          await three.writeKeys(LINE[4]);
          await inKeys(one, `printf %s '${end.trim()}' >>keys; echo >>keys`);
          await untilOnly([4], nodes, engine);
        });
        expect(await saidBy(lab, one)).toMatchObject({ keys: [{ keyID: 4 }] });
      });

      it('never take the half of a key file that would do as a whole', async () => {
        // Without the last line it is a good file; that would make a key the newest that is not.
        const lives = one.agent.log().length;
        await underLoad(lab, async () => {
          await inKeys(
            one,
            `printf %s '${LINE[5]}' >keys; sleep 0.3; printf %s '${LINE[6]}' >>keys`,
          );
          await two.writeKeys(`${LINE[5]}${LINE[6]}`);
          await three.writeKeys(`${LINE[5]}${LINE[6]}`);
          for (const node of nodes) await untilKeyIDs(node, [6], engine);
          for (const node of nodes) await node.writeKeys(LINE[6]);
          await untilOnly([6], nodes, engine);
        });
        const said = one.agent.log().slice(lives);
        const read = [...said.matchAll(/"keys in use" ids="?([\d,]+)/g)].map(([, ids]) => ids);
        expect(read).toEqual(['5,6', '6']);
        expect(said).not.toMatch(/level=error/);
      });

      it('rotate and start again while the clock of a node is a day ahead, and a day behind', async () => {
        await underLoad(lab, async () => {
          await setClock(two, DAY);
          for (const node of nodes) await node.writeKeys(LINE[7]);
          await untilOnly([7], nodes, engine);
          const marks = await engine.marksOf(two);
          await two.agent.restart('SIGKILL');
          await untilReady([two]);
          expect(await engine.marksOf(two)).toEqual(marks);
          await setClock(two, -DAY);
          for (const node of nodes) await node.writeKeys(LINE[8]);
          await untilOnly([8], nodes, engine);
          await two.agent.restart('SIGKILL');
          await untilReady([two]);
        });
      });

      it('are believed after reboots at both times, as an epoch never falls', async () => {
        const reboot = async (ahead: number): Promise<number> => {
          await two.agent.stop('SIGKILL');
          await two.forgetState();
          await setClock(two, ahead);
          await engine.reset(two);
          two.agent.start();
          await untilReady([two]);
          await untilOnly([8], nodes, engine);
          await untilAll(nodes, 'closed', engine.closureOf);
          return (await saidBy(lab, two)).epoch;
        };
        const ahead = await reboot(DAY);
        expect(ahead).toBeGreaterThan((await saidBy(lab, one)).epoch + DAY / 2);
        expect(await reboot(-DAY)).toBe(ahead + 1);
        await underLoad(lab, async () => {});
      });

      it('follow a node that moves to another address without losing a packet', async () => {
        const { node: from, node6 } = two.addresses;
        await underLoad(lab, async () => {
          // Without it, an address goes with the one that was there before it.
          await two.script('sysctl -qw net.ipv4.conf.eth0.promote_secondaries=1');
          await two.addAddress(`${MOVED}/24`);
          const addresses = [MOVED, node6].map((address) => ({ type: 'InternalIP', address }));
          await must(lab.plane, 'PATCH', '/api/v1/nodes/n2/status', {
            contentType: 'application/json-patch+json',
            body: [{ op: 'replace', path: '/status/addresses', value: addresses }],
          });
          for (const node of nodes) {
            await vi.waitFor(async () => {
              const ends = await engine.endsOf(node);
              if (node !== two || engine.name === 'ipsec') expect(ends).toContain(MOVED);
              expect(ends).not.toContain(from);
            }, patience);
          }
          await two.removeAddress(`${from}/24`);
          await untilAll(nodes, 'closed', engine.closureOf);
        });
        expect((await saidBy(lab, two)).addresses[0]).toBe(MOVED);
      });

      it('encrypt with another machine, with other addresses and prefixes, under the name of one that died', async () => {
        const wire = await lab.recordWire();
        const traffic = await lab.startTraffic(SUCCESSION);
        await traffic.untilMore(5);
        await three.agent.stop('SIGKILL');
        await lab.plane.kubectl(['delete', 'node', 'n3']);
        await vi.waitFor(async () => {
          expect((await one.agent.command(['encrypt', 'status'])).stdout).toContain('n3');
        }, patience);
        await makeApiNode(lab.plane, 4, ['ipv4', 'ipv6'], 'n3');
        await four.script(
          'cd /run/lab/n4/account; cp -L /run/lab/n3/account/token .new; mv -T .new token',
        );
        await four.writeKeys(LINE[8]);
        const successor = four.agentWith({ env: { ...program.env, NODE_NAME: 'n3' } });
        successor.start();
        const now = [one, two, { ...four, agent: successor }];
        await untilAll(now, 'closed', engine.closureOf);
        const reports = await traffic.stop();
        const seen = await wire.packets();
        await wire.stop();

        const [apart, back, there, here, gone] = traffic.flows.map(({ flow }) => flow);
        // Until its agent ran it was a machine without encryption.
        for (const flow of [there, here]) expect(readable(seen, flow).length).toBeGreaterThan(0);
        for (const flow of [apart, back]) expect(shown(readable(seen, flow))).toEqual([]);
        // Its kernel still encrypts for those who are gone for it.
        expect(shown(readable(seen, gone))).toEqual([]);
        expectNoneLost(reports.slice(0, 2));
        // What was between its pods and others may be lost until there are keys: the name's pairs have been encrypted.
        await underLoad(lab, async () => {}, SUCCESSION.slice(0, 4));
        for (const node of [one, two]) {
          await vi.waitFor(async () => {
            expect(await engine.endsOf(node)).not.toContain(three.addresses.node);
            expect(await engine.closureOf(node, three)).toBe('plain');
          }, patience);
        }
      });
    },
  );
}
