import type { Engine } from '../engine/index.js';
import type { AgentConfig } from './config.js';
import type { Identity } from './identity.js';
import type { PairTable } from './pair-table.js';
import type { StateFile } from './state-file.js';
import type { Surroundings } from './surroundings.js';

export interface MemoryOptions {
  readonly stateFile: StateFile;
  readonly identity: Identity;
  readonly node: Surroundings;
  readonly pairs: PairTable;
  readonly engine: Engine;
}

/** What the next agent of this node will know. */
export class Memory {
  readonly #options: MemoryOptions;

  constructor(options: MemoryOptions) {
    this.#options = options;
  }

  /** Writes all of it, once there is a node to remember. */
  save(config: AgentConfig): void {
    const { stateFile, identity, node, pairs, engine } = this.#options;
    const { own } = identity;
    if (own === undefined) return;
    stateFile.write({
      own,
      config,
      podPrefixes: node.podPrefixes,
      addresses: node.addresses,
      pairs: pairs.all,
      ...engine.memory,
    });
  }

  wipe(): void {
    this.#options.stateFile.wipe();
  }
}
