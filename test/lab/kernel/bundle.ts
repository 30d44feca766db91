import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Bundles a TypeScript file of this folder for the guest's Node, which must be done before the guest
 * boots: it may not see files that come later. Below node_modules, where koffi is found from.
 */
export async function bundleForGuest(
  name: string,
): Promise<{ readonly path: string; readonly remove: () => void }> {
  const folder = fileURLToPath(new URL('../../../node_modules/.cache/podcloak', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/${name}-${process.pid}.mjs`;
  await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return { path, remove: () => rmSync(path, { force: true }) };
}
