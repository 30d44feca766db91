import { join } from 'node:path';
import { type Invocation, lastValue } from '../cli/command.js';
import type { Io } from '../cli/io.js';
import { diagnostic, PodcloakError } from '../errors/index.js';
import { AGENT_SOCKET, STATE_FOLDER } from '../manifests/names.js';
import { readRemembered, removeFiles } from './clean-files.js';
import { cleanKernel } from './clean-kernel.js';
import { reporting } from './run.js';
import { isRunning } from './running.js';

/**
 * `podcloak encrypt cleanup`: takes everything of Podcloak out of a node whose agent is gone for good. Twice
 * does no harm. What remembers goes last, so that an attempt that failed can be made again.
 */
export function cleanup(invocation: Invocation, io: Io): Promise<number> {
  return reporting(io, async () => {
    const folder = lastValue(invocation, 'folder') ?? STATE_FOLDER;
    await refuseBesideAgent(folder);
    let hasSaid = false;
    const say = (line: string): void => {
      hasSaid = true;
      io.out(`${line}\n`);
    };
    await cleanKernel(readRemembered(folder), say);
    // One that started meanwhile has put its own back, and its files are in use.
    await refuseBesideAgent(folder);
    const files = removeFiles(folder);
    if (files.length > 0) say(`Removed ${files.join(', ')}.`);
    if (!hasSaid) io.out('Nothing of Podcloak was on this node.\n');
    return 0;
  });
}

const SOCKET_NAME = AGENT_SOCKET.slice(STATE_FOLDER.length + 1);

/** @throws PodcloakError PC448 */
async function refuseBesideAgent(folder: string): Promise<void> {
  const socket = join(folder, SOCKET_NAME);
  if (!(await isRunning(socket))) return;
  throw new PodcloakError([diagnostic('PC448', `an agent answers at ${socket}`)]);
}
