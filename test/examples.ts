import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What an example's own first lines tell the user to add. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  'cilium-values.yaml': ['--allow-unknown'],
  'production.yaml': ['--namespace', 'podcloak'],
};

/** The names of the values files in examples/. */
export const EXAMPLES: readonly string[] = readdirSync(
  join(import.meta.dirname, '../examples'),
).filter((name) => name.endsWith('.yaml'));

/** Options of `podcloak synth` for an example, to be run in the repository's folder. */
export function argsOfExample(name: string): readonly string[] {
  return ['-f', `examples/${name}`, ...(OPTIONS[name] ?? [])];
}
