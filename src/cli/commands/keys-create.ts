import { type Diagnostic, diagnostic } from '../../errors/index.js';
import { KEY_ALGORITHMS, type KeyAlgorithm, newKeyLine } from '../../key-lines/index.js';
import { blockYaml } from '../../render/yaml.js';
import { algorithmOption } from '../algorithm-option.js';
import { CLUSTER_OPTIONS } from '../cluster-options.js';
import { type Command, hasFlag, type Invocation, lastValue } from '../command.js';
import { type Io, report } from '../io.js';
import { loadNode } from '../load-node.js';
import { secretManifest } from '../secret-manifest.js';
import { SECRET_OPTIONS, type SecretPlace, secretPlace } from '../secret-options.js';

/** As in Cilium's guide, so that the first rotation there and here goes from 3 to 4. */
export const FIRST_KEY_ID = '3';

export const createKeys: Command = {
  name: 'create',
  summary: 'Print a Secret with a new random key, for kubectl create, or make it in the cluster.',
  usage: '[OPTION...] | kubectl create -f -',
  description: [
    'Prints the manifest of a Secret with one fresh key line. It never shows it on a terminal, writes it',
    'nowhere, and asks no API server.',
    '',
    'kubectl create refuses if the Secret exists. kubectl apply would put the new key in the place of the',
    'one in use, without asking.',
    '',
    'With --write it makes the Secret in the cluster that kubectl would talk to, and prints no key. It',
    'refuses if the Secret exists.',
    '',
    'With --fill it puts the key into a Secret that exists without one, and does nothing if there is a key. It',
    'needs the rights to get and patch that Secret. The Job of encryption.ipsec.secret.generate runs it.',
  ].join('\n'),
  options: [
    { name: 'write', summary: 'Make the Secret through the API server, and print no key.' },
    { name: 'fill', summary: 'Fill a Secret that exists, if it is empty; else do nothing.' },
    { name: 'key-id', value: 'N', summary: `Key id, 1 to 15. Default: ${FIRST_KEY_ID}.` },
    algorithmOption('algorithm', 'rfc4106-gcm-aes'),
    ...SECRET_OPTIONS,
    {
      name: 'output',
      short: 'o',
      value: 'FORMAT',
      offer: ['yaml', 'json'],
      summary: 'yaml (the default) or json; with --write or --fill only json: what was done.',
    },
    { name: 'force', summary: 'Print the key even on a terminal.' },
    ...CLUSTER_OPTIONS,
  ],
  examples: [
    'podcloak keys create | kubectl create -f -',
    'podcloak keys create --write',
    'podcloak keys create --fill --namespace podcloak',
    'podcloak keys create --algorithm gcm-256 --namespace podcloak | kubectl create -f -',
    'podcloak keys create --name next-keys --key-id 4 -o json | kubectl create -f -',
  ],
  run,
};

async function run(invocation: Invocation, io: Io): Promise<number> {
  const keyID = lastValue(invocation, 'key-id') ?? FIRST_KEY_ID;
  const algorithm = (lastValue(invocation, 'algorithm') ?? KEY_ALGORITHMS[0]) as KeyAlgorithm;
  const { place, problems } = secretPlace(invocation);
  const writes = hasFlag(invocation, 'write');
  const fills = hasFlag(invocation, 'fill');
  const found = [...checkKeyId(keyID), ...problems];
  if ((writes || fills) && lastValue(invocation, 'output') === 'yaml') {
    const option = writes ? '--write' : '--fill';
    found.push(diagnostic('PC485', `${option} prints no manifest, and -o yaml writes none`));
  }
  if (writes && fills) {
    found.push(diagnostic('PC485', '--write makes a Secret, and --fill takes one that exists'));
  }
  if (!writes && !fills && io.outIsTerminal && !hasFlag(invocation, 'force')) {
    found.push(
      diagnostic('PC405', 'the output is a key', {
        remedy:
          'Pipe it: podcloak keys create | kubectl create -f -. Or make the Secret without seeing the key: --write. To see it, add --force.',
      }),
    );
  }
  if (found.length > 0) {
    report(io, found);
    return 2;
  }
  const request = { place, keyID: Number(keyID), algorithm };
  if (fills) return (await loadNode()).fillSecret(request, invocation, io);
  if (writes) return (await loadNode()).createSecret(request, invocation, io);
  return print(place, Number(keyID), algorithm, invocation, io);
}

async function print(
  place: SecretPlace,
  keyID: number,
  algorithm: KeyAlgorithm,
  invocation: Invocation,
  io: Io,
): Promise<number> {
  // Loading it takes a while, and no other command needs it.
  const { randomBytes } = await import('node:crypto');
  const line = newKeyLine(keyID, algorithm, randomBytes);
  const secret = secretManifest(place, keyID, line, new Date().toISOString());
  io.out(
    lastValue(invocation, 'output') === 'json'
      ? `${JSON.stringify(secret, null, 2)}\n`
      : blockYaml(secret),
  );
  const { namespace, name } = place;
  report(io, [diagnostic('PC421', `Secret ${namespace}/${name} has a new key with id ${keyID}`)]);
  return 0;
}

function checkKeyId(text: string): Diagnostic[] {
  return /^([1-9]|1[0-5])$/.test(text)
    ? []
    : [diagnostic('PC422', 'it must be from 1 to 15', { place: { source: '--key-id' } })];
}
