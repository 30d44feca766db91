import { chmodSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Diagnostic } from '../errors/index.js';
import type { AgentStatus, ForgetAnswer } from '../status/index.js';

/** What the commands of people can ask of the agent. */
export interface StatusHandlers {
  readonly status: () => Promise<AgentStatus>;
  readonly forget: (node: string) => Promise<ForgetAnswer>;
  /** What is wrong with the node, which tells why one of the others has failed. */
  readonly problems: () => readonly Diagnostic[];
}

export interface StatusServer {
  /** Stops to listen, ends what is under way and removes the socket file. */
  readonly close: () => Promise<void>;
}

/**
 * Answers `GET /status` and `POST /forget?node=NODE` in JSON on a unix socket that only its owner can
 * use (mode 0600). What stands at the path is replaced: a socket that a killed agent left, or that of an
 * agent which this one follows.
 *
 * @throws Error as `node:fs` and `node:net` do, such as ENOENT for a missing folder
 */
export async function serveStatus(path: string, handlers: StatusHandlers): Promise<StatusServer> {
  const server = createServer((request, response) => void answer(request, response, handlers));
  // Made under another name and renamed when ready: never there with other rights, never half there.
  const fresh = `${path}.${process.pid}`;
  rmSync(fresh, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(fresh, resolve);
  });
  let inode: bigint;
  try {
    chmodSync(fresh, 0o600);
    inode = statSync(fresh, { bigint: true }).ino;
    renameSync(fresh, path);
  } catch (thrown) {
    server.close();
    throw thrown;
  }
  return {
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      // Unless another agent has put its own there.
      if (statSync(path, { bigint: true, throwIfNoEntry: false })?.ino === inode) rmSync(path);
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handlers: StatusHandlers,
): Promise<void> {
  try {
    // Not as a reference to a base: a path of two slashes would be no URL.
    const url = new URL(`http://agent${request.url ?? '/'}`);
    const node = url.searchParams.get('node') ?? '';
    const route = `${request.method} ${url.pathname}`;
    if (route === 'GET /status') {
      send(response, 200, await handlers.status());
    } else if (route === 'POST /forget' && node !== '') {
      send(response, 200, await handlers.forget(node));
    } else if (route === 'POST /forget') send(response, 400, { error: 'no node is named' });
    else send(response, 404, { error: 'there is no such thing here' });
  } catch {
    // The reason goes to the agent's own log, through its handlers; it may name what is not for here.
    const problems = handlers.problems().map(({ code, message }) => ({ code, message }));
    send(response, 500, { error: 'the agent failed to answer', problems });
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = `${JSON.stringify(body)}\n`;
  const headers = { 'content-type': 'application/json', connection: 'close' };
  response.writeHead(status, headers).end(text);
}
