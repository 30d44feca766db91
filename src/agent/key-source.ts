import { join } from 'node:path';
import { type Diagnostic, diagnostic } from '../errors/index.js';
import { type KeyLine, type RevokedKey, revokedNameOf } from '../key-lines/index.js';
import type { EncryptionType } from '../keying/index.js';
import type { Family } from '../netlink/index.js';
import type { AgentConfig } from './config.js';
import { checkOf, readKeyFile, readRevoked, usableLines } from './key-file.js';
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
    type: EncryptionType,
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
  readonly #revokedFile = new SettledFile();
  #revoked: readonly RevokedKey[] = [];
  /** What was last wrong with the file as a whole. */
  #fault: Diagnostic | undefined;
  #isAbsent = false;

  constructor(options: KeySourceOptions) {
    this.#options = options;
  }

  /** In the order of the key file: the last one is preferred. */
  get lines(): readonly KeyLine[] {
    return this.#lines;
  }

  /** There is no key file, and was none since this agent began: neither a bad nor an unreadable one. */
  get isAbsent(): boolean {
    return this.#isAbsent && this.#lines.length === 0;
  }

  /**
   * Tells people what is wrong with the key file.
   *
   * @param missing instead of that there is none; undefined where that is no fault
   */
  complain({ enabled }: AgentConfig, missing: Diagnostic | 'as it is' | undefined): void {
    const fault = this.isAbsent && missing !== 'as it is' ? missing : this.#fault;
    this.#options.problems.set('key file', enabled ? fault : undefined);
  }

  /**
   * The key ids that stand for a revoked key, if for any.
   *
   * @param checks base64 check values by key id, of what is in use. An id of which nothing is known stands for
   *   the revoked key, as who had that may have used it, unless a line gives it another.
   */
  revokedIDs(checks: KeysInUse['checks']): Set<number> {
    const hasLine = (id: number): boolean => this.#lines.some(({ keyId }) => keyId === id);
    return new Set(
      this.#revoked
        .filter(({ keyID, check }) => {
          const known = checks[keyID];
          return known === undefined ? !hasLine(keyID) : known === check;
        })
        .map(({ keyID }) => keyID),
    );
  }

  /** The kernel can do what is asked for: ESP with the algorithms of all lines, or WireGuard. */
  get kernelCanDo(): boolean {
    return this.#kernelCanDo;
  }

  /**
   * Whether the key file has changed since it was read, and is to be read by {@link look} now or soon.
   *
   * @param now milliseconds that never go back
   */
  isDue(config: AgentConfig, now: number): boolean {
    return (
      this.#isWatched(config) &&
      (this.#file.isNew(pathOf(config), now) || this.#revokedFile.isNew(revokedPathOf(config), now))
    );
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
    const isWatched = this.#isWatched(config);
    if (isWatched && this.#revokedFile.isSettled(revokedPathOf(config), now)) {
      this.#readRevoked(config);
    }
    const hasChanged =
      isWatched && this.#file.isSettled(pathOf(config), now) && this.#readFile(config, inUse);
    if (config.enabled) await this.#checkKernel(config, families);
    return hasChanged;
  }

  #isWatched({ keyWatcher }: AgentConfig): boolean {
    return keyWatcher || this.#lines.length === 0;
  }

  #readRevoked({ mountPath, keyFile, secretName }: AgentConfig): void {
    const { namespace, problems } = this.#options;
    const found = readRevoked(mountPath, revokedNameOf(keyFile), `${namespace}/${secretName}`);
    problems.set('revoked keys', 'problem' in found ? found.problem : undefined);
    if ('keys' in found) this.#revoked = found.keys;
  }

  #readFile(config: AgentConfig, inUse: KeysInUse | undefined): boolean {
    const { namespace, problems } = this.#options;
    const secret = `${namespace}/${config.secretName}`;
    const file = readKeyFile(config.mountPath, config.keyFile, secret);
    this.#isAbsent = 'problem' in file && file.isAbsent === true;
    this.#fault = 'problem' in file ? file.problem : undefined;
    if ('problem' in file) return false;
    const warnings = new Map(file.warnings.map((one) => [`key file ${one.code}`, one]));
    for (const name of this.#warned) if (!warnings.has(name)) problems.end(name);
    for (const [name, warning] of warnings) problems.begin(name, warning);
    this.#warned = [...warnings.keys()];
    return inUse !== undefined && this.#take(file.lines, inUse);
  }

  #take(lines: readonly KeyLine[], { clusterUID, checks, keyIDs }: KeysInUse): boolean {
    const isRevoked = (line: KeyLine): boolean =>
      this.#revoked.some(
        ({ keyID, check }) => keyID === line.keyId && check === checkOf(line, clusterUID),
      );
    const revoked = lines.filter(isRevoked);
    this.#options.problems.set(
      'revoked line',
      revoked.length === 0
        ? undefined
        : diagnostic('PC720', `key id ${revoked.map(({ keyId }) => keyId).join(', ')}`),
    );
    const valid = lines.filter((line) => !revoked.includes(line));
    const { usable, refused } = usableLines(valid, checks, keyIDs, clusterUID);
    this.#options.problems.set(
      'key material',
      refused.length === 0
        ? undefined
        : diagnostic('PC710', `key id ${refused.join(', ')} has other key material than before`),
    );
    // A line that is refused leaves the one before in use, if it was there.
    const kept = this.#lines.filter((line) => refused.includes(line.keyId) && !isRevoked(line));
    const next = [...kept, ...usable];
    const text = (all: readonly KeyLine[]): string =>
      all.map((one) => checkOf(one, clusterUID)).join();
    if (text(next) === text(this.#lines)) return false;
    this.#lines = next;
    return true;
  }

  async #checkKernel({ type }: AgentConfig, families: readonly Family[]): Promise<void> {
    const { check, problems, log } = this.#options;
    const isAsked = this.#lines.length > 0 || (type === 'wireguard' && this.#isAbsent);
    const names = [type, ...this.#lines.map((line) => checkOf(line, '')), ...families].join();
    if (!isAsked || this.#checked === names) return;
    const [fault] = await check(type, this.#lines, families);
    this.#kernelCanDo = fault === undefined;
    problems.set('kernel', fault);
    if (fault !== undefined) return;
    this.#checked = names;
    if (this.#lines.length > 0)
      log('info', 'keys in use', { ids: this.#lines.map(({ keyId }) => keyId).join() });
  }
}

function pathOf({ mountPath, keyFile }: AgentConfig): string {
  return join(mountPath, keyFile);
}

function revokedPathOf({ mountPath, keyFile }: AgentConfig): string {
  return join(mountPath, revokedNameOf(keyFile));
}
