import { type Invocation, lastValue } from '../cli/command.js';
import type { Io } from '../cli/io.js';
import { AGENT_SOCKET } from '../manifests/names.js';
import { ciliumStatus, statusText } from '../status/index.js';
import { agentClient } from './agent-client.js';
import { reporting } from './run.js';

/** `podcloak encrypt status`. */
export function status(invocation: Invocation, io: Io): Promise<number> {
  return reporting(io, async () => {
    const client = agentClient(lastValue(invocation, 'socket') ?? AGENT_SOCKET);
    const found = await client.status();
    const isJson = lastValue(invocation, 'output') === 'json';
    io.out(isJson ? `${JSON.stringify(ciliumStatus(found), null, 2)}\n` : statusText(found));
    return 0;
  });
}
