import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments, type Scalar, visit } from 'yaml';
import { HELM_OWN } from '../../src/chart/index.js';
import { type HelmVersion, helmTemplateValues } from '../lab/helm.js';
import { pinned } from '../lab/tools.js';
import { firstDifference } from './first-difference.js';

export const CHART = join(import.meta.dirname, '../../charts/podcloak');

export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
}

export type Rendered =
  | { readonly ok: true; readonly objects: readonly KubernetesObject[] }
  | { readonly ok: false; readonly error: string };

export interface HelmOptions {
  readonly namespace?: string;
  /** The chart's folder; ours unless given. */
  readonly chart?: string;
  /** With what helm makes for a moment only: see HELM_OWN.hooks. */
  readonly hooks?: boolean;
}

/** Text of a values file, rendered by helm from our chart or another one. */
export async function byHelm(
  version: HelmVersion,
  values: string,
  { namespace = 'kube-system', chart = CHART, hooks = false }: HelmOptions = {},
): Promise<Rendered> {
  const folder = mkdtempSync(join(tmpdir(), 'podcloak-chart-'));
  try {
    const file = join(folder, 'values.yaml');
    writeFileSync(file, values);
    // A helm that is built without stamps takes the cluster for one of Kubernetes 1.20.
    const args = ['--namespace', namespace, '--kube-version', pinned('KUBERNETES'), '-f', file];
    const options = { cwd: folder };
    const answer = await helmTemplateValues(
      version,
      chart,
      hooks ? args : [...args, '--no-hooks'],
      options,
    );
    return answer.code === 0
      ? { ok: true, objects: objectsIn(answer.stdout) }
      : { ok: false, error: answer.stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The objects of a stream of YAML, sorted.
 * @throws Error when readers of YAML 1.1 and of 1.2 would not take it for the same
 */
export function objectsIn(text: string): KubernetesObject[] {
  const [newer, older] = (['1.2', '1.1'] as const).map((version) => {
    const documents = parseAllDocuments(text, { version, uniqueKeys: true });
    for (const document of documents) {
      if (document.errors[0]) throw document.errors[0];
      visit(document, { Scalar: (_, scalar) => readAsGo(scalar) });
    }
    return [...documents].map((document) => document.toJS() as KubernetesObject | null);
  });
  const difference = firstDifference(newer, older);
  if (difference !== undefined) throw new Error(`ambiguous YAML: ${difference}`);
  return (newer ?? []).filter((object) => object !== null).sort(byIdentity);
}

/** A number that no float can hold, such as 1e597, is infinite to JavaScript, and text to helm and Kubernetes. */
function readAsGo(scalar: Scalar): void {
  const { value, source = '' } = scalar;
  const isInfinite = value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;
  if (isInfinite && !/inf$/i.test(source)) scalar.value = source;
}

/** Objects without what helm adds or changes. */
export function withoutHelmOwn(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const cut = (map: Record<string, string> | undefined, names: readonly string[]) => {
    const kept = Object.entries(map ?? {}).filter(([name]) => !names.includes(name));
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  };
  const labels = [...HELM_OWN.labels, ...HELM_OWN.changedLabels];
  return objects.map((object) => {
    const copy = JSON.parse(JSON.stringify(object), (key, value) =>
      key === 'labels' && typeof value === 'object' ? cut(value, labels) : value,
    ) as KubernetesObject;
    const annotations = cut(copy.metadata.annotations, HELM_OWN.annotations);
    const { annotations: _, ...whole } = copy.metadata;
    const rest = { ...whole, name: withoutHash(copy) };
    return { ...copy, metadata: annotations === undefined ? rest : { ...rest, annotations } };
  });
}

function withoutHash({ kind, metadata }: KubernetesObject): string {
  const isHashed = (HELM_OWN.hashed as readonly string[]).includes(kind);
  return isHashed ? metadata.name.replace(/-[0-9a-f]{8}$/, '-HASH') : metadata.name;
}

function byIdentity(a: KubernetesObject, b: KubernetesObject): number {
  return identity(a) < identity(b) ? -1 : 1;
}

function identity({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}
