import { AEADS, CIPHERS, roleOf } from './algorithms.js';
import type { KeyLine, KeyLineProblem, KeyMaterial } from './key-line.js';

/** Stands for the name of an algorithm that is not known here. */
const UNKNOWN = 'unknown';

/** An algorithm of a line and the length of its key, in bits; the salt or nonce is counted apart. */
export interface AlgorithmFacts {
  /** {@link UNKNOWN} for a name that is not known here: it may be key material in the wrong field. */
  readonly algorithm: string;
  readonly keyBits: number;
  readonly saltBits: number;
}

/** What may be told of a line: never anything of its keys but their lengths. */
export interface KeyLineFacts {
  readonly keyID: number;
  readonly line: number;
  readonly perTunnel: boolean;
  /** One that does both, or authentication and encryption. */
  readonly algorithms: readonly AlgorithmFacts[];
  /** Length of the integrity check value in bits; undefined where the kernel's default is used. */
  readonly icvBits?: number;
}

export function keyLineFacts(key: KeyLine): KeyLineFacts {
  const { keyId: keyID, line, perTunnel } = key;
  const head = { keyID, line, perTunnel };
  return key.form === 'aead'
    ? { ...head, algorithms: [factsOf(key.aead)], icvBits: key.icvBits }
    : { ...head, algorithms: [factsOf(key.authentication), factsOf(key.encryption)] };
}

/** The names of a line's algorithms. */
export function algorithmNames({ algorithms }: KeyLineFacts): string {
  return algorithms.map(({ algorithm }) => algorithm).join(' ');
}

/** What a person should know of a good line beyond what its reading reports: all of it warnings. */
export function adviceOn(facts: KeyLineFacts): KeyLineProblem[] {
  const { keyID, line, algorithms, icvBits } = facts;
  const advice: KeyLineProblem[] = [];
  const add = (code: KeyLineProblem['code'], message: string): void => {
    advice.push({ code, line, message: `key id ${keyID}: ${message}` });
  };
  if (algorithms.some(({ algorithm }) => algorithm === UNKNOWN)) {
    add('PC474', 'an algorithm that is not known here, so its key’s length was not checked');
  }
  if (icvBits !== undefined && icvBits < 128) add('PC473', `a check value of ${icvBits} bits`);
  if (algorithms.length === 2) add('PC472', 'authentication and encryption are two algorithms');
  return advice;
}

function factsOf({ algorithm, psk }: KeyMaterial): AlgorithmFacts {
  const saltBytes = (AEADS[algorithm] ?? CIPHERS[algorithm])?.saltBytes ?? 0;
  return {
    algorithm: roleOf(algorithm) === undefined ? UNKNOWN : algorithm,
    keyBits: (psk.length - saltBytes) * 8,
    saltBits: saltBytes * 8,
  };
}
