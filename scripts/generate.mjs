// Regenerates every generated file of the repo. `--check` writes nothing and fails on a difference.
//   node scripts/generate.mjs [--check] [--chart]
// --chart: only charts/podcloak.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generateValues } from './generate-values.mjs';
import { runTypeScript } from './run-typescript.mjs';

const check = process.argv.includes('--check');
const onlyChart = process.argv.includes('--chart');
const stale = [];

/** Writes `text` to `path`, or only compares it with `--check`. */
function put(path, text) {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (before === text) return;
  if (check) stale.push(path);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
}

/** Removes a file that is not generated any more. */
function remove(path) {
  if (check) stale.push(path);
  else {
    rmSync(path);
    console.log(`removed ${path}`);
  }
}

// The values come first: the rest is made by code that imports them.
if (!onlyChart) for (const [path, text] of await generateValues()) put(path, text);
if (!onlyChart && stale.length === 0) {
  const { generateDocuments } = await runTypeScript('scripts/generate-documents.ts');
  for (const [path, text] of generateDocuments()) put(path, text);
}
if (stale.length === 0) {
  const { CHART_FOLDER, filesBelow, generateChart } = await runTypeScript(
    'scripts/generate-chart.ts',
  );
  const files = new Map(generateChart());
  for (const [path, text] of files) put(path, text);
  for (const path of filesBelow(CHART_FOLDER)) if (!files.has(path)) remove(path);
}
if (stale.length > 0) {
  console.error(`out of date: ${stale.join(', ')}\n  run: npm run generate`);
  process.exit(1);
}
