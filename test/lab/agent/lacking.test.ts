import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { diagnostic } from '../../../src/errors/index.js';
import { records } from '../agents.js';
import { labDescribe } from '../lab-describe.js';
import { waitFor } from '../wait.js';
import {
  type Agent,
  type AgentLab,
  agentLabNeeds,
  freshKeyLine,
  type LabNode,
  startAgentLab,
} from './index.js';
import { AMPLE, ENABLED } from './life.js';
import { patience, untilAll, untilReady } from './pairs.js';
import { Secrets } from './secrets.js';

vi.setConfig(AMPLE);

const options = { nodes: 2, synth: ENABLED, keys: freshKeyLine(3) };

/** The kernel's own helper; another one keeps it from loading modules by itself, as some images do. */
const HELPER = '/proc/sys/kernel/modprobe';

/** The commands that a remedy names. */
function commandsOf(code: 'PC701' | 'PC702' | 'PC713'): string[] {
  const { remedy = '' } = diagnostic(code, '');
  return [...remedy.matchAll(/`(modprobe [^`]+)`/g)].map(([, command = '']) => command);
}

// The tests build on each other: a kernel gets one part after the other.
labDescribe('agents on a kernel that lacks something', agentLabNeeds(options), () => {
  let lab: AgentLab;
  let one: LabNode;
  const secrets = new Secrets();
  beforeAll(async () => {
    lab = await startAgentLab(options);
    one = lab.node(1);
    await lab.guest.script(`rmmod xfrm_user; echo /bin/false >${HELPER}`);
  });
  afterAll(() => lab?.stop());

  /** Waits until it says that it is not ready for this reason. */
  const untilNotReady = (agent: Agent, reason: RegExp): Promise<void> =>
    waitFor(async () => {
      const { status, body } = await agent.get('/readyz');
      if (status === 503 && reason.test(body)) return;
      throw new Error(`${status} ${body}\n${agent.log().slice(-1500)}`);
    }, patience);

  it('say which module is missing, and wait for it without ending', async () => {
    expect(await lab.guest.script('cat /proc/modules')).not.toMatch(/^(xfrm_user|esp4|esp6) /m);
    for (const { agent } of lab.nodes) agent.start();
    for (const { agent } of lab.nodes) await untilNotReady(agent, /PC701/);
    expect(one.agent.log()).toMatch(/level=error msg="PC701: .*fix="Load the modules/);
    expect(await one.agent.get('/healthz')).toMatchObject({ status: 200 });
  });

  it('say that the algorithm is missing, and have done nothing by halves', async () => {
    await lab.guest.script('modprobe -a xfrm_user esp4');
    for (const { agent } of lab.nodes) await untilNotReady(agent, /PC702: .*key id 3, rfc4106/);
    for (const node of lab.nodes) {
      expect(await node.states()).toEqual([]);
      expect(await node.policies()).toEqual([]);
      const { status } = await lab.plane.request('GET', `${records}/${node.name}`);
      expect(status).toBe(404);
    }
    const { stdout } = await one.agent.command(['encrypt', 'status']);
    expect(stdout).toContain('PC702');
  });

  it('say that ESP is missing for one family only', async () => {
    for (const command of commandsOf('PC702')) await lab.guest.script(command);
    for (const { agent } of lab.nodes) await untilNotReady(agent, /PC701: .*over IPv6/);
  });

  it('say that nftables is missing, and encrypt nothing without', async () => {
    for (const command of commandsOf('PC701')) await lab.guest.script(command);
    for (const { agent } of lab.nodes) await untilNotReady(agent, /PC713/);
    for (const node of lab.nodes) expect(await node.states()).toEqual([]);
  });

  it('encrypt as soon as nothing is missing, in the same life', async () => {
    for (const command of commandsOf('PC713')) await lab.guest.script(command);
    await untilAll(lab.nodes, 'closed');
    await untilReady(lab.nodes);
    for (const { agent } of lab.nodes) {
      expect(agent.isRunning()).toBe(true);
      expect(agent.log().match(/podcloak agent \d/g)).toHaveLength(1);
    }
  });

  it('say that they have not the right, and leave what there is', async () => {
    const before = [await one.states(), await one.policies()];
    await one.agent.stop();
    const powerless = one.agentWith({ capabilities: [] });
    powerless.start();
    await untilNotReady(powerless, /PC703/);
    expect(powerless.log()).toMatch(/level=error msg="PC703: .*fix="Run it with .*NET_ADMIN/);
    expect(await powerless.get('/healthz')).toMatchObject({ status: 200 });
    await powerless.stop();
    expect([await one.states(), await one.policies()]).toEqual(before);
    one.agent.start();
    await untilReady([one]);
  });

  it.each([
    'ipv4/conf/eth0/disable_xfrm',
    'ipv4/conf/all/disable_policy',
    'ipv6/conf/eth0/disable_policy',
  ])('say that a device is exempt from IPsec: %s', async (setting) => {
    await one.script(`echo 1 >/proc/sys/net/${setting}`);
    const name = `net.${setting.replaceAll('/', '.')}`;
    await untilNotReady(one.agent, new RegExp(`PC718: .*${name} is 1`));
    await one.script(`echo 0 >/proc/sys/net/${setting}`);
    await untilReady([one]);
  });

  it('have logged no secret', async () => {
    await secrets.expectNoneLogged(lab);
  });
});
