import { type Diagnostic, diagnostic } from '../../errors/index.js';
import { algorithmOption } from '../algorithm-option.js';
import { CLUSTER_OPTIONS } from '../cluster-options.js';
import { type Command, hasFlag, type Invocation, lastValue } from '../command.js';
import { type Io, report } from '../io.js';
import { loadNode } from '../load-node.js';
import { SECRET_OPTIONS, secretPlace } from '../secret-options.js';

export const rotateKeys: Command = {
  name: 'rotate',
  summary: 'Give the cluster a new key, and take the old one away once no node needs it.',
  usage: '[--wait|--finish] [OPTION...]',
  description: [
    'Writes a new line, with the next key id, behind the old one in the Secret. Agents take it over pair by',
    'pair, each once the other has answered under it; what is not over stays on the old key. The old line',
    'goes when every node has said that it sends to all others under the new one: with --wait at the end of',
    'this command, else by --finish, or with the next rotation.',
    '',
    'It refuses while a rotation is unfinished, and if somebody else changes the Secret at the same time.',
    'It needs the rights to get and patch the Secret, to list and watch Nodes and EncryptionNodes, and to get',
    'the namespace kube-system. No key is ever printed, but for -o yaml.',
    '',
    'With -o yaml nothing is written: the Secret as it would be is printed, for a repository that holds it',
    'sealed. Exit code 1 means that --wait ended before every node had the new key.',
    '',
    'With --scheduled, where it would refuse as a rotation is unfinished, it does nothing, says so in its log',
    'and in an event on that CronJob (in the namespace of the Secret), and ends with 0. The CronJob of',
    'encryption.ipsec.rotation.schedule runs it.',
  ].join('\n'),
  options: [
    { name: 'wait', summary: 'Wait until every node has the new key, and take the old one away.' },
    { name: 'finish', summary: 'Make no new key: take the old ones away, if none needs them.' },
    {
      name: 'timeout',
      value: 'DURATION',
      summary: 'How long to wait, such as 90s or 1h30m. Default: 10m.',
    },
    {
      name: 'scheduled',
      value: 'NAME',
      summary: 'This is a run of that CronJob: skip it while a rotation is unfinished.',
    },
    algorithmOption('algorithm', 'that of the current key'),
    { name: 'despite-unfinished', summary: 'Go on although nodes lack the current key.' },
    ...SECRET_OPTIONS,
    {
      name: 'output',
      short: 'o',
      value: 'FORMAT',
      offer: ['json', 'yaml'],
      summary: 'json: what was done. yaml: print the Secret, and write nothing.',
    },
    { name: 'force', summary: 'Print the key even on a terminal.' },
    ...CLUSTER_OPTIONS,
  ],
  examples: [
    'podcloak keys rotate --wait',
    'podcloak keys rotate --algorithm gcm-256 --wait --timeout 30m -o json',
    'podcloak keys rotate && podcloak keys status',
    'podcloak keys rotate -o yaml | kubeseal -o yaml > sealed.yaml',
  ],
  run,
};

async function run(invocation: Invocation, io: Io): Promise<number> {
  const { place, problems } = secretPlace(invocation);
  const found = [...problems, ...checkTogether(invocation), ...checkTerminal(invocation, io)];
  if (found.length > 0) {
    report(io, found);
    return 2;
  }
  return (await loadNode()).rotateKeys({ place }, invocation, io);
}

const SCHEDULED_WITHOUT = ['finish', 'despite-unfinished'] as const;

function checkTogether(invocation: Invocation): Diagnostic[] {
  const given = (name: string): boolean => hasFlag(invocation, name);
  const isYaml = lastValue(invocation, 'output') === 'yaml';
  const isScheduled = lastValue(invocation, 'scheduled') !== undefined;
  return [
    ...(isYaml && given('wait')
      ? [diagnostic('PC485', '-o yaml writes nothing, so there is nothing to --wait for')]
      : []),
    ...SCHEDULED_WITHOUT.filter((name) => isScheduled && given(name)).map((name) =>
      diagnostic('PC485', `--${name} is for people, and --scheduled for a CronJob`),
    ),
    ...(isScheduled && isYaml
      ? [diagnostic('PC485', '-o yaml writes nothing, and a --scheduled run is there to write')]
      : []),
    ...(given('finish') && given('algorithm')
      ? [diagnostic('PC485', '--finish makes no key that --algorithm could be of')]
      : []),
  ];
}

function checkTerminal(invocation: Invocation, io: Io): Diagnostic[] {
  const isYaml = lastValue(invocation, 'output') === 'yaml';
  if (!isYaml || !io.outIsTerminal || hasFlag(invocation, 'force')) return [];
  return [
    diagnostic('PC405', 'the output is a key', {
      remedy: 'Pipe it to what seals it, or leave out -o yaml. To see it, add --force.',
    }),
  ];
}
