import { KEY_ALGORITHMS, type KeyAlgorithm } from '../../key-lines/index.js';
import { algorithmOption } from '../algorithm-option.js';
import { CLUSTER_OPTIONS } from '../cluster-options.js';
import { type Command, lastValue } from '../command.js';
import { report } from '../io.js';
import { loadNode } from '../load-node.js';
import { JSON_OUTPUT } from '../output.js';
import { SECRET_OPTIONS, secretPlace } from '../secret-options.js';
import { FIRST_KEY_ID } from './keys-create.js';
import { run as runStatus } from './keys-status.js';

/** `podcloak keys create --write`, under Cilium's name and in its words. */
const createKey: Command = {
  name: 'create-key',
  summary: 'Make the Secret with a new key in the cluster: keys create --write.',
  usage: '[--auth-algo NAME]',
  description:
    'What cilium encryption create-key does. podcloak keys create can do more, such as print the Secret.',
  options: [
    algorithmOption('auth-algo', 'rfc4106-gcm-aes'),
    ...SECRET_OPTIONS,
    JSON_OUTPUT,
    ...CLUSTER_OPTIONS,
  ],
  examples: ['podcloak encryption create-key --auth-algo rfc4106-gcm-aes'],
  run: async (invocation, io) => {
    const { place, problems } = secretPlace(invocation);
    if (problems.length > 0) {
      report(io, problems);
      return 2;
    }
    const algorithm = (lastValue(invocation, 'auth-algo') ?? KEY_ALGORITHMS[0]) as KeyAlgorithm;
    const done = `IPsec key successfully created, new key SPI: ${FIRST_KEY_ID}`;
    const request = { place, keyID: Number(FIRST_KEY_ID), algorithm, done };
    return (await loadNode()).createSecret(request, invocation, io);
  },
};

/** `podcloak keys rotate`, under Cilium's name and in its words. */
const rotateKey: Command = {
  name: 'rotate-key',
  summary: 'Give the cluster a new key: keys rotate.',
  usage: '[--auth-algo NAME]',
  description: [
    'What cilium encryption rotate-key does, but it keeps the old key until the next rotation, or until',
    '`podcloak keys rotate --finish`, and refuses while the rotation before is unfinished.',
  ].join('\n'),
  options: [
    algorithmOption('auth-algo', 'that of the current key'),
    ...SECRET_OPTIONS,
    JSON_OUTPUT,
    ...CLUSTER_OPTIONS,
  ],
  examples: ['podcloak encryption rotate-key'],
  run: async (invocation, io) => {
    const { place, problems } = secretPlace(invocation);
    if (problems.length > 0) {
      report(io, problems);
      return 2;
    }
    const rotated = (keyID: number): string =>
      `IPsec key successfully rotated, new key SPI: ${keyID}`;
    return (await loadNode()).rotateKeys({ place, rotated }, invocation, io);
  },
};

/** Cilium prints the key itself here; we leave it out of the line. */
const keyStatus: Command = {
  name: 'key-status',
  summary: 'Print the current key line without its key. podcloak keys status tells more.',
  usage: '[-o json]',
  description: [
    'What cilium encryption key-status does, but the key is left out: where it stands there is [hidden]',
    'here. It reads the Secret alone.',
  ].join('\n'),
  options: [...SECRET_OPTIONS, JSON_OUTPUT, ...CLUSTER_OPTIONS],
  examples: ['podcloak encryption key-status -o json'],
  run: (invocation, io) => runStatus('cilium', invocation, io),
};

/** The commands of `cilium encryption` about keys, so that runbooks carry over. */
export const ENCRYPTION_KEYS: readonly Command[] = [
  createKey,
  rotateKey,
  keyStatus,
  { ...keyStatus, name: 'ks', examples: ['podcloak encryption ks'], hidden: true },
];
