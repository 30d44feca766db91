import type { Command } from '../command.js';
import { loadNode } from '../load-node.js';

export const agent: Command = {
  name: 'agent',
  summary: 'Run the agent of a node. The DaemonSet does.',
  usage: '',
  description: [
    'Encrypts the traffic of this node’s pods: watches the API server, makes keys with the agents of the',
    'other nodes and programs the kernel, until it gets SIGTERM. What is encrypted stays so without it.',
    '',
    'It needs NODE_NAME and POD_NAMESPACE in its environment, the capability NET_ADMIN on the host’s',
    'network, and the folder /run/podcloak. PODCLOAK_LOG_FORMAT=json prints its log as JSON.',
  ].join('\n'),
  options: [],
  examples: ['podcloak agent'],
  hidden: true,
  run: async () => (await loadNode()).runAgent(),
};
