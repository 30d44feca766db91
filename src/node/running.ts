import { PodcloakError } from '../errors/index.js';
import { agentClient } from './agent-client.js';

/** Whether an agent listens at a socket. */
export async function isRunning(socket: string): Promise<boolean> {
  try {
    await agentClient(socket).status();
    return true;
  } catch (thrown) {
    // One of another version, or a slow one, runs all the same.
    return thrown instanceof PodcloakError && thrown.code !== 'PC425';
  }
}
