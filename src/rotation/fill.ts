import { randomBytes } from 'node:crypto';
import type { Invocation } from '../cli/command.js';
import type { Io } from '../cli/io.js';
import { printJson, wantsJson } from '../cli/output.js';
import { base64 } from '../cli/secret-manifest.js';
import type { SecretPlace } from '../cli/secret-options.js';
import { diagnostic, PodcloakError } from '../errors/index.js';
import { type KeyAlgorithm, newKeyLine } from '../key-lines/index.js';
import { KubeError, openSecrets, type Secrets, type StoredSecret } from '../kube/index.js';
import { reporting } from '../node/run.js';
import { madeAtKey } from './made-at.js';
import { asked, credentialsOf, nameOf } from './target.js';

/** The key for a Secret that has none. */
export interface FirstKey {
  readonly place: SecretPlace;
  readonly keyID: number;
  readonly algorithm: KeyAlgorithm;
}

/** So often the Secret may be changed by others between reading and writing it. */
const ATTEMPTS = 5;

/**
 * `podcloak keys create --fill`: puts a key into a Secret that exists and has none, and leaves any other as it
 * is. It takes the rights to get and patch that one Secret, and none to create any.
 */
export function fillSecret(request: FirstKey, invocation: Invocation, io: Io): Promise<number> {
  return reporting(io, async () => {
    const secrets = openSecrets(credentialsOf(invocation));
    try {
      const { place, keyID, algorithm } = request;
      const isNew = await asked(() => fill(secrets, request), place);
      const { namespace, name } = place;
      if (wantsJson(invocation)) {
        const made = isNew ? { keyID, algorithm } : {};
        printJson(io, {
          secret: { namespace, name },
          action: isNew ? 'filled' : 'nothing',
          ...made,
        });
      } else {
        const what = isNew ? `has a first line, key id ${keyID}` : 'has a key already; it stays';
        io.out(`${nameOf(place)} ${what}.\n`);
      }
      return 0;
    } finally {
      secrets.close();
    }
  });
}

/** @returns whether the key is ours */
async function fill(secrets: Secrets, { place, keyID, algorithm }: FirstKey): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const secret = await existing(secrets, place);
    if (!isEmpty(secret, place.keyFile)) return false;
    const change = {
      data: { [place.keyFile]: base64(newKeyLine(keyID, algorithm, randomBytes)) },
      annotations: { [madeAtKey(keyID)]: new Date().toISOString() },
    };
    try {
      await secrets.change(secret, change);
      return true;
    } catch (thrown) {
      // Somebody else may have filled it: that one's key stays.
      const isOld = thrown instanceof KubeError && thrown.code === 'PC506';
      if (!isOld || attempt === ATTEMPTS) throw thrown;
    }
  }
}

async function existing(secrets: Secrets, place: SecretPlace): Promise<StoredSecret> {
  try {
    return await secrets.read(place.namespace, place.name);
  } catch (thrown) {
    if (!(thrown instanceof KubeError) || thrown.code !== 'PC505') throw thrown;
    throw new PodcloakError([diagnostic('PC493', `${nameOf(place)} does not exist`)]);
  }
}

/** Anything but white space may be somebody's key, or was meant to be one. */
function isEmpty({ data }: StoredSecret, keyFile: string): boolean {
  const value = Object.hasOwn(data, keyFile) ? (data[keyFile] ?? '') : '';
  return Buffer.from(value, 'base64').toString('utf8').trim() === '';
}
