import { saysTheSame } from '../../../src/agent/own.js';
import { mayFallSilent, nextPhase } from '../../../src/agent/publisher.js';
import type { AuthenticRecord, Phase } from '../../../src/keying/index.js';
import { mayBeEncrypted, type OwnEnd, type Pair } from '../../../src/pairs/index.js';
import { ownEnd, type RecordText, record } from './samples.js';

/** So much of `OwnState` of src/agent as pairs depend on; plain JSON. */
export interface Own {
  readonly epoch: number;
  readonly generation: number;
  readonly publishedPhase: Phase | undefined;
  readonly lostMemoryAt?: number;
}

/** Who a model node is to its peers, and what its record says; as src/agent/own.ts has it. */
export class ModelOwn {
  keyIDs: readonly number[] = [1];
  /** This node's record, as the API server has it. */
  published: AuthenticRecord | undefined;
  state: Own | undefined;

  /** Epochs only grow, whatever is forgotten. */
  #clock = 0;

  constructor(
    readonly name: string,
    readonly number: number,
  ) {}

  /** Whether its record says that nothing of it is encrypted. */
  get isQuiet(): boolean {
    const there = this.published?.record;
    return there === undefined || (there.phase === 'Disabled' && there.keys.length === 0);
  }

  /** @returns false while it cannot be known who the node is, or nobody has to know */
  settle(isListed: boolean, isNeeded: boolean): boolean {
    const there = this.published?.record;
    if (this.state === undefined) {
      if (!isListed || !(isNeeded || !this.isQuiet)) return false;
      const wasEnforced = there !== undefined && mayBeEncrypted(there);
      this.#clock += 1;
      this.state = {
        epoch: this.#clock,
        generation: ((there?.generation ?? 0) + 1) % 32,
        publishedPhase: there?.phase,
        ...(wasEnforced ? { lostMemoryAt: this.#clock } : {}),
      };
    }
    if (there !== undefined) this.state = { ...this.state, publishedPhase: there.phase };
    return true;
  }

  renew(): void {
    if (this.state === undefined) return;
    this.#clock += 1;
    const generation = (this.state.generation + 1) % 32;
    this.state = { ...this.state, epoch: this.#clock, generation };
  }

  /** @throws Error before it is settled */
  get end(): OwnEnd {
    return ownEnd(this.#text());
  }

  /** The record that should be at the API server; undefined when it is. */
  toPublish(
    pairs: readonly Pair[],
    enabled: boolean,
    phaseOf: (peer: string) => Phase | undefined,
  ): AuthenticRecord | undefined {
    if (this.state === undefined) return undefined;
    const confirmed = pairs.some(
      ({ tunnels, outClosed }) => outClosed || tunnels.some((one) => one.confirmed),
    );
    const phase = nextPhase(this.state.publishedPhase, !enabled, confirmed);
    const isSilent = phase === 'Disabled' && mayFallSilent(pairs, phaseOf);
    const there = this.published?.record;
    const next = record({
      ...this.#text(),
      provenKeyIDs: this.keyIDs,
      phase,
      ...(isSilent ? { keyIDs: [], addresses: [], podPrefixes: [] } : {}),
      revision: (there?.epoch === this.state.epoch ? there.revision : 0) + 1,
    });
    return there !== undefined && saysTheSame(there, next.record) ? undefined : next;
  }

  #text(): RecordText {
    if (this.state === undefined) throw new Error('the node does not know who it is');
    const { epoch, generation } = this.state;
    return { name: this.name, number: this.number, epoch, generation, keyIDs: this.keyIDs };
  }
}
