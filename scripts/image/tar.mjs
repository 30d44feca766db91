// Tar archives in memory: written so that the same entries give the same bytes, on any machine and on
// any day; read as npm and dpkg-deb write them. Format: ustar (POSIX.1-1988), with GNU's and pax's long
// names on reading. `tar` itself is not asked, as its output depends on its version and its options.

const BLOCK = 512;

/**
 * @typedef {object} Entry
 * @property {string} path relative, with `/` between its parts and none at its end
 * @property {'file' | 'directory' | 'symlink'} type
 * @property {number} mode permission bits
 * @property {Buffer} [data] of a file
 * @property {string} [target] of a symlink
 */

/**
 * The parts of an archive, to be written one after another. Owner is root, entries are sorted by path.
 *
 * @param {readonly Entry[]} entries
 * @param {number} mtime of every entry, in seconds since 1970
 * @returns {Buffer[]}
 * @throws Error for a path or target that ustar cannot hold
 */
export function writeTar(entries, mtime) {
  const sorted = [...entries].sort((a, b) => (a.path < b.path ? -1 : 1));
  const parts = sorted.flatMap((entry) => {
    const data = entry.data ?? Buffer.alloc(0);
    return [header(entry, data.length, mtime), data, Buffer.alloc(padding(data.length))];
  });
  return [...parts, Buffer.alloc(2 * BLOCK)];
}

/** ustar's header: field, offset, size. */
const FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  target: [157, 100],
  magic: [257, 8],
  prefix: [345, 155],
};
const TYPES = { file: '0', symlink: '2', directory: '5' };

function header(entry, size, mtime) {
  const block = Buffer.alloc(BLOCK);
  const put = (field, text) => {
    const [offset, length] = FIELDS[field];
    const bytes = Buffer.from(text);
    if (bytes.length > length) throw new Error(`${entry.path}: too long for ustar's ${field}`);
    bytes.copy(block, offset);
  };
  const octal = (field, value) =>
    put(field, `${value.toString(8).padStart(FIELDS[field][1] - 1, '0')}\0`);
  const [prefix, name] = split(entry.type === 'directory' ? `${entry.path}/` : entry.path);
  put('name', name);
  put('prefix', prefix);
  octal('mode', entry.mode);
  octal('uid', 0);
  octal('gid', 0);
  octal('size', size);
  octal('mtime', mtime);
  put('type', TYPES[entry.type]);
  put('target', entry.target ?? '');
  put('magic', 'ustar\x0000');
  // The checksum is of the header with spaces in the checksum's place.
  put('checksum', ' '.repeat(8));
  put('checksum', `${sum(block).toString(8).padStart(6, '0')}\0 `);
  return block;
}

/** Where a path is too long for `name`, its first folders go to `prefix`. */
function split(path) {
  if (Buffer.byteLength(path) <= FIELDS.name[1]) return ['', path];
  const at = path.indexOf('/', path.length - FIELDS.name[1] - 1);
  return at < 0 ? ['', path] : [path.slice(0, at), path.slice(at + 1)];
}

function sum(block) {
  return block.reduce((total, byte) => total + byte, 0);
}

function padding(size) {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

/**
 * The entries of an archive, in its order; a hard link is a file with the data of what it links to.
 *
 * @param {Buffer} archive uncompressed
 * @returns {Entry[]}
 */
export function readTar(archive) {
  /** @type {Entry[]} */
  const entries = [];
  /** What an extension said of the entry after it. */
  let next = {};
  for (let offset = 0; offset + BLOCK <= archive.length && archive[offset] !== 0; ) {
    const block = archive.subarray(offset, offset + BLOCK);
    const size = Number.parseInt(text(block, 'size').trim() || '0', 8);
    const data = archive.subarray(offset + BLOCK, offset + BLOCK + size);
    if (data.length < size) throw new Error('a tar archive ends in the middle of an entry');
    offset += BLOCK + size + padding(size);
    const type = text(block, 'type');
    if (type === 'L') next.path = line(data);
    else if (type === 'K') next.linkpath = line(data);
    else if (type === 'x') next = { ...next, ...paxRecords(data) };
    else {
      const target = next.linkpath ?? text(block, 'target');
      const path = normal(next.path ?? fullName(block));
      const mode = Number.parseInt(text(block, 'mode').trim() || '0', 8) & 0o7777;
      const entry = entryOf(type, { path, mode, data, target }, entries);
      if (entry !== undefined) entries.push(entry);
      next = {};
    }
  }
  return entries;
}

function entryOf(type, { path, mode, data, target }, before) {
  if (type === '5') return { path, type: 'directory', mode };
  if (type === '2') return { path, type: 'symlink', mode, target };
  if (type === '0' || type === '') return { path, type: 'file', mode, data };
  if (type === '1') {
    const linked = before.find((entry) => entry.path === normal(target));
    return linked && { ...linked, path };
  }
  return undefined;
}

function text(block, field) {
  const [offset, length] = FIELDS[field];
  return line(block.subarray(offset, offset + length));
}

function line(bytes) {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}

/** GNU's own format has other things where ustar has the prefix. */
function fullName(block) {
  const prefix = line(block.subarray(257, 263)) === 'ustar' ? text(block, 'prefix') : '';
  const name = text(block, 'name');
  return prefix === '' ? name : `${prefix}/${name}`;
}

function normal(path) {
  return path.replace(/^(\.?\/)+/, '').replace(/\/+$/, '');
}

/** `LENGTH KEY=VALUE\n`, where the length counts itself. */
function paxRecords(data) {
  const records = {};
  for (let rest = data; rest.length > 0; ) {
    const length = Number.parseInt(rest.toString('latin1', 0, rest.indexOf(' ')), 10);
    const [, key, value] = /^\d+ ([^=]+)=([\s\S]*)\n$/.exec(rest.toString('utf8', 0, length)) ?? [];
    if (key === undefined) throw new Error('a tar archive has a malformed pax header');
    records[key] = value;
    rest = rest.subarray(length);
  }
  return records;
}
