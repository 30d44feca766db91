import { type IncomingMessage, request } from 'node:http';
import { type Diagnostic, diagnostic, PodcloakError, parseCode } from '../errors/index.js';
import {
  type AgentStatus,
  type ForgetAnswer,
  parseForgetAnswer,
  parseStatus,
} from '../status/index.js';

/** The agent of this node, over its socket. Every method throws PodcloakError: PC425 to PC427. */
export interface AgentClient {
  readonly status: () => Promise<AgentStatus>;
  readonly forget: (node: string) => Promise<ForgetAnswer>;
}

export interface ClientOptions {
  /** For a whole exchange, in milliseconds. */
  readonly timeout?: number;
}

/** What the status of 5,000 peers, with a long reason each, stays far below. */
const LONGEST = 16 * 1024 * 1024;

/** @param socket the path of the agent's socket */
export function agentClient(socket: string, { timeout = 20_000 }: ClientOptions = {}): AgentClient {
  const ask = async <T>(
    method: string,
    path: string,
    parse: (text: string) => T | undefined,
  ): Promise<T> => {
    const answer = parse(await exchange(socket, method, path, timeout));
    if (answer === undefined) throw failed('PC427', 'its answer is not of the expected form');
    return answer;
  };
  return {
    status: () => ask('GET', '/status', parseStatus),
    forget: (node) => ask('POST', `/forget?node=${encodeURIComponent(node)}`, parseForgetAnswer),
  };
}

async function exchange(
  socketPath: string,
  method: string,
  path: string,
  timeout: number,
): Promise<string> {
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      // No agent of Node's: a kept connection would hold up the end of this process.
      const options = {
        socketPath,
        method,
        path,
        agent: false,
        signal: AbortSignal.timeout(timeout),
      };
      request(options, resolve).on('error', reject).end();
    });
    const text = await textOf(response);
    if (response.statusCode === 200) return text;
    if (response.statusCode === 500) throw failedBy(text);
    throw failed('PC427', `it answered with status ${response.statusCode}`);
  } catch (thrown) {
    if (thrown instanceof PodcloakError) throw thrown;
    const { name, code } = thrown as NodeJS.ErrnoException;
    if (name === 'AbortError' || name === 'TimeoutError') {
      throw failed('PC426', `no answer within ${timeout / 1000} s`);
    }
    if (code === 'ENOENT' || code === 'ECONNREFUSED') {
      throw failed('PC425', `nobody listens at ${socketPath}`);
    }
    throw failed('PC426', `the exchange at ${socketPath} failed (${String(code)})`);
  }
}

/** The agent could not answer: its own problems, if it names any, say why and what to do. */
function failedBy(text: string): PodcloakError {
  const own = diagnostic('PC426', 'it failed to answer');
  return new PodcloakError([own, ...problemsIn(text)]);
}

function problemsIn(text: string): Diagnostic[] {
  try {
    const { problems } = JSON.parse(text) as { problems: { code: string; message: string }[] };
    return problems.flatMap(({ code, message }) => {
      const known = parseCode(code);
      return known === undefined ? [] : [diagnostic(known, String(message))];
    });
  } catch {
    return [];
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LONGEST) throw failed('PC427', 'its answer is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function failed(code: 'PC425' | 'PC426' | 'PC427', message: string): PodcloakError {
  return new PodcloakError([diagnostic(code, message)]);
}
