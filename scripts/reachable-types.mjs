import { readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** What follows `from` or `import(` in a declaration file, if it is a file of ours. */
const OWN_IMPORT = /(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)['"](\.[^'"]+)\.js['"]/g;

/**
 * Removes the declaration files that no import leads to: the compiler writes one for each source file,
 * and nine of ten are of the agent and the command, which nobody can import.
 *
 * @param {string} folder
 * @param {string} entry in the folder: what package.json names
 */
export function keepReachable(folder, entry) {
  const reached = new Set();
  const follow = (file) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const [, path] of readFileSync(join(folder, file), 'utf8').matchAll(OWN_IMPORT)) {
      follow(join(dirname(file), `${path}.d.ts`));
    }
  };
  follow(entry);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const one of files.filter((found) => found.isFile())) {
    const path = join(one.parentPath, one.name);
    if (!reached.has(relative(folder, path))) rmSync(path);
  }
  removeEmpty(folder);
}

function removeEmpty(folder) {
  for (const one of readdirSync(folder, { withFileTypes: true })) {
    if (one.isDirectory()) removeEmpty(join(folder, one.name));
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
