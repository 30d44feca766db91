import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { diagnostic } from '../../../src/errors/index.js';
import { records } from '../agents.js';
import { labDescribe } from '../lab-describe.js';
import { variant } from '../long.js';
import { waitFor } from '../wait.js';
import { IPSEC, WIREGUARD_ENGINE } from './engines.js';
import {
  type Agent,
  type AgentLab,
  agentLabNeeds,
  freshKeyLine,
  type LabNode,
  startAgentLab,
} from './index.js';
import { AMPLE } from './life.js';
import { patience, untilAll, untilReady } from './pairs.js';
import { Secrets } from './secrets.js';

vi.setConfig(AMPLE);

const engine = variant(IPSEC, WIREGUARD_ENGINE);
const options = { nodes: 2, synth: engine.enabled, keys: freshKeyLine(3) };

/** The kernel's own helper; another one keeps it from loading modules by itself, as some images do. */
const HELPER = '/proc/sys/kernel/modprobe';

/** The commands that a remedy names. */
function commandsOf(code: 'PC701' | 'PC702' | 'PC713' | 'PC734'): string[] {
  const { remedy = '' } = diagnostic(code, '');
  return [...remedy.matchAll(/`(modprobe [^`]+)`/g)].map(([, command = '']) => command);
}

interface Lack {
  readonly what: string;
  /** Why it is not ready. */
  readonly says: RegExp;
  /** That makes up for it, and for nothing of what follows. */
  readonly commands: readonly string[];
  /** Nothing is said to other nodes yet. */
  readonly isSilent: boolean;
}

/** What a kernel without modules lacks, in the order in which it is found out. */
const LACKS: readonly Lack[] = {
  ipsec: [
    {
      what: 'XFRM',
      says: /PC701/,
      commands: ['modprobe -a xfrm_user esp4'],
      isSilent: true,
    },
    {
      what: 'the algorithm',
      says: /PC702: .*key id 3, rfc4106/,
      commands: commandsOf('PC702'),
      isSilent: true,
    },
    {
      what: 'ESP for one family',
      says: /PC701: .*over IPv6/,
      commands: commandsOf('PC701'),
      isSilent: true,
    },
    { what: 'nftables', says: /PC713/, commands: commandsOf('PC713'), isSilent: false },
  ],
  wireguard: [
    { what: 'XFRM', says: /PC701/, commands: ['modprobe xfrm_user'], isSilent: true },
    { what: 'WireGuard', says: /PC734/, commands: commandsOf('PC734'), isSilent: true },
    { what: 'nftables', says: /PC713/, commands: commandsOf('PC713'), isSilent: false },
  ],
}[engine.name];

// The tests build on each other: a kernel gets one part after the other.
labDescribe(
  `agents with ${engine.mode} on a kernel that lacks something`,
  agentLabNeeds(options),
  () => {
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

    const untilSaid = (wanted: Readonly<Record<string, string>>): Promise<void> =>
      waitFor(async () => {
        const { body } = await lab.plane.request('GET', `${records}/${one.name}`);
        const { status } = body as { status?: { conditions?: { type: string; status: string }[] } };
        const said = Object.fromEntries(
          (status?.conditions ?? []).map(({ type, status: value }) => [type, value]),
        );
        expect(said).toMatchObject(wanted);
      }, patience);

    it('say that a module is missing, and wait for it without ending', async () => {
      const modules = await lab.guest.script('cat /proc/modules');
      expect(modules).not.toMatch(/^(xfrm_user|esp4|esp6|wireguard|nf_tables) /m);
      for (const { agent } of lab.nodes) agent.start();
      const [first] = LACKS;
      for (const { agent } of lab.nodes) await untilNotReady(agent, first?.says ?? /never/);
      expect(one.agent.log()).toMatch(/level=error msg="PC7\d\d: .*fix="Load /);
      expect(await one.agent.get('/healthz')).toMatchObject({ status: 200 });
    });

    it.each(LACKS)(
      'say that $what is missing, and have done nothing by halves',
      async ({ what, says, commands, isSilent }) => {
        for (const { agent } of lab.nodes) await untilNotReady(agent, says);
        for (const node of lab.nodes) {
          // Without it iproute2 cannot look, either.
          const peers = what === 'XFRM' ? [] : lab.nodes.filter((peer) => peer !== node);
          for (const peer of peers) expect(await engine.closureOf(node, peer)).toBe('plain');
          if (!isSilent) continue;
          if (what !== 'XFRM') expect(await engine.marksOf(node)).toEqual([]);
          const { status } = await lab.plane.request('GET', `${records}/${node.name}`);
          expect(status).toBe(404);
        }
        const { stdout, stderr } = await one.agent.command(['encrypt', 'status']);
        expect(`${stdout}${stderr}`).toMatch(says);
        for (const command of commands) await lab.guest.script(command);
      },
    );

    it('encrypt as soon as nothing is missing, in the same life', async () => {
      await untilAll(lab.nodes, 'closed', engine.closureOf);
      await untilReady(lab.nodes);
      for (const { agent } of lab.nodes) {
        expect(agent.isRunning()).toBe(true);
        expect(agent.log().match(/podcloak agent \d/g)).toHaveLength(1);
      }
    });

    it('take back what the record says of them, when they come back without their Secret', async () => {
      await untilSaid({ Ready: 'True', Encrypted: 'True' });
      await one.agent.stop('SIGKILL');
      await one.forgetState();
      await one.writeKeys(undefined);
      one.agent.start();
      await untilSaid({ Ready: 'False', Encrypted: 'False' });
      await one.writeKeys(options.keys);
      await untilSaid({ Ready: 'True', Encrypted: 'True' });
      await untilAll(lab.nodes, 'closed', engine.closureOf);
    });

    it('say that they have not the right, and leave what there is', async () => {
      const seen = async () => [await engine.traces(one), await one.policies()];
      const before = await seen();
      await one.agent.stop();
      const powerless = one.agentWith({ capabilities: [] });
      powerless.start();
      await untilNotReady(powerless, /PC703/);
      expect(powerless.log()).toMatch(/level=error msg="PC703: .*fix="Run it with .*NET_ADMIN/);
      expect(await powerless.get('/healthz')).toMatchObject({ status: 200 });
      await powerless.stop();
      expect(await seen()).toEqual(before);
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
  },
);
