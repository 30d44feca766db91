import { randomBytes } from 'node:crypto';
import type { KeyLine } from '../../key-lines/index.js';
import {
  type Algorithms,
  type Family,
  IP_PROTOCOL,
  NO_LIMITS,
  type Sa,
  XFRM_MODE,
} from '../../netlink/index.js';

/** What the kernel's refusals of an SA mean. An algorithm may itself be there and lack one that it is made of. */
export const TRIAL_FAULTS: Readonly<Record<string, 'PC701' | 'PC702' | 'PC703'>> = {
  EPERM: 'PC703',
  EPROTONOSUPPORT: 'PC701',
  ENOSYS: 'PC702',
  ENOENT: 'PC702',
};

/** More than the self-tests of an algorithm take. */
const TRIAL_SECONDS = 10n;

/** An address for documentation (RFC 5737, RFC 3849). */
function trialEnd(family: Family, host: number): Uint8Array {
  const network = family === 4 ? [192, 0, 2] : [0x20, 0x01, 0x0d, 0xb8, ...Array(11).fill(0)];
  return Uint8Array.from([...network, host]);
}

/** An SA that nobody uses, with random keys. */
export function trialSa(line: KeyLine, family: Family): Sa {
  const random = (bytes: number): Uint8Array => randomBytes(bytes);
  const algorithms: Algorithms =
    line.form === 'aead'
      ? {
          aead: {
            name: line.aead.algorithm,
            key: random(line.aead.psk.length),
            icvBits: line.icvBits,
          },
        }
      : {
          auth: {
            name: line.authentication.algorithm,
            key: random(line.authentication.psk.length),
            icvBits: 96,
          },
          crypt: {
            name: line.encryption.algorithm,
            key: random(line.encryption.psk.length),
          },
        };
  return {
    source: trialEnd(family, 1),
    destination: trialEnd(family, 2),
    spi: 256 + (randomBytes(2).readUInt16BE(0) & 0x7fff),
    protocol: IP_PROTOCOL.esp,
    reqid: 0,
    mode: XFRM_MODE.tunnel,
    flags: 0,
    // Should it be left there all the same, the kernel deletes it.
    limits: { ...NO_LIMITS, hardAddSeconds: TRIAL_SECONDS },
    ...algorithms,
  };
}
