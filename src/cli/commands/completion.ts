import bash from '../../../templates/completion/bash.txt';
import fish from '../../../templates/completion/fish.txt';
import zsh from '../../../templates/completion/zsh.txt';
import { diagnostic } from '../../errors/index.js';
import type { Command } from '../command.js';
import { report } from '../io.js';

const SCRIPTS: Readonly<Record<string, string>> = { bash, fish, zsh };

export const completion: Command = {
  name: 'completion',
  summary: 'Print a script that completes commands, options and value paths.',
  usage: 'bash|fish|zsh',
  description: 'Prints a completion script for your shell.',
  options: [],
  argument: { name: 'the shell', offer: ['bash', 'fish', 'zsh'] },
  examples: [
    'source <(podcloak completion bash)',
    'podcloak completion fish > ~/.config/fish/completions/podcloak.fish',
    'podcloak completion zsh > "${fpath[1]}/_podcloak"',
  ],
  run: (invocation, io) => {
    const script = SCRIPTS[invocation.arguments[0] ?? ''];
    if (script === undefined) {
      report(io, [diagnostic('PC403', 'completion needs a shell: bash, fish or zsh')]);
      return 2;
    }
    io.out(script);
    return 0;
  },
};
