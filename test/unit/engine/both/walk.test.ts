import { beforeEach, describe, expect, it } from 'vitest';
import type { PlannedPair } from '../../../../src/engine/index.js';
import type { Pair, Tunnel } from '../../../../src/pairs/index.js';
import {
  EXEMPT_FLOWS,
  type Fate,
  Fates,
  FLOWS,
  type Flow,
  MESSAGE,
  NODE_FLOWS,
  OUTER_FLOWS,
} from './fate.js';
import { type Ask, asked, BARE, NODE, Rig } from './rig.js';

/** An agent dies after every so many steps; with 1, after each, all walks take five minutes. */
const STRIDE = 3;
const NODES_STRIDE = 11;

/** A state of a pair as agents reach it, and what it promises once the kernel is as it should be. */
interface Stage {
  readonly ask: Ask;
  /** `ipsec`, or generations of WireGuard's devices, oldest first. */
  readonly tunnels: readonly Name[];
  readonly best?: Name;
  readonly closed: '' | 'out' | 'out in';
  /** How the peer may send. */
  readonly takes: readonly Fate[];
  readonly sends: Fate;
}
type Name = 'ipsec' | 1 | 2;

const ON: Ask = {};
const IPSEC: Ask = { type: 'ipsec' };
const BOTH: Ask = { lines: [3, 4] };
const wg0 = 'podcloak_wg0';
const wg1 = 'podcloak_wg1';

const PLAIN: Stage = { ask: ON, tunnels: [], closed: '', takes: ['plain'], sends: 'plain' };
const TO_WIREGUARD: readonly Stage[] = [
  PLAIN,
  { ask: ON, tunnels: [1], closed: '', takes: ['plain', wg0], sends: 'plain' },
  { ask: ON, tunnels: [1], best: 1, closed: 'out', takes: ['plain', wg0], sends: wg0 },
  { ask: ON, tunnels: [1], best: 1, closed: 'out in', takes: [wg0], sends: wg0 },
];
const OFF = { enabled: false };
const FROM_WIREGUARD: readonly Stage[] = [
  { ask: OFF, tunnels: [1], best: 1, closed: 'out', takes: ['plain', wg0], sends: wg0 },
  { ask: OFF, tunnels: [1], best: 1, closed: '', takes: ['plain', wg0], sends: 'plain' },
  { ask: OFF, tunnels: [], closed: '', takes: ['plain'], sends: 'plain' },
];
const TO_IPSEC: readonly Stage[] = [
  { ...PLAIN, ask: IPSEC },
  { ask: IPSEC, tunnels: ['ipsec'], closed: '', takes: ['plain', 'esp'], sends: 'plain' },
  {
    ...{ ask: IPSEC, tunnels: ['ipsec'], best: 'ipsec' },
    ...{ closed: 'out', takes: ['plain', 'esp'], sends: 'esp' },
  },
  { ask: IPSEC, tunnels: ['ipsec'], best: 'ipsec', closed: 'out in', takes: ['esp'], sends: 'esp' },
];
const both: readonly Fate[] = ['esp', wg0];
const closed = 'out in';
const IPSEC_TO_WIREGUARD: readonly Stage[] = [
  { ask: ON, tunnels: ['ipsec'], best: 'ipsec', closed, takes: ['esp'], sends: 'esp' },
  { ask: ON, tunnels: ['ipsec', 1], best: 'ipsec', closed, takes: both, sends: 'esp' },
  { ask: ON, tunnels: ['ipsec', 1], best: 1, closed, takes: both, sends: wg0 },
  { ask: ON, tunnels: [1], best: 1, closed, takes: [wg0], sends: wg0 },
];
const WIREGUARD_TO_IPSEC: readonly Stage[] = [
  { ask: IPSEC, tunnels: [1], best: 1, closed, takes: [wg0], sends: wg0 },
  { ask: IPSEC, tunnels: [1, 'ipsec'], best: 1, closed, takes: both, sends: wg0 },
  { ask: IPSEC, tunnels: [1, 'ipsec'], best: 'ipsec', closed, takes: both, sends: 'esp' },
  { ask: IPSEC, tunnels: ['ipsec'], best: 'ipsec', closed, takes: ['esp'], sends: 'esp' },
];
const NEW_KEYS: readonly Stage[] = [
  { ask: BOTH, tunnels: [1], best: 1, closed, takes: [wg0], sends: wg0 },
  { ask: BOTH, tunnels: [1, 2], best: 1, closed, takes: [wg0, wg1], sends: wg0 },
  { ask: BOTH, tunnels: [1, 2], best: 2, closed, takes: [wg0, wg1], sends: wg1 },
  { ask: { lines: [4] }, tunnels: [2], best: 2, closed, takes: [wg1], sends: wg1 },
];

const WALKS: readonly (readonly [name: string, stages: readonly Stage[]])[] = [
  ['plaintext to WireGuard and back', [...TO_WIREGUARD, ...FROM_WIREGUARD]],
  ['IPsec to WireGuard', [...TO_IPSEC, ...IPSEC_TO_WIREGUARD]],
  ['WireGuard to IPsec', [...TO_WIREGUARD, ...WIREGUARD_TO_IPSEC]],
  ['WireGuard to IPsec and back', [...TO_WIREGUARD, ...WIREGUARD_TO_IPSEC, ...IPSEC_TO_WIREGUARD]],
  ['keys to new ones', [...TO_WIREGUARD, ...NEW_KEYS]],
];

/** Walks a node, looks at every packet after each step, and notes what is wrong. */
class Walk {
  readonly rig: Rig;
  readonly wrong: string[] = [];
  /** Steps so far. */
  count = 0;
  readonly #fates: Fates;
  /** What must be encrypted. */
  readonly #flows: readonly Flow[];
  #before: Stage | undefined;
  /** Flows that were encrypted since the pair was closed. */
  readonly #encrypted = new Set<Flow>();
  /** A foreign tool has taken something away: the way is gone until it is healed. */
  isRobbed = false;

  constructor(nodeEncryption: boolean) {
    this.rig = new Rig({ ...NODE, nodeEncryption });
    this.#fates = new Fates(this.rig.kernel, this.rig.network);
    this.#flows = nodeEncryption ? [...FLOWS, ...NODE_FLOWS] : FLOWS;
  }

  /** @param killAt after so many steps the agent dies, and another goes on */
  async to(stage: Stage, killAt?: number): Promise<void> {
    for (let round = 0; ; round += 1) {
      await this.rig.engine.ask(askedOf(stage));
      const steps = await this.rig.look([this.#planned(stage)]);
      if (steps.length === 0) break;
      if (round === 8) throw new Error(`it never ends: ${steps.map(({ about }) => about)}`);
      for (const step of steps) {
        const failures = await this.rig.engine.apply([step]);
        expect(failures).toEqual([]);
        this.count += 1;
        this.#look(stage, step.about);
        if (this.count !== killAt) continue;
        await this.rig.restart();
        break;
      }
    }
    this.#arrived(stage);
    this.#before = stage;
  }

  /** Looks at what a foreign tool's change has done. */
  robbed(stage: Stage, what: string): void {
    this.isRobbed = true;
    this.#look(stage, what);
  }

  #planned({ tunnels, best, closed }: Stage): PlannedPair {
    const tunnelOf = (name: Name): Tunnel => {
      const made = this.rig.tunnel(name === 'ipsec' ? undefined : name);
      return { ...made, confirmed: name === best };
    };
    const all = tunnels.map(tunnelOf);
    const pair: Pair = {
      ...{ ...BARE, tunnels: all },
      ...{ outClosed: closed.includes('out'), inClosed: closed.includes('in') },
    };
    const last = all.at(-1);
    return {
      pair,
      best: best === undefined ? undefined : tunnelOf(best),
      probe: last,
    };
  }

  #look(stage: Stage, after: string): void {
    const { wrong } = this;
    const before = this.#before;
    this.#lookAtExempt(stage, after);
    for (const flow of this.#flows) {
      const fate = this.#fates.leaving(flow);
      const wasClosed = before?.closed.includes('out') === true || this.#encrypted.has(flow);
      const isClosed = stage.closed.includes('out');
      if (fate === 'plain' && wasClosed && isClosed) wrong.push(`${flow.name} plain: ${after}`);
      if (fate === 'lost' && !this.isRobbed) wrong.push(`${flow.name} lost: ${after}`);
      if (isClosed && fate !== 'plain') this.#encrypted.add(flow);
      if (!isClosed) this.#encrypted.delete(flow);
      if (this.isRobbed) continue;
      for (const way of stage.takes.filter((one) => before?.takes.includes(one) ?? false)) {
        const refusal = this.#fates.refusal(flow, way);
        if (refusal !== undefined) wrong.push(`${way} of ${flow.name}: ${refusal}: ${after}`);
      }
    }
  }

  /** What stays in plaintext between nodes is sent and taken so, whatever is in the making. */
  #lookAtExempt(stage: Stage, after: string): void {
    const hasDevices = [stage, this.#before].every((one) =>
      one?.tunnels.some((name) => name !== 'ipsec'),
    );
    for (const flow of [...EXEMPT_FLOWS, ...(hasDevices ? OUTER_FLOWS : [])]) {
      const fate = this.#fates.leaving(flow);
      const refusal = this.#fates.refusal(flow, 'plain');
      if (fate !== 'plain') this.wrong.push(`${flow.name} ${fate}: ${after}`);
      if (refusal !== undefined) this.wrong.push(`${flow.name}: ${refusal}: ${after}`);
    }
  }

  /** Messages go through the tunnel under test, and by no other way. */
  #wayOfMessages({ tunnels }: Stage): Fate {
    const last = tunnels.at(-1);
    if (last === undefined) return 'plain';
    return last === 'ipsec' ? 'esp' : last === 1 ? wg0 : wg1;
  }

  #arrived(stage: Stage): void {
    expect(this.#fates.leaving(MESSAGE)).toBe(this.#wayOfMessages(stage));
    const refused = stage.takes.flatMap((way) =>
      this.#flows.flatMap((flow) => {
        const refusal = this.#fates.refusal(flow, way);
        return refusal === undefined ? [] : [`${way} of ${flow.name}: ${refusal}`];
      }),
    );
    const taken = this.#flows.filter((flow) => this.#fates.refusal(flow, 'plain') === undefined);
    expect({
      refused,
      sends: [...new Set(this.#flows.map((flow) => this.#fates.leaving(flow)))],
      isShut: taken.length === 0,
    }).toEqual({ refused: [], sends: [stage.sends], isShut: stage.closed.includes('in') });
    this.isRobbed = false;
  }
}

function askedOf({ ask, tunnels }: Stage) {
  return asked({ ...ask, generations: tunnels.filter((one) => one !== 'ipsec') });
}

/** How to walk. */
interface Way {
  readonly nodeEncryption?: boolean;
  readonly rpFilter?: string;
  readonly killAt?: number;
}

async function walked(
  stages: readonly Stage[],
  { nodeEncryption = false, rpFilter = '1', killAt }: Way = {},
): Promise<Walk> {
  const walk = new Walk(nodeEncryption);
  walk.rig.network.settings.set('net/ipv4/conf/all/rp_filter', rpFilter);
  walk.rig.network.settings.set('net/ipv4/conf/eth0/rp_filter', rpFilter);
  for (const stage of stages) await walk.to(stage, killAt);
  return walk;
}

describe.each(
  WALKS.flatMap(([name, stages]) => [
    { name, stages, nodeEncryption: false },
    { name: `${name}, between nodes, too`, stages, nodeEncryption: true },
  ]),
)('from $name', ({ stages, nodeEncryption }) => {
  it.each(['0', '1'])('no packet is lost or in plaintext, rp_filter %s', async (rpFilter) => {
    const { wrong, count } = await walked(stages, { nodeEncryption, rpFilter });
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(20);
  });

  it('nor where the agent dies on the way, and another goes on', {
    timeout: 240_000,
  }, async () => {
    const { count } = await walked(stages, { nodeEncryption });
    const wrong: string[] = [];
    for (let killAt = 1; killAt <= count; killAt += nodeEncryption ? NODES_STRIDE : STRIDE) {
      const walk = await walked(stages, { nodeEncryption, killAt });
      wrong.push(...walk.wrong.map((text) => `killed after ${killAt}: ${text}`));
    }
    expect(wrong).toEqual([]);
  });
});

describe.each([
  { about: 'a closed pair', nodeEncryption: false },
  { about: 'a closed pair, between nodes, too', nodeEncryption: true },
])('what a foreign tool takes away of $about', ({ nodeEncryption }) => {
  const last = TO_WIREGUARD.at(-1) ?? PLAIN;
  let walk: Walk;

  beforeEach(async () => {
    walk = await walked(TO_WIREGUARD, { nodeEncryption });
  });

  it.each([
    ['device', 'deleteDevice'],
    ['rules', 'deleteRules'],
    ['routes', 'deleteRoutes'],
  ] as const)(
    '%s: nothing is in plaintext, and all is put back',
    { timeout: 60_000 },
    async (_, lose) => {
      const { count } = walk;
      walk.rig.network[lose](wg0);
      walk.robbed(last, lose);
      await walk.to(last);
      expect(walk.wrong).toEqual([]);
      const steps = walk.count - count;
      expect(steps).toBeGreaterThan(0);
      for (let killAt = 1; killAt <= steps; killAt += nodeEncryption ? 13 : 3) {
        const other = await walked(TO_WIREGUARD, { nodeEncryption });
        other.rig.network[lose](wg0);
        await other.rig.restart();
        other.robbed(last, `${lose}, killed`);
        await other.to(last, other.count + killAt);
        expect(other.wrong).toEqual([]);
      }
    },
  );
});
