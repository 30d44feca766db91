import { commentedDefaults, SCHEMA } from '../../values/index.js';
import { type Command, hasFlag } from '../command.js';

export const values: Command = {
  name: 'values',
  summary: 'Print all values with their defaults, or their JSON Schema.',
  usage: '[--schema]',
  description:
    'Prints a values file with every value, its default and what it does: a start for your own.',
  options: [
    { name: 'schema', summary: 'Print the JSON Schema (draft 2020-12), for editors and checks.' },
  ],
  examples: ['podcloak values > values.yaml', 'podcloak values --schema > values.schema.json'],
  run: (invocation, io) => {
    io.out(
      hasFlag(invocation, 'schema') ? `${JSON.stringify(SCHEMA, null, 2)}\n` : commentedDefaults(),
    );
    return 0;
  },
};
