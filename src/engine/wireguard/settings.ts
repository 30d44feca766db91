import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files under /proc/sys: this network namespace's, whoever mounted them. */
export class SettingFiles {
  readonly #folder: string;

  /** @param folder /proc/sys, or where it can be written: container runtimes mount their own read-only */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Without line ends; what is not there is left out. */
  read(paths: Iterable<string>): Map<string, string> {
    const found = new Map<string, string>();
    for (const path of paths) {
      const value = this.#readOne(path);
      if (value !== undefined) found.set(path, value);
    }
    return found;
  }

  /** @throws as `writeFileSync` does */
  write(path: string, value: string): void {
    writeFileSync(join(this.#folder, path), value);
  }

  #readOne(path: string): string | undefined {
    try {
      return readFileSync(join(this.#folder, path), 'utf8').trim();
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      // Without IPv6, or a device that has just gone.
      if (code === 'ENOENT' || code === 'EINVAL' || code === 'ENODEV') return undefined;
      throw thrown;
    }
  }
}
