import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { formatRevoked, parseKeyLines } from '../../../src/key-lines/index.js';
import { checkValue } from '../../../src/keying/index.js';
import { labDescribe } from '../lab-describe.js';
import { isLong, variant } from '../long.js';
import { IPSEC, WIREGUARD_ENGINE } from './engines.js';
import {
  type AgentLab,
  agentLabNeeds,
  freshKeyLine,
  type LabNode,
  readable,
  shown,
  startAgentLab,
} from './index.js';
import { keyIDsOf, untilKeyIDs, untilKeyIDsAre, untilOnly } from './key-ids.js';
import { AMPLE, expectNoneLost, FLOWS } from './life.js';
import { patience, untilAll, untilReady } from './pairs.js';
import { Secrets } from './secrets.js';

vi.setConfig(AMPLE);

const engine = variant(IPSEC, WIREGUARD_ENGINE);
const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
const LINE = {
  1: freshKeyLine(1),
  3: freshKeyLine(3),
  /** Another algorithm, in the form of two. */
  4: `4+ hmac(sha256) ${hex(32)} cbc(aes) ${hex(16)}\n`,
  5: `5+ rfc7539esp(chacha20,poly1305) ${hex(36)} 128\n`,
  6: freshKeyLine(6),
  14: freshKeyLine(14),
  15: `15+ rfc4106(gcm(aes)) ${hex(36)} 128\n`,
};
const options = {
  synth: [...engine.enabled, '--set', 'encryption.ipsec.keyRotationDuration=5s'],
  keys: LINE[3],
};

// The tests build on each other: the key ids follow one another, without a pause for the packets.
labDescribe(`agents with ${engine.mode} whose Secret changes`, agentLabNeeds(options), () => {
  let lab: AgentLab;
  let one: LabNode;
  let two: LabNode;
  let three: LabNode;
  /** Of the second node at the start, when there is one more. */
  let firstKeys: readonly string[];
  const secrets = new Secrets();
  for (const line of Object.values(LINE)) secrets.add(line);
  beforeAll(async () => {
    lab = await startAgentLab(options);
    [one, two, three] = [lab.node(1), lab.node(2), lab.node(3)];
    for (const { agent } of [one, two]) agent.start();
    await untilReady([one, two]);
    await untilAll([one, two], 'closed', engine.closureOf);
    firstKeys = await engine.keysUnder(two, 3);
  });
  afterEach(async () => {
    await lab?.sweep();
    await secrets.expectNoneLogged(lab);
  });
  afterAll(() => lab?.stop());

  /** Nothing is lost meanwhile, and between these nodes nothing is readable. */
  const underLoad = async (
    work: () => Promise<void>,
    encrypted: readonly LabNode[] = lab.nodes,
  ): Promise<void> => {
    const wire = await lab.recordWire();
    const traffic = await lab.startTraffic(FLOWS);
    await traffic.untilMore(5);
    await work();
    await traffic.untilMore(10);
    const reports = await traffic.stop();
    const seen = await wire.packets();
    await wire.stop();
    const inside = encrypted.map(({ i }) => i);
    const flows = reports.filter(({ title }) =>
      [...title.matchAll(/[pn](\d)/g)].every(([, i]) => inside.includes(Number(i))),
    );
    expect(flows.length).toBeGreaterThan(0);
    for (const { flow } of flows) expect(shown(readable(seen, flow))).toEqual([]);
    expectNoneLost(reports);
  };
  const write = async (text: string, nodes: readonly LabNode[] = lab.nodes): Promise<void> => {
    for (const node of nodes) await node.writeKeys(text);
  };

  it('move to the new key, also with a node that joins half way', async () => {
    await underLoad(async () => {
      await write(LINE[4], [one]);
      await three.writeKeys(LINE[4]);
      three.agent.start();
      await untilReady([three]);
      await untilAll([one, three], 'closed', engine.closureOf);
      await write(LINE[4], [two]);
      await untilOnly([4], lab.nodes, engine);
      await untilAll(lab.nodes, 'closed', engine.closureOf);
    }, [one, two]);
    if (engine !== IPSEC) return;
    for (const node of lab.nodes) {
      expect((await node.states()).every((text) => text.includes('enc cbc(aes)'))).toBe(true);
    }
  });

  it('forget the private key of the old one', async () => {
    for (const node of lab.nodes) {
      const state = await node.readState('state.json');
      const { own } = JSON.parse(state.split('\n')[2] ?? '') as {
        own: { privateKeys: Record<string, string> };
      };
      expect(Object.keys(own.privateKeys)).toEqual(['4']);
    }
  });

  it('end on the last key where the Secret changes again in the middle', async () => {
    await underLoad(async () => {
      await write(`${LINE[4]}${LINE[5]}`, [one, two]);
      await untilKeyIDs(one, [4, 5], engine);
      await write(LINE[6], [three, one]);
      await write(LINE[6], [two]);
      if (engine !== IPSEC) {
        // Pairs are on two devices of keys that are gone: the third waits until the later of them is everywhere.
        await one.agent.prints(/PC741: .*key id 6 waits for pairs on key id 4 and 5/);
        await write(LINE[5]);
        await untilOnly([5], lab.nodes, engine);
        await write(LINE[6]);
      }
      await untilOnly([6], lab.nodes, engine);
    });
  });

  it('stay on the old key with a node that has not got the new one, and name it', async () => {
    await underLoad(async () => {
      await write(`${LINE[6]}${LINE[14]}`, [one, two]);
      await statusOf(one, (peers) => {
        expect(peers).toMatchObject([
          { node: 'n2', state: 'encrypted', keyID: 14 },
          { node: 'n3', state: 'encrypted', keyID: 6, cause: 'old-secret' },
        ]);
      });
      // As a Secret that was replaced rather than added to.
      await write(LINE[14], [one]);
      await statusOf(three, (peers) => {
        expect(peers).toMatchObject([
          { node: 'n1', state: 'encrypted', keyID: 6, cause: 'unknown-key-id' },
          { node: 'n2', state: 'encrypted', keyID: 6 },
        ]);
      });
      await write(LINE[14], [two, three]);
      await untilOnly([14], lab.nodes, engine);
    });
    await statusOf(one, (peers) => {
      expect(peers).toMatchObject([{ keyID: 14 }, { keyID: 14 }]);
      expect(peers.some(({ cause }) => cause !== undefined)).toBe(false);
    });
  });

  it('go on while the API server is away, and move when it is back, past the highest id', async () => {
    await underLoad(async () => {
      lab.cutApi();
      await write(`${LINE[14]}${LINE[15]}`);
      // An agent may start without the API server, too.
      await one.agent.restart('SIGKILL');
      await untilReady([one]);
      expect(await keyIDsOf(two, engine)).toEqual([14]);
      lab.restoreApi();
      await untilKeyIDs(one, [14, 15], engine);
      await write(`${LINE[15]}${LINE[1]}`);
      await untilKeyIDs(one, [15, 1], engine);
      await write(LINE[1]);
      await untilOnly([1], lab.nodes, engine);
    });
  });

  it('take a key id that comes back for a new key', async () => {
    const used = [...firstKeys];
    await underLoad(async () => {
      await write(LINE[3]);
      await untilOnly([3], lab.nodes, engine);
      used.push(...(await engine.keysUnder(two, 3)));
      await write(LINE[1]);
      await untilOnly([1], lab.nodes, engine);
      await write(LINE[3]);
      await untilOnly([3], lab.nodes, engine);
    });
    used.push(...(await engine.keysUnder(two, 3)));
    // With the first of the others, and twice with both.
    expect(used).toHaveLength(engine.keysOf(1) + 2 * engine.keysOf(2));
    expect(new Set(used).size).toBe(used.length);
  });

  it('drop a revoked key at once, wherever it is, and stay shut without another', async () => {
    const { stdout } = await lab.plane.kubectl(['get', 'ns', 'kube-system', '-o', 'json']);
    const { metadata } = JSON.parse(stdout) as { metadata: { uid: string } };
    const [line] = parseKeyLines(LINE[3]).keys;
    if (line === undefined) throw new Error('there is no such line');
    const check = Buffer.from(checkValue(line, metadata.uid)).toString('base64');
    const revoked = formatRevoked([{ keyID: 3, check }]);
    const wire = await lab.recordWire();
    const traffic = await lab.startTraffic(FLOWS);
    await write(`${LINE[3]}${LINE[6]}`, [one, two]);
    await statusOf(one, (peers) => {
      expect(peers).toMatchObject([{ keyID: 6 }, { keyID: 3, cause: 'old-secret' }]);
    });
    await statusOf(two, (peers) => {
      expect(peers).toMatchObject([{ keyID: 6 }, { keyID: 3 }]);
    });
    for (const node of [one, two]) await node.writeKeys(`${LINE[3]}${LINE[6]}`, revoked);
    await untilKeyIDsAre(one, [6], engine);
    await untilKeyIDsAre(two, [6], engine);
    await statusOf(two, (peers) => {
      expect(peers).toMatchObject([
        { node: 'n1', state: 'encrypted', keyID: 6 },
        { node: 'n3', state: 'blocked', keyID: null },
      ]);
    });
    // Its line must go as well; and it is not taken back after a restart.
    await one.agent.prints(/PC720: key id 3/);
    await one.agent.restart('SIGKILL');
    await untilReady([one]);
    expect(await keyIDsOf(one, engine)).toEqual([6]);
    await three.writeKeys(LINE[6], revoked);
    await untilOnly([6], lab.nodes, engine);
    await untilAll(lab.nodes, 'closed', engine.closureOf);
    await traffic.untilMore(10);
    const reports = await traffic.stop();
    expect(shown(readable(await wire.packets()))).toEqual([]);
    await wire.stop();
    // Between those that had another key nothing was lost; with the third all was, for a while.
    expectNoneLost(reports.filter(({ title }) => !title.includes('3')));
    expect(reports.filter(({ lost }) => lost.length > 0).length).toBeGreaterThan(0);
  });

  // test/long/kills.test.ts kills at each write to the kernel, which is stricter.
  const kills = 'lose nothing when they are killed again and again meanwhile';
  if (!isLong()) return;
  it(kills, async () => {
    await underLoad(async () => {
      await write(LINE[4]);
      for (let i = 0; i < 8; i += 1) {
        const node = lab.nodes[i % 3];
        await node?.agent.restart('SIGKILL');
        await new Promise((resolve) => setTimeout(resolve, 2500 + 700 * i));
      }
      await untilOnly([4], lab.nodes, engine);
      await untilAll(lab.nodes, 'closed', engine.closureOf);
    });
  });
});

interface Peer {
  readonly node: string;
  readonly state: string;
  readonly keyID: number | null;
  readonly cause?: string;
}

/** Waits until what a node says of its peers is as expected. */
async function statusOf(
  { agent }: LabNode,
  check: (peers: readonly Peer[]) => void,
): Promise<void> {
  await vi.waitFor(async () => {
    const { stdout } = await agent.command(['encrypt', 'status', '-o', 'json']);
    const { podcloak } = JSON.parse(stdout) as { podcloak: { peers: readonly Peer[] } };
    check(podcloak.peers);
  }, patience);
}
