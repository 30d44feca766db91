import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { labDescribe } from '../lab-describe.js';
import {
  type AgentLab,
  agentLabNeeds,
  esp,
  freshKeyLine,
  METRICS_PORT,
  readable,
  shown,
  startAgentLab,
} from './index.js';
import { AMPLE, DISABLED, ENABLED, expectNoneLost, FLOWS } from './life.js';
import { patience, untilAll, untilReady } from './pairs.js';

vi.setConfig(AMPLE);

const options = { synth: DISABLED, keys: freshKeyLine(3) };

// The tests build on each other: a cluster's life from its first packet in plaintext to its last.
labDescribe('agents on three nodes', agentLabNeeds(options), () => {
  let lab: AgentLab;
  beforeAll(async () => {
    lab = await startAgentLab(options);
  });
  afterEach(() => lab?.sweep());
  afterAll(() => lab?.stop());

  it('are ready and leave the kernel alone while encryption is off', async () => {
    for (const { agent } of lab.nodes) agent.start();
    await untilReady(lab.nodes);
    for (const node of lab.nodes) {
      expect(await node.states()).toEqual([]);
      expect(await node.policies()).toEqual([]);
    }
  });

  it('encrypt all pairs under load without losing a packet', async () => {
    const wire = await lab.recordWire();
    const traffic = await lab.startTraffic(FLOWS);
    await traffic.untilMore(10);
    await lab.apply(ENABLED);
    await untilAll(lab.nodes, 'closed');
    const closed = await wire.mark();
    await traffic.untilMore(20);
    const reports = await traffic.stop();
    const before = await wire.packets({ to: closed });
    const after = await wire.packets({ from: closed });
    await wire.stop();

    for (const { flow } of traffic.flows) {
      expect(readable(before, flow).length, `flow ${flow} before`).toBeGreaterThan(5);
      expect(shown(readable(after, flow)), `flow ${flow} after`).toEqual([]);
    }
    expect(esp(after).length).toBeGreaterThan(100);
    expectNoneLost(reports);
  });

  it('say so in encrypt status, in the words of the guide', async () => {
    const { code, stdout, stderr } = await lab.node(1).agent.command(['encrypt', 'status']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const [mode, devices, keys, sequence, errors, ...rest] = stdout.split('\n');
    expect(mode).toBe('Encryption: IPsec                     ');
    expect(devices).toBe('Decryption interface(s): eth0');
    expect(keys).toBe('Keys in use: 4                         ');
    expect(sequence).toMatch(/^Max Seq\. Number: 0x[1-9a-f][0-9a-f]*\/0xffffffffffffffff$/);
    expect(errors).toMatch(/^Errors: \d+ +$/);
    expect(rest.filter((line) => !/^\t|^Known causes/.test(line))).toEqual(['']);
    const json = await lab.node(2).agent.command(['encrypt', 'status', '-o', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      mode: 'IPsec',
      ipsec: { 'decrypt-interfaces': ['eth0'], 'keys-in-use': 4 },
    });
  });

  it('say so to Prometheus', async () => {
    const { status, body } = await lab.node(1).agent.get('/metrics', METRICS_PORT);
    expect(status).toBe(200);
    const lines = body.split('\n');
    expect(lines).toContain('podcloak_ipsec_keys 4');
    expect(lines).toContain('podcloak_ipsec_xfrm_states{direction="in"} 2');
    expect(lines).toContain('podcloak_ipsec_xfrm_states{direction="out"} 2');
    expect(lines).toContain('podcloak_pairs{state="encrypted"} 2');
    expect(lines).toContain('podcloak_pairs{state="plaintext"} 0');
    expect(lines).toContain('podcloak_ready 1');
    expect(body).toMatch(/^podcloak_ipsec_xfrm_error\{type="inbound",error="no_state"\} \d+$/m);
    expect(body).toMatch(/^podcloak_ipsec_xfrm_policies\{direction="fwd"\} [1-9]\d*$/m);
    expect(body).toMatch(/^podcloak_build_info\{version="[^"]+",node_version="24\.[^"]+"\} 1$/m);
  });

  it('say so in their records', async () => {
    await vi.waitFor(async () => {
      const { stdout } = await lab.plane.kubectl(['get', 'encryptionnodes', '-o', 'json']);
      const { items } = JSON.parse(stdout) as { items: object[] };
      expect(items).toHaveLength(3);
      for (const item of items) {
        expect(item).toMatchObject({
          spec: { phase: 'Enforced' },
          status: {
            keyIDs: [3],
            conditions: [
              { type: 'Ready', status: 'True' },
              { type: 'Clean', status: 'False' },
            ],
          },
        });
      }
    }, patience);
  });

  it('keep a CNI’s masquerading off what is encrypted', async () => {
    for (const node of lab.nodes) {
      expect(await node.script('nft list table inet podcloak')).toContain('rt ipsec exists');
    }
    await lab.node(1).script('nft delete table inet podcloak');
    await vi.waitFor(async () => {
      await lab.node(1).script('nft list table inet podcloak');
    }, patience);
  });

  it('write nothing to the kernel when they start again with the same state', async () => {
    const one = lab.node(1);
    const states = await one.states();
    await one.agent.restart('SIGKILL');
    await untilReady([one]);
    expect(one.agent.log().split('podcloak agent').at(-1)).not.toContain('changed the kernel');
    expect((await one.states()).length).toBe(states.length);
  });

  it('put policies back that somebody has flushed, and leave foreign ones alone', async () => {
    const two = lab.node(2);
    const foreign = 'src 198.51.100.0/24 dst 203.0.113.0/24';
    await two.script(`
      ip xfrm policy add ${foreign} dir out priority 7 tmpl src 192.0.2.1 dst 192.0.2.2 proto esp reqid 7 mode tunnel
      ip xfrm state add src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x700 reqid 7 mode tunnel \\
        aead 'rfc4106(gcm(aes))' 0x0102030405060708090a0b0c0d0e0f1011121314 128`);
    const ours = (await two.policies()).filter(({ user }) => user !== 0).length;
    await two.script(
      'ip xfrm policy deleteall dir fwd src 10.244.1.0/24 dst 10.244.2.0/24; ip xfrm policy flush',
    );
    await vi.waitFor(async () => {
      expect((await two.policies()).filter(({ user }) => user !== 0).length).toBe(ours);
    }, patience);
    await untilAll(lab.nodes, 'closed');
    expect((await two.states()).some((text) => text.includes('spi 0x00000700'))).toBe(true);
  });

  it('shut and re-key a pair whose SAs somebody has flushed', async () => {
    const wire = await lab.recordWire();
    const traffic = await lab.startTraffic(FLOWS);
    await traffic.untilMore(5);
    const before = await wire.mark();
    await lab.node(2).flush('state');
    await lab.node(2).agent.prints(/SAs were lost/);
    await vi.waitFor(async () => expect((await lab.node(2).states()).length).toBe(4), {
      timeout: 120_000,
      interval: 1000,
    });
    await traffic.untilMore(20);
    const seen = await wire.packets({ from: before });
    await traffic.stop();
    await wire.stop();
    expect(shown(readable(seen))).toEqual([]);
  });

  it('go on encrypting while the API server is away, and when the agent starts again', async () => {
    const wire = await lab.recordWire();
    lab.cutApi();
    const traffic = await lab.startTraffic(FLOWS);
    await traffic.untilMore(5);
    await lab.node(3).agent.restart('SIGKILL');
    await untilReady([lab.node(3)]);
    await traffic.untilMore(10);
    const reports = await traffic.stop();
    expect(shown(readable(await wire.packets()))).toEqual([]);
    expect(reports.flatMap(({ lost }) => lost)).toEqual([]);
    lab.restoreApi();
    await wire.stop();
  });

  it('keep pairs encrypted when Nodes, records and their definition are deleted', async () => {
    const wire = await lab.recordWire();
    const traffic = await lab.startTraffic(FLOWS);
    await lab.plane.kubectl(['delete', 'node', 'n3']);
    await lab.plane.kubectl(['delete', 'encryptionnodes', '--all']);
    await lab.plane.kubectl(['delete', 'crd', 'encryptionnodes.podcloak.dev']);
    await traffic.untilMore(30);
    const reports = await traffic.stop();
    expect(shown(readable(await wire.packets()))).toEqual([]);
    expect(reports.flatMap(({ lost }) => lost)).toEqual([]);
    await wire.stop();
  });
});
