import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { podcloak } from '../cli/podcloak.js';

const root = join(import.meta.dirname, '../..');
const output = mkdtempSync(join(tmpdir(), 'podcloak-cdk8s-'));
afterAll(() => rmSync(output, { recursive: true, force: true }));

interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string };
}

function objects(text: string): Manifest[] {
  const key = ({ kind, metadata }: Manifest) => `${kind}/${metadata.namespace}/${metadata.name}`;
  return parseAllDocuments(text)
    .map((document) => document.toJS() as Manifest)
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The real cdk8s CLI over this repo's cdk8s.yaml. */
function cdk8sSynth(values: string): string {
  execFileSync(
    process.execPath,
    [
      join(root, 'node_modules/cdk8s-cli/bin/cdk8s'),
      'synth',
      '--no-check-upgrade',
      '--output',
      output,
    ],
    {
      cwd: root,
      env: { ...process.env, PODCLOAK_VALUES: values },
      stdio: 'pipe',
    },
  );
  return readFileSync(join(output, 'podcloak.k8s.yaml'), 'utf8');
}

describe('cdk8s synth', () => {
  it.each([['examples/ipsec.yaml'], ['examples/dual-stack.yaml']])(
    'gives the objects of podcloak synth for %s',
    async (values) => {
      const ours = await podcloak(['synth', '-f', values], { cwd: root });

      expect(objects(cdk8sSynth(values))).toEqual(objects(ours.stdout));
    },
    60_000,
  );
});
