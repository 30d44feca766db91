import type { Diagnostic } from '../errors/index.js';
import type { Log } from './log.js';

/** What is wrong on this node at present, each under a name of its own; logged when it begins and ends. */
export class Problems {
  readonly #log: Log;
  readonly #found = new Map<string, Diagnostic>();

  constructor(log: Log) {
    this.#log = log;
  }

  get all(): readonly Diagnostic[] {
    return [...this.#found.values()];
  }

  has(name: string): boolean {
    return this.#found.has(name);
  }

  begin(name: string, found: Diagnostic): void {
    const known = this.#found.get(name);
    this.#found.set(name, found);
    if (known?.message === found.message && known.code === found.code) return;
    // The guide's users look for these very words.
    const message = found.code === 'PC706' ? found.message : `${found.code}: ${found.message}`;
    this.#log(found.severity === 'error' ? 'error' : 'warning', message, { fix: found.remedy });
  }

  end(name: string): void {
    const known = this.#found.get(name);
    if (known === undefined) return;
    this.#found.delete(name);
    this.#log('info', `solved: ${known.code}`);
  }

  /** Begins or ends one. */
  set(name: string, found: Diagnostic | undefined): void {
    if (found === undefined) this.end(name);
    else this.begin(name, found);
  }
}
