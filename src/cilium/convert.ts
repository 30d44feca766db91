import { type Diagnostic, diagnostic, isError } from '../errors/index.js';
import {
  formatPath,
  isObject,
  type Json,
  type JsonObject,
  type Path,
  resolveValues,
  type Source,
  setOwn,
  valueAt,
} from '../values/index.js';
import { COUNTERPARTS, type Counterpart, POOLS } from './counterparts.js';
import { isOff, isWithin, type Leaf, leavesOf } from './leaves.js';
import { WITHOUT, type Without } from './without.js';

/** A Cilium values file as values of ours. */
export interface Converted {
  /** Absent where what it asks for cannot be rendered; the report says why. */
  readonly values?: JsonObject;
  /** What has no counterpart, or another form; and errors. In the order of the file. */
  readonly report: readonly Diagnostic[];
}

/** A value of the result, and where the file has it. */
interface Carried {
  readonly to: Path;
  readonly from: Path;
  readonly value: Json;
  readonly row?: Counterpart;
}

/**
 * Turns the values of Cilium's chart into values of ours. What has no counterpart is left out and named,
 * each with its reason, unless it is switched off.
 *
 * @param source the file
 * @param namespace where Podcloak will be
 */
export function fromCilium(source: Source, namespace: string): Converted {
  const leaves = leavesOf(source.value).filter(({ value }) => value !== null);
  const found = leaves.flatMap((leaf) => carry(leaf) ?? []);
  // In the table's order, so that the newer of two names wins.
  const carried = COUNTERPARTS.flatMap((row) => found.filter((one) => one.row === row));
  const pools = poolsOf(source.value, carried);
  const all = [...carried, ...pools.carried];
  const { kept, refused, errors } = fitting(all, source, namespace);
  const lost = leaves.filter((leaf) => carry(leaf) === undefined);
  const report = [
    ...notesOf(kept, source),
    ...pools.report,
    ...lostOf(lost, source),
    ...missingOf(source),
    ...refused,
    ...errors,
  ].sort(byPlace);
  return { report, ...(errors.some(isError) ? {} : { values: valuesOf(kept) }) };
}

/** The counterpart of a leaf, if it has one. */
function carry({ path, value }: Leaf): Carried | undefined {
  const row = COUNTERPARTS.find(
    ({ from, when }) => isWithin(path, from) && (when === undefined || when(value)),
  );
  if (row === undefined) return undefined;
  const to = [...row.to, ...path.slice(row.from.length)];
  return { to, from: path, value: row.becomes ?? value, row };
}

/** The range of the pods, from the pool that Cilium gives addresses from, where nothing better says it. */
function poolsOf(
  values: JsonObject,
  carried: readonly Carried[],
): { carried: readonly Carried[]; report: readonly Diagnostic[] } {
  const isKnown = POOLS.some(({ to }) =>
    carried.some((one) => one.to[0] === to && one.value !== ''),
  );
  if (isKnown || valueAt(values, ['encryption', 'enabled']) !== true) {
    return { carried: [], report: [] };
  }
  const found = POOLS.flatMap(({ to, from }): Carried[] => {
    const path = from.find((one) => !isOff(valueAt(values, one) ?? null));
    const list = path === undefined ? [] : [valueAt(values, path) ?? null].flat();
    const [value] = list;
    return path === undefined || value === undefined || list.length !== 1
      ? []
      : [{ to: [to], from: path, value }];
  });
  return {
    carried: found,
    report: found.map(({ to, from }) =>
      diagnostic('PC466', `is taken for ${formatPath(to)}, which the file does not have`, {
        path: formatPath(from),
        remedy: 'Check that it is the range of all pods.',
      }),
    ),
  };
}

/** Leaves out what our schema refuses of values that are not about encryption. */
function fitting(
  all: readonly Carried[],
  source: Source,
  namespace: string,
): { kept: readonly Carried[]; refused: Diagnostic[]; errors: Diagnostic[] } {
  const errorsOf = (carried: readonly Carried[]) => {
    const values = valuesOf(carried);
    const mapped = mappedSource(values, carried, source);
    return resolveValues(values, [mapped], { namespace }).diagnostics.filter(isError);
  };
  const optional = all.filter(({ row }) => row?.isOptional);
  const bad = errorsOf(all).flatMap((found) => {
    const one = optional.find(({ to }) => isAt(found.path ?? '', formatPath(to)));
    return one === undefined ? [] : [{ one, found }];
  });
  const kept = all.filter((one) => !bad.some((other) => other.one === one));
  return {
    kept,
    refused: bad.map(({ found }) => ({
      ...diagnostic('PC465', `left out: ${found.message}`, {
        path: found.path,
        place: found.place,
        remedy: found.remedy,
      }),
    })),
    errors: errorsOf(kept),
  };
}

function isAt(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}.`) || path.startsWith(`${above}[`);
}

function valuesOf(carried: readonly Carried[]): JsonObject {
  const values: JsonObject = {};
  for (const { to, value } of carried) {
    let here = values;
    for (const step of to.slice(0, -1)) {
      const next = valueAt(here, [step]);
      const map = isObject(next) ? next : {};
      setOwn(here, String(step), map);
      here = map;
    }
    setOwn(here, String(to.at(-1)), value);
  }
  return values;
}

/** The result as a source whose places are those of the file that it comes from. */
function mappedSource(values: JsonObject, carried: readonly Carried[], source: Source): Source {
  const locate: Source['locate'] = (path, what) => {
    const one = carried.findLast(({ to }) => isWithin(path, to));
    // A map that several values made: where the first of them is.
    const first = one ?? carried.find(({ to }) => isWithin(to, path));
    if (first === undefined) return undefined;
    const rest = one === undefined ? [] : path.slice(one.to.length);
    return source.locate([...first.from, ...rest], what);
  };
  return { label: source.label, kind: 'file', value: values, locate };
}

function notesOf(kept: readonly Carried[], source: Source): Diagnostic[] {
  return kept.flatMap(({ from, to, value, row }) =>
    row?.note === undefined || isOff(value)
      ? []
      : [at(source, from, diagnostic('PC466', `became ${formatPath(to)}: ${row.note}`))],
  );
}

/** What was left out, each thing once however many values it has. */
function lostOf(lost: readonly Leaf[], source: Source): Diagnostic[] {
  const named = new Set<string>();
  return lost.flatMap(({ path, value }) => {
    const row = reasonOf(path);
    const tell = row?.when ?? ((one: Json) => !isOff(one));
    const about = row === undefined ? path.slice(0, 1) : aboutOf(path, row);
    const text = formatPath(about);
    if (!tell(value) || named.has(text)) return [];
    named.add(text);
    const found =
      row === undefined
        ? diagnostic('PC465', 'it is Cilium’s own affair')
        : diagnostic(row.code, row.why, { remedy: row.remedy });
    return [at(source, about, found)];
  });
}

/** The row with the longest path, as that knows most. */
function reasonOf(path: Path): Without | undefined {
  return WITHOUT.filter((row) => isWithin(path, row.path.split('.'))).sort(
    (a, b) => b.path.length - a.path.length,
  )[0];
}

/** What a message names: the row's path, but of our own block each value by itself. */
function aboutOf(path: Path, row: Without): Path {
  return row.path === 'encryption' ? path : row.path.split('.');
}

/** What Cilium does by default, where the file does not say, and Podcloak cannot work with. */
function missingOf(source: Source): Diagnostic[] {
  const has = (path: Path) => valueAt(source.value, path) !== undefined;
  const tell = (path: string, by: string): Diagnostic[] => {
    const row = WITHOUT.find((one) => one.path === path);
    if (row === undefined) return [];
    const message = `is not in the file, and is ${by} then: ${row.why}`;
    const details = { path, place: { source: source.label }, remedy: row.remedy };
    return [diagnostic(row.code, message, details)];
  };
  return [
    ...(has(['routingMode']) || has(['tunnel']) ? [] : tell('routingMode', 'tunnel')),
    ...(has(['ipam', 'mode']) ? [] : tell('ipam.mode', 'cluster-pool')),
  ];
}

function at(source: Source, path: Path, found: Diagnostic): Diagnostic {
  const place = { source: source.label, ...source.locate(path, 'key') };
  return { ...found, path: formatPath(path), place };
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0)
  );
}
