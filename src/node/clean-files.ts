import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StateFile } from '../agent/state-file.js';
import type { EngineMemory } from '../engine/index.js';
import { WireguardKeyFile } from '../engine/wireguard/index.js';
import { diagnostic, PodcloakError } from '../errors/index.js';

/** What the state file says of the kernel before us. */
export type Remembered =
  /** No file: this node never had an agent, has been rebooted since, or is cleaned up already. */
  | { readonly kind: 'nothing' }
  /** There is one, and it cannot be read. */
  | { readonly kind: 'unusable' }
  /** What the agent never changed is missing from it. */
  | ({ readonly kind: 'state' } & EngineMemory);

export function readRemembered(folder: string): Remembered {
  if (!existsSync(folder)) return { kind: 'nothing' };
  const found = new StateFile(folder).read();
  if (found.kind !== 'state') return { kind: found.kind };
  const { thresholds, reverse } = found.state;
  return {
    kind: 'state',
    ...(thresholds === undefined ? {} : { thresholds }),
    ...(reverse === undefined ? {} : { reverse }),
  };
}

/** What agents write: two files and their successors, the socket, and one that was not renamed yet. */
const OURS = /^((state\.json|wireguard\.keys)(\.next)?|agent\.sock(\.\d+)?)$/;

/**
 * Removes the agent's files, and leaves the folder, which is mounted. Two of them hold private keys, and
 * are overwritten first.
 *
 * @returns the paths of those that were there
 * @throws PodcloakError PC449
 */
export function removeFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  try {
    const names = readdirSync(folder).filter((name) => OURS.test(name));
    new StateFile(folder).wipe();
    new WireguardKeyFile(folder).wipe();
    for (const name of names) rmSync(join(folder, name), { force: true });
    return names.sort().map((name) => join(folder, name));
  } catch (thrown) {
    const { code, path } = thrown as NodeJS.ErrnoException;
    throw new PodcloakError([diagnostic('PC449', `${path ?? folder} stays: ${code}`)]);
  }
}
