import { DEFAULT_NAMESPACE, NAME } from '../../manifests/names.js';
import { CLUSTER_OPTIONS } from '../cluster-options.js';
import type { Command, Group } from '../command.js';
import { loadNode } from '../load-node.js';
import { JSON_OUTPUT } from '../output.js';
import { ENCRYPTION_KEYS } from './encryption-keys.js';

const status: Command = {
  name: 'status',
  summary: 'Print how many nodes encrypt, and which of them have a problem.',
  usage: '[--wait|--wait-disabled|--wait-enforced] [--type TYPE] [--timeout DURATION]',
  description: [
    'Prints what the records of all nodes say: the lines of cilium encryption status, the key ids in use,',
    'and then, if there is something to tell, the nodes that are not ready or have no record.',
    '',
    'It reads Nodes and EncryptionNodes where kubectl would: --kubeconfig, KUBECONFIG, ~/.kube/config, and',
    'in a pod its service account. It writes nothing. The records’ proofs are not checked, as that takes',
    'the Secret.',
    '',
    '--wait-disabled waits until no node encrypts any more, as it must be before Podcloak is deleted: it',
    'prints the nodes still to go, a line whenever they change, and exits with 0 when there are none, or',
    'with 1 and the list when the time is over. --wait-enforced does the same the other way round, until',
    'every node says that nothing leaves it for another in plaintext; `helm test` runs it. --wait does that,',
    'and waits until no key rotation is going on as well. After a change of encryption.type, which agents hear',
    'of a moment later, say which --type to wait for.',
  ].join('\n'),
  options: [
    { name: 'wait', summary: 'Wait until every node encrypts, and no key rotation is going on.' },
    { name: 'wait-disabled', summary: 'Wait until no node encrypts any more.' },
    { name: 'wait-enforced', summary: 'Wait until every node encrypts, and is ready.' },
    {
      name: 'type',
      value: 'TYPE',
      offer: ['ipsec', 'wireguard'],
      summary: 'Wait until every node encrypts by it: after encryption.type was changed.',
    },
    {
      name: 'timeout',
      value: 'DURATION',
      summary: 'How long to wait, such as 90s or 1h30m. Default: 5m.',
    },
    { name: 'wait-duration', value: 'DURATION', summary: 'The same, under Cilium’s name.' },
    { name: 'per-node-details', summary: 'Print the lines for each node on its own.' },
    JSON_OUTPUT,
    ...CLUSTER_OPTIONS,
  ],
  examples: [
    'podcloak encryption status',
    'podcloak encryption status --wait-enforced',
    'podcloak encryption status --wait --type wireguard',
    'podcloak encryption status --context staging -o json',
    'podcloak encryption status --wait-disabled --timeout 10m && kubectl delete -f podcloak.yaml',
  ],
  run: async (invocation, io) => (await loadNode()).encryptionStatus(invocation, io),
};

const disable: Command = {
  name: 'disable',
  summary: 'Turn encryption off in a whole cluster, before Podcloak is removed.',
  usage: '[--wait] [--timeout DURATION] [--yes] [-n NAME] [-o json]',
  description: [
    'Sets encryption.enabled=false in the ConfigMap that the agents watch, and nothing else: they walk every',
    'pair of nodes back to plaintext and take out of the kernels what is theirs. No packet is lost. Whoever',
    'applies the values next has the last word again, so where something does that by itself (Argo CD, Flux),',
    'change the values instead.',
    '',
    '--wait then does as encryption status --wait-disabled: it prints the nodes still to go, and exits with 0',
    'when there are none, or with 1 and the list when the time is over. The agents go on all the same.',
    '',
    'It finds the cluster where kubectl would, and needs the right to get and patch that ConfigMap; with --wait',
    'also to list and watch Nodes and EncryptionNodes.',
  ].join('\n'),
  options: [
    { name: 'wait', summary: 'Wait until no node encrypts any more.' },
    {
      name: 'timeout',
      value: 'DURATION',
      summary: 'How long to wait, such as 90s or 1h30m. Default: 5m.',
    },
    { name: 'yes', short: 'y', summary: 'Do not ask.' },
    {
      name: 'namespace',
      short: 'n',
      value: 'NAME',
      summary: `Namespace of the agents. Default: ${DEFAULT_NAMESPACE}.`,
    },
    {
      name: 'config-map',
      value: 'NAME',
      summary: `Their ConfigMap. Default: ${NAME}.`,
    },
    JSON_OUTPUT,
    ...CLUSTER_OPTIONS,
  ],
  examples: [
    'podcloak encryption disable --wait',
    'podcloak encryption disable --wait --timeout 10m --yes && kubectl delete -f podcloak.yaml',
  ],
  run: async (invocation, io) => (await loadNode()).encryptionDisable(invocation, io),
};

export const encryption: Group = {
  name: 'encryption',
  summary:
    "Look at a whole cluster's encryption and keys, or turn it off. Runs wherever kubectl does.",
  description: [
    'Commands for a cluster, under the names that they have in the cilium command. They run on your machine,',
    'or in a pod, with the rights of your kubeconfig.',
  ].join('\n'),
  entries: [status, disable, ...ENCRYPTION_KEYS],
};
