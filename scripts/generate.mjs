// Regenerates every generated file of the repo. `--check` writes nothing and fails on a difference.
//   node scripts/generate.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { generateValues } from './generate-values.mjs';
import { runTypeScript } from './run-typescript.mjs';

const check = process.argv.includes('--check');
const stale = [];

/** Writes `text` to `path`, or only compares it with `--check`. */
function put(path, text) {
  let before;
  try {
    before = readFileSync(path, 'utf8');
  } catch {
    before = undefined;
  }
  if (before === text) return;
  if (check) stale.push(path);
  else {
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
}

// The values come first: the documents are made by code that imports them.
for (const [path, text] of await generateValues()) put(path, text);
if (stale.length === 0) {
  const { generateDocuments } = await runTypeScript('scripts/generate-documents.ts');
  for (const [path, text] of generateDocuments()) put(path, text);
}
if (stale.length > 0) {
  console.error(`out of date: ${stale.join(', ')}\n  run: npm run generate`);
  process.exit(1);
}
