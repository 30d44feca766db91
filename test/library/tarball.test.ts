import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { beforeAll, describe, expect, it } from 'vitest';
import { scratchFolder } from '../cli/podcloak.js';
import { packTarball, type Tarball } from './tarball.js';

/**
 * In bytes. It was 504,000 with WireGuard, three quarters of it the command's two bundles, which
 * have their dependencies in them. More than a tenth on top is worth a look at what was let in.
 */
const LARGEST = 550_000;

/**
 * The only thing that arethetypeswrong may find: the package is an ES module and nothing else. A second copy
 * in CommonJS would be another set of classes in one app, and cdk8s knows constructs by their classes.
 * Every Node that we support loads an ES module by `require`, too, which test/library/cdk8s-app.test.ts proves.
 */
const ESM_ONLY = { kind: 'CJSResolvesToESM', entrypoint: '.', resolutionKind: 'node16-cjs' };

const { path: folder } = scratchFolder();
let tarball: Tarball;

beforeAll(async () => {
  tarball = await packTarball(folder);
});

describe('the packed tarball', () => {
  // `npx vitest run test/library -u` writes the list anew: read the diff before you commit it.
  it('holds the files that the list says, and no other', async () => {
    await expect(`${tarball.files.join('\n')}\n`).toMatchFileSnapshot('tarball-files.txt');
  });

  it(`has at most ${LARGEST} bytes`, () => {
    expect(tarball.size).toBeLessThanOrEqual(LARGEST);
  });

  it('has nothing that publint would have otherwise', async () => {
    const { messages, pkg } = await publint({
      pack: { tarball: exactly(readFileSync(tarball.path)) },
      level: 'suggestion',
      strict: true,
    });

    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('has types that are right for every way to resolve them, as an ES module', async () => {
    const data = createPackageFromTarballData(new Uint8Array(readFileSync(tarball.path)));
    const analysis = await checkPackage(data);

    expect(analysis).toMatchObject({ types: { kind: 'included' }, problems: [ESM_ONLY] });
    expect('problems' in analysis && analysis.problems).toHaveLength(1);
  });
});

/** The bytes alone: a small Buffer is a window into a larger one. */
function exactly({ buffer, byteOffset, byteLength }: Buffer): ArrayBuffer {
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}
