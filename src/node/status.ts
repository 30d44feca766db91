import { type Invocation, lastValue } from '../cli/command.js';
import type { Io } from '../cli/io.js';
import { AGENT_SOCKET } from '../manifests/names.js';
import { ciliumStatus, encryptionLine, statusText } from '../status/index.js';
import { agentClient } from './agent-client.js';
import { reporting } from './run.js';

/** `podcloak encrypt status`. */
export function status(invocation: Invocation, io: Io): Promise<number> {
  return reporting(io, async () => {
    const client = agentClient(lastValue(invocation, 'socket') ?? AGENT_SOCKET);
    const found = await client.status();
    const isJson = lastValue(invocation, 'output') === 'json';
    io.out(
      isJson ? `${JSON.stringify(ciliumStatus(found, Date.now()), null, 2)}\n` : statusText(found),
    );
    return 0;
  });
}

/** `cilium-dbg status`: of all that Cilium prints there the line about encryption. */
export function encryptionOnly(invocation: Invocation, io: Io): Promise<number> {
  return reporting(io, async () => {
    const client = agentClient(lastValue(invocation, 'socket') ?? AGENT_SOCKET);
    io.out(`${encryptionLine(await client.status())}\n`);
    return 0;
  });
}
