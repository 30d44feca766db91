// Builds dist/: the command (one bundle with everything in it), what runs on a node (another, which the
// command loads when asked for), the library (its dependencies left outside, as cdk8s knows constructs by
// their classes), the app of cdk8s.yaml, and the types.
import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import {
  kubeConfigOnly,
  lazyBuiltins,
  nodeOutside,
  slimKinds,
  withoutUnused,
} from './bundle-plugins.mjs';
import { keepReachable } from './reachable-types.mjs';

const require = createRequire(import.meta.url);
rmSync('dist', { recursive: true, force: true });

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  loader: { '.txt': 'text' },
  logLevel: 'warning',
};

const bundles = await Promise.all([
  // CommonJS: an ESM import of a builtin evaluates all its lazy getters, 7 ms for node:fs alone.
  build({
    ...common,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    minify: true,
    // The ES modules of yaml: what is not used of it is left out, and nothing of it is wrapped.
    alias: { yaml: require.resolve('yaml').replace('dist/index.js', 'browser/index.js') },
    plugins: [lazyBuiltins, slimKinds, withoutUnused, nodeOutside],
    banner: { js: 'const lazyRequire = require;' },
    metafile: true,
  }),
  build({
    ...common,
    entryPoints: { agent: 'src/node/index.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    minify: true,
    // A native module; the image has it beside the bundle.
    external: ['koffi'],
    plugins: [kubeConfigOnly],
    metafile: true,
  }),
  // One file each, as a chunk's name has a hash in it and the list of what is published would never stand.
  build({
    ...common,
    entryPoints: { index: 'src/index.ts', 'cdk8s-app': 'src/cdk8s-app.ts' },
    outdir: 'dist',
    format: 'esm',
    packages: 'external',
  }),
]);

const inputs = bundles.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
writeFileSync('dist/THIRD-PARTY-LICENSES.txt', licensesOf(inputs));
writeFileSync(
  'dist/podcloak.cjs',
  `#!/usr/bin/env node
// V8 keeps compiled code between runs, in a folder that only this user writes (not in /tmp).
'use strict';
const { enableCompileCache } = require('node:module');
if (process.env.NODE_COMPILE_CACHE === undefined && enableCompileCache !== undefined) {
  const { XDG_CACHE_HOME, HOME, LOCALAPPDATA } = process.env;
  const cache = XDG_CACHE_HOME || (HOME && \`\${HOME}/.cache\`) || LOCALAPPDATA;
  if (cache) enableCompileCache(\`\${cache}/podcloak\`);
}
require('./cli.cjs');
`,
);
chmodSync('dist/podcloak.cjs', 0o755);

execFileSync(
  process.execPath,
  [
    require.resolve('typescript/package.json').replace('package.json', 'bin/tsc'),
    '-p',
    'tsconfig.json',
    '--emitDeclarationOnly',
  ],
  { stdio: 'inherit' },
);
keepReachable('dist/types', 'index.d.ts');

/** The licence texts of the packages whose code is in the bundles. */
function licensesOf(files) {
  const folders = files.flatMap(
    (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
  );
  return [...new Set(folders)]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file === undefined ? '' : readFileSync(`${folder}/${file}`, 'utf8');
      return `${name} ${version} (${license})\n\n${text}`;
    })
    .join(`\n${'-'.repeat(80)}\n`);
}
