import type { Manifest } from '../render/index.js';
import { filled, layered } from '../terms/index.js';
import { expression } from './go.js';
import type { ChartObject } from './objects.js';
import type { Partials } from './stand-ins.js';
import { template, textTemplate } from './template.js';

/** An object's template, as a whole below its condition. */
export function objectTemplate({ manifest, condition }: ChartObject): string {
  const text = template(annotated(manifest));
  return condition === undefined ? text : `{{- if ${expression(condition)} }}\n${text}{{- end }}\n`;
}

/**
 * The object with its annotations as helm needs them. The definition of records stays when the release goes:
 * with it all records would go, and agents whose record is gone are to their peers nodes that vanished. As a
 * template, unlike in crds/, it is upgraded.
 */
function annotated(manifest: Manifest): Manifest {
  const {
    annotations = {},
    labels = {},
    ...rest
  } = manifest.metadata as {
    readonly name: string;
    readonly annotations?: Record<string, string>;
    readonly labels?: Record<string, string>;
  };
  const all =
    manifest.kind === 'CustomResourceDefinition'
      ? { annotations: layered(annotations, { 'helm.sh/resource-policy': 'keep' }) }
      : filled({ annotations });
  // helm cuts off white space at an object's end, which there may be a user's; a label's value has none.
  const endsHere = Object.keys(manifest).at(-1) === 'metadata';
  const metadata = endsHere ? { ...rest, ...all, labels } : { ...rest, labels, ...all };
  return { ...manifest, metadata };
}

/** A file name for each object: its kind, and its name's end where that alone tells it from another. */
export function templateNames(manifests: readonly Manifest[]): string[] {
  return manifests.map(({ kind, metadata }) => {
    const end = /-(events|own-taint|key|rotate)$/.exec(metadata.name)?.[1];
    return `${[kind.toLowerCase(), ...(end === undefined ? [] : [end])].join('-')}.yaml`;
  });
}

/** The helpers written by hand, and the definitions that the objects ask for. */
export function helpers(written: string, partials: Partials): string {
  const definitions = [...partials].map(([name, value]) => {
    const body = typeof value === 'string' ? `${textTemplate(value)}\n` : template(value);
    return `\n{{- define "podcloak.${name}" -}}\n${body.replace(' | nindent 0 }}', ' }}')}{{- end }}\n`;
  });
  return written + definitions.join('');
}
