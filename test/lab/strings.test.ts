import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ControlPlane, controlPlaneNeeds, startControlPlane } from './control-plane.js';
import { labDescribe } from './lab-describe.js';
import { apply, get, rendered } from './podcloak.js';

/** What some YAML reader takes for a boolean, a null, a number, a date, a merge or a directive. */
const words = [
  ...['yes', 'No', 'on', 'OFF', 'y', 'N', 'true', 'False', 'null', 'Null', 'NULL', 'nan', 'inf'],
  ...[
    '0',
    '-0',
    '1',
    '007',
    '1e3',
    '1E-3',
    '0x1',
    '0o7',
    '0b1',
    '1_000',
    '1.5',
    '12:30',
    '1:20:30',
  ],
  ...['9223372036854775808', '123456789012345678901234567890', '2001-12-14', '4.2.1', '1e999'],
];
const marks = [
  ...[
    '',
    ' ',
    '~',
    '=',
    '<<',
    '-',
    '--',
    '---',
    '...',
    '?',
    ':',
    ',',
    '.',
    '!',
    '&a',
    '*a',
    '#',
    '|',
  ],
  ...[
    '>',
    '%',
    '@',
    '`',
    '"',
    "'",
    "''",
    '\\',
    '{',
    '}',
    '[',
    ']',
    '{}',
    '[]',
    '.inf',
    '-.INF',
    '.nan',
  ],
  ...[
    '!!str x',
    '&a b',
    '*a b',
    '# x',
    'a #b',
    'a: b',
    'a:',
    ':a',
    '- a',
    '? a',
    '%YAML 1.1',
    '@x',
  ],
  ...['{{ x }}', '{{- .Values.x -}}', '$(NODE_NAME)', '${x}', '`id`', 'a\\nb', '\\u0041', '\\'],
  ...[
    ' leading',
    'trailing ',
    '\ttab',
    'tab\t',
    'a\tb',
    '  two  ',
    'a  b',
    'colon :',
    'x: |',
    'a, b',
  ],
];
const lines = [
  ...[
    '\n',
    'a\n',
    '\na',
    'a\nb',
    'a\n\nb\n\n',
    'a\r\nb',
    '\r',
    ' a\n  b\n c',
    'a\n---\nb',
    '- a\n- b\n',
  ],
  ...['#!/bin/sh\nset -e\n', 'key: |\n  text\n', '{"json": [1, null]}\n', 'x\n...\n'],
];
const characters = [
  ...['\u2028', 'a\u2029b', '\ufeff', '\ufeffa', '\u00a0', '\u200b', '\u202e', 'é', 'e\u0301'],
  ...['日本語', '👩‍👩‍👧‍👦', '🇪🇺 x', '\u{10ffff}', '\ufffd', '\u{1fffe}', 'ﷺ'],
  Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join(''),
];
/**
 * What does not survive `kubectl apply --server-side`, whoever wrote the YAML: kubectl sends JSON, in
 * which Go leaves these as they are, and the API server reads it as YAML, which forbids them or (U+0085)
 * takes them for a line break.
 */
const lostByKubectl = [
  ...['\u007f', 'a\u0085b', '\ufffe', '\uffff'],
  Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(0x80 + code)).join(''),
];
const long = [
  'x'.repeat(4096),
  'word '.repeat(820),
  '1'.repeat(4096),
  '"\\\n'.repeat(1366),
  '👍'.repeat(1024),
];
const all = [...new Set([...words, ...marks, ...lines, ...characters, ...long])];

/** Words that a name or a label may have as well. */
const labelWords = words.filter((word) => /^[A-Za-z0-9][-A-Za-z0-9_.]*$/.test(word));

/** JSON, which is YAML, with escapes for what a values file may not hold as it is. */
const escaped = (values: object): string =>
  JSON.stringify(values).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

labDescribe('a string of the values', controlPlaneNeeds(), () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane?.stop());

  const applied = async (values: object, namespace = 'kube-system') => {
    await apply(plane, await rendered(['-f', '-', '-n', namespace], { input: escaped(values) }));
    const { metadata, spec } = await get(plane, 'daemonset', 'podcloak', '-n', namespace);
    type Container = { env: object[] };
    type Template = {
      metadata: { annotations: object; labels: object };
      spec: { containers: [Container]; nodeSelector?: object };
    };
    const { template } = spec as { template: Template };
    return { metadata: metadata as unknown as { labels: object }, template };
  };

  it('is stored as it is in an annotation', async () => {
    const podAnnotations = Object.fromEntries(all.map((text, index) => [`a/${index}`, text]));
    const { template } = await applied({ podAnnotations });
    expect(template.metadata.annotations).toEqual({
      'kubectl.kubernetes.io/default-container': 'podcloak',
      ...podAnnotations,
    });
  });

  it('is stored as it is in an environment variable', async () => {
    const extraEnv = all.map((value, index) => ({ name: `E${index}`, value }));
    const { template } = await applied({ extraEnv });
    // An empty value is the same as none: the API server leaves the field out.
    const expected = extraEnv.map(({ name, value }) => (value === '' ? { name } : { name, value }));
    // Behind those that the DaemonSet sets itself.
    const { env } = template.spec.containers[0];
    expect(env.slice(-expected.length)).toEqual(expected);
  });

  it('is stored as it is in a label, its name included, and in a selector', async () => {
    const labels = Object.fromEntries(
      labelWords.flatMap((word) => [
        [word, word],
        [`l/${word}`, ''],
      ]),
    );
    const values = { commonLabels: labels, podLabels: { pod: 'off' }, nodeSelector: labels };
    const { metadata, template } = await applied(values);
    expect(metadata.labels).toMatchObject(labels);
    expect(template.metadata.labels).toMatchObject({ ...labels, pod: 'off' });
    expect(template.spec.nodeSelector).toEqual(labels);
  });

  it.each(['1e3', '0x1', 'null'])('may be the namespace %s', async (name) => {
    const values = { namespace: { create: true }, encryption: { ipsec: { secretName: name } } };
    await applied(values, name);
    const { data } = await get(plane, 'configmap', 'podcloak', '-n', name);
    expect(data).toMatchObject({ 'encryption.ipsec.secretName': name });
    // The agents of the last one go on: take its objects away, for the next to have the names.
    await plane.kubectl(['delete', 'daemonset', 'podcloak', '-n', name]);
  });

  it('may be the name of a device', async () => {
    const devices = ['yes', '~', '=', '<<', '1e3', '{{x}}', '"', "'", '#', '🐙', '0x1'];
    const device = async () => {
      const { data } = await get(plane, 'configmap', 'podcloak', '-n', 'kube-system');
      return (data as Record<string, string>)['encryption.ipsec.interface'];
    };
    await applied({ encryption: { ipsec: { interface: devices } } });
    expect(await device()).toBe(devices.join(','));
    await applied({ encryption: { ipsec: { interface: '1e3' } } });
    expect(await device()).toBe('1e3');
  });

  it.each(lostByKubectl.map((text) => [text]))(
    'is refused where kubectl would spoil it: %j',
    async (text) => {
      const input = escaped({ podAnnotations: { a: text } });
      await expect(rendered(['-f', '-'], { input })).rejects.toThrow('PC105');
    },
  );

  it('would indeed be spoiled', async () => {
    const spoiled = async (text: string) => {
      const input = escaped({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'spoiled', namespace: 'default' },
        data: { text },
      });
      const { code } = await plane.kubectl(['apply', '--server-side', '-f', '-'], { input });
      if (code !== 0) return true;
      const { data } = await get(plane, 'configmap', 'spoiled', '-n', 'default');
      return (data as { text: string }).text !== text;
    };
    for (const text of lostByKubectl) expect(await spoiled(text)).toBe(true);
  });
});
