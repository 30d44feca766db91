// Builds the image for tests, and reads what was built with other programs than those that built it.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachePath } from '../../../scripts/image/download.mjs';
import { type RunResult, run, runOrThrow } from '../run.js';
import { onPath, type Requirement } from '../tools.js';

const REPO = fileURLToPath(new URL('../../..', import.meta.url));
const PACKAGES = new URL('../../../scripts/image/packages.json', import.meta.url);

/** What building takes besides Node: the packages, downloaded before, and Debian's tool to open them. */
export const IMAGE_PACKAGES: Requirement = {
  name: 'the packages of the image',
  remedy: 'run `node scripts/image.mjs --download` on Debian, with a network',
  lacking: () => {
    if (onPath('dpkg-deb') === undefined) return 'no dpkg-deb on PATH';
    const lock = JSON.parse(readFileSync(PACKAGES, 'utf8')) as Record<string, { hash: string }[]>;
    const all = [...(lock['linux/amd64'] ?? []), ...(lock['linux/arm64'] ?? [])];
    const missing = all.filter((one) => !existsSync(cachePath(one)));
    return missing.length === 0 ? undefined : `${missing.length} of ${all.length} not downloaded`;
  },
};

/** What {@link runInside} needs to run the image's files as if they were the root. */
export const OWN_ROOT: Requirement = {
  name: 'unshare',
  remedy: 'use Linux as root or with user namespaces, and install util-linux 2.33 or newer',
  lacking: () => (onPath('unshare') === undefined ? 'not on PATH' : undefined),
};

/** Runs `npm run image` with these arguments, on dist/ as it is. */
export function image(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<RunResult> {
  return run(process.execPath, ['scripts/image.mjs', '--no-build', ...args], {
    cwd: REPO,
    env: { ...process.env, ...env },
  });
}

/** @throws Error with its standard error when it fails */
export async function buildInto(
  folder: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const { code, stdout, stderr } = await image(['--output', folder, ...args], env);
  if (code !== 0) throw new Error(`npm run image: ${stderr}`);
  return stdout;
}

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: { readonly architecture: string; readonly os: string };
  readonly annotations?: Record<string, string>;
}
export interface Index {
  readonly manifests: readonly Descriptor[];
}
export interface Manifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

/** The path of a blob in a layout. */
export function blobPath(layout: string, digest: string): string {
  return join(layout, 'blobs', digest.replace(':', '/'));
}

/** A blob that is JSON. */
export function blob<T>(layout: string, digest: string): T {
  return JSON.parse(readFileSync(blobPath(layout, digest), 'utf8')) as T;
}

/** The index of all platforms, by way of index.json. */
export function indexOf(layout: string): { descriptor: Descriptor; index: Index } {
  const outer = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8')) as Index;
  const [descriptor] = outer.manifests;
  if (descriptor === undefined) throw new Error('index.json names nothing');
  return { descriptor, index: blob<Index>(layout, descriptor.digest) };
}

/** @throws Error where the layout has no such platform */
export function manifestOf(layout: string, architecture: string): Manifest {
  const found = indexOf(layout).index.manifests.find(
    ({ platform }) => platform?.architecture === architecture,
  );
  if (found === undefined) throw new Error(`no ${architecture} in ${layout}`);
  return blob<Manifest>(layout, found.digest);
}

/** Unpacks a platform's layers over each other, as a runtime does, with tar. */
export async function unpackInto(
  root: string,
  layout: string,
  architecture: string,
): Promise<void> {
  mkdirSync(root);
  for (const { digest } of manifestOf(layout, architecture).layers) {
    await runOrThrow('tar', ['-xpf', blobPath(layout, digest), '--no-same-owner', '-C', root]);
  }
}

/**
 * Runs a program of an unpacked image in a root, a network and an environment of its own, as root there.
 */
export function runInside(
  root: string,
  command: readonly string[],
  env: Record<string, string> = { PATH: '/usr/bin' },
): Promise<RunResult> {
  const apart = ['--map-root-user', '--net', '--mount', '--root', root, '--wd', '/'];
  return run(onPath('unshare') ?? 'unshare', [...apart, '--', ...command], { env });
}
