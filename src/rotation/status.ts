import { type Invocation, lastValue } from '../cli/command.js';
import type { Io } from '../cli/io.js';
import { printJson, wantsJson } from '../cli/output.js';
import type { SecretPlace } from '../cli/secret-options.js';
import { Observation, plain } from '../cluster/index.js';
import { algorithmNames, keyLineFacts } from '../key-lines/index.js';
import { openSecrets, viewCluster } from '../kube/index.js';
import { reporting } from '../node/run.js';
import { ageText } from '../text/age.js';
import { madeAt } from './made-at.js';
import { isDone, laggards, type Progress, progressOf } from './progress.js';
import { progressJson } from './result-json.js';
import { asked, credentialsOf, nameOf, readKeys, type StoredKeys } from './target.js';
import { countText } from './text.js';
import { firstKnown } from './wait.js';

/** So many nodes are named in a list. */
const NAMED = 20;

/** A line of the Secret, without its key. */
interface LineStatus {
  readonly keyID: number;
  readonly algorithm: string;
  /** Of the key that encrypts, without its salt. */
  readonly keyBits: number;
  readonly isCurrent: boolean;
  /** RFC 3339. */
  readonly madeAt: string | null;
  readonly ageSeconds: number | null;
  /** Nodes whose records name it. */
  readonly nodes: number;
}

interface KeysStatus {
  readonly place: SecretPlace;
  readonly lines: readonly LineStatus[];
  readonly progress: Progress;
  /** Key ids that nodes know although the Secret has no such line. */
  readonly strangers: ReadonlyMap<number, number>;
}

/** How the key lines are told to whoever asks. */
export type StatusForm = 'ours' | 'cilium';

/** `podcloak keys status`, and under Cilium's name `podcloak encryption key-status`. */
export function keysStatus(
  place: SecretPlace,
  form: StatusForm,
  invocation: Invocation,
  io: Io,
): Promise<number> {
  return reporting(io, async () => {
    const credentials = credentialsOf(invocation);
    const secrets = openSecrets(credentials);
    const view = viewCluster({ ...credentials, onFault: () => {} });
    try {
      const keys = await readKeys(secrets, place);
      if (form === 'cilium') {
        printCilium(keys, invocation, io);
        return 0;
      }
      const clusterUID = await asked(() => secrets.clusterUID(), place);
      const known = await firstKnown(new Observation(view));
      const progress = progressOf(known, keys.lines, clusterUID);
      const status = statusOf(place, keys, progress, Date.now());
      if (wantsJson(invocation)) printJson(io, jsonOf(status));
      else io.out(textOf(status));
      return 0;
    } finally {
      view.close();
      secrets.close();
    }
  });
}

function statusOf(
  place: SecretPlace,
  { secret, lines }: StoredKeys,
  progress: Progress,
  now: number,
): KeysStatus {
  const counts = new Map<number, number>();
  for (const id of progress.nodes.flatMap(({ keyIDs }) => keyIDs)) {
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const found = lines.map((line): LineStatus => {
    const { keyId: keyID } = line;
    const facts = keyLineFacts(line);
    const time = madeAt(secret, place.keyFile, lines, keyID) ?? null;
    return {
      ...{ keyID, algorithm: algorithmNames(facts), isCurrent: keyID === progress.keyID },
      keyBits: facts.algorithms.at(-1)?.keyBits ?? 0,
      madeAt: time,
      ageSeconds: time === null ? null : Math.max(0, Math.floor((now - Date.parse(time)) / 1000)),
      nodes: counts.get(keyID) ?? 0,
    };
  });
  for (const { keyId } of lines) counts.delete(keyId);
  return { place, lines: found, progress, strangers: counts };
}

function textOf({ place, lines, progress, strangers }: KeysStatus): string {
  const { nodes, aside } = progress;
  const left = laggards(progress);
  const bare = aside.flatMap(({ node, state }) => (state === 'no record' ? [node] : []));
  const others = [...strangers].map(([id, count]) => `${id} on ${count}/${nodes.length} nodes`);
  return [
    nameOf(place),
    ...lines.map((line) => lineText(line, nodes.length)),
    `Rotation in progress: ${!isDone(progress)} (${countText(progress)} on key id ${progress.keyID})`,
    ...(lines.length > 1 && isDone(progress)
      ? ['The old lines are not needed any more: podcloak keys rotate --finish']
      : []),
    ...(others.length === 0 ? [] : [`Known to nodes, and not in the Secret: ${others.join(', ')}`]),
    ...section(
      `Not on key id ${progress.keyID} yet`,
      left.map(({ node, why }) => `${node}: ${why}`),
    ),
    ...section('Without a record', bare),
    '',
  ].join('\n');
}

function lineText(line: LineStatus, total: number): string {
  const { keyID, algorithm, keyBits, isCurrent, ageSeconds, nodes } = line;
  const age = ageSeconds === null ? 'of unknown age' : `${ageText(ageSeconds)} old`;
  const current = isCurrent ? 'current, ' : '';
  return `Key id ${keyID}: ${current}${algorithm}, ${keyBits} bits, ${age}, known to ${nodes}/${total} nodes`;
}

function section(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const left = items.length - NAMED;
  return [
    `${title}: ${items.length}`,
    ...items.slice(0, NAMED).map((item) => `\t${plain(item)}`),
    ...(left > 0 ? [`\tand ${left} more`] : []),
  ];
}

function jsonOf({ place, lines, progress, strangers }: KeysStatus): object {
  const { namespace, name } = place;
  return {
    secret: { namespace, name },
    currentKeyID: progress.keyID,
    keys: lines,
    keyIDNodeCountNotInSecret: Object.fromEntries(strangers),
    ...progressJson(progress),
  };
}

/** Cilium prints the line itself here. We never do: the key is left out of it. */
function printCilium({ lines }: StoredKeys, invocation: Invocation, io: Io): void {
  const line = lines.at(-1);
  const text = line === undefined ? '' : hiddenLine(line);
  if (lastValue(invocation, 'output') === 'json') printJson(io, { 'ipsec-key': text });
  else io.out(`IPsec key: ${text}\n`);
}

const HIDDEN = '[hidden]';

function hiddenLine(line: StoredKeys['lines'][number]): string {
  const id = `${line.keyId}${line.perTunnel ? '+' : ''}`;
  const [first = '', second = ''] = keyLineFacts(line).algorithms.map(({ algorithm }) => algorithm);
  return line.form === 'aead'
    ? `${id} ${first} ${HIDDEN} ${line.icvBits}`
    : `${id} ${first} ${HIDDEN} ${second} ${HIDDEN}`;
}
