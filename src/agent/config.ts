import { type Diagnostic, diagnostic } from '../errors/index.js';

/** What the ConfigMap says. Its keys are the paths of the values. */
export interface AgentConfig {
  readonly enabled: boolean;
  readonly nodeEncryption: boolean;
  /** Devices whose addresses are tunnel ends; empty for the default route's. */
  readonly interfaces: readonly string[];
  readonly secretName: string;
  readonly keyFile: string;
  readonly mountPath: string;
  readonly keyWatcher: boolean;
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
  if (text('encryption.type') !== 'ipsec' && data['encryption.type'] !== undefined) {
    problems.push(diagnostic('PC714', 'this agent knows encryption.type ipsec only'));
  }
  const config: AgentConfig = {
    enabled: flag('encryption.enabled'),
    nodeEncryption: flag('encryption.nodeEncryption'),
    interfaces: text('encryption.ipsec.interface')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    secretName: text('encryption.ipsec.secretName'),
    keyFile: text('encryption.ipsec.keyFile'),
    mountPath: text('encryption.ipsec.mountPath'),
    keyWatcher: flag('encryption.ipsec.keyWatcher'),
  };
  return problems.length > 0 ? { problems } : { config };
}
