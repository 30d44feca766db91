import { type Diagnostic, diagnostic } from '../errors/index.js';
import { DEFAULT_NAMESPACE } from '../manifests/names.js';
import { type Invocation, lastValue, type Option } from './command.js';
import { checkNamespace } from './inputs.js';

export const DEFAULT_SECRET = 'cilium-ipsec-keys';
export const DEFAULT_KEY_FILE = 'keys';

/** Which Secret: the values encryption.ipsec.secretName and the agent's namespace. */
export const SECRET_OPTIONS: readonly Option[] = [
  { name: 'name', value: 'NAME', summary: `Name of the Secret. Default: ${DEFAULT_SECRET}.` },
  {
    name: 'namespace',
    short: 'n',
    value: 'NAME',
    summary: `Namespace of the Secret: the agent's. Default: ${DEFAULT_NAMESPACE}.`,
  },
  {
    name: 'key-file',
    value: 'KEY',
    summary: `Which key of the Secret holds the lines. Default: ${DEFAULT_KEY_FILE}.`,
  },
];

/** Where the key lines of a cluster are. */
export interface SecretPlace {
  readonly name: string;
  readonly namespace: string;
  readonly keyFile: string;
}

/** The Secret that the options name, or what is wrong with them. */
export function secretPlace(invocation: Invocation): {
  place: SecretPlace;
  problems: Diagnostic[];
} {
  const name = lastValue(invocation, 'name') ?? DEFAULT_SECRET;
  const namespace = lastValue(invocation, 'namespace') ?? DEFAULT_NAMESPACE;
  const keyFile = lastValue(invocation, 'key-file') ?? DEFAULT_KEY_FILE;
  const problems = [...checkName(name), ...checkNamespace(namespace), ...checkKeyFile(keyFile)];
  return { place: { name, namespace, keyFile }, problems };
}

/** RFC 1123 subdomain, as the API server wants it. */
function checkName(name: string): Diagnostic[] {
  const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
  return name.length <= 253 && new RegExp(`^${label}(\\.${label})*$`).test(name)
    ? []
    : [
        diagnostic('PC423', 'the name of the Secret is not a valid name', {
          place: { source: '--name' },
        }),
      ];
}

function checkKeyFile(key: string): Diagnostic[] {
  return /^[-._a-zA-Z0-9]{1,253}$/.test(key) && !/^\.\.?$/.test(key)
    ? []
    : [
        diagnostic('PC423', 'a Secret can have no key of this name', {
          place: { source: '--key-file' },
          remedy: 'Give letters, digits, "-", "_" and ".", at most 253 characters.',
        }),
      ];
}
