import { type Diagnostic, diagnostic } from '../errors/index.js';
import {
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  type Path,
  setOwn,
  valueAt,
} from './json.js';

/** What strict mode had below itself while it had one direction only: in Cilium's charts before 1.20. */
const UNNESTED = ['enabled', 'cidr', 'allowRemoteNodeIdentities'] as const;

const PATH = ['encryption', 'strictMode'] as const;

/**
 * The values with the older names of strict mode under their newer ones. As both have defaults in Cilium's
 * chart, the one that says something counts: `true`, or a CIDR.
 */
export function underNewNames(values: JsonObject): JsonObject {
  const { encryption } = values;
  const strict = valueAt(values, PATH);
  if (!isObject(encryption) || !isObject(strict) || olderIn(strict).length === 0) return values;
  const egress: JsonObject = isObject(strict.egress) ? { ...strict.egress } : {};
  const rest: JsonObject = {};
  for (const [key, value] of Object.entries(strict)) {
    if (!isOlder(key)) setOwn(rest, key, value);
    else if (saysSomething(value) && !saysSomething(egress[key])) egress[key] = value;
  }
  return { ...values, encryption: { ...encryption, strictMode: { ...rest, egress } } };
}

/** Warns of each older name, and refuses two CIDRs of which nobody could say which is meant. */
export function checkOlderNames(given: JsonObject): Diagnostic[] {
  const strict = valueAt(given, PATH);
  if (!isObject(strict)) return [];
  const found = olderIn(strict).map((name) => {
    const newer = `encryption.strictMode.egress.${name}`;
    const details = { path: `encryption.strictMode.${name}`, remedy: `Write ${newer}.` };
    return diagnostic('PC553', `an older name of ${newer}`, details);
  });
  const newer = valueAt(given, [...PATH, 'egress', 'cidr']);
  const both = [strict.cidr, newer].filter(saysSomething).map((one) => [one].flat().join());
  if (new Set(both).size > 1) {
    const message = 'encryption.strictMode.egress.cidr has another value';
    found.push(diagnostic('PC554', message, { path: 'encryption.strictMode.cidr' }));
  }
  return found;
}

/** The path under which the user wrote what checks look for under its newer name. */
export function asWritten(path: Path, given: JsonObject): Path {
  const [, , egress, name, ...rest] = path;
  const isNewer = path[0] === PATH[0] && path[1] === PATH[1] && egress === 'egress';
  if (!isNewer || !isOlder(name) || saysSomething(valueAt(given, path.slice(0, 4)))) return path;
  const older: Path = [...PATH, name];
  return saysSomething(valueAt(given, older)) ? [...older, ...rest] : path;
}

function olderIn(strict: JsonObject): string[] {
  return UNNESTED.filter((name) => (getOwn(strict, name) ?? null) !== null);
}

function isOlder(name: unknown): name is (typeof UNNESTED)[number] {
  return UNNESTED.some((one) => one === name);
}

function saysSomething(value: Json | undefined): boolean {
  return (
    value === true || [value ?? ''].flat().some((one) => typeof one === 'string' && one !== '')
  );
}
