import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { IPSEC, WIREGUARD_ENGINE } from '../lab/agent/engines.js';
import {
  type AgentLab,
  agentLabNeeds,
  type FlowReport,
  freshKeyLine,
  type LabNode,
  type Packet,
  readable,
  shown,
  startAgentLab,
} from '../lab/agent/index.js';
import { AMPLE, expectNoneLost, FLOWS } from '../lab/agent/life.js';
import { patience, untilAll, untilReady } from '../lab/agent/pairs.js';
import { Secrets } from '../lab/agent/secrets.js';
import { labDescribe } from '../lab/lab-describe.js';

vi.setConfig(AMPLE);

const RIGHT = freshKeyLine(3);
const WRONG = freshKeyLine(3);
/** With a comma in its key, and a piece too short. */
const DAMAGED = `3+ rfc4106(gcm(aes)) ${randomBytes(18).toString('hex')},${randomBytes(1).toString('hex')} 128\n`;
for (const engine of [IPSEC, WIREGUARD_ENGINE]) {
  const options = { synth: engine.enabled, keys: RIGHT };

  // The tests build on each other: a wrong key from the start, later, and a file that is no key file.
  labDescribe(`agents with one wrong key file, by ${engine.mode}`, agentLabNeeds(options), () => {
    let lab: AgentLab;
    let one: LabNode;
    let two: LabNode;
    let three: LabNode;
    const secrets = new Secrets();
    for (const text of [RIGHT, WRONG, DAMAGED]) secrets.add(text);
    beforeAll(async () => {
      lab = await startAgentLab(options);
      [one, two, three] = [lab.node(1), lab.node(2), lab.node(3)];
      await three.writeKeys(WRONG);
    });
    afterEach(async () => {
      await lab?.sweep();
      await secrets.expectNoneLogged(lab);
    });
    afterAll(() => lab?.stop());

    /** Under load, with all that passed on the wire while it was done. */
    const underLoad = async (
      work: () => Promise<void>,
    ): Promise<{ reports: readonly FlowReport[]; seen: readonly Packet[] }> => {
      const wire = await lab.recordWire();
      const traffic = await lab.startTraffic(FLOWS);
      await traffic.untilMore(5);
      await work();
      await traffic.untilMore(10);
      const reports = await traffic.stop();
      const seen = await wire.packets();
      await wire.stop();
      return { reports, seen };
    };

    it('encrypt without it, and say whose key is another', async () => {
      const { reports, seen } = await underLoad(async () => {
        for (const { agent } of lab.nodes) agent.start();
        await untilReady(lab.nodes);
        await untilAll([one, two], 'closed', engine.closureOf);
        await statusSays(one, /n3: plaintext: it has another key under key id 3/);
        await statusSays(three, /n2: plaintext: it has another key under key id 3/);
      });
      expectNoneLost(reports);
      for (const peer of [one, two]) {
        expect(await engine.closureOf(peer, three)).toBe('plain');
        expect(await engine.closureOf(three, peer)).toBe('plain');
      }
      const toThree = reports.filter(({ title }) => title.includes('3'));
      for (const { flow } of toThree) expect(readable(seen, flow).length).toBeGreaterThan(10);
      // Whoever has the right key is ready, whatever the others have.
      await untilReady(lab.nodes);
    });

    it('encrypt with it as soon as it has the right key', async () => {
      const { reports } = await underLoad(async () => {
        await three.writeKeys(RIGHT);
        await untilAll(lab.nodes, 'closed', engine.closureOf);
      });
      expectNoneLost(reports);
      expect(three.agent.log()).not.toContain('PC710');
    });

    it('go on with the old key where another comes under its id', async () => {
      const before = await engine.marksOf(two);
      const { reports, seen } = await underLoad(async () => {
        await two.writeKeys(WRONG);
        await two.agent.prints(/PC710: key id 3 has other key material/);
        await two.agent.restart('SIGKILL');
        await two.agent.prints(/PC710: key id 3 has other key material/);
        await notReady(two, 'PC710');
        await one.agent.restart();
        await untilReady([one]);
      });
      expect(shown(readable(seen))).toEqual([]);
      expectNoneLost(reports);
      expect(await engine.marksOf(two)).toEqual(before);
      await two.writeKeys(RIGHT);
      await two.agent.prints(/solved: PC710/);
      await untilReady(lab.nodes);
      expect(await engine.marksOf(two)).toEqual(before);
    });

    it('go on with the old key where the Secret is damaged or gone', async () => {
      const before = await engine.marksOf(one);
      const { reports, seen } = await underLoad(async () => {
        await one.writeKeys(DAMAGED);
        await one.agent.prints(/level=error msg="PC305: .*not hex/);
        await notReady(one, 'PC305');
        await one.agent.restart('SIGKILL');
        await one.agent.prints(/level=error msg="PC305: .*not hex/);
        await one.writeKeys(undefined);
        await one.agent.prints(
          /level=error msg="PC708: .*kube-system\/cilium-ipsec-keys, key keys/,
        );
        await notReady(one, 'PC708');
        await one.writeKeys(`${RIGHT}${RIGHT}`);
        await one.agent.prints(/level=error msg="PC308: key id 3 stands on line 1 already/);
      });
      expect(shown(readable(seen))).toEqual([]);
      expectNoneLost(reports);
      await one.writeKeys(RIGHT);
      await one.agent.prints(/solved: PC308/);
      await untilReady(lab.nodes);
      await untilAll(lab.nodes, 'closed', engine.closureOf);
      expect(await engine.marksOf(one)).toEqual(before);
    });
  });
}

async function statusSays({ agent }: LabNode, words: RegExp): Promise<void> {
  await vi.waitFor(async () => {
    const { stdout, stderr } = await agent.command(['encrypt', 'status']);
    expect(`${stdout}${stderr}`).toMatch(words);
  }, patience);
}

async function notReady({ agent }: LabNode, code: string): Promise<void> {
  await vi.waitFor(async () => {
    const { status, body } = await agent.get('/readyz');
    expect({ status, body }).toEqual({ status: 503, body: expect.stringContaining(code) });
  }, patience);
}
