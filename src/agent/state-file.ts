import { join } from 'node:path';
import { PrivateFile } from '../files/index.js';
import { type AgentState, formatState, parseState, stateDigest } from './state.js';

/** What was found where the state should be. */
export type Found =
  | { readonly kind: 'state'; readonly state: AgentState }
  | { readonly kind: 'nothing' }
  /** Refused: `reason` says why. */
  | { readonly kind: 'unusable'; readonly reason: string };

/** The state on the host path, which is in memory: gone at reboot. Holds private keys. */
export class StateFile {
  readonly #file: PrivateFile;
  /** {@link stateDigest} of what is in the file; empty when that is not known. */
  #written = '';

  constructor(folder: string) {
    this.#file = new PrivateFile(join(folder, 'state.json'));
  }

  read(): Found {
    const found = this.#file.read();
    if (found.kind === 'nothing') return found;
    if (found.kind !== 'bytes') return { kind: 'unusable', reason: found.reason };
    const text = Buffer.from(found.bytes.buffer, 0, found.bytes.length).toString('utf8');
    found.bytes.fill(0);
    const state = parseState(text);
    if (state === undefined) return { kind: 'unusable', reason: 'it is damaged or foreign' };
    this.#written = stateDigest(text);
    return { kind: 'state', state };
  }

  /** Replaces the file, if it would be another: after a kill it is the old or the new one, whole. */
  write(state: AgentState): void {
    const text = formatState(state);
    const digest = stateDigest(text);
    if (digest === this.#written) return;
    const bytes = Buffer.from(text);
    try {
      this.#file.write(bytes);
    } finally {
      bytes.fill(0);
    }
    this.#written = digest;
  }

  /** Removes it: nothing is encrypted any more. Its blocks are overwritten first. */
  wipe(): void {
    this.#file.wipe();
    this.#written = '';
  }
}
