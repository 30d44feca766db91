import { randomBytes } from 'node:crypto';
import { hasFlag, type Invocation, lastValue } from '../cli/command.js';
import { type Io, report } from '../cli/io.js';
import { printJson, wantsJson } from '../cli/output.js';
import { progressOn } from '../cli/progress.js';
import { base64 } from '../cli/secret-manifest.js';
import type { SecretPlace } from '../cli/secret-options.js';
import { type Known, Observation, parseDuration, stillWaiting } from '../cluster/index.js';
import { diagnostic, PodcloakError } from '../errors/index.js';
import {
  type KeyAlgorithm,
  keyAlgorithmOf,
  newKeyLine,
  parseKeyLines,
} from '../key-lines/index.js';
import {
  openSecrets,
  type Persistence,
  persistently,
  type RunEvent,
  type SecretChange,
  type Secrets,
  viewCluster,
} from '../kube/index.js';
import { reporting } from '../node/run.js';
import { algorithmOf } from './create.js';
import { currentOnly, nextKeyID, withLine } from './key-file.js';
import { madeAtKey } from './made-at.js';
import { appliedElsewhere, printedSecret } from './printed-secret.js';
import { isDone, knownKeyIDs, laggards, type Progress, progressOf } from './progress.js';
import { type Result, resultJson } from './result-json.js';
import { lateText, rotatedEvent, skippedEvent, tellCronJob, unfinishedEvent } from './scheduled.js';
import { asked, credentialsOf, nameOf, readKeys, type StoredKeys } from './target.js';
import { barText, laggardsText, waitingText } from './text.js';
import { firstKnown, waitForNodes } from './wait.js';

const TIMEOUT = '10m';
/** Somebody sits and waits; milliseconds. */
const PACE = { longest: 3000 };

const AFTERWARDS =
  ' Once this is applied and every node has it: podcloak keys rotate --finish -o yaml';

/** What a rotation is asked for beyond its options. */
export interface RotateRequest {
  readonly place: SecretPlace;
  /** The line for people once the new line is written; ours unless given. */
  readonly rotated?: (keyID: number) => string;
}

/** `podcloak keys rotate`. */
export function rotateKeys(
  request: RotateRequest,
  invocation: Invocation,
  io: Io,
): Promise<number> {
  return reporting(io, async () => {
    const timeout = parseDuration(lastValue(invocation, 'timeout') ?? TIMEOUT, '--timeout');
    const credentials = credentialsOf(invocation);
    const end = performance.now() + timeout;
    const persistence: Persistence | undefined = hasFlag(invocation, 'wait')
      ? { deadline: end, interrupted: (reason) => stillWaiting(io, reason) }
      : undefined;
    const secrets = persistent(openSecrets(credentials), persistence);
    const view = viewCluster({ ...credentials, pace: PACE, onFault: () => {} });
    try {
      const { place } = request;
      const keys = await readKeys(secrets, place);
      const clusterUID = await asked(() => secrets.clusterUID(), place);
      const observation = new Observation(view);
      const rotation = new Rotation(
        { request, invocation, io, end, secrets, observation, clusterUID },
        await firstKnown(observation, persistence),
        keys,
      );
      return await rotation.run();
    } finally {
      view.close();
      secrets.close();
    }
  });
}

/** With `--wait`, goes on reading while the API server is away. What is written is written once. */
function persistent(secrets: Secrets, persistence: Persistence | undefined): Secrets {
  if (persistence === undefined) return secrets;
  const persist = persistently(persistence);
  return {
    read: (...what) => persist(() => secrets.read(...what)),
    create: (...what) => secrets.create(...what),
    change: (...what) => secrets.change(...what),
    clusterUID: () => persist(() => secrets.clusterUID()),
    close: () => secrets.close(),
  };
}

interface Surroundings {
  readonly request: RotateRequest;
  readonly invocation: Invocation;
  readonly io: Io;
  /** When to stop waiting, by `performance.now()`. */
  readonly end: number;
  readonly secrets: Secrets;
  readonly observation: Observation;
  readonly clusterUID: string;
}

/** One run of the command. */
class Rotation {
  readonly #around: Surroundings;
  readonly #before: Known;
  #keys: StoredKeys;

  constructor(around: Surroundings, before: Known, keys: StoredKeys) {
    this.#around = around;
    this.#before = before;
    this.#keys = keys;
  }

  run(): Promise<number> {
    return hasFlag(this.#around.invocation, 'finish') ? this.#finishOnly() : this.#rotate();
  }

  /** Writes a new line behind the ones that are needed still, and with `--wait` takes those away. */
  async #rotate(): Promise<number> {
    const { request, invocation, io } = this.#around;
    const { lines, text } = this.#keys;
    const progress = this.#judge(this.#before);
    const mayGo = isDone(progress);
    if (!mayGo && this.#cronJob !== undefined) return this.#skip(progress);
    if (!mayGo && !hasFlag(invocation, 'despite-unfinished')) throw unfinished(progress);
    const algorithm = algorithmOf(invocation) ?? this.#sameAlgorithm();
    const keyID = nextKeyID(lines, knownKeyIDs(this.#before));
    if (keyID === undefined) {
      throw new PodcloakError([diagnostic('PC482', 'all 15 are in the Secret or known to nodes')]);
    }
    const line = newKeyLine(keyID, algorithm, randomBytes);
    const kept = mayGo ? currentOnly(text, lines) : text;
    const time = new Date().toISOString();
    const next = { text: withLine(kept, line), annotations: { [madeAtKey(keyID)]: time } };
    if (this.#printsYaml) return this.#print(next.text, next.annotations, AFTERWARDS);
    const removed = await this.#write(next.text, next.annotations);
    const done = request.rotated?.(keyID) ?? this.#rotatedText(keyID);
    if (!wantsJson(invocation)) io.out(`${done}\n`);
    if (hasFlag(invocation, 'wait')) return this.#waitAndFinish(algorithm, removed);
    this.#tell('rotated', removed, this.#judge(this.#before), algorithm);
    return 0;
  }

  /** A run of a CronJob is over when there is nothing to be done yet; the next one looks again. */
  async #skip(progress: Progress): Promise<number> {
    report(this.#around.io, [
      diagnostic('PC491', `not on key id ${progress.keyID} yet: ${lateText(progress)}`),
    ]);
    await this.#tellCronJob(skippedEvent(progress));
    this.#tell('skipped', [], progress);
    return 0;
  }

  async #tellCronJob(event: RunEvent): Promise<void> {
    const { request, invocation, io } = this.#around;
    const name = this.#cronJob;
    if (name === undefined) return;
    const { namespace } = request.place;
    await tellCronJob({ namespace, name }, event, credentialsOf(invocation), io);
  }

  async #finishOnly(): Promise<number> {
    const { invocation, io } = this.#around;
    const { lines } = this.#keys;
    const progress = this.#judge(this.#before);
    // The first Secret of a cluster that was without has one line, and nodes are late all the same.
    const isAwaited = hasFlag(invocation, 'wait') && !isDone(progress);
    if (lines.length === 1 && !isAwaited && !this.#printsYaml) {
      if (!wantsJson(invocation)) {
        io.out(
          `Nothing to finish: ${this.#name} has no other line than key id ${progress.keyID}.\n`,
        );
      }
      this.#tell('nothing', [], progress);
      return 0;
    }
    if (hasFlag(invocation, 'wait')) return this.#waitAndFinish();
    if (!isDone(progress) && !hasFlag(invocation, 'despite-unfinished')) throw unfinished(progress);
    if (this.#printsYaml) return this.#print(currentOnly(this.#keys.text, lines), {}, '');
    this.#tell('finished', await this.#finish(), progress);
    return 0;
  }

  async #waitAndFinish(
    algorithm?: KeyAlgorithm,
    removedBefore: readonly number[] = [],
  ): Promise<number> {
    const { invocation, io, end, observation } = this.#around;
    const bar = progressOn(io, process.env);
    const isLive = io.errIsTerminal;
    const progress = await waitForNodes(observation, {
      timeout: Math.max(0, end - performance.now()),
      judge: (known) => this.#judge(known),
      changed: (now) => {
        if (isLive) bar.show(barText(now));
        else if (!wantsJson(invocation)) io.err(waitingText(now));
      },
      interrupted: (reason) => io.err(`${isLive ? '\n' : ''}still waiting: ${reason}\n`),
    });
    bar.end();
    if (!isDone(progress)) {
      this.#tell('unfinished', removedBefore, progress, algorithm);
      report(io, [diagnostic('PC481', `the time is over: ${laggardsText(laggards(progress))}`)]);
      await this.#tellCronJob(unfinishedEvent(progress));
      return 1;
    }
    const removed = [...removedBefore, ...(await this.#finish())];
    await this.#tellCronJob(rotatedEvent(progress));
    this.#tell('finished', removed, progress, algorithm);
    return 0;
  }

  /** Takes the old lines away. @returns their key ids */
  async #finish(): Promise<readonly number[]> {
    const { invocation, io, secrets, request } = this.#around;
    // Somebody may have changed a label meanwhile; the lines must be those that were waited for.
    const now = await readKeys(secrets, request.place);
    if (now.text !== this.#keys.text) {
      throw new PodcloakError([diagnostic('PC478', this.#name)]);
    }
    this.#keys = now;
    if (now.lines.length === 1) {
      if (!wantsJson(invocation)) io.out(`Every node is on key id ${this.#currentID}.\n`);
      return [];
    }
    const removed = await this.#write(currentOnly(now.text, now.lines), {});
    if (!wantsJson(invocation)) {
      const ids = removed.join(', ');
      io.out(`Finished: every node is on key id ${this.#currentID}, key id ${ids} was removed.\n`);
    }
    return removed;
  }

  /** Writes the key file, if nobody else has meanwhile. @returns the key ids that went */
  async #write(text: string, annotations: SecretChange['annotations']): Promise<number[]> {
    const { request, secrets, io } = this.#around;
    const { place } = request;
    const { secret, lines } = this.#keys;
    const next = parseKeyLines(text).keys;
    const stays = new Set(next.map(({ keyId }) => keyId));
    const removed = lines.map(({ keyId }) => keyId).filter((id) => !stays.has(id));
    const gone = Object.fromEntries(removed.map((id) => [madeAtKey(id), null]));
    const change = {
      data: { [place.keyFile]: base64(text) },
      annotations: { ...gone, ...annotations },
    };
    report(io, appliedElsewhere(secret, place));
    const written = await asked(() => secrets.change(secret, change), place);
    this.#keys = { secret: written, text, lines: next };
    return removed;
  }

  /** Writes nothing. @param next what is to be done once this is applied */
  #print(text: string, added: Readonly<Record<string, string>>, next: string): number {
    const { request, io } = this.#around;
    io.out(printedSecret(this.#keys.secret, request.place, text, added));
    io.err(`Nothing was written.${next}\n`);
    return 0;
  }

  #tell(
    action: Result['action'],
    removed: readonly number[],
    progress: Progress,
    algorithm?: KeyAlgorithm,
  ): void {
    const { invocation, io, request } = this.#around;
    if (!wantsJson(invocation)) return;
    const { place } = request;
    const keyIDs = this.#keys.lines.map(({ keyId }) => keyId);
    printJson(io, resultJson({ place, action, keyIDs, removed, progress, algorithm }));
  }

  #rotatedText(keyID: number): string {
    const { invocation } = this.#around;
    const next = hasFlag(invocation, 'wait')
      ? ''
      : ' The old one stays until podcloak keys rotate --finish.';
    return `${this.#name} has a new line, key id ${keyID}.${next}`;
  }

  #sameAlgorithm(): KeyAlgorithm {
    const line = this.#keys.lines.at(-1);
    const algorithm = line && keyAlgorithmOf(line);
    if (algorithm !== undefined) return algorithm;
    throw new PodcloakError([diagnostic('PC483', `that of key id ${this.#currentID}`)]);
  }

  #judge(known: Known): Progress {
    return progressOf(known, this.#keys.lines, this.#around.clusterUID);
  }

  get #currentID(): number {
    return this.#keys.lines.at(-1)?.keyId ?? 0;
  }

  get #name(): string {
    return nameOf(this.#around.request.place);
  }

  /** The CronJob that this is a run of, in the Secret's namespace. */
  get #cronJob(): string | undefined {
    return lastValue(this.#around.invocation, 'scheduled');
  }

  get #printsYaml(): boolean {
    return lastValue(this.#around.invocation, 'output') === 'yaml';
  }
}

function unfinished(progress: Progress): PodcloakError {
  const { keyID } = progress;
  const names = laggardsText(laggards(progress), 10);
  return new PodcloakError([diagnostic('PC480', `not on key id ${keyID} yet: ${names}`)]);
}
