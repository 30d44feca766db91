import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import {
  IPSEC,
  type LabEngine,
  WIREGUARD_ENGINE,
  withShortRotations,
} from '../lab/agent/engines.js';
import {
  type AgentLab,
  agentLabNeeds,
  type FlowSpec,
  freshKeyLine,
  type LabNode,
  startAgentLab,
} from '../lab/agent/index.js';
import { AMPLE, FLOWS, gentle, underLoad } from '../lab/agent/life.js';
import { patience, untilAll, untilReady } from '../lab/agent/pairs.js';
import { Secrets } from '../lab/agent/secrets.js';
import { labDescribe } from '../lab/lab-describe.js';

vi.setConfig(AMPLE);

const BY_IPSEC = withShortRotations(IPSEC);
const BY_WIREGUARD = withShortRotations(WIREGUARD_ENGINE);
const ROUNDS = 3;
const options = { synth: BY_IPSEC.enabled, keys: freshKeyLine(3) };
const WAYS: readonly FlowSpec[] = gentle([
  ...FLOWS,
  { from: 'p1', to: 'n2', protocol: 'udp', family: 6 },
  { from: 'n2', to: 'p1', protocol: 'tcp' },
]);

// The tests build on each other: the agents begin with IPsec.
labDescribe('agents whose type of encryption changes', agentLabNeeds(options), () => {
  let lab: AgentLab;
  const secrets = new Secrets();
  beforeAll(async () => {
    lab = await startAgentLab(options);
    for (const { script } of lab.nodes) {
      await script('for file in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 1 >$file; done');
    }
    for (const { agent } of lab.nodes) agent.start();
    await untilReady(lab.nodes);
    await untilAll(lab.nodes, 'closed');
  });
  afterEach(async () => {
    await lab?.sweep();
    await secrets.expectNoneLogged(lab);
  });
  afterAll(() => lab?.stop());

  /** Waits until all pairs are on this engine, and nothing is left of the other. */
  const untilOn = async (
    engine: LabEngine,
    nodes: readonly LabNode[] = lab.nodes,
  ): Promise<void> => {
    await untilAll(nodes, 'closed', engine.closureOf);
    const other = otherThan(engine);
    for (const node of nodes) {
      await vi.waitFor(async () => expect(await other.traces(node)).toEqual([]), patience);
    }
  };
  /** What is on the wire from now on is of this engine alone. */
  const expectWireOf = async (engine: LabEngine): Promise<void> => {
    const other = otherThan(engine);
    const wire = await lab.recordWire();
    await underLoad(lab, async () => {}, WAYS);
    const seen = await wire.packets();
    await wire.stop();
    expect(engine.encrypted(seen).length).toBeGreaterThan(50);
    expect(other.encrypted(seen)).toEqual([]);
  };

  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const engine of [BY_WIREGUARD, BY_IPSEC]) {
      it(`move to ${engine.mode} under load, losing nothing and saying nothing readable, round ${round}`, async () => {
        await underLoad(
          lab,
          async () => {
            await lab.apply(engine.enabled);
            await untilOn(engine);
          },
          WAYS,
        );
        await expectWireOf(engine);
        const { stdout } = await lab.node(1).agent.command(['encrypt', 'status']);
        expect(stdout).toContain(`Encryption: ${engine.mode} `);
      });
    }
  }

  for (const engine of [BY_WIREGUARD, BY_IPSEC]) {
    it(`go on as they are with a node that has not heard of ${engine.mode} yet, and follow it then`, async () => {
      const other = otherThan(engine);
      const [one, two, three] = [lab.node(1), lab.node(2), lab.node(3)];
      await underLoad(
        lab,
        async () => {
          await three.cutApi();
          await lab.apply(engine.enabled);
          await untilAll([one, two], 'closed', engine.closureOf);
          expect(await other.closureOf(three, one)).toBe('closed');
          expect(await other.closureOf(three, two)).toBe('closed');
          await three.restoreApi();
          await untilOn(engine);
        },
        WAYS,
      );
    });

    it(`lose nothing when they are killed again and again on the way back from ${engine.mode}`, async () => {
      const other = otherThan(engine);
      await underLoad(
        lab,
        async () => {
          await lab.apply(other.enabled);
          for (let life = 0; life < 6; life += 1) {
            await lab.node((life % 3) + 1).agent.restart('SIGKILL');
            await new Promise((resolve) => setTimeout(resolve, 2000 + 700 * life));
          }
          await untilOn(other);
          await lab.apply(engine.enabled);
          await untilOn(engine);
        },
        WAYS,
      );
    });
  }

  it('walk from one to plaintext and from there to the other', async () => {
    await lab.apply(BY_IPSEC.disabled);
    await untilAll(lab.nodes, 'plain');
    await lab.apply(BY_WIREGUARD.enabled);
    await untilOn(BY_WIREGUARD);
    await expectWireOf(BY_WIREGUARD);
  });
});

function otherThan(engine: LabEngine): LabEngine {
  return engine === BY_IPSEC ? BY_WIREGUARD : BY_IPSEC;
}
