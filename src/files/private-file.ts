import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** What was found where a file should be. */
export type FoundFile =
  /** The bytes may be secret: who asked wipes them. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'nothing' }
  /** Others may have read or written it: nothing of it is to be used. `reason` says why. */
  | { readonly kind: 'foreign'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** More is none of ours: the state of thousands of pairs is a few megabytes. */
const LONGEST = 2 ** 28;

/**
 * A file of this user's alone, on the host path, which is in memory: gone at reboot. For secrets: never a
 * link, never anything but a plain file, mode 0600, replaced as a whole.
 */
export class PrivateFile {
  readonly #path: string;

  /** @param path its folder is made, mode 0700, unless it is there */
  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#path = path;
  }

  read(): FoundFile {
    // A pipe would keep an agent waiting for ever.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    let descriptor: number;
    try {
      descriptor = openSync(this.#path, flags);
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      if (code === 'ENOENT') return { kind: 'nothing' };
      if (code === 'ELOOP') return { kind: 'foreign', reason: 'it is a link' };
      return { kind: 'unreadable', reason: `it cannot be read (${code})` };
    }
    try {
      const stat = fstatSync(descriptor);
      if (!stat.isFile()) return { kind: 'foreign', reason: 'it is no plain file' };
      // Whoever else may write here could choose our keys.
      if (stat.uid !== process.getuid?.() || (stat.mode & 0o077) !== 0) {
        return { kind: 'foreign', reason: 'others than root may read or write it' };
      }
      if (stat.size > LONGEST) return { kind: 'foreign', reason: 'it is far too long' };
      return { kind: 'bytes', bytes: readAll(descriptor, stat.size) };
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      return { kind: 'unreadable', reason: `it cannot be read (${code})` };
    } finally {
      closeSync(descriptor);
    }
  }

  /**
   * Replaces the file: after a kill it is the old or the new one, whole.
   *
   * @throws NodeJS.ErrnoException when it could not be; the old one is there still
   */
  write(bytes: Uint8Array): void {
    rmSync(this.#next, { recursive: true, force: true });
    const descriptor = openSync(this.#next, 'wx', 0o600);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(this.#next, this.#path);
  }

  /** Removes it, and what a killed write has left beside it. Their blocks are overwritten first. */
  wipe(): void {
    for (const path of [this.#path, this.#next]) {
      overwrite(path);
      rmSync(path, { force: true });
    }
  }

  get #next(): string {
    return `${this.#path}.next`;
  }
}

/** Outside V8's heap, where the collector would copy a small one about. */
function readAll(descriptor: number, size: number): Uint8Array {
  const bytes = new Uint8Array(new ArrayBuffer(size));
  let at = 0;
  while (at < size) {
    const count = readSync(descriptor, bytes, at, size - at, at);
    if (count === 0) break;
    at += count;
  }
  return bytes.subarray(0, at);
}

function overwrite(path: string): void {
  try {
    const flags = constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const descriptor = openSync(path, flags);
    try {
      const stat = fstatSync(descriptor);
      if (stat.isFile()) writeSync(descriptor, Buffer.alloc(Math.min(stat.size, LONGEST)), 0);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // There is none.
  }
}
