// Who we are at a registry, as docker, podman and buildah keep it.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Failure } from './failure.mjs';

/**
 * @typedef {object} Credentials
 * @property {string} user
 * @property {string} password
 * @property {string} [refreshToken] in their place, where a login gave one
 */

/** Docker Hub's name in those files, from before there were others. */
const HUB_KEYS = ['https://index.docker.io/v1/', 'index.docker.io', 'docker.io'];

/**
 * The credentials for a registry; undefined where there are none.
 *
 * @param {string} registry host and port
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Credentials | undefined>}
 * @throws Failure when a file or a helper does not do what it should. Never quotes either.
 */
export async function credentialsFor(registry, env = process.env) {
  const keys =
    registry === 'docker.io' ? HUB_KEYS : [registry, `https://${registry}`, `http://${registry}`];
  for (const path of configPaths(env)) {
    const config = await readConfig(path);
    const helper =
      keys.map((key) => config?.credHelpers?.[key]).find(Boolean) ?? config?.credsStore;
    const found =
      (helper && (await askHelper(helper, keys[0], env))) ||
      keys.map((key) => decoded(config?.auths?.[key])).find(Boolean);
    if (found) return found;
  }
  return undefined;
}

function configPaths(env) {
  const home = env.HOME || homedir();
  return [
    env.REGISTRY_AUTH_FILE,
    join(env.DOCKER_CONFIG || join(home, '.docker'), 'config.json'),
    env.XDG_RUNTIME_DIR && join(env.XDG_RUNTIME_DIR, 'containers', 'auth.json'),
    join(env.XDG_CONFIG_HOME || join(home, '.config'), 'containers', 'auth.json'),
  ].filter(Boolean);
}

async function readConfig(path) {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(`${path} is not JSON`, 'Mend it, or log in to the registry again.');
  }
}

function decoded(entry) {
  if (entry === undefined) return undefined;
  const pair = Buffer.from(entry.auth ?? '', 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  const user = entry.username ?? pair.slice(0, Math.max(colon, 0));
  const password = entry.password ?? pair.slice(colon + 1);
  if (entry.identitytoken) return { user, password: '', refreshToken: entry.identitytoken };
  return user === '' ? undefined : { user, password };
}

/** docker-credential-helpers' protocol: the server on standard input, JSON on standard output. */
function askHelper(helper, server, env) {
  const program = `docker-credential-${helper}`;
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['get'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.on('error', () =>
      reject(
        new Failure(
          `docker’s configuration names the helper ${program}, which cannot be started`,
          'Install it, or log in without it.',
        ),
      ),
    );
    child.stdin.on('error', () => {});
    child.stdin.end(server);
    child.on('close', (code) => {
      // A helper that knows nothing of the server says so by its exit code.
      if (code !== 0) return resolve(undefined);
      try {
        const { Username: user, Secret: secret } = JSON.parse(stdout);
        resolve(
          user === '<token>'
            ? { user: '', password: '', refreshToken: secret }
            : { user, password: secret },
        );
      } catch {
        reject(new Failure(`${program} did not answer in JSON`, 'Log in to the registry again.'));
      }
    });
  });
}
