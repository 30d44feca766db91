import { createServer, type Server } from 'node:http';
import { listening } from './health.js';

/** What the metrics server tells. */
export interface MetricsSource {
  readonly contentType: string;
  /** @throws whatever keeps it from being made: answered by 500 */
  metrics(): Promise<string>;
}

/**
 * Serves /metrics on all addresses of the node, both IP versions where it has both.
 *
 * @throws as `net.Server.listen`, such as EADDRINUSE
 */
export function serveMetrics(port: number, source: MetricsSource): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('/metrics\n');
      return;
    }
    source.metrics().then(
      (text) => response.writeHead(200, { 'content-type': source.contentType }).end(text),
      () => response.writeHead(500, { 'content-type': 'text/plain' }).end('not now\n'),
    );
  });
  // A scraper that stalls must not hold memory for ever.
  server.requestTimeout = 10_000;
  return listening(server, port);
}
