import { AGENT_SOCKET, STATE_FOLDER } from '../../manifests/names.js';
import type { Command, Group, Option } from '../command.js';
import { loadNode } from '../load-node.js';
import { JSON_OUTPUT } from '../output.js';

export const SOCKET: Option = {
  name: 'socket',
  value: 'PATH',
  offer: 'file',
  summary: `The agent's socket. Default: ${AGENT_SOCKET}.`,
};
const FORCE: Option = { name: 'force', short: 'f', summary: 'Do not ask.' };

const status: Command = {
  name: 'status',
  summary: 'Print whether the traffic of this node is encrypted, and what went wrong.',
  usage: '[-o json]',
  description: [
    'Prints what the agent of this node knows: the lines of cilium-dbg, a line for each kernel counter',
    'that is not zero, and then, if there is something to tell: the pairs of nodes that are not encrypted,',
    'the nodes without an agent, and the known causes of the errors.',
    '',
    'Keys in use counts the keys in this kernel, two for each tunnel, and more during a rotation. With',
    'WireGuard there are the devices instead, two during a rotation, and what of their peers is known: a',
    'peer is confirmed once it has answered through the device.',
  ].join('\n'),
  options: [JSON_OUTPUT, SOCKET],
  examples: [
    'kubectl -n kube-system exec POD -- podcloak encrypt status',
    'kubectl -n kube-system exec POD -- cilium-dbg encrypt status -o json',
  ],
  run: async (invocation, io) => (await loadNode()).status(invocation, io),
};

const dumpXfrm: Command = {
  name: 'dump-xfrm',
  summary: 'Print the XFRM states of this node as JSON, with hashes of their keys.',
  usage: '[--policies] [--all]',
  description: [
    'Prints the XFRM states (SAs) of Podcloak in this kernel in the shape of cilium-dbg. In the place of',
    'each key stands a hash of it: equal on both nodes when the keys are.',
    '',
    'With --policies the output is a map with the lists "states" and "policies".',
    '',
    'With WireGuard there are policies and no states: `encrypt status` shows its devices and peers.',
  ].join('\n'),
  options: [
    { name: 'policies', summary: 'Print the policies as well.' },
    { name: 'all', summary: 'Print those of other programs, too.' },
    JSON_OUTPUT,
  ],
  examples: ['kubectl -n kube-system exec POD -- podcloak encrypt dump-xfrm --policies'],
  run: async (invocation, io) => (await loadNode()).dumpXfrm(invocation, io),
};

const flush: Command = {
  name: 'flush',
  summary: 'Delete the XFRM states of this node, so that the agent makes new keys.',
  usage: '[-f] [--spi N] [--node-id N] [--policies] [-o json]',
  description: [
    'Deletes the XFRM states (SAs) of Podcloak, never those of others. The agent then makes new keys for',
    'all pairs of this node. Until a pair has them its packets are dropped, for some seconds: the policies',
    'stay, so nothing leaves in plaintext. This is safer than what cilium-dbg does under this name.',
    '',
    '--policies deletes the policies as well: pods then talk in plaintext. An agent that runs puts them',
    'back at once, so it is of use only to clean up a node whose agent is gone for good.',
    'To turn encryption off, render with encryption.enabled=false and apply instead.',
    '',
    'With WireGuard there are no states to delete: it changes its session keys every two minutes. Its',
    'devices, rules and routes are left alone.',
    '',
    'With --spi and --node-id only what fits both goes.',
  ].join('\n'),
  options: [
    FORCE,
    {
      name: 'spi',
      value: 'N',
      summary: 'Only of this key id (1 to 15) or SPI. Decimal, or hexadecimal with 0x.',
    },
    {
      name: 'node-id',
      value: 'N',
      summary: 'Only of the peer with this node number, as in its record. Decimal, or with 0x.',
    },
    { name: 'policies', summary: 'Delete the policies as well: opens plaintext.' },
    JSON_OUTPUT,
    SOCKET,
  ],
  examples: [
    'kubectl -n kube-system exec -it POD -- podcloak encrypt flush',
    'kubectl -n kube-system exec POD -- podcloak encrypt flush --force --node-id 12',
  ],
  run: async (invocation, io) => (await loadNode()).flush(invocation, io),
};

const forget: Command = {
  name: 'forget',
  summary: 'Stop blocking the addresses of a node that is gone for good.',
  usage: 'NODE [-f] [-o json]',
  description: [
    'A node that was encrypted and then vanished stays blocked: a missing record proves nothing. This',
    'makes the agent of this node forget it, so that its pod ranges can be used again, in plaintext',
    'until a new node claims them. A node whose Node or record still exists is refused.',
    '',
    'Each agent remembers for itself: run it on every node that still blocks.',
  ].join('\n'),
  options: [FORCE, JSON_OUTPUT, SOCKET],
  argument: { name: 'the node' },
  examples: ['kubectl -n kube-system exec -it POD -- podcloak encrypt forget worker-7'],
  run: async (invocation, io) => (await loadNode()).forget(invocation, io),
};

const cleanup: Command = {
  name: 'cleanup',
  summary: 'Take everything of Podcloak out of this node. `podcloak synth --cleanup` runs it.',
  usage: '',
  description: [
    'Removes from this node, whose agent is gone for good, all that is Podcloak’s and nothing of others:',
    'policies, states, WireGuard’s devices with their rules and routes, the nftables table, the thresholds,',
    'settings that were changed, the state file, WireGuard’s keys and the socket. What was encrypted is in',
    'plaintext from then on. It is refused while an agent answers on this node.',
  ].join('\n'),
  options: [
    {
      name: 'folder',
      value: 'PATH',
      offer: 'folder',
      summary: `Where agents keep their state and socket. Default: ${STATE_FOLDER}.`,
    },
  ],
  examples: ['podcloak encrypt cleanup'],
  hidden: true,
  run: async (invocation, io) => (await loadNode()).cleanup(invocation, io),
};

const idle: Command = {
  name: 'idle',
  summary: 'Do nothing until SIGTERM. For the pods of `podcloak synth --cleanup`.',
  usage: '',
  description: 'Does nothing until it gets SIGTERM: a pod whose work is done must not end.',
  options: [],
  examples: ['podcloak encrypt idle'],
  hidden: true,
  run: (_, io) =>
    new Promise((resolve) => {
      // Signals do not keep a process alive, and as process 1 it dies of none that it does not ask for.
      const alive = setInterval(() => {}, 2 ** 30);
      const end = (): void => {
        clearInterval(alive);
        resolve(0);
      };
      process.once('SIGTERM', end);
      process.once('SIGINT', end);
      io.out('This node is clean. Delete the DaemonSet once all are.\n');
    }),
};

export const encrypt: Group = {
  name: 'encrypt',
  summary: "Look at a node's encryption, and mend it. Runs in the agent's pod.",
  description: [
    "Commands for one node. They run in the pod of that node's agent, which also answers to cilium-dbg:",
    '  kubectl -n kube-system exec POD -- podcloak encrypt status',
  ].join('\n'),
  entries: [status, dumpXfrm, flush, forget, cleanup, idle],
};
