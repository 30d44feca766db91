import type { ErrorCode } from '../errors/index.js';
import {
  AEADS,
  CIPHERS,
  NULL_ALGORITHMS,
  type Role,
  roleOf,
  SHORTEST_PSK,
  WEAK_AUTHENTICATION,
} from './algorithms.js';

/** An algorithm and its pre-shared key material, in bytes. */
export interface KeyMaterial {
  readonly algorithm: string;
  readonly psk: Uint8Array;
}

interface KeyHead {
  /** 1–15: four bits of every SPI. */
  readonly keyId: number;
  /** Whether the line asked for per-tunnel keys with `+`. They are used in any case. */
  readonly perTunnel: boolean;
  /** The line's number in its file, from 1. */
  readonly line: number;
}

/** One line of the key file. */
export type KeyLine =
  | (KeyHead & { readonly form: 'aead'; readonly aead: KeyMaterial; readonly icvBits: number })
  | (KeyHead & {
      readonly form: 'auth-encryption';
      readonly authentication: KeyMaterial;
      readonly encryption: KeyMaterial;
    });

/** Something wrong with a line. The message quotes nothing of it but the name of a known algorithm. */
export interface KeyLineProblem {
  readonly code: ErrorCode;
  readonly line: number;
  readonly message: string;
}

/**
 * Parses the content of a key file, in the format of Cilium's IPsec guide:
 * `key-id[+] algorithm key-in-hex icv-bits` or
 * `key-id[+] auth-algorithm auth-key encryption-algorithm encryption-key`, one key id a line.
 * Empty lines and lines that begin with `#` are skipped.
 *
 * @returns the good lines, and every problem of the others
 */
export function parseKeyLines(text: string): { keys: KeyLine[]; problems: KeyLineProblem[] } {
  const keys: KeyLine[] = [];
  const problems: KeyLineProblem[] = [];
  const firstLineOf = new Map<number, number>();
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) continue;
    const line = index + 1;
    const report = (code: ErrorCode, message: string): void => {
      problems.push({ code, line, message });
    };
    const key = parseLine(content.split(/[ \t]+/), line, report);
    if (key === undefined) continue;
    const first = firstLineOf.get(key.keyId);
    if (first !== undefined) {
      report('PC308', `key id ${key.keyId} stands on line ${first} already`);
      continue;
    }
    firstLineOf.set(key.keyId, line);
    keys.push(key);
  }
  if (keys.length === 0 && problems.length === 0) {
    problems.push({ code: 'PC301', line: 1, message: 'the key file has no key line' });
  }
  return { keys, problems };
}

type Report = (code: ErrorCode, message: string) => void;

function parseLine(
  [id = '', ...fields]: readonly string[],
  line: number,
  report: Report,
): KeyLine | undefined {
  const match = /^([0-9]{1,2})(\+?)$/.exec(id);
  const keyId = Number(match?.[1]);
  const idIsGood = match !== null && keyId >= 1 && keyId <= 15;
  if (!idIsGood) report('PC302', 'the line does not begin with a key id from 1 to 15');
  else if (match[2] === '') report('PC311', `key id ${keyId} has no plus sign`);
  const head: KeyHead = { keyId, perTunnel: match?.[2] === '+', line };

  if (fields.length === 3) {
    const [algorithm = '', hex = '', icv = ''] = fields;
    const psk = materialOf('AEAD', algorithm, hex, report);
    const icvBits = icvOf(algorithm, icv, report);
    if (!idIsGood || psk === undefined || icvBits === undefined) return undefined;
    return { ...head, form: 'aead', aead: { algorithm, psk }, icvBits };
  }
  if (fields.length === 4) {
    const [auth = '', authHex = '', cipher = '', cipherHex = ''] = fields;
    const authPsk = materialOf('authentication', auth, authHex, report);
    const cipherPsk = materialOf('encryption', cipher, cipherHex, report);
    if (WEAK_AUTHENTICATION.has(auth)) report('PC312', `${auth} is no longer considered safe`);
    if (CIPHERS[cipher]?.weak) report('PC312', `${cipher} is no longer considered safe`);
    if (!idIsGood || authPsk === undefined || cipherPsk === undefined) return undefined;
    return {
      ...head,
      form: 'auth-encryption',
      authentication: { algorithm: auth, psk: authPsk },
      encryption: { algorithm: cipher, psk: cipherPsk },
    };
  }
  report('PC303', `the line has ${fields.length + 1} fields; 4 (AEAD) or 5 are expected`);
  return undefined;
}

/** Kernel algorithm names nest templates: `rfc4106(gcm(aes))`; at most 63 bytes (linux/xfrm.h). */
const ALGORITHM = /^[a-z][a-z0-9_-]*(\(([a-z0-9_,()-]+)\))?$/;

function materialOf(
  role: Role,
  algorithm: string,
  hex: string,
  report: Report,
): Uint8Array | undefined {
  if (NULL_ALGORITHMS.has(algorithm)) {
    report('PC309', `${algorithm} leaves packets readable or forgeable`);
    return undefined;
  }
  if (!ALGORITHM.test(algorithm) || algorithm.length > 63 || !balanced(algorithm)) {
    report('PC304', 'a field that should be an algorithm is not the name of one');
    return undefined;
  }
  const known = roleOf(algorithm);
  if (known !== undefined && known !== role) {
    report('PC304', `${algorithm} is for ${known}; this field is for ${role}`);
    return undefined;
  }
  // An unknown name is not quoted: it may be key material that slipped into this field.
  const name = known === undefined ? `the ${role} algorithm` : algorithm;
  const lengths = (AEADS[algorithm] ?? CIPHERS[algorithm])?.keyBytes;
  const digits = hex.replace(/^0x/i, '');
  if (!/^([0-9a-fA-F]{2})+$/.test(digits)) {
    const odd = /^[0-9a-fA-F]+$/.test(digits);
    report('PC305', `the key of ${name} ${odd ? 'has an odd number of hex digits' : 'is not hex'}`);
    return undefined;
  }
  const psk = Uint8Array.from(Buffer.from(digits, 'hex'));
  if (lengths !== undefined && !lengths.includes(psk.length)) {
    const wanted = lengths.map((bytes) => `${bytes} bytes (${bytes * 2} hex digits)`).join(' or ');
    report('PC306', `the key of ${name} has ${psk.length} bytes; it must have ${wanted}`);
    return undefined;
  }
  if (lengths === undefined && psk.length < SHORTEST_PSK) {
    report(
      'PC313',
      `the key of ${name} has ${psk.length} bytes; at least ${SHORTEST_PSK} are needed`,
    );
    return undefined;
  }
  // A key of one repeated byte is a placeholder; a random one has this form once in 2^100 lines.
  if (psk.every((byte) => byte === psk[0])) {
    report('PC310', `the key of ${name} is one byte repeated`);
    return undefined;
  }
  return psk;
}

function icvOf(algorithm: string, text: string, report: Report): number | undefined {
  const allowed = AEADS[algorithm]?.icvBits;
  const bits = /^[0-9]{1,3}$/.test(text) ? Number(text) : Number.NaN;
  const good = allowed?.includes(bits) ?? (bits >= 32 && bits <= 512 && bits % 8 === 0);
  if (good) return bits;
  const wanted = allowed?.join(', ') ?? 'a multiple of 8 from 32 to 512';
  report('PC307', `the last field must be the length of the check value in bits: ${wanted}`);
  return undefined;
}

/** Whether every bracket has its partner, and the outermost pair encloses the rest of the name. */
function balanced(name: string): boolean {
  let depth = 0;
  for (const [index, character] of [...name].entries()) {
    if (character === '(') depth += 1;
    else if (character === ')' && --depth < (index < name.length - 1 ? 1 : 0)) return false;
  }
  return depth === 0;
}
