import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Files find others by where they are themselves, which in a bundle would be somewhere else. */
const ownPlaces = {
  name: 'own places',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const place = JSON.stringify(pathToFileURL(path).href);
      return { contents: text.replaceAll('import.meta.url', place), loader: 'ts' };
    });
  },
};

/** Bundles a TypeScript file of the repo to a temporary module, imports it and returns its exports. */
export async function runTypeScript(entry) {
  const folder = 'node_modules/.cache/podcloak';
  mkdirSync(folder, { recursive: true });
  // A module's name is its identity: under one name the second would be taken for the first.
  const outfile = join(folder, `run-${process.pid}-${basename(entry, '.ts')}.mjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    loader: { '.txt': 'text' },
    plugins: [ownPlaces],
    logLevel: 'warning',
  });
  try {
    return await import(pathToFileURL(join(process.cwd(), outfile)).href);
  } finally {
    rmSync(outfile, { force: true });
  }
}
