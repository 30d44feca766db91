import { spawn } from 'node:child_process';
import { Failure } from './failure.mjs';

/** How each of them takes an archive. Without a name, kind and k3d take their usual cluster. */
const LOADERS = {
  kind: (archive, cluster) => [
    'kind',
    'load',
    'image-archive',
    archive,
    ...(cluster === undefined ? [] : ['--name', cluster]),
  ],
  k3d: (archive, cluster) => [
    'k3d',
    'image',
    'import',
    archive,
    ...(cluster === undefined ? [] : ['--cluster', cluster]),
  ],
  // The kubelet looks in this namespace of containerd only.
  containerd: (archive) => ['ctr', '--namespace', 'k8s.io', 'images', 'import', archive],
};

export const LOAD_TARGETS = Object.keys(LOADERS);

/**
 * Loads an archive into the nodes of a cluster, without a registry.
 *
 * @param {keyof typeof LOADERS} target
 * @param {string} archive
 * @param {string | undefined} cluster
 * @throws Failure
 */
export async function load(target, archive, cluster) {
  const [program, ...args] = LOADERS[target](archive, cluster);
  const code = await new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', (error) => {
      const missing = error.code === 'ENOENT';
      reject(
        new Failure(
          missing ? `${program} is not on the PATH` : `${program} cannot be run: ${error.code}`,
          `Install it, or load ${archive} by hand where it is.`,
        ),
      );
    });
    child.on('close', resolve);
  });
  if (code !== 0) {
    throw new Failure(
      `${program} ended with code ${code}`,
      'It has said why; containerd needs root, kind and k3d a cluster that runs.',
    );
  }
}
