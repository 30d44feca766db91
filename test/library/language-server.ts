import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '../..');

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: { readonly items?: readonly unknown[] };
  readonly result?: unknown;
}

interface Hover {
  readonly contents: { readonly value: string };
}

/**
 * TypeScript's own language server, which editors ask what to show: JSON-RPC on its standard input and
 * output, each message behind a header with its length (Language Server Protocol 3.17).
 */
export class LanguageServer {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #received = Buffer.alloc(0);
  #lastId = 0;

  constructor() {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    this.#child = spawn(process.execPath, [tsc, '--lsp', '--stdio'], { cwd: root });
    this.#child.stdout.on('data', (bytes: Buffer) => this.#receive(bytes));
  }

  async start(): Promise<void> {
    const hover = { contentFormat: ['markdown'] };
    const capabilities = { textDocument: { hover } };
    const rootUri = pathToFileURL(root).href;
    await this.#ask('initialize', { processId: process.pid, rootUri, capabilities });
    this.#send({ method: 'initialized', params: {} });
  }

  /** Opens a text as if it were a file at this path of the repository; the file need not exist. */
  open(path: string, text: string): string {
    const uri = pathToFileURL(join(root, path)).href;
    const textDocument = { uri, languageId: 'typescript', version: 1, text };
    this.#send({ method: 'textDocument/didOpen', params: { textDocument } });
    return uri;
  }

  /** What an editor shows over a place, as Markdown. Line and character count from 0. */
  async hover(uri: string, line: number, character: number): Promise<string> {
    const params = { textDocument: { uri }, position: { line, character } };
    const answer = (await this.#ask('textDocument/hover', params)) as Hover | null;
    return answer?.contents.value ?? '';
  }

  async stop(): Promise<void> {
    const closed = once(this.#child, 'close');
    await this.#ask('shutdown');
    this.#send({ method: 'exit' });
    this.#child.stdin.end();
    await closed;
  }

  #ask(method: string, params?: unknown): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise((resolve) => this.#waiting.set(id, resolve));
    this.#send({ id, method, params });
    return answer;
  }

  #send(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  #receive(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const end = this.#received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const header = this.#received.toString('latin1', 0, end);
      const start = end + 4;
      const length = Number(/Content-Length: (\d+)/i.exec(header)?.[1]);
      if (this.#received.length < start + length) return;
      const text = this.#received.toString('utf8', start, start + length);
      this.#received = this.#received.subarray(start + length);
      this.#handle(JSON.parse(text) as Message);
    }
  }

  #handle({ id, method, params, result }: Message): void {
    if (method === undefined) this.#waiting.get(Number(id))?.(result);
    // Its own questions, for settings and the like, need an answer; ours has nothing to say.
    else if (id !== undefined) this.#send({ id, result: params?.items?.map(() => null) ?? null });
  }
}
