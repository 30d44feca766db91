import { statSync } from 'node:fs';

/** A writer that says nothing for so long is done, in milliseconds. */
const QUIET = 1000;

/** A file that others write, in place or by a rename: it is read only once its writer seems to be done. */
export class SettledFile {
  #version = '';
  /** When that version was first seen, in the caller's milliseconds. */
  #since = Number.NEGATIVE_INFINITY;
  #isTaken = false;

  /**
   * Whether the file may be read now. It may when it is not there, too.
   *
   * @param now milliseconds that never go back
   */
  isSettled(path: string, now: number): boolean {
    this.#see(path, now);
    this.#isTaken = now - this.#since >= QUIET;
    return this.#isTaken;
  }

  /** Whether it is another file, or has another content, than when it was last found settled. */
  isNew(path: string, now: number): boolean {
    this.#see(path, now);
    return !this.#isTaken;
  }

  #see(path: string, now: number): void {
    const { version, age } = versionOf(path);
    if (version === this.#version) return;
    this.#version = version;
    this.#since = now - age;
    this.#isTaken = false;
  }
}

/** @returns its age by the clock, 0 where that is wrong; endless for a file that is not there */
function versionOf(path: string): { version: string; age: number } {
  try {
    // Through all links: a kubelet replaces the folder that they lead to.
    const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = statSync(path, { bigint: true });
    const age = Math.max(0, Date.now() - Number(ctimeMs));
    return { version: [dev, ino, size, mtimeNs, ctimeNs].join(), age };
  } catch {
    return { version: 'none', age: Number.POSITIVE_INFINITY };
  }
}
