import { fstatSync, readFileSync, readSync, statSync, writeSync } from 'node:fs';
import { type Diagnostic, diagnostic, formatDiagnostics } from '../errors/index.js';
import { paintFor } from '../text/colour.js';

/** What a command may do to the world. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether `out` is a terminal, where a secret would be seen. */
  readonly outIsTerminal: boolean;
  /** Whether `err` is one, where progress and colours can be shown. */
  readonly errIsTerminal: boolean;
  /** The bytes of a file; `-` is standard input. Throws as `node:fs` does. */
  readonly read: (path: string) => Uint8Array;
  /** The next line of standard input, without its end; undefined when there is none. */
  readonly readLine: () => string | undefined;
}

/**
 * This process' own. Written straight to the descriptors: `process.stdout` would load all of streams
 * and net, which takes longer than to render the manifests.
 */
export const processIo: Io = {
  out: (text) => write(1, text),
  err: (text) => {
    try {
      write(2, text);
    } catch {
      // Nobody can be told, and the manifests must not get lost with a warning.
    }
  },
  get outIsTerminal() {
    return mayBeTerminal(1) && process.stdout.isTTY === true;
  },
  get errIsTerminal() {
    return mayBeTerminal(2) && process.stderr.isTTY === true;
  },
  read: (path) => readFileSync(path === '-' ? 0 : path),
  readLine: () => readLine(0),
};

/**
 * Only a character device may be a terminal, and one that is not /dev/null most likely is. Asked before
 * `process.stderr` and its like are, which load streams and net. A descriptor that was closed is none.
 */
function mayBeTerminal(descriptor: number): boolean {
  try {
    const file = fstatSync(descriptor);
    if (!file.isCharacterDevice()) return false;
    return file.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
  } catch {
    return false;
  }
}

/** Reads byte by byte, as what stands behind the line is not ours to take. */
function readLine(descriptor: number): string | undefined {
  const byte = Buffer.alloc(1);
  const line: number[] = [];
  for (;;) {
    try {
      if (readSync(descriptor, byte, 0, 1, null) === 0) break;
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EAGAIN') break;
      pause();
      continue;
    }
    if (byte[0] === 0x0a) return decode(line);
    line.push(byte[0] ?? 0);
  }
  return line.length === 0 ? undefined : decode(line);
}

function decode(bytes: readonly number[]): string {
  return Buffer.from(bytes).toString('utf8').replace(/\r$/, '');
}

/** Waits a moment for the other end of a non-blocking descriptor. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}

/** Writes all of a text, also to a pipe that its reader made non-blocking and does not empty yet. */
function write(descriptor: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EAGAIN') throw thrown;
      pause();
    }
  }
}

/** Prints diagnostics for people, on standard error. */
export function report(io: Io, diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length === 0) return;
  io.err(`${formatDiagnostics(diagnostics, paintFor(io.errIsTerminal, process.env))}\n`);
}

/** Values files hold at most 1 MiB, as the API server's requests do; keys need far less. */
export const MAX_VALUES_BYTES = 1024 * 1024;
export const MAX_FILE_BYTES = 64 * 1024;

/** The name of an input in messages. */
export function inputName(path: string): string {
  if (path === '') return 'an empty file name';
  return path === '-' ? 'standard input' : path;
}

/** The text of a file, or what is wrong with it. */
export function readText(
  io: Io,
  path: string,
  maxBytes: number,
): { text: string } | { problem: Diagnostic } {
  const place = { source: inputName(path) };
  let bytes: Uint8Array;
  try {
    bytes = io.read(path);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (code === 'ENOENT') return { problem: diagnostic('PC110', 'no such file', { place }) };
    const why = code === 'EISDIR' ? 'it is a folder' : `it cannot be read (${String(code)})`;
    return { problem: diagnostic('PC111', why, { place }) };
  }
  if (bytes.length > maxBytes) {
    return { problem: diagnostic('PC119', `over ${maxBytes / 1024} KiB`, { place }) };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { problem: diagnostic('PC112', 'the file is not UTF-8', { place }) };
  }
}
