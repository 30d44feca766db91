import { type Diagnostic, diagnostic, isError } from '../errors/index.js';
import { CHECKS, CILIUM_IMAGE } from './checks.js';
import type { MergedPodcloakValues } from './generated/merged.js';
import {
  findUnfit,
  formatPath,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  type Path,
  valueAt,
} from './json.js';
import { merge, withoutNulls } from './merge.js';
import { asWritten, checkOlderNames, underNewNames } from './older-names.js';
import { defaultsOf } from './schema.js';
import type { Source } from './source.js';
import { type Violation, violationsOf } from './validate.js';

export interface ResolveOptions {
  /** Where the objects will go: some values fit only some namespaces. */
  readonly namespace: string;
  /** Report unknown keys as warnings, so that a whole Cilium values file passes. */
  readonly allowUnknown?: boolean;
}

/** The outcome: values only when there was no error; diagnostics in the order of the sources. */
export interface Resolved {
  readonly values?: MergedPodcloakValues;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Turns what the user gave into values that can be rendered: lays it over the defaults, applies the
 * schema, then the cross-checks. Reports everything that is wrong, not the first thing.
 *
 * @param user all sources merged, in helm's order; may hold nulls
 * @param sources the same, apart, the weightiest last: for the places in the diagnostics
 */
export function resolveValues(
  user: JsonObject,
  sources: readonly Source[],
  options: ResolveOptions,
): Resolved {
  const unfit = unfitOf(user);
  if (unfit.length > 0) {
    return { diagnostics: unfit.map(({ found, path }) => locate(found, path, 'value', sources)) };
  }
  const { given, ignored } = options.allowUnknown ? tolerate(user) : { given: user, ignored: [] };
  const merged = withoutNulls(merge(defaultsOf(), given));
  const violations = violationsOf(merged);
  const bad = violations.map(({ path }) => formatPath(path));
  const values = underNewNames(merged);
  const input = {
    values: values as unknown as MergedPodcloakValues,
    given: underNewNames(given),
    namespace: overridden(values) ?? options.namespace,
  };
  const older = touches('encryption.strictMode', bad) ? [] : checkOlderNames(given);
  const crossed = CHECKS.filter(({ needs }) => !needs.some((need) => touches(need, bad))).flatMap(
    (check) => check.run(input),
  );
  const located = [
    ...[...ignored, ...violations].map(({ path, atKey, found }) =>
      locate(found, path, atKey ? 'key' : 'value', sources),
    ),
    ...older.map((found) => locate(found, parsePath(found.path ?? ''), 'key', sources)),
    ...crossed.map((found) => {
      const checked = parsePath(found.path ?? '');
      const path = asWritten(checked, given);
      const said = path === checked ? found : { ...found, path: formatPath(path) };
      // A default, or what was ignored above, has no place in a source.
      return reaches(given, path) ? locate(said, path, 'value', sources) : said;
    }),
  ];
  const diagnostics = inSourceOrder(located, sources);
  return diagnostics.some(isError) ? { diagnostics } : { values: input.values, diagnostics };
}

/** The namespace that the values name themselves; what is wrong with it the schema says. */
function overridden({ namespaceOverride }: JsonObject): string | undefined {
  return typeof namespaceOverride === 'string' && namespaceOverride !== ''
    ? namespaceOverride
    : undefined;
}

/** Deeper than any source of ours makes them, but less deep than a recursive walk can go. */
const DEEPEST = 400;

/**
 * What neither JSON nor a manifest can hold. Files and options were asked already; values that a
 * program passes were not.
 */
function unfitOf(user: JsonObject): { path: Path; found: Diagnostic }[] {
  return Object.entries(user).flatMap(([key, value]) => {
    const unfit = findUnfit(value, DEEPEST, [key]);
    if (unfit === undefined) return [];
    // The path of something nested too deeply would fill the screen.
    const path = unfit.path.length > 20 ? [key] : unfit.path;
    const remedy = 'Give plain data, as JSON has it.';
    const details = { path: formatPath(path), remedy };
    return [{ path, found: diagnostic('PC105', unfit.message, details) }];
  });
}

/** Whether one of the bad paths lies at, below or above a path that a check needs. */
function touches(need: string, bad: readonly string[]): boolean {
  const within = (path: string, above: string) =>
    path === above || path.startsWith(`${above}.`) || path.startsWith(`${above}[`);
  return bad.some((path) => within(path, need) || within(need, path));
}

/**
 * `--allow-unknown`: drops keys that belong to another chart, each with a warning. Inside our own
 * `encryption` block only keys that are switched off are dropped: to ignore one that asks for
 * protection would leave the user believing in it.
 */
function tolerate(user: JsonObject): { given: JsonObject; ignored: Violation[] } {
  const dropped: Path[] = violationsOf(withoutNulls(merge(defaultsOf(), user)))
    .filter(({ found, path }) => found.code === 'PC101' && mayIgnore(user, path))
    .map(({ path }) => path);
  const repository = valueAt(user, ['image', 'repository']);
  if (typeof repository === 'string' && CILIUM_IMAGE.test(repository)) dropped.push(['image']);
  const given = dropped.reduce(without, user);
  const ignored = dropped.map((path): Violation => {
    const message = formatPath(path) === 'image' ? "ignored: it names Cilium's image" : 'ignored';
    return { path, atKey: true, found: diagnostic('PC212', message, { path: formatPath(path) }) };
  });
  return { given, ignored };
}

function mayIgnore(user: JsonObject, path: Path): boolean {
  return path[0] !== 'encryption' || isOff(valueAt(user, path) ?? null);
}

function isOff(value: Json): boolean {
  if (isObject(value)) return Object.values(value).every(isOff);
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === false || value === '' || value === 0 || value === '0s';
}

function without(values: JsonObject, path: Path): JsonObject {
  return dropAt(values, path) as JsonObject;
}

/** The value without what stands at the path; lists keep their other items. */
function dropAt(value: Json, [step, ...rest]: Path): Json {
  const isHere = (name: string | number) => String(name) === String(step);
  if (Array.isArray(value)) {
    return value.map((item, index) => (isHere(index) ? dropAt(item, rest) : item));
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([name, child]): [string, Json][] => {
    if (!isHere(name)) return [[name, child]];
    return rest.length > 0 ? [[name, dropAt(child, rest)]] : [];
  });
  return Object.fromEntries(entries);
}

/** Adds where the value was written: in the last source that has it, or else what it belongs in. */
function locate(
  found: Diagnostic,
  path: Path,
  what: 'key' | 'value',
  sources: readonly Source[],
): Diagnostic {
  const source =
    sources.findLast(({ value }) => reaches(value, path)) ??
    sources.findLast(({ value }) => reaches(value, path.slice(0, -1)));
  if (source === undefined || source.kind === 'code') return found;
  return { ...found, place: { source: source.label, ...source.locate(path, what) } };
}

/** Whether the source itself says what stands at the path, be it null. */
function reaches(value: JsonObject, path: Path): boolean {
  let here: Json | undefined = value;
  for (const step of path) {
    if (here === null) return true;
    here = Array.isArray(here)
      ? here[Number(step)]
      : isObject(here)
        ? getOwn(here, String(step))
        : undefined;
    if (here === undefined) return false;
  }
  return path.length > 0;
}

/** Reads back a path of our own making: `extraEnv[0].name`, `podLabels."a.b/c"`. */
function parsePath(text: string): Path {
  return [...text.matchAll(/"([^"]*)"|\[([0-9]+)\]|([^.[\]"]+)/g)].map(
    ([, quoted, index, plain]) => (index === undefined ? (quoted ?? plain ?? '') : Number(index)),
  );
}

function inSourceOrder(found: Diagnostic[], sources: readonly Source[]): Diagnostic[] {
  const rank = ({ place }: Diagnostic) =>
    place === undefined ? sources.length : sources.findIndex(({ label }) => label === place.source);
  return found.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
      (a.place?.column ?? 0) - (b.place?.column ?? 0),
  );
}
