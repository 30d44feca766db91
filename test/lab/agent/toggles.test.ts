import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { labDescribe } from '../lab-describe.js';
import { times } from '../long.js';
import {
  type AgentLab,
  agentLabNeeds,
  type FlowSpec,
  freshKeyLine,
  type Mark,
  readable,
  shown,
  startAgentLab,
} from './index.js';
import { AMPLE, DISABLED, ENABLED, expectNoneLost, gentle } from './life.js';
import { untilAll, untilReady } from './pairs.js';
import { Secrets } from './secrets.js';

vi.setConfig(AMPLE);

const TIMES = times(10, 4);
const FLOWS = gentle([
  { from: 'p1', to: 'p2', protocol: 'udp' },
  { from: 'p2', to: 'p1', protocol: 'udp', family: 6 },
  { from: 'p1', to: 'p2', protocol: 'tcp' },
  { from: 'n2', to: 'p1', protocol: 'icmp' },
] satisfies FlowSpec[]);
const options = { nodes: 2, synth: ENABLED, keys: freshKeyLine(3) };

labDescribe('agents whose encryption goes off and on', agentLabNeeds(options), () => {
  let lab: AgentLab;
  const secrets = new Secrets();
  beforeAll(async () => {
    lab = await startAgentLab(options);
    for (const { agent } of lab.nodes) agent.start();
    await untilReady(lab.nodes);
    await untilAll(lab.nodes, 'closed');
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
      await lab.apply(DISABLED);
      await untilAll(lab.nodes, 'plain');
      const plain = await wire.mark();
      await traffic.untilMore(3);
      const on = await wire.mark();
      expect(readable(await wire.packets({ from: plain, to: on })).length).toBeGreaterThan(5);
      await lab.apply(ENABLED);
      await untilAll(lab.nodes, 'closed');
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
