// The lower layer: Node, the libraries that it and koffi load, CA certificates. It stays the same from
// one version of Podcloak to the next, so that a node that has one fetches a megabyte for the other.
import { interpreter, neededLibraries, withoutSymbols } from './elf.mjs';
import { Failure } from './failure.mjs';
import { directory, file, follow, symlink, tree } from './tree.mjs';

const NSSWITCH = `# Names come from /etc/hosts, then DNS, as in any pod.
passwd: files
group: files
hosts: files dns
`;

/**
 * @param {typeof import('./platforms.mjs').PLATFORMS[number]} platform
 * @param {readonly import('./contents.mjs').Contents[]} contents
 * @param {readonly Buffer[]} modules native modules whose libraries must be there too
 */
export function runtimeLayer(platform, contents, modules) {
  const nodePackage = contents.find(({ package: one }) => one.name.startsWith('node-linux-'));
  const debian = contents.filter(({ package: one }) => one.from === 'debian');
  const entries = new Map(debian.flatMap((one) => [...one.entries]));
  const node = withoutSymbols(dataOf(nodePackage.entries, 'bin/node'));
  if (interpreter(node) !== `/${platform.loader}`) {
    throw new Error(`Node for ${platform.name} asks for the loader ${interpreter(node)}`);
  }
  return tree([
    file('usr/bin/node', node, 0o755),
    ...libraries(platform, entries, [node, ...modules]),
    ...loaderLinks(platform),
    file('etc/ssl/certs/ca-certificates.crt', certificates(entries)),
    file('etc/nsswitch.conf', NSSWITCH),
    directory('tmp', 0o1777),
    ...forScanners(entries, debian),
    file('licenses/node/LICENSE', dataOf(nodePackage.entries, 'LICENSE')),
    ...licenses(entries, debian),
  ]);
}

/** The libraries that these programs need, and those that they need in turn, each found by its name. */
function libraries(platform, entries, programs) {
  const folder = `usr/lib/${platform.triplet}`;
  const found = new Map();
  const wanted = programs.flatMap(neededLibraries);
  for (let soname = wanted.pop(); soname !== undefined; soname = wanted.pop()) {
    const path = `${folder}/${soname}`;
    if (found.has(path)) continue;
    const library = follow(entries, path);
    if (library === undefined) {
      throw new Failure(
        `no package of scripts/image/packages.json has ${soname} for ${platform.name}`,
        'Add the Debian package that has it to scripts/image/update-packages.mjs.',
      );
    }
    found.set(path, file(path, library.data, library.mode));
    wanted.push(...neededLibraries(library.data));
  }
  return [...found.values()];
}

/**
 * The path where programs look for their loader. Relative, so that it also leads there for one who
 * looks at the image from outside.
 */
function loaderLinks({ loader, triplet }) {
  const [folder, soname] = loader.split('/');
  const target = folder === 'lib' ? triplet : `../lib/${triplet}`;
  return [
    ...[...new Set(['lib', folder])].map((name) => symlink(name, `usr/${name}`)),
    symlink(`usr/${loader}`, `${target}/${soname}`),
  ];
}

/** One file, as Debian's update-ca-certificates makes it. */
function certificates(entries) {
  const paths = [...entries.keys()].filter((path) =>
    /^usr\/share\/ca-certificates\/.*\.crt$/.test(path),
  );
  return paths
    .sort()
    .map((path) => `${dataOf(entries, path).toString().trimEnd()}\n`)
    .join('');
}

/** By these files vulnerability scanners know whose libraries they see, and in which version. */
function forScanners(entries, debian) {
  return [
    symlink('etc/os-release', '../usr/lib/os-release'),
    file('usr/lib/os-release', dataOf(entries, 'usr/lib/os-release')),
    ...debian.map(({ package: one, control }) =>
      file(`var/lib/dpkg/status.d/${one.name}`, control),
    ),
  ];
}

/** Each package's copyright file, and the texts that those refer to. */
function licenses(entries, debian) {
  const copyrights = debian.map(({ package: { name: owner } }) => [
    owner,
    dataOf(entries, `usr/share/doc/${owner}/copyright`),
  ]);
  const common = copyrights.flatMap(([, text]) =>
    [...text.toString().matchAll(/common-licenses\/([\w.-]*\w)/g)].map(([, license]) => license),
  );
  return [
    ...copyrights.map(([owner, text]) => file(`licenses/debian/${owner}/copyright`, text)),
    ...[...new Set(common)].map((license) =>
      file(
        `licenses/debian/common-licenses/${license}`,
        dataOf(entries, `usr/share/common-licenses/${license}`),
      ),
    ),
  ];
}

/** @throws Failure when a package is not as it used to be */
export function dataOf(entries, path) {
  const { data } = follow(entries, path) ?? {};
  if (data === undefined) {
    throw new Failure(
      `a package of scripts/image/packages.json has no file ${path}`,
      'The package has changed its layout: scripts/image must follow it.',
    );
  }
  return data;
}
