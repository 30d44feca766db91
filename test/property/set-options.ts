import fc from 'fast-check';
import { json, KEYS } from './arbitraries.js';
import type { SetOption } from './merged-by-us.js';

/** A path such as `a.b[1].c`, with the characters of its keys escaped. */
const path = fc
  .tuple(
    fc.constantFrom(...KEYS),
    fc.array(fc.oneof(fc.constantFrom(...KEYS), fc.integer({ min: 0, max: 3 })), { maxLength: 3 }),
  )
  .map(([first, rest]) =>
    rest.reduce<string>(
      (text, step) =>
        typeof step === 'number' ? `${text}[${step}]` : `${text}.${escapeKey(step)}`,
      escapeKey(first),
    ),
  );

function escapeKey(key: string): string {
  return key.replaceAll(/[\\=,.[]/g, '\\$&');
}

const SPELLINGS = [
  ...[
    '',
    '0',
    '1',
    '-1',
    '+1',
    '00',
    '007',
    '-0',
    '+0',
    '-01',
    '0x1f',
    '0o17',
    '1_000',
    '1.5',
    '.5',
  ],
  ...[
    '1e3',
    '9007199254740993',
    '9223372036854775807',
    '9223372036854775808',
    '12345678901234567890',
  ],
  ...[
    '-9223372036854775808',
    'true',
    'FALSE',
    'tRue',
    'null',
    'NULL',
    'yes',
    '~',
    'a b',
    ' x ',
    '"q"',
  ],
  ...[
    '{',
    '[]',
    '[1',
    'é',
    '😀',
    'a=b',
    'a.b',
    'a[0]',
    '2001-01-01',
    '#x',
    'a: b',
    '\t',
    '\n',
    '-',
    '+',
  ],
];
const word = fc.oneof(fc.constantFrom(...SPELLINGS), fc.string({ maxLength: 6, unit: 'grapheme' }));

/** A plain value, or a `{list}`, as `--set` and `--set-string` take it. */
const setValue = fc.oneof(
  word.map((text) => text.replaceAll(/[\\,]/g, '\\$&').replace(/^\{/, '\\{')),
  fc
    .array(
      word.map((text) => text.replaceAll(/[\\,}]/g, '\\$&')),
      { maxLength: 3 },
    )
    .map((items) => `{${items.join(',')}}`),
);

/** Options that all parse; each alone, that is: `a=1` and then `a.b=2` contradict each other. */
export const setOption: fc.Arbitrary<readonly [SetOption, string]> = fc.oneof(
  joined('set', setValue),
  joined('set-string', setValue),
  joined(
    'set-json',
    json.map((value) => JSON.stringify(value)),
  ),
  joined('set-file', fc.constantFrom('one.txt', '{one.txt,two.txt}')),
);

function joined(name: SetOption, value: fc.Arbitrary<string>) {
  return fc
    .array(fc.tuple(path, value), { minLength: 1, maxLength: 3 })
    .map((pairs) => pairs.map(([at, text]) => `${at}=${text}`).join(','))
    .map((text) => [name, isLostByHelm(text) ? `${text},` : text] as const);
}

/**
 * Accepted difference: an empty value at the very end, below an index (`a[0].b=`), is lost by helm,
 * which takes the end of the text for the end of the list. A comma behind it is the way around.
 */
export function isLostByHelm(text: string): boolean {
  return text.endsWith('=') && text.includes('].');
}
