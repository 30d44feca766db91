import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { VERSION } from '../version.js';
import type { Credentials } from './credentials.js';
import { KubeError, refused, toKubeError, unexpected, unreachable } from './kube-error.js';
import { linesOf } from './lines.js';
import { readItems } from './list-items.js';

/** One request to the API server. */
export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Without the query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The media type of the answer, unless it is plain JSON. */
  readonly accept?: string;
  /** Goes as JSON. */
  readonly body?: unknown;
  /** Of the body, unless it is plain JSON: which kind of patch it is. */
  readonly contentType?: string;
  readonly signal: AbortSignal;
}

/** Requests to one API server. Every failure is a KubeError. */
export interface Transport {
  /** The whole answer. */
  json(call: ApiCall): Promise<unknown>;
  /** The same of a list, whose `items` are handed over one by one and are not in what is returned. */
  list(call: ApiCall, onItem: (item: unknown) => void): Promise<unknown>;
  /**
   * The lines of an answer that goes on. It is open once the promise is fulfilled; the lines throw when
   * the connection breaks, or when nothing comes for so many milliseconds.
   */
  lines(call: ApiCall, silence: number): Promise<AsyncIterable<string>>;
}

/** Until there is a connection, TLS and all, in milliseconds. */
const CONNECT_TIMEOUT = 15_000;
/** From then until the answer begins, and between its parts. The API server gives up after 60 s. */
const ANSWER_TIMEOUT = 65_000;
/** After so long without a packet the kernel asks whether the other side is there, ten times a second. */
const KEEPALIVE = 15_000;

/**
 * Connections are made one a request: the agent asks seldom, an idle connection costs memory at both
 * ends, and a renewed token or CA is in use with the next request.
 *
 * @param load reads the credentials anew
 */
export function createTransport(load: () => Promise<Credentials>): Transport {
  let loaded: Promise<Credentials> | undefined;

  const attempt = async (call: ApiCall, patience: number): Promise<IncomingMessage> => {
    loaded ??= load();
    try {
      return await begin(await loaded, call, patience);
    } catch (error) {
      // A file may be renewed, or the CA: the next attempt starts from them.
      loaded = undefined;
      throw toKubeError(error);
    }
  };

  const open = async (call: ApiCall, patience = ANSWER_TIMEOUT): Promise<IncomingMessage> => {
    let response = await attempt(call, patience);
    if (response.statusCode === 401) {
      // The library reads a token file once a minute; this one may have been renewed since.
      response.resume();
      loaded = undefined;
      response = await attempt(call, patience);
    }
    const { statusCode: status = 0 } = response;
    if (status >= 200 && status < 300) return response;
    const body = await parsed(response).catch(() => undefined);
    throw refused(`${call.method} ${call.path}`, status, body, retryAfter(response));
  };

  return {
    json: async (call) => parsed(await open(call)),
    list: async (call, onItem) => readItems(watched(await open(call), ANSWER_TIMEOUT), onItem),
    lines: async (call, silence) => {
      // A watch is answered at once, before there is anything to say.
      const response = await open(call, Math.min(silence, ANSWER_TIMEOUT));
      return linesOf(watched(response, silence));
    },
  };
}

async function begin(
  credentials: Credentials,
  call: ApiCall,
  patience: number,
): Promise<IncomingMessage> {
  const { headers, ...options } = await credentials.apply();
  const query = new URLSearchParams(call.query).toString();
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  call.signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const sent = request(`${credentials.server}${call.path}${query === '' ? '' : `?${query}`}`, {
      ...options,
      method: call.method,
      signal: call.signal,
      headers: {
        ...withoutNewlines(headers),
        accept: call.accept ?? 'application/json',
        'user-agent': `podcloak/${VERSION}`,
        ...(body === undefined
          ? {}
          : {
              'content-type': call.contentType ?? 'application/json',
              'content-length': Buffer.byteLength(body),
            }),
      },
    });
    let timer: NodeJS.Timeout | undefined;
    const within = (milliseconds: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => sent.destroy(timedOut(milliseconds)), milliseconds);
    };
    within(patience);
    // Stays for what comes after the answer began, too: an error nobody listens to ends the process.
    sent.on('error', (error) => {
      clearTimeout(timer);
      reject(error instanceof KubeError ? error : unreachable(error));
    });
    sent.on('socket', (socket) => {
      socket.setKeepAlive(true, KEEPALIVE);
      if (!socket.connecting) return;
      within(Math.min(CONNECT_TIMEOUT, patience));
      socket.once('secureConnect', () => within(patience));
    });
    sent.on('response', (response) => {
      clearTimeout(timer);
      // The same: whoever reads the answer is told in another way.
      response.on('error', () => {});
      resolve(response);
    });
    sent.end(body);
  });
}

/** A token file may end with a newline, which no header can hold. */
function withoutNewlines(headers: unknown): Record<string, string> {
  const entries = Object.entries((headers ?? {}) as Record<string, unknown>);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value).trim()]));
}

async function parsed(response: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of watched(response, ANSWER_TIMEOUT)) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    // The parser's words quote the text.
    throw unexpected('it is not JSON');
  }
}

/** The chunks of an answer, which ends with an error when the other side falls silent. */
async function* watched(response: IncomingMessage, silence: number): AsyncGenerator<Uint8Array> {
  const patience = setTimeout(() => response.destroy(timedOut(silence)), silence);
  try {
    for await (const chunk of response) {
      patience.refresh();
      yield chunk as Uint8Array;
    }
  } catch (error) {
    throw error instanceof KubeError ? error : unreachable(error);
  } finally {
    clearTimeout(patience);
    response.destroy();
  }
}

function timedOut(milliseconds: number): KubeError {
  const message = `the API server cannot be reached: silent for ${milliseconds / 1000} s`;
  return new KubeError('PC501', message, { reason: 'ETIMEDOUT' });
}

/** The header's number of seconds, in milliseconds; its other form, a date, is none of the API's. */
function retryAfter({ headers }: IncomingMessage): number | undefined {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}
