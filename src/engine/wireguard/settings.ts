import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the DaemonSets mount the host's /proc/sys/net, below: a container's own is read-only. */
const HOST_SETTINGS = '/host/proc/sys';

/** /proc/sys, or where it can be written. */
export function settingsFolder(): string {
  return existsSync(HOST_SETTINGS) ? HOST_SETTINGS : '/proc/sys';
}

/** Files under /proc/sys: this network namespace's, whoever mounted them. */
export class SettingFiles {
  readonly #folder: string;

  /** @param folder as {@link settingsFolder} */
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
