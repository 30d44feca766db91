// Samples for helm-yaml.test.ts: values files in all the ways in which YAML readers disagree.

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Spellings of one value. */
export const SCALARS: readonly string[] = [
  ...words('yes no on off y n Y N Yes nO True tRUE FALSE oN ~ null Null NULL nULL !!str'),
  ...words('0 00 -0 +0 1 -1 +12 0x1f 0X1F -0x1f +0x1F 0x 0x_1 0o17 0O17 0o8 017 -017 +017 08 -08'),
  ...words(
    '0777 0_17 0_8 0b101 0B11 -0b101 0b 0b12 0b_1 1_000 1__0 1_ +_1 _1 1,000 1:30 190:20:30',
  ),
  ...words('.5 -.5 +.5 5. 0.1 09.5 00.5 1.5.5 .5e3 .1_0 1_0.5 . .. 1e3 1E3 1e+3 1.e3 12e03 0e0 1e'),
  ...words('1e5_0 1e400 -1e400 1e-400 .1e400 .e1 .0x1 0x1.8p1 NaN inf + = <<'),
  ...words('9007199254740993 9223372036854775807 9223372036854775808 18446744073709551615'),
  ...words('18446744073709551616 -9223372036854775808 -9223372036854775809 0xffffffffffffffffff'),
  ...words('01777777777777777777777777 2001-01-01 2001-12-14t21:59:43.10-05:00 a#b a:b :b ?b'),
  ...words('[] {} {"a":1} é日本😀 a\\u00a0b "yes" \'no\' "\\u00e9\\x41\\N\\e\\_"'),
  ...['', '2001-01-01 10:00:00', '!!str 5', '!!int "5"', '!!int 0o17', '!!float 3', '!!float 1_0'],
  ...['! 5', '!!bool yes', '!!null ""', '!!map {a: 1}', '!!seq [a]', '[!!str 1, !!int "2"]'],
  ...["'it''s'", '"a\\\n  b"', '"a\n\n  b"', "'a\n  b'", 'a\n  b', 'a\n\n  b', 'a #b', 'a # b'],
  ...['a\tb', '"a\tb"', '|\n  a\n   b\n', '|-\n  a\n', '|+\n  a\n\n', '|2\n   a\n'],
  ...['>\n  a\n  b\n\n  c\n', '>-\n  a\n  b\n', '[a, b,]', '{a: 1, b}', '{a, "b": 2, c:d}'],
  ...['[a: 1]', '[? a : 1]', '\n  - a\n  - b: c\n    d: e\n', '\n- a\n- - b\n  - c\n'],
  '\n  b: 1\n  # c\n  d: 2\n',
];

/** Files with keys, anchors, merge keys and documents. */
export const FILES: readonly string[] = [
  ...[
    '1: a',
    '0x10: a',
    '017: a',
    'yes: a',
    'on: a',
    '"on": a',
    '2001-01-01: a',
    '? a\n: b',
    '? a',
  ],
  ...['9007199254740993: a', '9223372036854775807: a', '"a b": c', '{"a":1}', '{"a":{"b":[1,{}]}}'],
  ...[
    'a: &x 1\nb: *x',
    'a: &x [1]\nb: &x 2\nc: *x',
    'a: &x\nb: *x',
    '&r a: 1\nb: *r',
    'a: &x b\n*x : c',
  ],
  ...['a: &x 1\nl: &l [*x]\nb: &x 2\nm: *l\nn: *x', 'a: &x {b: &y 1}\nc: &y 2\nd: *x\ne: *y'],
  ...[
    '<<: {a: 1}',
    '"<<": {a: 1}',
    '<<: {a: 2}\na: 1',
    'a: 1\n<<: {a: 2}',
    '<<: {a: 1}\n<<: {b: 1}',
  ],
  ...['x: &x {a: 1}\n<<: *x', 'x: &x {a: 1}\nz:\n  a: 0\n  <<: *x\n  b: 2'],
  ...['<<: [{a: 1}, {a: 2, b: 3}]', 'x: &x {a: {c: 1}}\nz:\n  <<: [*x, {a: 5, c: 3}]'],
  ...[
    'x: &x {a: {c: 1}}\nz: {<<: *x, a: {d: 1}}',
    'x: &x {a: 1}\nw: &w {<<: *x, b: 2}\nv: {<<: *w, c: 3}',
  ],
  ...[
    '---\na: b',
    '---\na: b\n...\n',
    'a: b\n---\n',
    '',
    '# only\n',
    'null',
    '~',
    '---',
    '# c\n---\na: 1',
  ],
  ...['a:\r\n  b: c\r\n', '\ufeffa: b', 'a:\tb', 'a: b\t', '  a: 1\n  b: 2', 'a: b\t# c', 'a : b'],
  ...['constructor: 1\n__proto__: {x: 1}'],
];

/** What neither takes. */
export const REFUSED: readonly string[] = [
  ...['a: .inf', 'a: -.INF', 'a: .nan', 'a: "\\ud800"', 'a: "\\q"', 'a: "\\x4"', 'a: "b', "a: 'b"],
  ...[
    'a: a\u0001b',
    'a: a\u007fb',
    'a: a\u0000b',
    'a: \ufffe',
    'a: a\u0085b',
    'a: a\u2028b',
    'a: a\rb',
  ],
  ...[
    'null: a',
    '~: a',
    ': a',
    '? [a]\n: b',
    '{a: 1}: b',
    '[a]: b',
    '18446744073709551615: a',
    '?',
  ],
  ...['a: *x', 'a: *.example.com', 'a: &x [*x]', 'a: &x {b: *x}', '<<: 5', '<<: [5]', '<<: null'],
  ...['[]', '5', '"a"', '- a', '%YAML 1.2\n---\na: b', '%FOO\n---\na: b', '\ta: b', 'a:\n\tb: c'],
  ...[
    'a: |\n\tb',
    'a: b: c',
    'a: - b',
    'a: -',
    'a: @b',
    'a: `b',
    'a: "x" y',
    'a: x\n  y: z',
    'a: [',
  ],
  ...[
    'a: {b',
    'a: ]',
    'a: }',
    'a: *',
    'a: 1\n b: 2',
    'a:\n  - b\n  c: d',
    'a: "b\n---\nc"',
    'a: %b',
  ],
  ...['a: ,b', 'a: [b', 'a: !!int 5x', 'a: !!int 5.5', 'a: !!bool maybe', 'a: !!null x', 'a: [,]'],
  ...['a: &x b\nc: *x d', 'x: &x [1]\n<<: *x'],
];

/**
 * Accepted differences, all on the side of refusing: what helm reads, but differently by version,
 * against YAML's own rules, or into something that nobody meant. By the reason.
 */
export const STRICTER: Readonly<Record<string, readonly string[]>> = {
  'the same key twice: helm takes the last, or, as a number and a string, either': [
    ...['a: 1\na: 2', '1: a\n"1": b', 'yes: a\ntrue: b', 'a: {b: 1, b: 2}'],
  ],
  'several documents: helm 3 reads only the first, helm 4 all': [
    ...['a: b\n---\nc: d', '---\n---\na: b'],
  ],
  'what stands behind a map that was indented: helm does not read on': ['  a: 1\nb: 2'],
  'tags of types that JSON lacks, or that nobody knows: helm mostly drops them': [
    ...['a: !!binary aGVsbG8=', 'a: !!timestamp 2001-01-01', 'a: !!set {a, b}', 'a: !!omap [a: 1]'],
    ...['a: !!pairs [a: 1]', 'a: !foo bar', 'a: !foo {b: 1}', 'a: !!foo 5', 'a: !!merge <<'],
    ...['a: !!str {b: 1}', 'a: !!map 5', 'a: !!seq {b: 1}', 'a: !!int {b: 1}'],
  ],
  'a fraction as a key: helm writes it with 32 bits': ['1.5: a', '1e3: a', '3.14159265358979: a'],
  "a list or string that goes on at its key's own level, which YAML forbids": [
    ...['a: [b,\nc]', 'a: "b\nc"', 'a:\n  b: {c: 1,\n  d: 2}'],
  ],
  'a line break of YAML 1.1 only, which its readers fold': ['a: "b\u2028c"', '# b\u0085\na: 1'],
};

/**
 * Accepted differences on the side of accepting: valid YAML or JSON with one meaning that helm's
 * parser cannot read.
 */
export const MORE_LENIENT: Readonly<Record<string, unknown>> = {
  'a: "\\/"': { a: '/' },
  'a: "\\ud83d\\ude00"': { a: '😀' },
  'a:\n  b: c\n\t': { a: { b: 'c' } },
  '...': {},
  'a: [:b]': { a: [':b'] },
  'a: {b? c: 1}': { a: { 'b? c': 1 } },
};
