import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { CONFIG } from '../../scripts/image/build.mjs';
import { IPSEC, WIREGUARD_ENGINE } from '../lab/agent/engines.js';
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
import { AMPLE, expectNoneLost, gentle } from '../lab/agent/life.js';
import { untilAll, untilReady } from '../lab/agent/pairs.js';
import { Secrets } from '../lab/agent/secrets.js';
import { labDescribe } from '../lab/lab-describe.js';
import { figuresOf } from './process-figures.js';

// With WireGuard a rotation of six nodes takes a minute where the guest has a core of its own.
vi.setConfig({ ...AMPLE, testTimeout: 2 * AMPLE.testTimeout });

const ROTATIONS = 24;
/** Caches and pools are filled by then. */
const WARM = 4;
const PACKETS = 10_000;

/** Between six nodes, each of which sends and receives; TCP in segments of full size. Ping takes the least of a guest. */
const RING = gentle([
  { from: 'p1', to: 'p2', protocol: 'udp' },
  { from: 'p2', to: 'p1', protocol: 'tcp', size: 4000 },
  { from: 'p2', to: 'p1', protocol: 'udp', family: 6 },
  { from: 'p3', to: 'p4', protocol: 'icmp' },
  { from: 'p4', to: 'p5', protocol: 'icmp', family: 6 },
  { from: 'p5', to: 'p1', protocol: 'icmp' },
  { from: 'p6', to: 'p3', protocol: 'icmp', family: 6 },
  { from: 'n6', to: 'p2', protocol: 'icmp' },
] satisfies FlowSpec[]);

for (const engine of [IPSEC, WIREGUARD_ENGINE]) {
  const options = {
    nodes: 6,
    synth: [...engine.enabled, '--set', 'encryption.ipsec.keyRotationDuration=1s'],
    keys: freshKeyLine(3),
    // As in the image, for what is said of memory.
    program: {
      nodeOptions: CONFIG.Entrypoint.slice(1, -1),
      env: Object.fromEntries(CONFIG.Env.slice(1).map((one) => one.split('='))),
    },
  };

  labDescribe(`agents with ${engine.mode} on six nodes`, agentLabNeeds(options), () => {
    let lab: AgentLab;
    const secrets = new Secrets();
    beforeAll(async () => {
      lab = await startAgentLab(options);
      for (const { agent } of lab.nodes) agent.start();
      await untilReady(lab.nodes);
      await untilAll(lab.nodes, 'closed', engine.closureOf);
    });
    afterEach(async () => {
      await lab?.sweep();
      await secrets.expectNoneLogged(lab);
    });
    afterAll(() => lab?.stop());

    it(`rotate ${ROTATIONS} times back to back without losing one of ${PACKETS} packets, and hold no more than before`, async () => {
      const measure = () => Promise.all(lab.nodes.map(figuresOf));
      const policies = async () => {
        const all = await Promise.all(lab.nodes.map((node) => node.policies()));
        return all.map(({ length }) => length);
      };
      const before = await policies();
      const wire = await lab.recordWire();
      const traffic = await lab.startTraffic(RING);
      await traffic.untilMore(5);
      let warm: Awaited<ReturnType<typeof measure>> = [];
      for (let turn = 1; turn <= ROTATIONS; turn += 1) {
        // 4 to 15, then from 1 on: ids come back with other keys.
        const id = ((turn + 2) % 15) + 1;
        const line = freshKeyLine(id);
        secrets.add(line);
        await Promise.all(lab.nodes.map((node) => node.writeKeys(line)));
        await untilOnly([id], lab.nodes, engine);
        if (turn === WARM) warm = await measure();
      }
      const end = await measure();
      const soFar = (await traffic.report()).reduce((sum, { received }) => sum + received, 0);
      const more = Math.max(10, Math.ceil((PACKETS - soFar) / RING.length) + 10);
      await traffic.untilMore(more);
      const reports = await traffic.stop();
      const seen = await wire.packets();
      await wire.stop();

      expect(shown(readable(seen))).toEqual([]);
      expectNoneLost(reports);
      expect(reports.reduce((sum, { sent }) => sum + sent, 0)).toBeGreaterThanOrEqual(PACKETS);
      await untilAll(lab.nodes, 'closed', engine.closureOf);
      expect(await policies()).toEqual(before);
      for (const [index, { rss, descriptors }] of end.entries()) {
        const { rss: warmRss = 0, descriptors: warmDescriptors = 0 } = warm[index] ?? {};
        expect(descriptors).toBeLessThanOrEqual(warmDescriptors);
        expect(rss).toBeLessThan(warmRss * 1.15);
      }
    });
  });
}
