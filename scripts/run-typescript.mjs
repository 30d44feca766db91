import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Bundles a TypeScript file of the repo to a temporary module, imports it and returns its exports. */
export async function runTypeScript(entry) {
  const folder = 'node_modules/.cache/podcloak';
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `run-${process.pid}.mjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    loader: { '.txt': 'text' },
    logLevel: 'warning',
  });
  try {
    return await import(pathToFileURL(join(process.cwd(), outfile)).href);
  } finally {
    rmSync(outfile, { force: true });
  }
}
