import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { labDescribe } from '../lab-describe.js';
import { variant } from '../long.js';
import { IPSEC, WIREGUARD_ENGINE } from './engines.js';
import {
  type AgentLab,
  agentLabNeeds,
  freshKeyLine,
  METRICS_PORT,
  readable,
  shown,
  startAgentLab,
} from './index.js';
import { AMPLE, encryptUnderLoad, FLOWS, underLoad } from './life.js';
import { patience, untilAll, untilReady } from './pairs.js';

vi.setConfig(AMPLE);

const engine = variant(IPSEC, WIREGUARD_ENGINE);
const options = { synth: engine.disabled, keys: freshKeyLine(3) };

// The tests build on each other: a cluster's life from its first packet in plaintext to its last.
labDescribe(`agents on three nodes, with ${engine.mode}`, agentLabNeeds(options), () => {
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
      expect(await engine.traces(node)).toEqual([]);
      expect(await node.policies()).toEqual([]);
    }
  });

  it('encrypt all pairs under load without losing a packet', () => encryptUnderLoad(lab, engine));

  it('say so in encrypt status, in the words of the guide', async () => {
    const { code, stdout, stderr } = await lab.node(1).agent.command(['encrypt', 'status']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    const json = await lab.node(2).agent.command(['encrypt', 'status', '-o', 'json']);
    const said = JSON.parse(json.stdout) as object;
    expect(lines[0]).toBe(`Encryption: ${engine.mode.padEnd(26)}`);
    expect(said).toMatchObject({ mode: engine.mode });
    if (engine === IPSEC) expectIpsecSaid(lines, said);
    else expectWireguardSaid(lines, said);
  });

  it('say so to Prometheus', async () => {
    const { status, body } = await lab.node(1).agent.get('/metrics', METRICS_PORT);
    expect(status).toBe(200);
    const lines = body.split('\n');
    expect(lines).toContain('podcloak_pairs{state="encrypted"} 2');
    expect(lines).toContain('podcloak_pairs{state="plaintext"} 0');
    expect(lines).toContain('podcloak_ready 1');
    expect(body).toMatch(/^podcloak_build_info\{version="[^"]+",node_version="24\.[^"]+"\} 1$/m);
    if (engine === IPSEC) expectIpsecMeasured(body);
    else expectWireguardMeasured(body);
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
              { type: 'Encrypted', status: 'True' },
            ],
          },
        });
      }
    }, patience);
  });

  it('keep a CNI’s masquerading off what is encrypted', async () => {
    for (const node of lab.nodes) {
      expect(await node.script('nft list table inet podcloak')).toContain(
        engine === IPSEC ? 'rt ipsec exists' : 'oifname "podcloak_wg*"',
      );
    }
    await lab.node(1).script('nft delete table inet podcloak');
    await vi.waitFor(async () => {
      await lab.node(1).script('nft list table inet podcloak');
    }, patience);
  });

  it('write nothing to the kernel when they start again with the same state', async () => {
    const one = lab.node(1);
    const traces = await engine.traces(one);
    await one.agent.restart('SIGKILL');
    await untilReady([one]);
    expect(one.agent.log().split('podcloak agent').at(-1)).not.toContain('changed the kernel');
    expect(await engine.traces(one)).toEqual(traces);
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
    await untilAll(lab.nodes, 'closed', engine.closureOf);
    expect((await two.states()).some((text) => text.includes('spi 0x00000700'))).toBe(true);
  });

  it('let nothing out in plaintext when somebody takes what encrypts, and encrypt again', async () => {
    const two = lab.node(2);
    // Without the foreign SA of the test before, which is flushed along.
    const marks = engine.marks(2);
    const wire = await lab.recordWire();
    const traffic = await lab.startTraffic(FLOWS);
    await traffic.untilMore(5);
    const before = await wire.mark();
    if (engine === IPSEC) {
      await two.flush('state');
      await two.agent.prints(/SAs were lost/);
    } else await two.script('ip link del podcloak_wg0');
    await vi.waitFor(async () => expect(await engine.marksOf(two)).toHaveLength(marks), patience);
    await traffic.untilMore(20);
    const seen = await wire.packets({ from: before });
    await traffic.stop();
    await wire.stop();
    expect(shown(readable(seen))).toEqual([]);
  });

  it('go on encrypting while the API server is away, and when the agent starts again', async () => {
    lab.cutApi();
    await underLoad(lab, async () => {
      await lab.node(3).agent.restart('SIGKILL');
      await untilReady([lab.node(3)]);
    });
    lab.restoreApi();
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

function expectIpsecSaid(lines: readonly string[], said: object): void {
  const [, devices, keys, sequence, errors, ...rest] = lines;
  expect(devices).toBe('Decryption interface(s): eth0');
  expect(keys).toBe('Keys in use: 4                         ');
  expect(sequence).toMatch(/^Max Seq\. Number: 0x[1-9a-f][0-9a-f]*\/0xffffffffffffffff$/);
  expect(errors).toMatch(/^Errors: \d+ +$/);
  expect(rest.filter((line) => !/^\t|^Known causes/.test(line))).toEqual(['']);
  expect(said).toMatchObject({
    ipsec: { 'decrypt-interfaces': ['eth0'], 'keys-in-use': 4 },
  });
}

function expectWireguardSaid(lines: readonly string[], said: object): void {
  const [, device, key, peers, ...rest] = lines;
  expect(device).toBe('Interface: podcloak_wg0');
  expect(key).toMatch(/^\tPublic key: [A-Za-z0-9+/]{43}=$/);
  expect(peers).toBe('\tNumber of peers: 2');
  expect(rest).toContain('PSK of podcloak_wg0, UDP port 51871: from the Secret, key id 3');
  for (const name of ['n2', 'n3']) {
    expect(
      rest.filter((line) => line.startsWith(`\t${name}: confirmed, last handshake `)),
    ).toHaveLength(1);
  }
  expect(rest.join('\n')).not.toMatch(/not confirmed|not encrypted|no known node/);
  expect(said).toMatchObject({
    wireguard: {
      interfaces: [{ name: 'podcloak_wg0', 'listen-port': 51_871, 'peer-count': 2 }],
      'node-encryption': 'Disabled',
    },
  });
}

function expectIpsecMeasured(body: string): void {
  const lines = body.split('\n');
  expect(lines).toContain('podcloak_ipsec_keys 4');
  expect(lines).toContain('podcloak_ipsec_xfrm_states{direction="in"} 2');
  expect(lines).toContain('podcloak_ipsec_xfrm_states{direction="out"} 2');
  expect(body).toMatch(/^podcloak_ipsec_xfrm_error\{type="inbound",error="no_state"\} \d+$/m);
  expect(body).toMatch(/^podcloak_ipsec_xfrm_policies\{direction="fwd"\} [1-9]\d*$/m);
}

function expectWireguardMeasured(body: string): void {
  const lines = body.split('\n');
  expect(lines).toContain('podcloak_wireguard_peers{interface="podcloak_wg0"} 2');
  expect(body).toMatch(
    /^podcloak_wireguard_interface_info\{interface="podcloak_wg0",.*listen_port="51871"\} 1$/m,
  );
  for (const peer of ['n2', 'n3']) {
    const labels = `{interface="podcloak_wg0",peer="${peer}"}`;
    expect(lines).toContain(`podcloak_wireguard_peer_confirmed${labels} 1`);
    for (const name of ['received_bytes_total', 'sent_bytes_total']) {
      const found = lines.find((line) => line.startsWith(`podcloak_wireguard_${name}${labels} `));
      expect(Number(found?.split(' ').at(-1)), name).toBeGreaterThan(1000);
    }
  }
}
