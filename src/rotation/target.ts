import { type Invocation, lastValue } from '../cli/command.js';
import type { SecretPlace } from '../cli/secret-options.js';
import { failureOf } from '../cluster/index.js';
import { type Diagnostic, diagnostic, isError, PodcloakError } from '../errors/index.js';
import { type KeyLine, parseKeyLines } from '../key-lines/index.js';
import {
  type CredentialOptions,
  KubeError,
  type Secrets,
  type StoredSecret,
} from '../kube/index.js';

/** The cluster that the options name. */
export function credentialsOf(invocation: Invocation): CredentialOptions {
  return {
    kubeconfig: lastValue(invocation, 'kubeconfig'),
    context: lastValue(invocation, 'context'),
    asKubectl: true,
  };
}

/** A Secret's key lines as they are at the API server. */
export interface StoredKeys {
  readonly secret: StoredSecret;
  /** Of the key file. Secret. */
  readonly text: string;
  /** At least one, the current one last. */
  readonly lines: readonly KeyLine[];
}

/**
 * Reads the key lines.
 *
 * @throws PodcloakError PC476 without a Secret, PC477 where agents would refuse its lines
 */
export async function readKeys(secrets: Secrets, place: SecretPlace): Promise<StoredKeys> {
  const secret = await asked(() => secrets.read(place.namespace, place.name), place);
  const value = Object.hasOwn(secret.data, place.keyFile) ? secret.data[place.keyFile] : undefined;
  if (value === undefined) {
    throw new PodcloakError([diagnostic('PC477', `${nameOf(place)} has no key ${place.keyFile}`)]);
  }
  const text = Buffer.from(value, 'base64').toString('utf8');
  const { keys, problems } = parseKeyLines(text);
  const found = problems.map(({ code, line, message }) =>
    diagnostic(code, message, {
      place: { source: `${nameOf(place)}, key ${place.keyFile}`, line, column: 1 },
    }),
  );
  if (!found.some(isError)) return { secret, text, lines: keys };
  throw new PodcloakError([
    diagnostic('PC477', `agents refuse the lines of ${nameOf(place)}`),
    ...found.filter(isError),
  ]);
}

/** Asks the API server about the Secret; what goes wrong is told to a person. */
export async function asked<T>(ask: () => Promise<T>, place: SecretPlace): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    throw thrown instanceof KubeError ? explained(thrown, place) : thrown;
  }
}

export function nameOf({ namespace, name }: SecretPlace): string {
  return `Secret ${namespace}/${name}`;
}

function explained(error: KubeError, place: SecretPlace): PodcloakError {
  const found = diagnosticOf(error, place);
  return found === undefined ? failureOf(error) : new PodcloakError([found]);
}

function diagnosticOf(error: KubeError, place: SecretPlace): Diagnostic | undefined {
  switch (error.code) {
    case 'PC503':
      return diagnostic('PC479', withoutData(error.message));
    case 'PC504':
    case 'PC505':
      return diagnostic('PC476', `${nameOf(place)} does not exist`);
    case 'PC506':
      return error.reason === 'AlreadyExists'
        ? diagnostic('PC475', nameOf(place))
        : diagnostic('PC478', nameOf(place));
    case 'PC507':
      return diagnostic('PC486', withoutData(error.message));
    default:
      return undefined;
  }
}

/** Should the API server ever quote what it was sent: base64 of a key line is longer than this. */
function withoutData(message: string): string {
  return message.replace(/[A-Za-z0-9+/=]{40,}/g, '…');
}
