import { randomBytes } from 'node:crypto';
import { type Invocation, lastValue } from '../cli/command.js';
import type { Io } from '../cli/io.js';
import { printJson, wantsJson } from '../cli/output.js';
import { secretManifest } from '../cli/secret-manifest.js';
import type { SecretPlace } from '../cli/secret-options.js';
import { diagnostic, PodcloakError } from '../errors/index.js';
import { type KeyAlgorithm, newKeyLine } from '../key-lines/index.js';
import { KubeError, openSecrets } from '../kube/index.js';
import { reporting } from '../node/run.js';
import { asked, credentialsOf, nameOf } from './target.js';

/** What a new Secret is to hold, and how its making is told. */
export interface NewSecret {
  readonly place: SecretPlace;
  readonly keyID: number;
  readonly algorithm: KeyAlgorithm;
  /** The line for people; ours unless given. */
  readonly done?: string;
}

/** `podcloak keys create --write`: makes the Secret in the cluster, where there is none. */
export function createSecret(
  { place, keyID, algorithm, done }: NewSecret,
  invocation: Invocation,
  io: Io,
): Promise<number> {
  return reporting(io, async () => {
    const secrets = openSecrets(credentialsOf(invocation));
    try {
      const line = newKeyLine(keyID, algorithm, randomBytes);
      const manifest = secretManifest(place, keyID, line, new Date().toISOString());
      await asked(() => create(secrets.create, place, manifest), place);
      const { namespace, name } = place;
      if (wantsJson(invocation)) {
        printJson(io, { secret: { namespace, name }, action: 'created', keyID, algorithm });
      } else io.out(`${done ?? `${nameOf(place)} was made, with key id ${keyID}.`}\n`);
      return 0;
    } finally {
      secrets.close();
    }
  });
}

async function create(
  make: (namespace: string, manifest: object) => Promise<void>,
  { namespace }: SecretPlace,
  manifest: object,
): Promise<void> {
  try {
    await make(namespace, manifest);
  } catch (thrown) {
    if (!(thrown instanceof KubeError) || thrown.code !== 'PC505') throw thrown;
    throw new PodcloakError([diagnostic('PC471', `there is no namespace ${namespace}`)]);
  }
}

/** The value of `--algorithm`, or of Cilium's `--auth-algo`: the parser takes none but ours. */
export function algorithmOf(invocation: Invocation): KeyAlgorithm | undefined {
  return (lastValue(invocation, 'algorithm') ?? lastValue(invocation, 'auth-algo')) as
    | KeyAlgorithm
    | undefined;
}
