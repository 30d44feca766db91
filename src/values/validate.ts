import type { ErrorObject } from 'ajv';
import { type Diagnostic, diagnostic, type ErrorCode, show, typeName } from '../errors/index.js';
import { validate } from './generated/validate.js';
import { formatPath, type Json, type JsonObject, type Path, valueAt } from './json.js';
import { nearestKnownPath } from './nearest.js';
import { dereference, phraseOf, SCHEMA, type SchemaNode } from './schema.js';

/** A violation of the schema: the diagnostic, and the path as data. */
export interface Violation {
  readonly path: Path;
  /** Whether it is the key that is wrong, rather than its value. */
  readonly atKey: boolean;
  readonly found: Diagnostic;
}

/** So many violations come from something that is no values file; the rest would say no more. */
const MOST_VIOLATIONS = 1000;

/** Every violation of the schema by merged values, each named once. */
export function violationsOf(values: JsonObject): Violation[] {
  if (validate(values)) return [];
  const errors = (validate.errors ?? []).map((error) => {
    const path = pathOf(values, error.instancePath);
    return { error, path, at: formatPath(path), above: formatPath(path.slice(0, -1)) };
  });
  const unions = new Set(
    errors.flatMap(({ error, at }) => (error.keyword === 'anyOf' ? [at] : [])),
  );
  // The branches of an `anyOf` all report, and the union's own report says it best; but for lists,
  // where the branch that fits reports an item.
  const unionOf = ({ error, at, above }: (typeof errors)[number]): string | undefined =>
    [error.keyword === 'uniqueItems' ? at : above].find((union) => unions.has(union));
  const explained = new Set(errors.map(unionOf));
  const violations: Violation[] = [];
  const seen = new Set<string>();
  for (const one of errors) {
    const { error, path, at } = one;
    // `propertyNames` reports the key itself, then what was wrong with it: the first is enough.
    if (error.propertyName !== undefined) continue;
    const isUnion = error.keyword === 'anyOf';
    if (isUnion ? explained.has(at) : unions.has(at) && unionOf(one) === undefined) continue;
    const violation = violationOf(values, path, error);
    const key = formatPath(violation.path);
    if (!seen.has(key)) violations.push(violation);
    seen.add(key);
    if (violations.length >= MOST_VIOLATIONS) break;
  }
  return violations;
}

function violationOf(values: JsonObject, path: Path, error: ErrorObject): Violation {
  const value = valueAt(values, path);
  const make = (
    code: ErrorCode,
    message: string,
    details: { path?: Path; atKey?: boolean; remedy?: string | undefined } = {},
  ): Violation => {
    const at = details.path ?? path;
    return {
      path: at,
      atKey: details.atKey ?? false,
      found: diagnostic(code, message, { path: formatPath(at), remedy: details.remedy }),
    };
  };
  const node = nodeAt(path);
  const phrase = phraseOf(node) ?? `of type ${dereference(node).type}`;
  const is = isSecret(path) ? '' : `; it is ${show(value)}`;

  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params.additionalProperty);
      const whole = [...path, key];
      const nearest = nearestKnownPath(whole.map(String));
      const missing = NOT_YET.find((known) => formatPath(whole) === known);
      if (missing !== undefined) {
        return make('PC101', 'this version does not do that yet', {
          path: whole,
          atKey: true,
          remedy: 'Remove it, or leave it switched off and add --allow-unknown.',
        });
      }
      return make('PC101', `unknown key; the nearest known key is ${nearest}`, {
        path: whole,
        atKey: true,
      });
    }
    case 'required': {
      const whole = [...path, String(error.params.missingProperty)];
      const isItem = path.some((step) => typeof step === 'number');
      return make('PC106', isItem ? 'is needed' : 'is needed, but null deleted it', {
        path: whole,
        atKey: true,
        remedy: isItem ? 'Give it a value.' : undefined,
      });
    }
    case 'propertyNames': {
      const whole = [...path, String(error.params.propertyName)];
      return make('PC104', 'this key is not a valid name', {
        path: whole,
        atKey: true,
        remedy: `The map must be ${phrase}; its keys are an optional prefix and a slash, and at most 63 letters, digits, '-', '_' and '.'.`,
      });
    }
    case 'type': {
      const type = String(error.params.type);
      const wanted = phraseOf(node) ?? article(type);
      const remedy = wanted.startsWith('a duration') ? UNIT_HINT : hintFor(type, value);
      return make('PC102', `must be ${wanted}, not ${typeName(value)}`, { remedy });
    }
    case 'anyOf': {
      const takesNumbers = node.anyOf?.some(({ type }) => type === 'number' || type === 'integer');
      const isInRange = typeof value !== 'number' || takesNumbers !== true;
      const code = typeof value === 'string' ? 'PC104' : isInRange ? 'PC102' : 'PC105';
      return make(code, `must be ${phrase}${is}`);
    }
    case 'enum': {
      const allowed = (error.params.allowedValues as Json[]).map(String);
      return make('PC103', `must be ${allowed.join(' or ')}${is}`, {
        remedy: typeof value === 'string' ? ENUM_HINTS[`${formatPath(path)}=${value}`] : undefined,
      });
    }
    case 'uniqueItems': {
      // ajv counts from the end: `i` is the later one of the two.
      const at = [...path, Number(error.params.i)];
      return make('PC107', `the same item stands at [${error.params.j}] already`, { path: at });
    }
    case 'pattern':
    case 'minLength':
      return make('PC104', `must be ${phrase}${is}`);
    case 'maxLength':
      return make('PC105', `must have at most ${error.params.limit} characters`);
    case 'minimum':
    case 'maximum':
      return make('PC105', `must be ${phrase}${is}`);
    default:
      return make('PC102', `must be ${phrase}`);
  }
}

/** Keys of Cilium's encryption block that have no counterpart here so far. */
const NOT_YET = ['encryption.ztunnel', 'encryption.ipsec.encryptedOverlay'];

/** What users of Cilium's chart may ask for that this version does not do. */
const ENUM_HINTS: Readonly<Record<string, string>> = {
  'encryption.type=ztunnel': 'Use --set encryption.type=ipsec or --set encryption.type=wireguard.',
  'routingMode=tunnel':
    'Overlay networks (VXLAN, Geneve) are not supported yet: the CNI must route pod addresses natively.',
};

const UNIT_HINT = 'Write it with its unit, such as 25s.';

function hintFor(wanted: string, value: unknown): string | undefined {
  if (wanted === 'string' && (typeof value === 'boolean' || typeof value === 'number')) {
    return 'Put the value in quotes in a file; on the command line use --set-string.';
  }
  if (wanted === 'boolean' && (value === 'true' || value === 'false')) {
    return 'Write it without quotes in a file; on the command line use --set, not --set-string.';
  }
  if (wanted === 'integer' && typeof value === 'string' && /^[0-9]+$/.test(value)) {
    return 'Write the number without quotes in a file; on the command line use --set, not --set-string.';
  }
  return undefined;
}

function article(type: string): string {
  const names: Readonly<Record<string, string>> = {
    object: 'a map',
    array: 'a list',
    boolean: 'true or false',
    integer: 'a whole number',
  };
  return names[type] ?? `a ${type}`;
}

/** Whether what stands at a path may be key material. */
function isSecret(path: Path): boolean {
  return formatPath(path) === 'encryption.ipsec.key';
}

/** The schema's node for what stands at a path, whose title says what must stand there. */
function nodeAt(path: Path): SchemaNode {
  let node = SCHEMA;
  for (const step of path) {
    const { properties, items, additionalProperties, anyOf } = dereference(node);
    const rest = typeof additionalProperties === 'object' ? additionalProperties : undefined;
    const child =
      typeof step === 'number'
        ? (items ?? anyOf?.find((branch) => branch.items !== undefined)?.items)
        : properties !== undefined && Object.hasOwn(properties, step)
          ? properties[step]
          : rest;
    if (child === undefined) return node;
    node = child;
  }
  return node;
}

function pathOf(values: JsonObject, pointer: string): Path {
  const path: (string | number)[] = [];
  for (const step of pointer.split('/').slice(1).map(decode)) {
    path.push(Array.isArray(valueAt(values, path)) ? Number(step) : step);
  }
  return path;
}

/** RFC 6901 §3. */
function decode(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
