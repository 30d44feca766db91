import type { ScalarTag, Tags } from 'yaml';

// Helm reads YAML with go-yaml v2, which is neither YAML 1.1 nor 1.2: numbers are those of Go's
// literals, dates and sexagesimal numbers are strings, `yes` and `on` are booleans. Source:
// resolve.go of go.yaml.in/yaml/v2. An underscore may stand anywhere but in front.

const INT =
  /^(?!_)[-+]?_*(?:0_*[xX]_*(?:[0-9a-fA-F]_*)+|0_*[bB]_*(?:[01]_*)+|0_*[oO]_*(?:[0-7]_*)+|(?:[0-9]_*)+)$/;
const FLOAT =
  /^(?!_)[-+]?_*(?:\._*(?:[0-9]_*)+|(?:[0-9]_*)+(?:\._*(?:[0-9]_*)*)?)(?:[eE]_*[-+]?_*(?:[0-9]_*)+)?$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

const INT64_MIN = -(2n ** 63n);
const UINT64_MAX = 2n ** 64n - 1n;

/**
 * An integer as Go's `strconv` reads it with base 0: a leading zero means octal. What does not fit
 * 64 bits, or has an octal digit too large, is a float if it looks like one, else a string.
 */
function integer(text: string): bigint | number | string {
  const plain = text.replaceAll('_', '');
  const [, sign, digits = ''] = /^([-+]?)(.*)$/.exec(plain) ?? [];
  const octal = /^0[0-9]/.test(digits);
  if (!octal || /^[0-7]+$/.test(digits)) {
    const magnitude = BigInt(octal ? `0o${digits}` : digits);
    const value = sign === '-' ? -magnitude : magnitude;
    if (value >= INT64_MIN && value <= UINT64_MAX) return value;
  }
  return FLOAT.test(plain) ? float(text) : text;
}

/** A float of 64 bits; one that does not fit is a string. */
function float(text: string): number | string {
  const value = Number(text.replaceAll('_', ''));
  return Number.isFinite(value) ? value : text;
}

function notFinite(text: string): number {
  if (/nan$/i.test(text)) return Number.NaN;
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

const NUMBERS: readonly ScalarTag[] = [
  { default: true, tag: 'tag:yaml.org,2002:int', test: INT, resolve: integer },
  { default: true, tag: 'tag:yaml.org,2002:float', test: NOT_FINITE, resolve: notFinite },
  { default: true, tag: 'tag:yaml.org,2002:float', test: FLOAT, resolve: float },
];

/** Tags of the YAML 1.1 schema that mean the same to helm. */
const SHARED: ReadonlySet<string> = new Set(
  ['map', 'seq', 'str', 'null', 'bool'].map((name) => `tag:yaml.org,2002:${name}`),
);

/**
 * The tags of helm's parser, from those of the YAML 1.1 schema. Integers come as `bigint`, so that
 * those of 64 bits keep all their digits where they are the key of a map.
 */
export function helmTags(schema: Tags): Tags {
  const shared = schema.filter((tag) => typeof tag !== 'string' && SHARED.has(tag.tag));
  return [...shared, ...NUMBERS];
}
