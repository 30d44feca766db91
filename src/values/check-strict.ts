import { type Diagnostic, diagnostic } from '../errors/index.js';
import { checkCidr } from './check-cidr.js';
import { checkCover } from './check-cover.js';
import { type CheckInput, NATIVE_CIDRS } from './check-input.js';
import { valueAt } from './json.js';

const STRICT_CIDR = 'encryption.strictMode.egress.cidr';

/** Strict mode that is on needs something to be strict about. */
export function checkStrictRange({ values }: CheckInput): Diagnostic[] {
  const { egress, ingress } = values.encryption.strictMode;
  const ranges = [egress.cidr, ...NATIVE_CIDRS.map((name) => values[name])].flat();
  if (!(egress.enabled || ingress.enabled) || ranges.some((text) => text !== '')) return [];
  const direction = egress.enabled ? 'egress' : 'ingress';
  const message = `encryption.strictMode.${direction}.enabled=true needs a range to be strict about`;
  return [diagnostic('PC218', message, { path: STRICT_CIDR })];
}

/** Its own CIDRs, one or a list. */
export function checkStrictCidrs({ values }: CheckInput): Diagnostic[] {
  const { cidr } = values.encryption.strictMode.egress;
  if (typeof cidr === 'string') return checkCidr(STRICT_CIDR, cidr);
  return cidr.flatMap((text, index) => checkCidr(`${STRICT_CIDR}[${index}]`, text));
}

/** Its own CIDRs hold all pods. Of encryption that is off nothing leaks, as nothing is strict. */
export function checkStrictCover({ values }: CheckInput): Diagnostic[] {
  const { enabled, strictMode } = values.encryption;
  const { egress, ingress } = strictMode;
  if (!enabled) return [];
  return checkCover(STRICT_CIDR, {
    ...{ egress: egress.enabled, ingress: ingress.enabled, ranges: [egress.cidr].flat() },
    routing: Object.fromEntries(NATIVE_CIDRS.map((name) => [name, values[name]])),
  });
}

/** Warns of what is set and does nothing. */
export function checkStrictEffect({ values, given }: CheckInput): Diagnostic[] {
  const { enabled, strictMode } = values.encryption;
  const { egress, ingress } = strictMode;
  const path = 'encryption.strictMode';
  const warn = (name: string, message: string): Diagnostic =>
    diagnostic('PC204', message, { path: `${path}.${name}` });
  if (!enabled) {
    return Object.entries({ egress, ingress })
      .filter(([, direction]) => direction.enabled)
      .map(([name]) => warn(`${name}.enabled`, 'has no effect while encryption.enabled is false'));
  }
  const found: Diagnostic[] = [];
  const range = valueAt(given, ['encryption', 'strictMode', 'egress', 'cidr']);
  if (!egress.enabled && !ingress.enabled && [range ?? ''].flat().some((text) => text !== '')) {
    found.push(warn('egress.cidr', 'has no effect while strict mode is off in both directions'));
  }
  if (!egress.enabled && egress.allowRemoteNodeIdentities) {
    const message = 'has no effect while encryption.strictMode.egress.enabled is false';
    found.push(warn('egress.allowRemoteNodeIdentities', message));
  }
  return found;
}
