import { diagnostic, PodcloakError } from '../errors/index.js';

/**
 * What talks to a kernel or an API server, from a bundle of its own (dist/agent.cjs): the other commands
 * shall not carry it.
 *
 * @throws PodcloakError PC424 where the bundle is missing
 */
export async function loadNode(): Promise<typeof import('../node/index.js')> {
  try {
    return await import('../node/index.js');
  } catch (thrown) {
    if (!isMissingModule(thrown)) throw thrown;
    throw new PodcloakError([diagnostic('PC424', 'agent.cjs is not installed here')]);
  }
}

/** Whether a module to be loaded does not exist. */
export function isMissingModule(thrown: unknown): boolean {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
}
