import { randomBytes } from 'node:crypto';
import { hasFlag, type Invocation } from '../cli/command.js';
import { type Io, report } from '../cli/io.js';
import { printJson, wantsJson } from '../cli/output.js';
import { base64 } from '../cli/secret-manifest.js';
import type { SecretPlace } from '../cli/secret-options.js';
import { type Known, Observation } from '../cluster/index.js';
import { diagnostic, PodcloakError } from '../errors/index.js';
import {
  formatRevoked,
  type KeyLine,
  keyAlgorithmOf,
  newKeyLine,
  parseKeyLines,
  parseRevoked,
  type RevokedKey,
  revokedNameOf,
} from '../key-lines/index.js';
import { checkValue } from '../keying/index.js';
import { openSecrets, type Secrets, viewCluster } from '../kube/index.js';
import { confirms } from '../node/ask.js';
import { reporting } from '../node/run.js';
import { algorithmOf } from './create.js';
import { nextKeyID, withLine, withoutLines } from './key-file.js';
import { madeAtKey } from './made-at.js';
import { appliedElsewhere } from './printed-secret.js';
import { knownKeyIDs, laggards, type NodeKeys, progressOf } from './progress.js';
import { asked, credentialsOf, nameOf, readKeys, type StoredKeys } from './target.js';
import { laggardsText } from './text.js';
import { firstKnown } from './wait.js';

export interface RevokeRequest {
  readonly place: SecretPlace;
  readonly keyID: number;
}

/** What a revocation writes, and what it costs. */
interface Revocation {
  /** The key file afterwards. Secret. */
  readonly text: string;
  /** The key ids in it, the current one last. */
  readonly keyIDs: readonly number[];
  /** Of the line that had to be made, as there was no other. */
  readonly newKeyID: number | undefined;
  readonly revoked: readonly RevokedKey[];
  /** Nodes that some of their peers will not be reached by until they have the current key. */
  readonly cut: readonly NodeKeys[];
}

/** `podcloak keys revoke`. */
export function revokeKey(request: RevokeRequest, invocation: Invocation, io: Io): Promise<number> {
  return reporting(io, async () => {
    const credentials = credentialsOf(invocation);
    const secrets = openSecrets(credentials);
    const view = viewCluster({ ...credentials, onFault: () => {} });
    try {
      const { place } = request;
      const keys = await readKeys(secrets, place);
      const clusterUID = await asked(() => secrets.clusterUID(), place);
      const known = await firstKnown(new Observation(view));
      const plan = planned(request, keys, known, clusterUID, invocation);
      if (!isAgreed(request, plan, invocation, io)) return 1;
      await write(secrets, request, keys, plan, io);
      tell(request, plan, invocation, io);
      return 0;
    } finally {
      view.close();
      secrets.close();
    }
  });
}

function planned(
  { place, keyID }: RevokeRequest,
  { secret, text, lines }: StoredKeys,
  known: Known,
  clusterUID: string,
  invocation: Invocation,
): Revocation {
  const line = lines.find(({ keyId }) => keyId === keyID);
  if (line === undefined) {
    throw new PodcloakError([diagnostic('PC490', `${nameOf(place)} has no key id ${keyID}`)]);
  }
  const check = Buffer.from(checkValue(line, clusterUID)).toString('base64');
  const before = revokedIn(secret.data[revokedNameOf(place.keyFile)], place);
  const revoked = [...before.filter((one) => one.check !== check), { keyID, check }];
  const rest = withoutLines(text, [line]);
  const others = lines.filter((one) => one !== line);
  if (others.length > 0) {
    const cut = laggards(progressOf(known, others, clusterUID));
    const keyIDs = others.map(({ keyId }) => keyId);
    return { text: rest, keyIDs, newKeyID: undefined, revoked, cut };
  }
  const { keyID: newKeyID, text: next } = withNewLine(rest, line, known, invocation);
  const cut = progressOf(known, parseKeyLines(next).keys, clusterUID).nodes;
  return { text: next, keyIDs: [newKeyID], newKeyID, revoked, cut };
}

function withNewLine(
  text: string,
  line: KeyLine,
  known: Known,
  invocation: Invocation,
): { keyID: number; text: string } {
  const keyID = nextKeyID([line], knownKeyIDs(known));
  if (keyID === undefined) {
    throw new PodcloakError([diagnostic('PC482', 'all 15 are in the Secret or known to nodes')]);
  }
  const algorithm = algorithmOf(invocation) ?? keyAlgorithmOf(line);
  if (algorithm === undefined) {
    throw new PodcloakError([diagnostic('PC483', `that of key id ${line.keyId}`)]);
  }
  return { keyID, text: withLine(text, newKeyLine(keyID, algorithm, randomBytes)).trimStart() };
}

function revokedIn(value: string | undefined, place: SecretPlace): readonly RevokedKey[] {
  const found = parseRevoked(Buffer.from(value ?? '', 'base64').toString('utf8'));
  if ('keys' in found) return found.keys;
  const name = revokedNameOf(place.keyFile);
  throw new PodcloakError([
    diagnostic(
      'PC721',
      `${nameOf(place)}, key ${name}: line ${found.badLine} is none of its lines`,
    ),
  ]);
}

/** Says first what it costs, also where nobody is asked. */
function isAgreed(
  request: RevokeRequest,
  plan: Revocation,
  invocation: Invocation,
  io: Io,
): boolean {
  const cost = question(request, plan);
  if (hasFlag(invocation, 'yes')) {
    // With JSON the answer has the list.
    if (!wantsJson(invocation)) io.out(`${cost}\n`);
    return true;
  }
  if (confirms(io, cost, '--yes')) return true;
  if (wantsJson(invocation)) printJson(io, { revokedKeyID: null, outcome: 'declined' });
  else io.out('Nothing was changed.\n');
  return false;
}

function question({ place, keyID }: RevokeRequest, { keyIDs, newKeyID, cut }: Revocation): string {
  const current = keyIDs.at(-1);
  const cost =
    newKeyID !== undefined
      ? `There is no other: a new one, key id ${newKeyID}, is written, and packets between all nodes (${cut.length}) are dropped until both have it, for up to two minutes.`
      : cut.length === 0
        ? `All nodes are on key id ${current}: nothing is lost.`
        : `Packets of these nodes are dropped until they are on key id ${current}: ${laggardsText(cut, 10)}.`;
  return `Key id ${keyID} of ${nameOf(place)} will not be used any more, anywhere. ${cost}`;
}

async function write(
  secrets: Secrets,
  { place, keyID }: RevokeRequest,
  { secret }: StoredKeys,
  { text, newKeyID, revoked }: Revocation,
  io: Io,
): Promise<void> {
  report(io, appliedElsewhere(secret, place));
  const made = newKeyID === undefined ? {} : { [madeAtKey(newKeyID)]: new Date().toISOString() };
  await asked(
    () =>
      secrets.change(secret, {
        data: {
          [place.keyFile]: base64(text),
          [revokedNameOf(place.keyFile)]: base64(formatRevoked(revoked)),
        },
        annotations: { [madeAtKey(keyID)]: null, ...made },
      }),
    place,
  );
}

function tell(
  { place, keyID }: RevokeRequest,
  { keyIDs, newKeyID, cut }: Revocation,
  invocation: Invocation,
  io: Io,
): void {
  if (wantsJson(invocation)) {
    const { namespace, name } = place;
    printJson(io, {
      secret: { namespace, name },
      revokedKeyID: keyID,
      keyID: keyIDs.at(-1) ?? null,
      keyIDs,
      newKeyID: newKeyID ?? null,
      cut: cut.map(({ node, state, why }) => ({ node, state, why })),
    });
    return;
  }
  const made = newKeyID === undefined ? '' : ` Key id ${newKeyID} was made in its place.`;
  io.out(
    `Key id ${keyID} of ${nameOf(place)} is revoked.${made} Agents have it as soon as their kubelets do: podcloak keys status.\n`,
  );
}
