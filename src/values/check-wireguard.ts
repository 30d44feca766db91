import { type Diagnostic, diagnostic } from '../errors/index.js';
import { nanoseconds } from '../text/duration.js';
import type { CheckInput } from './check-input.js';

const KEEPALIVE = 'encryption.wireguard.persistentKeepalive';

/** The kernel has 16 bits for it: WGPEER_A_PERSISTENT_KEEPALIVE_INTERVAL of linux/wireguard.h. */
const LONGEST = 65_535;

const NANOSECONDS = 1e9;

/**
 * Seconds of a keepalive such as `25s`; 0 for none.
 *
 * @returns undefined for one that is no duration, or that the kernel cannot count
 */
export function keepaliveSeconds(text: string): number | undefined {
  const found = nanoseconds(text);
  if (found === undefined) return undefined;
  // Less than a nanosecond would pass for nothing.
  const isCutOff = found === 0 && /[1-9]/.test(text);
  const seconds = found / NANOSECONDS;
  return Number.isInteger(seconds) && seconds <= LONGEST && !isCutOff ? seconds : undefined;
}

/** The keepalive is one that the kernel can count, whatever the type: it may change. */
export function checkKeepalive({ values }: CheckInput): Diagnostic[] {
  const { persistentKeepalive } = values.encryption.wireguard;
  if (keepaliveSeconds(persistentKeepalive) !== undefined) return [];
  const message = `${persistentKeepalive} is no whole number of seconds up to ${LONGEST}`;
  return [diagnostic('PC219', message, { path: KEEPALIVE })];
}

/** Warns of a keepalive that nothing is kept alive by. */
export function checkKeepaliveEffect({ values }: CheckInput): Diagnostic[] {
  const { type, wireguard } = values.encryption;
  const seconds = keepaliveSeconds(wireguard.persistentKeepalive) ?? 0;
  if (type === 'wireguard' || seconds === 0) return [];
  return [diagnostic('PC204', `has no effect with encryption.type=${type}`, { path: KEEPALIVE })];
}
