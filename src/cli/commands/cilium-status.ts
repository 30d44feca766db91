import type { Command } from '../command.js';
import { loadNode } from '../load-node.js';
import { SOCKET } from './encrypt.js';

/** Of the link `cilium-dbg` alone: our own command is `encrypt status`. */
export const ciliumStatus: Command = {
  name: 'status',
  summary: 'Print the line of cilium-dbg status about encryption.',
  usage: '',
  description: [
    'Prints the one line of what cilium-dbg status prints that Cilium’s guide to WireGuard looks for.',
    'encrypt status tells more.',
  ].join('\n'),
  options: [SOCKET],
  examples: ['kubectl -n kube-system exec POD -- cilium-dbg status'],
  run: async (invocation, io) => (await loadNode()).encryptionOnly(invocation, io),
};
