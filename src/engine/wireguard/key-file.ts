import { join } from 'node:path';
import { type Diagnostic, diagnostic } from '../../errors/index.js';
import { type FoundFile, PrivateFile } from '../../files/index.js';
import { wipe } from '../../keying/index.js';
import { type DeviceKey, formatStoredKeys, parseStoredKeys } from '../../wireguard/index.js';

/** Whose keys they are. */
export interface KeyOwner {
  readonly clusterUID: string;
  readonly nodeUID: string;
}

/** What was found where the keys should be. */
export type FoundKeys =
  | { readonly kind: 'keys'; readonly devices: readonly DeviceKey[] }
  | { readonly kind: 'nothing' }
  /** A key that was there may be at work in the kernel still: a new one is of the next generation. */
  | { readonly kind: 'refused'; readonly problem: Diagnostic };

/**
 * The private keys of this node's WireGuard devices, on the host path: they outlive the agent, so that a
 * restart ends no session, and not the node. Never in the API.
 */
export class WireguardKeyFile {
  readonly #file: PrivateFile;

  constructor(folder: string) {
    this.#file = new PrivateFile(join(folder, 'wireguard.keys'));
  }

  /** Reads the keys of this node in this cluster. Never throws for what is in the file. */
  read(owner: KeyOwner): FoundKeys {
    const found = this.#file.read();
    if (found.kind === 'nothing') return found;
    if (found.kind !== 'bytes') return refusedFile(found);
    try {
      const stored = parseStoredKeys(found.bytes);
      if (stored === undefined) return refused('PC730', 'its checksum or format is wrong');
      if (stored.clusterUID !== owner.clusterUID)
        return refused('PC732', 'it is of another cluster');
      if (stored.nodeUID !== owner.nodeUID) return refused('PC732', 'it is of another node');
      return { kind: 'keys', devices: stored.devices };
    } finally {
      wipe(found.bytes);
    }
  }

  /**
   * Replaces the file: after a kill it is the old or the new one, whole. To be done before a key is used.
   *
   * @returns PC733 when it could not be: then the new keys must not be used
   */
  write(owner: KeyOwner, devices: readonly DeviceKey[]): Diagnostic | undefined {
    const bytes = formatStoredKeys({ ...owner, devices });
    try {
      this.#file.write(bytes);
      return undefined;
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      return diagnostic('PC733', `the keys are not in the file (${code})`);
    } finally {
      wipe(bytes);
    }
  }

  /** Removes it: no device of ours is left. Its blocks are overwritten first. */
  wipe(): void {
    this.#file.wipe();
  }
}

function refusedFile(found: Extract<FoundFile, { reason: string }>): FoundKeys {
  return refused(found.kind === 'foreign' ? 'PC731' : 'PC730', found.reason);
}

function refused(code: 'PC730' | 'PC731' | 'PC732', reason: string): FoundKeys {
  return { kind: 'refused', problem: diagnostic(code, reason) };
}
