import { join } from 'node:path';
import { type Diagnostic, diagnostic } from '../errors/index.js';
import type { KeyLine } from '../key-lines/index.js';
import type { Family } from '../netlink/index.js';
import type { AgentConfig } from './config.js';
import { checkOf, readKeyFile, usableLines } from './key-file.js';
import type { Log } from './log.js';
import type { Problems } from './problems.js';
import { SettledFile } from './settled-file.js';

/** What of the key file may be used depends on what is in use. */
export interface KeysInUse {
  readonly clusterUID: string;
  /** Base64 check values by key id. */
  readonly checks: Readonly<Record<string, string>>;
  /** Key ids of tunnels that there are. */
  readonly keyIDs: ReadonlySet<number>;
}

export interface KeySourceOptions {
  readonly namespace: string;
  /** Whether the kernel can do what the lines ask for. */
  readonly check: (
    lines: readonly KeyLine[],
    families: readonly Family[],
  ) => Promise<readonly Diagnostic[]>;
  readonly problems: Problems;
  readonly log: Log;
}

/** The key lines that are in use: those of the key file, but for what must not be taken of it. */
export class KeySource {
  readonly #options: KeySourceOptions;
  #lines: readonly KeyLine[] = [];
  /** Lines and families that the kernel was found to do. */
  #checked = '';
  #kernelCanDo = false;
  #warned: readonly string[] = [];
  readonly #file = new SettledFile();

  constructor(options: KeySourceOptions) {
    this.#options = options;
  }

  /** In the order of the key file: the last one is preferred. */
  get lines(): readonly KeyLine[] {
    return this.#lines;
  }

  /** The kernel can do ESP with the algorithms of all lines. */
  get kernelCanDo(): boolean {
    return this.#kernelCanDo;
  }

  /**
   * Whether the key file has changed since it was read, and is to be read by {@link look} now or soon.
   *
   * @param now milliseconds that never go back
   */
  isDue({ keyWatcher, mountPath, keyFile }: AgentConfig, now: number): boolean {
    const isWatched = keyWatcher || this.#lines.length === 0;
    return isWatched && this.#file.isNew(join(mountPath, keyFile), now);
  }

  /**
   * Reads the key file, unless it is being written.
   *
   * @param inUse undefined while it is not known which cluster this is
   * @param families of this node's tunnel ends
   * @param now milliseconds that never go back
   * @returns whether other lines are in use now
   */
  async look(
    config: AgentConfig,
    inUse: KeysInUse | undefined,
    families: readonly Family[],
    now: number,
  ): Promise<boolean> {
    const hasChanged =
      (config.keyWatcher || this.#lines.length === 0) &&
      this.#file.isSettled(join(config.mountPath, config.keyFile), now) &&
      this.#readFile(config, inUse);
    if (config.enabled) await this.#checkKernel(families);
    return hasChanged;
  }

  #readFile(config: AgentConfig, inUse: KeysInUse | undefined): boolean {
    const { namespace, problems } = this.#options;
    const secret = `${namespace}/${config.secretName}`;
    const file = readKeyFile(config.mountPath, config.keyFile, secret);
    if ('problem' in file) {
      problems.set('key file', config.enabled ? file.problem : undefined);
      return false;
    }
    problems.end('key file');
    const warnings = new Map(file.warnings.map((one) => [`key file ${one.code}`, one]));
    for (const name of this.#warned) if (!warnings.has(name)) problems.end(name);
    for (const [name, warning] of warnings) problems.begin(name, warning);
    this.#warned = [...warnings.keys()];
    return inUse !== undefined && this.#take(file.lines, inUse);
  }

  #take(lines: readonly KeyLine[], { clusterUID, checks, keyIDs }: KeysInUse): boolean {
    const { usable, refused } = usableLines(lines, checks, keyIDs, clusterUID);
    this.#options.problems.set(
      'key material',
      refused.length === 0
        ? undefined
        : diagnostic('PC710', `key id ${refused.join(', ')} has other key material than before`),
    );
    // A line that is refused leaves the one before in use, if it was there.
    const next = [...this.#lines.filter(({ keyId }) => refused.includes(keyId)), ...usable];
    const text = (all: readonly KeyLine[]): string =>
      all.map((one) => checkOf(one, clusterUID)).join();
    if (text(next) === text(this.#lines)) return false;
    this.#lines = next;
    return true;
  }

  async #checkKernel(families: readonly Family[]): Promise<void> {
    const { check, problems, log } = this.#options;
    const names = [...this.#lines.map((line) => checkOf(line, '')), ...families].join();
    if (this.#lines.length === 0 || this.#checked === names) return;
    const [fault] = await check(this.#lines, families);
    this.#kernelCanDo = fault === undefined;
    problems.set('kernel', fault);
    if (fault !== undefined) return;
    this.#checked = names;
    log('info', 'keys in use', { ids: this.#lines.map(({ keyId }) => keyId).join() });
  }
}
