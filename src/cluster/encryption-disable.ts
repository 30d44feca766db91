import { hasFlag, type Invocation, lastValue } from '../cli/command.js';
import { type Io, report } from '../cli/io.js';
import { diagnostic, PodcloakError } from '../errors/index.js';
import {
  type ConfigPlace,
  KubeError,
  openSettingsEdit,
  persistently,
  type SettingsEdit,
} from '../kube/index.js';
import { DEFAULT_NAMESPACE, NAME } from '../manifests/names.js';
import { confirms } from '../node/ask.js';
import { reporting } from '../node/run.js';
import { failureOf } from './failure.js';
import { jsonText } from './json.js';
import { credentialsOf, isJson, observing, timeoutOf } from './options.js';
import { reportDisabled, stillWaiting } from './report-disabled.js';

/** The path of the value, which is the key in the ConfigMap. */
const ENABLED = 'encryption.enabled';

/** `podcloak encryption disable`. */
export function encryptionDisable(invocation: Invocation, io: Io): Promise<number> {
  return reporting(io, async () => {
    const timeout = timeoutOf(invocation);
    const json = isJson(invocation);
    const place: ConfigPlace = {
      namespace: lastValue(invocation, 'namespace') ?? DEFAULT_NAMESPACE,
      name: lastValue(invocation, 'config-map') ?? NAME,
    };
    const opened = openSettingsEdit(credentialsOf(invocation));
    const end = performance.now() + timeout;
    const edit = hasFlag(invocation, 'wait') ? persistent(opened, end, io) : opened;
    try {
      const told = await explained(place, () => tell(edit, place, invocation, io));
      // Not 0: what stands behind `&&` would be the deletion.
      if (!told) return 1;
      if (!hasFlag(invocation, 'wait')) return 0;
      return await observing(invocation, async (observation) => {
        const left = Math.max(0, end - performance.now());
        const code = await reportDisabled(observation, { timeout: left, json }, io);
        // A record says what its agent did, not why.
        if (code !== 0) await explained(place, () => checkStaysDisabled(edit, place, io));
        return code;
      });
    } finally {
      edit.close();
    }
  });
}

/** Goes on trying while the API server is away: to set the value once more does no harm. */
function persistent(edit: SettingsEdit, deadline: number, io: Io): SettingsEdit {
  const persist = persistently({ deadline, interrupted: (reason) => stillWaiting(io, reason) });
  return {
    read: (place) => persist(() => edit.read(place)),
    set: (...what) => persist(() => edit.set(...what)),
    letGo: (place) => persist(() => edit.letGo(place)),
    close: () => edit.close(),
  };
}

/** @returns whether the agents have been told; else somebody did not want them to be */
async function tell(
  edit: SettingsEdit,
  place: ConfigPlace,
  invocation: Invocation,
  io: Io,
): Promise<boolean> {
  const json = isJson(invocation);
  const changed = (await existing(edit, place)).data[ENABLED] !== 'false';
  if (changed && !hasFlag(invocation, 'yes') && !confirms(io, QUESTION, '--yes')) {
    if (!json) io.out('Nothing was changed.\n');
    return false;
  }
  if (changed) await edit.set(place, ENABLED, 'false');
  else await edit.letGo(place);
  io.out(json ? jsonText({ configMap: place, changed }) : toldText(place, changed));
  return true;
}

const QUESTION =
  'Disabling encryption lets the pods of all nodes talk in plaintext, as soon as each pair of nodes has walked back.';

function toldText({ namespace, name }: ConfigPlace, isNew: boolean): string {
  return isNew
    ? `Disabled in ConfigMap ${namespace}/${name}: the agents walk back to plaintext.\n`
    : `ConfigMap ${namespace}/${name} says already that encryption is disabled.\n`;
}

/** Says so where something has enabled encryption again meanwhile. */
async function checkStaysDisabled(edit: SettingsEdit, place: ConfigPlace, io: Io): Promise<void> {
  const { data } = await existing(edit, place);
  if (data[ENABLED] === 'false') return;
  report(io, [diagnostic('PC489', `ConfigMap ${place.namespace}/${place.name} says so`)]);
}

/** @throws PodcloakError PC487 */
async function existing(edit: SettingsEdit, place: ConfigPlace) {
  const config = await edit.read(place);
  if (config !== undefined) return config;
  throw new PodcloakError([
    diagnostic('PC487', `there is no ConfigMap ${place.namespace}/${place.name}`),
  ]);
}

/** What stands between a person and the ConfigMap, as an error for that person. */
async function explained<T>({ namespace, name }: ConfigPlace, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (thrown) {
    if (!(thrown instanceof KubeError)) throw thrown;
    const { code, message } = thrown;
    const isRefused = code === 'PC503' || code === 'PC507';
    if (!isRefused) throw failureOf(thrown);
    throw new PodcloakError([diagnostic('PC488', `ConfigMap ${namespace}/${name}: ${message}`)]);
  }
}
