import { beforeEach, describe, expect, it } from 'vitest';
import type { PlannedPair } from '../../../../src/engine/index.js';
import type { Pair, Tunnel } from '../../../../src/pairs/index.js';
import { type Fate, Fates, FLOWS, type Flow } from './fate.js';
import { type Ask, asked, BARE, Rig } from './rig.js';

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
  readonly rig = new Rig();
  readonly wrong: string[] = [];
  /** Steps so far. */
  count = 0;
  readonly #fates = new Fates(this.rig.kernel, this.rig.network);
  #before: Stage | undefined;
  /** Flows that were encrypted since the pair was closed. */
  readonly #encrypted = new Set<Flow>();
  /** A foreign tool has taken something away: the way is gone until it is healed. */
  isRobbed = false;

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
    for (const flow of FLOWS) {
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

  #arrived(stage: Stage): void {
    const refused = stage.takes.flatMap((way) =>
      FLOWS.flatMap((flow) => {
        const refusal = this.#fates.refusal(flow, way);
        return refusal === undefined ? [] : [`${way} of ${flow.name}: ${refusal}`];
      }),
    );
    const taken = FLOWS.filter((flow) => this.#fates.refusal(flow, 'plain') === undefined);
    expect({
      refused,
      sends: [...new Set(FLOWS.map((flow) => this.#fates.leaving(flow)))],
      isShut: taken.length === 0,
    }).toEqual({ refused: [], sends: [stage.sends], isShut: stage.closed.includes('in') });
    this.isRobbed = false;
  }
}

function askedOf({ ask, tunnels }: Stage) {
  return asked({ ...ask, generations: tunnels.filter((one) => one !== 'ipsec') });
}

async function walked(stages: readonly Stage[], rpFilter: string, killAt?: number): Promise<Walk> {
  const walk = new Walk();
  walk.rig.network.settings.set('net/ipv4/conf/all/rp_filter', rpFilter);
  walk.rig.network.settings.set('net/ipv4/conf/eth0/rp_filter', rpFilter);
  for (const stage of stages) await walk.to(stage, killAt);
  return walk;
}

describe.each(WALKS)('from %s', (_, stages) => {
  it.each(['0', '1'])('no packet is lost or in plaintext, rp_filter %s', async (rpFilter) => {
    const { wrong, count } = await walked(stages, rpFilter);
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(20);
  });

  it('nor where the agent dies after any step, and another goes on', {
    timeout: 120_000,
  }, async () => {
    const { count } = await walked(stages, '1');
    const wrong: string[] = [];
    for (let killAt = 1; killAt <= count; killAt += 1) {
      const walk = await walked(stages, '1', killAt);
      wrong.push(...walk.wrong.map((text) => `killed after ${killAt}: ${text}`));
    }
    expect(wrong).toEqual([]);
  });
});

describe('what a foreign tool takes away of a closed pair', () => {
  const last = TO_WIREGUARD.at(-1) ?? PLAIN;
  let walk: Walk;

  beforeEach(async () => {
    walk = await walked(TO_WIREGUARD, '1');
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
      for (let killAt = 1; killAt <= steps; killAt += 3) {
        const other = await walked(TO_WIREGUARD, '1');
        other.rig.network[lose](wg0);
        await other.rig.restart();
        other.robbed(last, `${lose}, killed`);
        await other.to(last, other.count + killAt);
        expect(other.wrong).toEqual([]);
      }
    },
  );
});
