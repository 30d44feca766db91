import { parseArgs } from 'node:util';
import { Failure } from './failure.mjs';
import { LOAD_TARGETS } from './load.mjs';
import { PLATFORMS } from './platforms.mjs';

export const HELP = `Builds the agent's image from this repo: no daemon, nothing but Node, its libraries and Podcloak in it.

Usage: npm run image -- [options]

  --output DIR          where the OCI layout and the archive go (default: out/image)
  --platform LIST       ${PLATFORMS.map(({ name }) => name).join(',')} (default: both)
  --name REF            what loading the archive calls the image (default: podcloak:VERSION)
  --uncompressed        layers as plain tar: bigger, quicker to load
  --push REF            push to a registry, with the credentials of docker, podman or buildah
  --plain-http          … without TLS; loopback needs no such word
  --load TARGET         load into ${LOAD_TARGETS.join(', ')}
  --cluster NAME        … into this cluster of kind or k3d
  --rootfs DIR          only write one platform's files, in the folders runtime and app
  --no-build            take dist/ as it is
  --debian-mirror URL   take Debian packages from there; may be repeated
  --update-packages     only refresh scripts/image/packages.json
  --download            only fill the cache with what a build needs
  --help                print this
`;

/**
 * @param {readonly string[]} args
 * @throws Failure
 */
export function parseOptions(args) {
  const { values } = parse(args);
  const platforms = (values.platform ?? PLATFORMS.map(({ name }) => name).join(','))
    .split(',')
    .map(platformNamed);
  if (new Set(platforms).size < platforms.length) {
    throw usage('--platform names one twice', 'Name each once.');
  }
  if (values.load !== undefined && !LOAD_TARGETS.includes(values.load)) {
    throw usage(`--load ${values.load}: no such target`, `Give one of ${LOAD_TARGETS.join(', ')}.`);
  }
  if (values.rootfs !== undefined && platforms.length > 1) {
    throw usage('--rootfs writes the files of one platform', 'Choose it with --platform.');
  }
  return { ...values, platforms, mirrors: values['debian-mirror'] };
}

function parse(args) {
  try {
    return parseArgs({
      args,
      strict: true,
      allowPositionals: false,
      options: {
        output: { type: 'string', default: 'out/image' },
        platform: { type: 'string' },
        name: { type: 'string' },
        uncompressed: { type: 'boolean', default: false },
        push: { type: 'string' },
        'plain-http': { type: 'boolean', default: false },
        load: { type: 'string' },
        cluster: { type: 'string' },
        rootfs: { type: 'string' },
        'no-build': { type: 'boolean', default: false },
        'debian-mirror': { type: 'string', multiple: true },
        'update-packages': { type: 'boolean', default: false },
        download: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw usage(error.message.split('.')[0], 'See `npm run image -- --help`.');
  }
}

function platformNamed(name) {
  const found = PLATFORMS.find((one) => one.name === name.trim());
  if (found !== undefined) return found;
  const names = PLATFORMS.map((one) => one.name).join(' or ');
  throw usage(`--platform ${name}: no such platform`, `Give ${names}.`);
}

function usage(message, remedy) {
  return new Failure(message, remedy);
}
