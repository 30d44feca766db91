import type { Difference, Engine, NodeWish } from '../engine/index.js';
import { nodeWish } from '../pairs/index.js';
import { collectAfter } from './collect.js';
import type { AgentConfig } from './config.js';
import type { Identity } from './identity.js';
import type { KernelWriter } from './kernel-writer.js';
import type { Keyring } from './keyring.js';
import type { Log } from './log.js';
import type { Memory } from './memory.js';
import type { PairTable, Wanted } from './pair-table.js';
import { Held, type Plan } from './plan.js';
import type { SequenceWatch } from './sequence-watch.js';
import type { Surroundings } from './surroundings.js';
import type { Talks } from './talks.js';

export interface KernelRoundOptions {
  readonly nodeName: string;
  readonly engine: Engine;
  readonly writer: KernelWriter;
  readonly pairs: PairTable;
  readonly identity: Identity;
  readonly keyring: Keyring;
  readonly memory: Memory;
  readonly node: Surroundings;
  readonly sequences: SequenceWatch;
  readonly talks: Talks;
  readonly log: Log;
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

/** A round's dealings with the kernel: what it holds, what it should, and what changes for that. */
export class KernelRound {
  readonly #options: KernelRoundOptions;
  readonly #held = new Held();
  #adopted = false;

  constructor(options: KernelRoundOptions) {
    this.#options = options;
  }

  /** What the kernel holds may have changed: it is read anew. */
  forget(): void {
    this.#held.forget();
  }

  /** Takes over what the kernel shows of pairs that are not remembered, once. */
  async adopt(): Promise<void> {
    if (this.#adopted) return;
    const { engine, pairs, node } = this.#options;
    const actual = await engine.read();
    for (const pair of engine.adopt(actual, pairs.all, node.addresses)) pairs.set(pair);
    this.#adopted = true;
  }

  /**
   * Without an identity, nothing of what stands in the kernel is touched, but for strict mode.
   *
   * @returns encryption is off, and nothing of ours is there; undefined where that is not known
   */
  async bringStrict(config: AgentConfig): Promise<boolean | undefined> {
    const { engine, writer, node, pairs } = this.#options;
    this.#held.forget();
    const actual = await engine.read();
    this.#watchWear(actual);
    const isStrict = config.enabled && config.strict !== undefined;
    if (!isStrict || node.podCIDRs.length > 0) {
      await writer.send(engine.diffStrict(actual, this.#nodeWish(config)));
    }
    if (config.enabled || pairs.size > 0) return undefined;
    await engine.retract();
    writer.settle();
    return engine.isClean(actual);
  }

  /** Compares the kernel with what it should hold, and changes what differs, unless that was seen to be so. */
  async bring(config: AgentConfig, wanted: Wanted, now: number): Promise<void> {
    const { engine, writer, pairs, memory, now: clockOf } = this.#options;
    if (!writer.hasFailed && this.#held.has(this.#plan(config, wanted, now), now)) return;
    // What changes from here on asks for another look.
    const holds = this.#held.begin();
    const actual = await engine.read();
    this.#watchWear(actual);
    const planNow = (): Plan => this.#plan(config, pairs.step(config, now), now);
    let plan = planNow();
    let { wish, difference } = this.#compare(actual, config, plan);
    if (difference.lost > 0 || difference.taken > 0) {
      this.#handleLoss(difference);
      plan = planNow();
      ({ wish, difference } = this.#compare(actual, config, plan));
    }
    memory.save(config);
    if (config.enabled) await engine.tune(wish, () => memory.save(config));
    await writer.send(difference.steps);
    writer.settle();
    // What was changed is read once more, in the next round, before it is relied on.
    if (difference.steps.length === 0) holds(plan, clockOf() + engine.readAgain);
    collectAfter(engine.sizeOf(actual));
  }

  #watchWear(actual: unknown): void {
    const { engine, sequences, nodeName: name, node } = this.#options;
    sequences.look(engine.wearOf(actual), { name, uid: node.node?.uid });
  }

  #plan(config: AgentConfig, wanted: Wanted, now: number): Plan {
    const { pairs, talks, node, identity, keyring, engine } = this.#options;
    const planned = pairs.plan(config, wanted, talks, now);
    const { podPrefixes, addresses } = node;
    const own = { ...identity.own, privateKeys: [...keyring.publicKeys()] };
    return {
      node: JSON.stringify([podPrefixes, addresses, config, own, engine.basis]),
      pairs: planned,
    };
  }

  #compare(
    actual: unknown,
    config: AgentConfig,
    plan: Plan,
  ): { wish: unknown; difference: Difference } {
    const { engine } = this.#options;
    const wish = engine.desired(this.#nodeWish(config), plan.pairs);
    return { wish, difference: engine.diff(actual, wish) };
  }

  #nodeWish({ nodeEncryption, enabled, strict }: AgentConfig): NodeWish {
    const { podCIDRs, addresses } = this.#options.node;
    return nodeWish(podCIDRs, addresses, nodeEncryption, enabled ? strict : undefined);
  }

  /** Tunnels of ours are gone, or somebody else is in their place: their keys must not be used again. */
  #handleLoss({ lost, taken, spent }: Difference): void {
    const { pairs, identity, log } = this.#options;
    pairs.lose(new Set(spent));
    log('warning', 'SAs are not in the kernel as they should be', { lost, taken });
    identity.renew('SAs were lost');
  }
}
