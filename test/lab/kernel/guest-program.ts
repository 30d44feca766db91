import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

export interface GuestProgram {
  /** Of the bundle: for `process.execPath` in the guest, which sees this machine's files. */
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/**
 * Bundles a TypeScript file of the repo for Node in a guest; packages stay where they are. Before the
 * guest starts: the guest need not notice what changes on this machine later.
 */
export async function bundleForGuest(entry: URL): Promise<GuestProgram> {
  const folder = join(process.cwd(), 'node_modules/.cache/podcloak');
  const path = join(folder, `${basename(entry.pathname, '.ts')}-${process.pid}.mjs`);
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [entry.pathname],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return { path, remove: () => rm(path, { force: true }) };
}
