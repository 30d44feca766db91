import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/values/json.js';

/** Few keys, so that sources meet; with all that is special to YAML, `--set` or JavaScript. */
export const KEYS = ['a', 'b', 'c d', 'e.f', 'g=h', 'i,j', 'k[0]', 'yes', '1', 'é', '__proto__'];

/** Strings that YAML readers, or careless writers, take for something else. */
export const NASTY_STRINGS = [
  ...['', ' ', 'yes', 'No', 'on', 'off', 'y', 'N', 'true', 'null', '~', '1', '-1', '1e3', '0x1'],
  ...['0o17', '017', '1_000', '1:30', '.5', '.inf', '.nan', 'NaN', 'inf', '2001-01-01', '=', '<<'],
  ...['{{', '{{ .Values.a }}', '- a', '-', '?', ':', 'a: b', 'a:', ':a', 'a #b', '#a', 'a#b', '&a'],
  ...[
    '*a',
    '!a',
    '|',
    '>',
    '%a',
    '@a',
    '`a',
    '"',
    "'",
    '\\',
    ',',
    '[',
    ']',
    '{',
    '}',
    '---',
    '...',
  ],
  ...[
    ' a',
    'a ',
    '\ta',
    'a\t',
    'a\nb',
    'a\n',
    '\n',
    'a\r\nb',
    '\r',
    '\u0000',
    '\u0007',
    '\u001b[31m',
  ],
  ...[
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\u2029',
    '\ufeff',
    '\ufffd',
    '\ufffe',
    '\uffff',
    '😀',
  ],
  ...['a b', 'a:b', 'a/b', '10%', '5m', '1Ki', '_', '_1', 'x'.repeat(3000), 'x '.repeat(1000), 'é'],
];

const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, 1.5, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, 2 ** 53 + 2, -(2 ** 63)),
);

const text = fc.oneof(
  fc.constantFrom(...NASTY_STRINGS),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

/** Any JSON value whose maps have {@link KEYS}. */
export const json: fc.Arbitrary<Json> = tree(fc.constantFrom(...KEYS)).value;

/** A map of such values. */
export const jsonMap: fc.Arbitrary<JsonObject> = tree(fc.constantFrom(...KEYS)).map;

/** A map with any strings for keys. */
export const anyJsonMap: fc.Arbitrary<JsonObject> = tree(text).map;

function tree(key: fc.Arbitrary<string>) {
  return fc.letrec<{ value: Json; map: JsonObject }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'json' },
      fc.oneof(text, number, fc.boolean(), fc.constant(null)),
      fc.array(tie('value'), { maxLength: 3, depthIdentifier: 'json' }),
      tie('map'),
    ),
    map: fc
      .uniqueArray(fc.tuple(key, tie('value')), {
        maxLength: 5,
        depthIdentifier: 'json',
        selector: ([name]) => name,
      })
      // Unlike an assignment, this makes `__proto__` a key like any other.
      .map((entries): JsonObject => Object.fromEntries(entries)),
  }));
}
