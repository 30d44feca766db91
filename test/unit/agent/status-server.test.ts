import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, request } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StatusServer, serveStatus } from '../../../src/agent/status-server.js';
import { type Diagnostic, diagnostic } from '../../../src/errors/index.js';
import { agentClient } from '../../../src/node/agent-client.js';
import type { ForgetAnswer } from '../../../src/status/index.js';
import { HEALTHY, TROUBLED } from '../status/samples.js';

let folder: string;
let socket: string;
const servers: { close: () => unknown }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podcloak-socket-'));
  socket = join(folder, 'agent.sock');
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  rmSync(folder, { recursive: true });
});

const HANDLERS = {
  status: async () => HEALTHY,
  forget: async (node: string): Promise<ForgetAnswer> => ({ outcome: 'unknown', node }),
  problems: (): readonly Diagnostic[] => [],
};

async function serve(handlers: Partial<typeof HANDLERS> = {}): Promise<StatusServer> {
  const server = await serveStatus(socket, { ...HANDLERS, ...handlers });
  servers.push(server);
  return server;
}

/** A server that is no agent. */
async function listen<T extends Server>(server: T): Promise<T> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return server;
}

function ask(method: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath: socket, method, path, agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    sent.on('error', reject).end();
  });
}

describe('the agent’s socket', () => {
  it('tells the status as it is at the moment', async () => {
    let now = HEALTHY;
    await serve({ status: async () => now });

    expect(await agentClient(socket).status()).toEqual(HEALTHY);
    now = TROUBLED;
    expect(await agentClient(socket).status()).toEqual(TROUBLED);
  });

  it('passes the name of a node to forget, whatever characters it has', async () => {
    const asked: string[] = [];
    await serve({
      forget: async (node) => {
        asked.push(node);
        return { outcome: 'forgotten', node, podCIDRs: ['10.244.3.0/24'] };
      },
    });

    expect(await agentClient(socket).forget('a&node=b c')).toEqual({
      outcome: 'forgotten',
      node: 'a&node=b c',
      podCIDRs: ['10.244.3.0/24'],
    });
    expect(asked).toEqual(['a&node=b c']);
  });

  it('is for its owner only', async () => {
    await serve();

    expect(statSync(socket).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['agent.sock']);
  });

  it('takes the place of what a killed agent left, and of an agent that still runs', async () => {
    writeFileSync(socket, '');
    const first = await serve();
    expect(await agentClient(socket).status()).toEqual(HEALTHY);
    await serve({ status: async () => TROUBLED });
    expect(await agentClient(socket).status()).toEqual(TROUBLED);

    // The first one goes later, and must not take the socket of the second with it.
    await first.close();
    expect(await agentClient(socket).status()).toEqual(TROUBLED);
  });

  it('is gone when the agent ends', async () => {
    const server = await serve();
    await server.close();

    expect(readdirSync(folder)).toEqual([]);
  });

  it('answers nothing else', async () => {
    await serve();

    expect(await ask('GET', '/')).toBe(404);
    expect(await ask('GET', '/forget?node=a')).toBe(404);
    expect(await ask('POST', '/status')).toBe(404);
    expect(await ask('POST', '/forget')).toBe(400);
    expect(await ask('GET', '//')).toBe(404);
  });

  it('says what is wrong with the node when a handler fails', async () => {
    await serve({
      status: () => Promise.reject(new Error('secret')),
      problems: () => [diagnostic('PC701', 'socket: EPROTONOSUPPORT')],
    });
    await expect(agentClient(socket).status()).rejects.toMatchObject({
      diagnostics: [
        { code: 'PC426' },
        {
          code: 'PC701',
          message: 'socket: EPROTONOSUPPORT',
          remedy: expect.stringMatching(/Load/),
        },
      ],
    });
  });

  it('survives a handler that fails, and tells nothing of the reason', async () => {
    await serve({
      status: async () => {
        throw new Error('secret');
      },
      forget: () => Promise.reject(new Error('secret')),
    });

    await expect(agentClient(socket).status()).rejects.toMatchObject({ code: 'PC426' });
    await expect(agentClient(socket).forget('a')).rejects.toThrow(/failed to answer/);
  });

  it('cannot be made in a folder that does not exist', async () => {
    await expect(serveStatus(join(folder, 'no/agent.sock'), HANDLERS)).rejects.toThrow();
  });
});

describe('the client of the socket', () => {
  it('says that no agent runs when there is no socket, or nobody behind it', async () => {
    await expect(agentClient(socket).status()).rejects.toMatchObject({ code: 'PC425' });

    const server = await listen(createServer());
    // What a killed process leaves: the file stays when the name was given to another.
    const { renameSync } = await import('node:fs');
    renameSync(socket, `${socket}.stale`);
    await new Promise((resolve) => server.close(resolve));
    await expect(agentClient(`${socket}.stale`).status()).rejects.toMatchObject({ code: 'PC425' });
  });

  it('gives up on an agent that does not answer', async () => {
    const open = new Set<{ destroy: () => void }>();
    const server = await listen(createServer((connection) => open.add(connection)));

    await expect(agentClient(socket, { timeout: 50 }).status()).rejects.toMatchObject({
      code: 'PC426',
    });
    for (const connection of open) connection.destroy();
    server.close();
  });

  it('gives up on an answer that stops in the middle', async () => {
    const server = createHttpServer((_, response) => response.writeHead(200).write('{'));
    await listen(server);

    await expect(agentClient(socket, { timeout: 50 }).status()).rejects.toMatchObject({
      code: 'PC426',
    });
    server.closeAllConnections();
  });

  it('says that the agent broke off', async () => {
    await listen(createServer((connection) => connection.destroy()));

    await expect(agentClient(socket).status()).rejects.toMatchObject({ code: 'PC426' });
  });

  it('does not take any answer for a status', async () => {
    await listen(createHttpServer((_, response) => response.end('{"mode":"IPsec"}')));

    await expect(agentClient(socket).status()).rejects.toMatchObject({ code: 'PC427' });
  });
});
