import { CLUSTER_OPTIONS } from '../cluster-options.js';
import type { Command, Invocation } from '../command.js';
import { type Io, report } from '../io.js';
import { loadNode } from '../load-node.js';
import { JSON_OUTPUT } from '../output.js';
import { SECRET_OPTIONS, secretPlace } from '../secret-options.js';

export const keysStatus: Command = {
  name: 'status',
  summary: "Print the cluster's key ids, their age, and how far a rotation is; never a key.",
  usage: '[-o json]',
  description: [
    'Reads the Secret and the records of all nodes, whose proofs it checks: which key ids there are, of',
    'which algorithm and age, how many nodes know each, and which nodes are not on the current one, and why.',
    '',
    'It needs the rights to get the Secret and the namespace kube-system, and to list and watch Nodes and',
    'EncryptionNodes. It writes nothing.',
  ].join('\n'),
  options: [...SECRET_OPTIONS, JSON_OUTPUT, ...CLUSTER_OPTIONS],
  examples: ['podcloak keys status', 'podcloak keys status --context staging -o json'],
  run: (invocation, io) => run('ours', invocation, io),
};

/** @param form in whose words */
export async function run(
  form: 'ours' | 'cilium',
  invocation: Invocation,
  io: Io,
): Promise<number> {
  const { place, problems } = secretPlace(invocation);
  if (problems.length > 0) {
    report(io, problems);
    return 2;
  }
  return (await loadNode()).keysStatus(place, form, invocation, io);
}
