import { type Diagnostic, diagnostic } from '../../errors/index.js';
import { KEY_ALGORITHMS, type KeyAlgorithm, newKeyLine } from '../../key-lines/index.js';
import { DEFAULT_NAMESPACE, ownLabels } from '../../manifests/names.js';
import { blockYaml } from '../../render/yaml.js';
import { type Command, hasFlag, type Invocation, lastValue } from '../command.js';
import { checkNamespace } from '../inputs.js';
import { type Io, report } from '../io.js';

const DEFAULT_NAME = 'cilium-ipsec-keys';
/** As in Cilium's guide, so that the first rotation there and here goes from 3 to 4. */
const DEFAULT_KEY_ID = '3';
const KEY_FILE = 'keys';

export const createKeys: Command = {
  name: 'create',
  summary: 'Print a Secret with a new random key, for kubectl create.',
  usage: '[OPTION...] | kubectl create -f -',
  description: [
    'Prints the manifest of a Secret with one fresh key line. It never shows it on a terminal, writes it',
    'nowhere, and asks no API server.',
    '',
    'kubectl create refuses if the Secret exists. kubectl apply would put the new key in the place of the',
    'one in use, without asking.',
  ].join('\n'),
  options: [
    { name: 'key-id', value: 'N', summary: `Key id, 1 to 15. Default: ${DEFAULT_KEY_ID}.` },
    {
      name: 'algorithm',
      value: 'NAME',
      offer: KEY_ALGORITHMS,
      summary: [
        'rfc4106-gcm-aes (AES-128-GCM, the default), gcm-256 (AES-256-GCM), cbc-aes-sha256 or',
        'cbc-aes-sha512 (AES-256-CBC with HMAC), chacha20-poly1305.',
      ].join(' '),
    },
    { name: 'name', value: 'NAME', summary: `Name of the Secret. Default: ${DEFAULT_NAME}.` },
    {
      name: 'namespace',
      short: 'n',
      value: 'NAME',
      summary: `Namespace of the Secret: the agent's. Default: ${DEFAULT_NAMESPACE}.`,
    },
    {
      name: 'output',
      short: 'o',
      value: 'FORMAT',
      offer: ['yaml', 'json'],
      summary: 'yaml (the default) or json.',
    },
    { name: 'force', summary: 'Print the key even on a terminal.' },
  ],
  examples: [
    'podcloak keys create | kubectl create -f -',
    'podcloak keys create --algorithm gcm-256 --namespace podcloak | kubectl create -f -',
    'podcloak keys create --name next-keys --key-id 4 -o json | kubectl create -f -',
  ],
  run,
};

async function run(invocation: Invocation, io: Io): Promise<number> {
  const keyId = lastValue(invocation, 'key-id') ?? DEFAULT_KEY_ID;
  const algorithm = (lastValue(invocation, 'algorithm') ?? KEY_ALGORITHMS[0]) as KeyAlgorithm;
  const name = lastValue(invocation, 'name') ?? DEFAULT_NAME;
  const namespace = lastValue(invocation, 'namespace') ?? DEFAULT_NAMESPACE;
  const found = [...checkKeyId(keyId), ...checkName(name), ...checkNamespace(namespace)];
  if (io.outIsTerminal && !hasFlag(invocation, 'force')) {
    found.push(
      diagnostic('PC405', 'the output is a key', {
        remedy: 'Pipe it: podcloak keys create | kubectl create -f -. To see it, add --force.',
      }),
    );
  }
  if (found.length > 0) {
    report(io, found);
    return 2;
  }
  // Loading it takes a while, and no other command needs it.
  const { randomBytes } = await import('node:crypto');
  const line = newKeyLine(Number(keyId), algorithm, randomBytes);
  const secret = secretOf(line, name, namespace);
  io.out(
    lastValue(invocation, 'output') === 'json'
      ? `${JSON.stringify(secret, null, 2)}\n`
      : blockYaml(secret),
  );
  report(io, [diagnostic('PC421', `Secret ${namespace}/${name} has a new key with id ${keyId}`)]);
  return 0;
}

/** The same object as the construct IpsecSecret renders, without the construct library. */
function secretOf(line: string, name: string, namespace: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, labels: ownLabels() },
    type: 'Opaque',
    data: { [KEY_FILE]: Buffer.from(line, 'utf8').toString('base64') },
  };
}

function checkKeyId(text: string): Diagnostic[] {
  return /^([1-9]|1[0-5])$/.test(text)
    ? []
    : [diagnostic('PC422', 'it must be from 1 to 15', { place: { source: '--key-id' } })];
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
