import { createServer, type Server } from 'node:http';

/** What the health server tells. */
export interface Health {
  /** The loop runs: else the kubelet restarts the agent. */
  isAlive(): boolean;
  /** This node's kernel holds what it should; never a matter of a peer or of the API server. */
  isReady(): boolean;
  /** Why not, in lines. */
  reasons(): string;
}

/**
 * Serves /healthz and /readyz on loopback.
 *
 * @throws as `net.Server.listen`, such as EADDRINUSE
 */
export function serveHealth(port: number, health: Health): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    const isGood =
      path === '/healthz' ? health.isAlive() : path === '/readyz' ? health.isReady() : undefined;
    response.setHeader('content-type', 'text/plain; charset=utf-8');
    if (isGood === undefined) {
      response.writeHead(404).end('/healthz or /readyz\n');
      return;
    }
    response.writeHead(isGood ? 200 : 503).end(isGood ? 'ok\n' : `${health.reasons()}\n`);
  });
  return listening(server, port, '127.0.0.1');
}

/** A server that listens. @throws as `net.Server.listen` */
export function listening(server: Server, port: number, host?: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.off('error', reject);
      server.on('error', () => {});
      resolve(server);
    });
  });
}
