import { type Diagnostic, diagnostic } from '../errors/index.js';
import type { EncryptionType } from '../keying/index.js';
import { formatPrefix, networkOf, parsePrefix } from '../net/index.js';
import type { StrictText } from '../pairs/index.js';
import { milliseconds } from '../text/duration.js';
// Not through its folder's index, which would bring the schema and its validator along.
import { checkCidr } from '../values/check-cidr.js';
import { checkCover } from '../values/check-cover.js';
import { keepaliveSeconds } from '../values/check-wireguard.js';

/** What the ConfigMap says. Its keys are the paths of the values. */
export interface AgentConfig {
  readonly enabled: boolean;
  readonly type: EncryptionType;
  readonly nodeEncryption: boolean;
  /** Devices whose addresses are tunnel ends; empty for the default route's. */
  readonly interfaces: readonly string[];
  readonly secretName: string;
  readonly keyFile: string;
  readonly mountPath: string;
  readonly keyWatcher: boolean;
  /** How long a confirmed pair keeps its old keys, in milliseconds; an older version's state has none. */
  readonly keyRotationDuration?: number;
  /** WireGuard waits for the Secret, too; an older version's configuration, or state, has waited. */
  readonly requireSecret?: boolean;
  /** How often WireGuard sends to a peer when there is nothing to send, in seconds; 0 for never. */
  readonly persistentKeepalive: number;
  /** Absent while strict mode is off in both directions. */
  readonly strict?: StrictText;
  /** Key of the taint that the agent removes once it is ready; absent for none. */
  readonly startupTaint?: string;
}

/**
 * Reads the ConfigMap's data.
 *
 * @returns what is wrong with it instead: nothing of a damaged configuration is taken, least of all that
 *   encryption is off
 */
export function parseConfig(
  data: Readonly<Record<string, string>>,
): { config: AgentConfig } | { problems: Diagnostic[] } {
  const problems: Diagnostic[] = [];
  const text = (key: string): string => {
    const value = data[key];
    if (value !== undefined) return value;
    problems.push(diagnostic('PC714', `the key ${key} is missing`));
    return '';
  };
  const flag = (key: string): boolean => {
    const value = text(key);
    if (value !== 'true' && value !== 'false' && data[key] !== undefined) {
      problems.push(diagnostic('PC714', `the key ${key} is neither true nor false`));
    }
    return value === 'true';
  };
  const duration = (key: string): number => {
    const value = milliseconds(text(key));
    if (value === undefined && data[key] !== undefined) {
      problems.push(diagnostic('PC714', `the key ${key} is no duration`));
    }
    return value ?? 0;
  };
  const type = (): EncryptionType => {
    const value = text('encryption.type');
    if (value === 'ipsec' || value === 'wireguard') return value;
    if (data['encryption.type'] !== undefined) {
      const message = 'the key encryption.type is neither ipsec nor wireguard';
      problems.push(diagnostic('PC714', message));
    }
    return 'ipsec';
  };
  problems.push(...rangeProblems(data));
  const strict = strictOf(data, problems);
  const startupTaint = startupTaintOf(data, problems);
  const config: AgentConfig = {
    enabled: flag('encryption.enabled'),
    type: type(),
    nodeEncryption: flag('encryption.nodeEncryption'),
    interfaces: listOf(text('encryption.ipsec.interface')),
    secretName: text('encryption.ipsec.secretName'),
    keyFile: text('encryption.ipsec.keyFile'),
    mountPath: text('encryption.ipsec.mountPath'),
    keyWatcher: flag('encryption.ipsec.keyWatcher'),
    keyRotationDuration: duration('encryption.ipsec.keyRotationDuration'),
    requireSecret: requireSecretOf(data, problems),
    persistentKeepalive: keepaliveOf(data, problems),
    ...(strict === undefined ? {} : { strict }),
    ...(startupTaint === undefined ? {} : { startupTaint }),
  };
  return problems.length > 0 ? { problems } : { config };
}

/** The ranges, with the family that each must be of, if there is only one. */
const RANGES: readonly (readonly [key: string, family?: 4 | 6])[] = [
  ['ipv4NativeRoutingCIDR', 4],
  ['ipv6NativeRoutingCIDR', 6],
  ['encryption.strictMode.egress.cidr'],
];

/**
 * What is wrong with the ranges, under the codes of `synth`: helm's templates cannot check them, and a
 * wrong range in strict mode would leave open what the user believes closed.
 */
function rangeProblems(data: Readonly<Record<string, string>>): Diagnostic[] {
  return RANGES.flatMap(([key, family]) =>
    listOf(data[key] ?? '').flatMap((text) => checkCidr(key, text, family)),
  ).map(({ code, path, message }) => diagnostic(code, `${path}: ${message}`));
}

/**
 * Strict mode, if it is on in some direction. Its keys may be missing: in an older version's ConfigMap,
 * which for a moment stands beside a newer agent.
 */
function strictOf(
  data: Readonly<Record<string, string>>,
  problems: Diagnostic[],
): StrictText | undefined {
  const flag = (name: string): boolean => {
    const key = `encryption.strictMode.${name}`;
    const value = data[key] ?? 'false';
    if (value !== 'true' && value !== 'false') {
      problems.push(diagnostic('PC714', `the key ${key} is neither true nor false`));
    }
    return value === 'true';
  };
  const egress = flag('egress.enabled');
  const ingress = flag('ingress.enabled');
  const allowNodes = egress && flag('egress.allowRemoteNodeIdentities');
  if (!egress && !ingress) return undefined;
  const prefixesOf = (key: string): string[] =>
    listOf(data[key] ?? '').flatMap((text) => {
      const prefix = parsePrefix(text);
      // What is none was reported above.
      return prefix === undefined ? [] : [formatPrefix(networkOf(prefix))];
    });
  const path = 'encryption.strictMode.egress.cidr';
  const given = prefixesOf(path);
  const native = ['ipv4NativeRoutingCIDR', 'ipv6NativeRoutingCIDR'];
  if (data['encryption.enabled'] === 'true') {
    const routing = Object.fromEntries(native.map((key) => [key, data[key] ?? '']));
    const open = checkCover(path, { egress, ingress, ranges: listOf(data[path] ?? ''), routing });
    problems.push(...open.map(({ code, message }) => diagnostic(code, `${path}: ${message}`)));
  }
  const ranges = given.length > 0 ? given : native.flatMap(prefixesOf);
  if (ranges.length === 0) {
    problems.push(diagnostic('PC714', 'strict mode is on, but there is no CIDR for it'));
  }
  return { egress: egress ? ranges : [], ingress: ingress ? ranges : [], allowNodes };
}

/** The startup taint's key; its values may be missing, as those of strict mode. */
function startupTaintOf(
  data: Readonly<Record<string, string>>,
  problems: Diagnostic[],
): string | undefined {
  const path = 'encryption.strictMode.startupTaint';
  const enabled = data[`${path}.enabled`] ?? 'false';
  const key = data[`${path}.key`] ?? '';
  if (enabled !== 'true' && enabled !== 'false') {
    problems.push(diagnostic('PC714', `the key ${path}.enabled is neither true nor false`));
  }
  if (enabled !== 'true') return undefined;
  if (key === '') problems.push(diagnostic('PC714', `the key ${path}.key is missing`));
  return key;
}

/** Its key may be missing, as those of strict mode: then nothing is done without a Secret, as before. */
function requireSecretOf(data: Readonly<Record<string, string>>, problems: Diagnostic[]): boolean {
  const key = 'encryption.wireguard.requireSecret';
  const value = data[key] ?? 'true';
  if (value !== 'true' && value !== 'false') {
    problems.push(diagnostic('PC714', `the key ${key} is neither true nor false`));
  }
  return value !== 'false';
}

/** The keepalive in seconds. Its key may be missing, as those of strict mode: in an older version's ConfigMap. */
function keepaliveOf(data: Readonly<Record<string, string>>, problems: Diagnostic[]): number {
  const key = 'encryption.wireguard.persistentKeepalive';
  const seconds = keepaliveSeconds(data[key] ?? '0s');
  if (seconds === undefined) {
    problems.push(diagnostic('PC714', `the key ${key} is no whole number of seconds up to 65535`));
  }
  return seconds ?? 0;
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
