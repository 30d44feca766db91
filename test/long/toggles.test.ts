import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { IPSEC, WIREGUARD_ENGINE } from '../lab/agent/engines.js';
import {
  type AgentLab,
  agentLabNeeds,
  type FlowSpec,
  freshKeyLine,
  type Mark,
  readable,
  shown,
  startAgentLab,
} from '../lab/agent/index.js';
import { AMPLE, expectNoneLost, gentle } from '../lab/agent/life.js';
import { untilAll, untilReady } from '../lab/agent/pairs.js';
import { Secrets } from '../lab/agent/secrets.js';
import { labDescribe } from '../lab/lab-describe.js';

vi.setConfig(AMPLE);

const TIMES = 10;
const FLOWS = gentle([
  { from: 'p1', to: 'p2', protocol: 'udp' },
  { from: 'p2', to: 'p1', protocol: 'udp', family: 6 },
  { from: 'p1', to: 'p2', protocol: 'tcp' },
  { from: 'n2', to: 'p1', protocol: 'icmp' },
] satisfies FlowSpec[]);
for (const engine of [IPSEC, WIREGUARD_ENGINE]) {
  const options = { nodes: 2, synth: engine.enabled, keys: freshKeyLine(3) };
  const title = `agents whose encryption with ${engine.mode} goes off and on`;
  labDescribe(title, agentLabNeeds(options), () => {
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

    it(`lose nothing in ${TIMES} rounds of it, and say nothing readable while it is on`, async () => {
      const wire = await lab.recordWire();
      const traffic = await lab.startTraffic(FLOWS);
      await traffic.untilMore(5);
      let closed: Mark = await wire.mark();
      const isOn: { readonly from: Mark; readonly to: Mark }[] = [];
      for (let round = 0; round < TIMES; round += 1) {
        isOn.push({ from: closed, to: await wire.mark() });
        await lab.apply(engine.disabled);
        await untilAll(lab.nodes, 'plain', engine.closureOf);
        const plain = await wire.mark();
        await traffic.untilMore(3);
        const on = await wire.mark();
        expect(readable(await wire.packets({ from: plain, to: on })).length).toBeGreaterThan(5);
        await lab.apply(engine.enabled);
        await untilAll(lab.nodes, 'closed', engine.closureOf);
        closed = await wire.mark();
        await traffic.untilMore(3);
      }
      isOn.push({ from: closed, to: await wire.mark() });
      const reports = await traffic.stop();
      const seen = await Promise.all(isOn.map((span) => wire.packets(span)));
      await wire.stop();
      for (const span of seen) expect(shown(readable(span))).toEqual([]);
      expectNoneLost(reports);
    });
  });
}
