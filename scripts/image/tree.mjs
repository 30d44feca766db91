// The files of a layer, as the entries that tar.mjs writes.

/** A file of the image. @returns {import('./tar.mjs').Entry} */
export function file(path, data, mode = 0o644) {
  return { path, type: 'file', mode, data: Buffer.from(data) };
}

/** @returns {import('./tar.mjs').Entry} */
export function symlink(path, target) {
  return { path, type: 'symlink', mode: 0o777, target };
}

/** @returns {import('./tar.mjs').Entry} */
export function directory(path, mode = 0o755) {
  return { path, type: 'directory', mode };
}

/**
 * The entries and every folder above them, sorted by path.
 *
 * @param {readonly import('./tar.mjs').Entry[]} entries
 * @throws Error when two have the same path
 */
export function tree(entries) {
  const all = new Map();
  for (const entry of entries) {
    if (all.has(entry.path)) throw new Error(`twice in the image: ${entry.path}`);
    all.set(entry.path, entry);
  }
  for (const { path } of entries) {
    const parts = path.split('/');
    for (let length = 1; length < parts.length; length += 1) {
      const parent = parts.slice(0, length).join('/');
      if (!all.has(parent)) all.set(parent, directory(parent));
    }
  }
  return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * What a path leads to among these entries, symlinks followed: in any part of it, as dpkg's
 * documentation folders are links too.
 *
 * @param {ReadonlyMap<string, import('./tar.mjs').Entry>} entries by path
 * @returns {import('./tar.mjs').Entry | undefined}
 */
export function follow(entries, path, hops = 0) {
  if (hops > 20) return undefined;
  const parts = path.split('/');
  for (let length = 1; length <= parts.length; length += 1) {
    const link = entries.get(parts.slice(0, length).join('/'));
    if (link?.type !== 'symlink') continue;
    const folder = link.target.startsWith('/') ? [] : parts.slice(0, length - 1);
    const target = [...folder, ...link.target.split('/'), ...parts.slice(length)];
    return follow(entries, flat(target).join('/'), hops + 1);
  }
  return entries.get(path);
}

/** Without `.`, `..` and empty parts. */
function flat(parts) {
  const kept = [];
  for (const part of parts) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return kept;
}
