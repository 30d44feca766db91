import { isError } from '../../src/errors/index.js';
import { renderManifests, streamYaml } from '../../src/render/index.js';
import { parseYamlSource, resolveValues } from '../../src/values/index.js';
import { objectsIn, type Rendered } from './helm-chart.js';

/** Text of a values file, rendered as `podcloak synth` does. */
export function byUs(values: string, namespace = 'kube-system'): Rendered {
  const { source, diagnostics } = parseYamlSource('values.yaml', values);
  if (source === undefined) return { ok: false, error: codes(diagnostics) };
  const resolved = resolveValues(source.value, [source], { namespace });
  const problems = [...diagnostics, ...resolved.diagnostics];
  if (resolved.values === undefined || problems.some(isError)) {
    return { ok: false, error: codes(problems) };
  }
  return { ok: true, objects: objectsIn(streamYaml(renderManifests(resolved.values, namespace))) };
}

function codes(problems: readonly Parameters<typeof isError>[0][]): string {
  return problems
    .filter(isError)
    .map(({ code, path }) => `${code} ${path}`)
    .join('\n');
}
