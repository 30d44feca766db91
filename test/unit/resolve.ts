import type { Diagnostic } from '../../src/errors/index.js';
import {
  merge,
  parseYamlSource,
  type Resolved,
  type ResolveOptions,
  resolveValues,
} from '../../src/values/index.js';

/** What becomes of values files, each with a name to find its places by: `0.yaml`, `1.yaml`… */
export function resolveFiles(
  texts: readonly string[],
  options: Partial<ResolveOptions> = {},
): Resolved {
  const sources = texts.map((text, index) => {
    const { source, diagnostics } = parseYamlSource(`${index}.yaml`, text);
    if (source === undefined) throw new Error(JSON.stringify(diagnostics));
    return source;
  });
  const user = sources.reduce((below, { value }) => merge(below, value), {});
  return resolveValues(user, sources, { namespace: 'kube-system', ...options });
}

/** `code path source:line:column`, for comparing. */
export function brief({ code, path, place }: Diagnostic): string {
  const { source, line, column } = place ?? {};
  const where = [source, line, column].filter((part) => part !== undefined).join(':');
  return [code, path, where].filter((part) => part !== undefined && part !== '').join(' ');
}

/** Values that resolve with neither error nor warning, but for what the text adds. */
export const QUIET = 'image: {repository: registry.example/podcloak}\n';
