import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type AgentState, formatState, parseState, stateDigest } from './state.js';

/** What was found where the state should be. */
export type Found =
  | { readonly kind: 'state'; readonly state: AgentState }
  | { readonly kind: 'nothing' }
  /** Refused: `reason` says why. */
  | { readonly kind: 'unusable'; readonly reason: string };

/** The state on the host path, which is in memory: gone at reboot. Holds private keys. */
export class StateFile {
  readonly #path: string;
  /** {@link stateDigest} of what is in the file; empty when that is not known. */
  #written = '';

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#path = join(folder, 'state.json');
  }

  read(): Found {
    let descriptor: number;
    try {
      descriptor = openSync(this.#path, 'r');
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      return code === 'ENOENT'
        ? { kind: 'nothing' }
        : { kind: 'unusable', reason: `it cannot be read (${code})` };
    }
    try {
      const { uid, mode } = fstatSync(descriptor);
      // Whoever else may write here could choose our keys.
      if (uid !== process.getuid?.() || (mode & 0o077) !== 0) {
        return { kind: 'unusable', reason: 'others than root may read or write it' };
      }
      const text = readFileSync(descriptor, 'utf8');
      const state = parseState(text);
      if (state === undefined) return { kind: 'unusable', reason: 'it is damaged or foreign' };
      this.#written = stateDigest(text);
      return { kind: 'state', state };
    } finally {
      closeSync(descriptor);
    }
  }

  /** Replaces the file, if it would be another: after a kill it is the old or the new one, whole. */
  write(state: AgentState): void {
    const text = formatState(state);
    const digest = stateDigest(text);
    if (digest === this.#written) return;
    const next = `${this.#path}.next`;
    rmSync(next, { force: true });
    const descriptor = openSync(next, 'wx', 0o600);
    try {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(next, this.#path);
    this.#written = digest;
  }

  /** Removes it: nothing is encrypted any more. Its blocks are overwritten first. */
  wipe(): void {
    try {
      const descriptor = openSync(this.#path, 'r+');
      const { size } = fstatSync(descriptor);
      writeSync(descriptor, Buffer.alloc(size));
      closeSync(descriptor);
    } catch {
      // There is none.
    }
    rmSync(this.#path, { force: true });
    this.#written = '';
  }
}
