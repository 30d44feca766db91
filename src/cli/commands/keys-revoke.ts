import { type Diagnostic, diagnostic } from '../../errors/index.js';
import { algorithmOption } from '../algorithm-option.js';
import { CLUSTER_OPTIONS } from '../cluster-options.js';
import type { Command, Invocation } from '../command.js';
import { type Io, report } from '../io.js';
import { loadNode } from '../load-node.js';
import { JSON_OUTPUT } from '../output.js';
import { SECRET_OPTIONS, secretPlace } from '../secret-options.js';

export const revokeKey: Command = {
  name: 'revoke',
  summary: 'Stop using a key everywhere, at once: it has leaked.',
  usage: 'KEY-ID [--yes] [OPTION...]',
  description: [
    'Takes the line out of the Secret and marks its key as revoked. Agents that read this drop every tunnel',
    'under it, whether or not there is another: packets between nodes without another key are dropped until',
    'they have one. First it lists those nodes, and asks.',
    '',
    'To lose nothing, run keys rotate first, and wait until keys status says that no rotation is in progress.',
    'Where the Secret has no other line, a new one is written with the same change, and all pairs are shut',
    'until both their nodes have read it; a kubelet takes up to two minutes for that.',
    '',
    'It needs the rights of keys rotate. No key is ever printed.',
  ].join('\n'),
  options: [
    { name: 'yes', short: 'y', summary: 'Do not ask.' },
    algorithmOption('algorithm', 'that of the revoked key'),
    ...SECRET_OPTIONS,
    JSON_OUTPUT,
    ...CLUSTER_OPTIONS,
  ],
  argument: { name: 'the key id' },
  examples: ['podcloak keys revoke 3', 'podcloak keys revoke 3 --yes'],
  run,
};

async function run(invocation: Invocation, io: Io): Promise<number> {
  const { place, problems } = secretPlace(invocation);
  const keyID = keyIDOf(invocation);
  const found = [...(typeof keyID === 'number' ? [] : [keyID]), ...problems];
  if (typeof keyID !== 'number' || found.length > 0) {
    report(io, found);
    return 2;
  }
  return (await loadNode()).revokeKey({ place, keyID }, invocation, io);
}

function keyIDOf({ arguments: [text] }: Invocation): number | Diagnostic {
  if (text !== undefined && /^([1-9]|1[0-5])$/.test(text)) return Number(text);
  return diagnostic('PC403', 'podcloak keys revoke needs a KEY-ID from 1 to 15', {
    remedy: 'See which there are: `podcloak keys status`.',
  });
}
