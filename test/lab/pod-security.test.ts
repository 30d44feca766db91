import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { messageOf, must } from './agents.js';
import { type ControlPlane, startControlPlane } from './control-plane.js';
import { withoutHash } from './judges/kube-score.js';
import { SUBJECTS } from './judges/subjects.js';
import { describeOnEachMinor, MINORS, type Minor } from './minors.js';

/** The levels of the Pod Security Standards, and the names of the namespaces that enforce them. */
type Level = 'privileged' | 'baseline' | 'restricted';
const LEVELS: readonly Level[] = ['privileged', 'baseline', 'restricted'];

/** A pod that would be made of what is rendered. */
interface Pod {
  /** Of what it is rendered in. */
  readonly owner: string;
  readonly spec: { readonly serviceAccountName?: string };
}

interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: Pod['spec'] & {
    readonly template?: Pick<Pod, 'spec'>;
    /** Of a CronJob. */
    readonly jobTemplate?: { readonly spec: { readonly template: Pick<Pod, 'spec'> } };
  };
}

/** What a level refuses pods for, in the API server's words: all of an owner's, or those of some values. */
interface Refusals {
  readonly always: readonly string[];
  readonly sometimes: readonly string[];
}

/** Since Kubernetes 1.34 it is a reason. */
const PROBES =
  'probe or lifecycle host (container "podcloak" uses probe or lifecycle host "127.0.0.1")';
const HOST_NETWORK = 'host namespaces (hostNetwork=true)';
/** On the host's network each port is one of the host: for `monitoring.enabled`. */
const METRICS = 'hostPort (container "podcloak" uses hostPort 9988)';
/** What examples/own-keys.yaml asks for, on machines with SELinux. */
const SELINUX = 'seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type "spc_t")';

/** The pods of ours that not every level takes; docs/security.md has the same and says why. */
function refusedBy(
  level: 'baseline' | 'restricted',
  { number }: Minor,
): Readonly<Record<string, Refusals>> {
  const { always, hostPath } = level === 'baseline' ? BASELINE : RESTRICTED;
  const everywhere = (container: string) => [...always(container), hostPath('state')];
  return {
    'DaemonSet podcloak': {
      always: [
        ...[...everywhere('podcloak'), hostPath('network-settings')],
        ...(number >= 34 ? [PROBES] : []),
      ].sort(),
      // The folder of keys is of examples/own-keys.yaml, too.
      sometimes: [METRICS, SELINUX, hostPath('ipsec-keys')].sort(),
    },
    'DaemonSet podcloak-cleanup': {
      always: [...everywhere('cleanup'), hostPath('network-settings')].sort(),
      sometimes: [],
    },
    // They program nothing: all that they have of an agent is its way to the API server.
    'Job podcloak-key-HASH': { always: [HOST_NETWORK], sometimes: [] },
    'CronJob podcloak-rotate': { always: [HOST_NETWORK], sometimes: [] },
  };
}

const BASELINE = {
  hostPath: (volume: string) => `hostPath volumes (volume "${volume}")`,
  always: (container: string) => [
    HOST_NETWORK,
    `non-default capabilities (${withNetAdmin(container)})`,
  ],
};

const RESTRICTED = {
  hostPath: (volume: string) =>
    `restricted volume types (volume "${volume}" uses restricted volume type "hostPath")`,
  always: (container: string) => [
    HOST_NETWORK,
    `unrestricted capabilities (${withNetAdmin(container)})`,
    `runAsNonRoot != true (pod or container "${container}" must set securityContext.runAsNonRoot=true)`,
    `runAsUser=0 (container "${container}" must not set runAsUser=0)`,
  ],
};

function withNetAdmin(container: string): string {
  return `container "${container}" must not include "NET_ADMIN" in securityContext.capabilities.add`;
}

describeOnEachMinor(
  'the pods of all that is rendered',
  {},
  (onMinor, minor) => {
    let plane: ControlPlane;
    let pods: Pod[];
    beforeAll(async () => {
      plane = await startControlPlane(onMinor);
      pods = await allPods();
      const accounts = new Set(pods.map(accountOf));
      for (const level of LEVELS) await makeNamespace(plane, level, accounts);
    });
    afterAll(() => plane?.stop());

    /** Why a namespace of a level refuses a pod; nothing when it takes it. */
    const refusalsOf = async ({ spec }: Pod, level: Level): Promise<string[]> => {
      const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'judged' }, spec };
      const answer = await plane.request('POST', `${path(level)}/pods?dryRun=All`, { body });
      return answer.status === 201 ? [] : reasonsIn(messageOf(answer, 403), level);
    };

    /** By owner; owners whose pods are all taken are not there. */
    const refusals = async (level: Level): Promise<Record<string, Refusals>> => {
      const found: Record<string, Refusals> = {};
      for (const owner of new Set(pods.map((pod) => pod.owner))) {
        const own = pods.filter((pod) => pod.owner === owner);
        const each = await Promise.all(own.map((pod) => refusalsOf(pod, level)));
        const all = [...new Set(each.flat())].sort();
        const isAlways = (reason: string) => each.every((reasons) => reasons.includes(reason));
        const always = all.filter(isAlways);
        if (all.length > 0)
          found[owner] = { always, sometimes: all.filter((one) => !isAlways(one)) };
      }
      return found;
    };

    it('are there, that of the chart’s test too', () => {
      expect([...new Set(pods.map(({ owner }) => owner))]).toEqual(
        expect.arrayContaining([
          'DaemonSet podcloak',
          'DaemonSet podcloak-cleanup',
          'Pod podcloak-test',
          'Job podcloak-key-HASH',
          'CronJob podcloak-rotate',
        ]),
      );
    });

    it('are all taken by the level privileged', async () => {
      expect(await refusals('privileged')).toEqual({});
    });

    it.each(['baseline', 'restricted'] as const)(
      'are taken by the level %s, but for what docs/security.md names',
      async (level) => {
        expect(await refusals(level)).toEqual(refusedBy(level, minor));
      },
    );
  },
  ['helm3', 'helm4'],
);

it('docs/security.md names everything for which a level refuses a pod of ours', () => {
  const page = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
  const [, newest] = MINORS;
  const reasons = (['baseline', 'restricted'] as const)
    .flatMap((level) => Object.values(refusedBy(level, newest)))
    .flatMap(({ always, sometimes }) => [...always, ...sometimes]);
  const titles = new Set(reasons.map((reason) => reason.replace(/ \(.*$/, '')));
  expect([...titles].filter((title) => !page.includes(`\`${title}\``))).toEqual([]);
});

/** One of each that differs. */
async function allPods(): Promise<Pod[]> {
  const pods = new Map<string, Pod>();
  for (const { manifests } of SUBJECTS) {
    for (const document of parseAllDocuments(await manifests())) {
      const object = document.toJS() as Rendered | null;
      const inner = object?.spec?.jobTemplate?.spec.template ?? object?.spec?.template;
      const spec = object?.kind === 'Pod' ? object.spec : inner?.spec;
      if (object === null || spec === undefined) continue;
      const owner = `${object.kind} ${withoutHash(object.metadata.name)}`;
      pods.set(owner + JSON.stringify(spec), { owner, spec });
    }
  }
  return [...pods.values()];
}

/** A namespace that enforces a level, with ServiceAccounts, as a pod without its own is refused first. */
async function makeNamespace(
  plane: ControlPlane,
  level: Level,
  accounts: Iterable<string>,
): Promise<void> {
  const labels = { 'pod-security.kubernetes.io/enforce': level };
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: level, labels } };
  await must(plane, 'POST', '/api/v1/namespaces', { body });
  for (const name of accounts) {
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } };
    await must(plane, 'POST', `${path(level)}/serviceaccounts`, { body: account });
  }
}

function path(namespace: string): string {
  return `/api/v1/namespaces/${namespace}`;
}

function accountOf({ spec }: Pod): string {
  return spec.serviceAccountName ?? 'default';
}

/** What follows `violates PodSecurity "baseline:latest": `, a list whose items have lists in parentheses. */
function reasonsIn(message: string, level: Level): string[] {
  const [, list] = message.split(`violates PodSecurity "${level}:latest": `);
  if (list === undefined) throw new Error(`refused by something else: ${message}`);
  return list.split(/, (?![^(]*\))/).flatMap(ofEachVolume);
}

/** `… (volumes "a", "b" use …)` as `… (volume "a" uses …)` and the same of `"b"`. */
function ofEachVolume(reason: string): string[] {
  const [, before, names, after = ''] = /^(.*\()volumes ("[^)]*?")( use .*|\))$/.exec(reason) ?? [];
  if (names === undefined) return [reason];
  const end = after.replace(/^ use /, ' uses ');
  return names.split(', ').map((name) => `${before}volume ${name}${end}`);
}
