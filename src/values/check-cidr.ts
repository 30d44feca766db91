import { type Diagnostic, diagnostic, show } from '../errors/index.js';
import { formatPrefix, hasHostBits, networkOf, parsePrefix } from '../net/index.js';

/**
 * What is wrong with a CIDR, if it is not empty: its syntax, its family, or bits behind its length.
 *
 * @param path where it stands
 * @param family the only one that is right there; either one if absent
 */
export function checkCidr(path: string, text: string, family?: 4 | 6): Diagnostic[] {
  if (text === '') return [];
  const prefix = parsePrefix(text);
  if (prefix === undefined) {
    const most = (family ?? (text.includes(':') ? 6 : 4)) === 4 ? 32 : 128;
    return [
      diagnostic('PC202', `${show(text)} is not an address and a length up to ${most}`, { path }),
    ];
  }
  if (family !== undefined && prefix.family !== family) {
    return [
      diagnostic(
        'PC202',
        `${show(text)} is an IPv${prefix.family} range; this is the IPv${family} one`,
        {
          path,
          remedy: `Give it as ipv${prefix.family}NativeRoutingCIDR.`,
        },
      ),
    ];
  }
  if (hasHostBits(prefix)) {
    const network = formatPrefix(networkOf(prefix));
    return [
      diagnostic('PC203', `${show(text)} has bits set behind its length`, {
        path,
        remedy: `Write ${network}.`,
      }),
    ];
  }
  return [];
}
