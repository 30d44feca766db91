// charts/podcloak: all of it, from src/manifests, src/values and templates/chart.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { chartFiles } from '../src/chart/index.js';

export const CHART_FOLDER = 'charts/podcloak';
const WRITTEN = 'templates/chart';

/** [path, text] of every file of the chart. */
export function generateChart(): [string, string][] {
  const written = filesBelow(WRITTEN).map((path) => [
    relative(WRITTEN, path),
    readFileSync(path, 'utf8'),
  ]);
  return chartFiles(Object.fromEntries(written)).map(([path, text]) => [
    join(CHART_FOLDER, path),
    text,
  ]);
}

/** Every file in a folder, if it is there, and in those below it. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}
