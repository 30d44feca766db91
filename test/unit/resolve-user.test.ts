import { describe, expect, it } from 'vitest';
import { type JsonObject, merge, plainSource, resolveValues } from '../../src/values/index.js';
import { defaultsOf } from '../../src/values/schema.js';
import { brief, QUIET, resolveFiles } from './resolve.js';

describe('values that a user gives', () => {
  it('are laid over the defaults, which stay as they are', () => {
    const before = structuredClone(defaultsOf());
    const { values } = resolveFiles([
      `${QUIET}tolerations: []\nresources: {limits: {memory: 1Gi}}\npodLabels: {a: b}\n`,
    ]);
    expect(values).toEqual({
      ...before,
      image: { ...(before.image as JsonObject), repository: 'registry.example/podcloak' },
      tolerations: [],
      resources: { requests: { cpu: '25m', memory: '128Mi' }, limits: { memory: '1Gi' } },
      podLabels: { a: 'b' },
    });
    if (values !== undefined) values.encryption.ipsec.keyFile = 'changed';
    expect(defaultsOf()).toEqual(before);
  });

  it('are not changed either', () => {
    const user: JsonObject = { podLabels: { a: 'b', c: null }, foreign: { x: 1 }, image: null };
    const before = structuredClone(user);
    resolveValues(user, [], { namespace: 'kube-system', allowUnknown: true });
    expect(user).toEqual(before);
  });

  it('may be global and enabled, as umbrella charts pass them', () => {
    const text = `${QUIET}global: {any: [thing, {x: null}]}\nenabled: false\n`;
    expect(resolveFiles([text]).diagnostics).toEqual([]);
  });

  it('delete a default with null, wherever a value may be missing', () => {
    const { values, diagnostics } = resolveFiles([
      `${QUIET}resources: {limits: null}\naffinity: ~\npodLabels:\nupdateStrategy: {rollingUpdate: null}\n`,
    ]);
    expect(diagnostics).toEqual([]);
    expect(values).toMatchObject({
      resources: { requests: {} },
      updateStrategy: { type: 'RollingUpdate' },
    });
    expect(values?.resources).not.toHaveProperty('limits');
    expect(values).not.toHaveProperty('affinity');
    expect(values).not.toHaveProperty('podLabels');
    expect(values?.updateStrategy).not.toHaveProperty('rollingUpdate');
  });

  it('may delete with null what a later file gives again', () => {
    const { values } = resolveFiles([
      `${QUIET}monitoring: null\n`,
      'monitoring: {enabled: true}\n',
    ]);
    expect(values?.monitoring).toMatchObject({ enabled: true, port: 9988 });
  });

  it('are reported with the name of the option that gave them', () => {
    const files = plainSource('values.yaml', 'file', { healthPort: 1 });
    const set = plainSource('--set (2nd)', 'set', { healthPort: 0 });
    const user = merge(files.value, set.value);
    const { diagnostics } = resolveValues(user, [files, set], { namespace: 'a' });
    expect(diagnostics.map(brief)).toContain('PC105 healthPort --set (2nd)');
  });
});

describe('values that a program passes', () => {
  const resolved = (values: unknown) =>
    resolveValues(values as JsonObject, [plainSource('', 'code', values as JsonObject)], {
      namespace: 'kube-system',
    });
  const nested = (levels: number): unknown =>
    Array.from({ length: levels }).reduce<unknown>((inner) => ({ a: inner }), {});
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;

  it.each<[string, unknown, string]>([
    ['NaN', { affinity: { nodeAffinity: { weight: Number.NaN } } }, 'affinity.nodeAffinity.weight'],
    ['infinity', { healthPort: Number.POSITIVE_INFINITY }, 'healthPort'],
    ['half a character', { podAnnotations: { a: 'x\ud800' } }, 'podAnnotations.a'],
    ['half a character in a key', { podAnnotations: { 'x\ud800': 'a' } }, 'podAnnotations'],
    ['nesting without end', { global: nested(50_000) }, 'global'],
    ['a cycle', { global: cycle }, 'global'],
  ])('are refused for %s, which no manifest can hold', (_, values, path) => {
    expect(resolved(values).diagnostics.map(brief)).toEqual([`PC105 ${path}`]);
  });

  it('may be nested more deeply than anyone needs', () => {
    expect(resolved({ global: nested(300) }).values).toBeDefined();
    expect(resolved({ affinity: { nodeAffinity: nested(300) } }).values).toBeDefined();
  });
});

describe('with --allow-unknown', () => {
  const allowUnknown = (...texts: string[]) => resolveFiles(texts, { allowUnknown: true });

  it('foreign keys are dropped with a warning at each', () => {
    const { values, diagnostics } = allowUnknown(
      `${QUIET}hubble:\n  enabled: true\nencryption:\n  ztunnel: {enabled: false}\n` +
        'tolerations:\n  - {operator: Exists, foreign: 1}\n  - {key: a, value: b}\n',
    );
    expect(diagnostics.map(brief)).toEqual([
      'PC212 hubble 0.yaml:2:1',
      'PC212 encryption.ztunnel 0.yaml:5:3',
      'PC212 tolerations[0].foreign 0.yaml:7:24',
    ]);
    expect(values).not.toHaveProperty('hubble');
    expect(values?.encryption).not.toHaveProperty('ztunnel');
    // Only the key itself goes; the list that holds it stays.
    expect(values?.tolerations).toEqual([{ operator: 'Exists' }, { key: 'a', value: 'b' }]);
  });

  it.each([
    ['ztunnel: {enabled: false, rules: []}', 'PC212'],
    ['ztunnel: {enabled: true}', 'PC101'],
    ['ztunnel: {enabled: false, other: {enabled: true}}', 'PC101'],
    ['ztunnel: {cidr: 10.0.0.0/8}', 'PC101'],
    ['ztunnel: null', undefined],
  ])('a key of our own block is dropped only when it asks for nothing: %s', (text, code) => {
    const { values, diagnostics } = allowUnknown(`${QUIET}encryption:\n  ${text}\n`);
    expect(diagnostics.map((one) => one.code)).toEqual(code === undefined ? [] : [code]);
    expect(values === undefined).toBe(code === 'PC101');
    if (code !== undefined)
      expect(diagnostics.map(brief)).toEqual([`${code} encryption.ztunnel 0.yaml:3:3`]);
  });

  it.each([
    ['ipsec', 'encryptedOverlay', true, 'PC101'],
    ['wireguard', 'userspaceFallback', true, 'PC101'],
    ['wireguard', 'userspaceFallback', false, 'PC212'],
  ])(
    'an unknown key deep in our block is an error when it asks for something: %s.%s=%s',
    (block, key, value, code) => {
      const { diagnostics } = allowUnknown(
        `${QUIET}encryption:\n  ${block}:\n    ${key}: ${value}\n`,
      );
      expect(diagnostics.map(brief)).toEqual([`${code} encryption.${block}.${key} 0.yaml:4:5`]);
    },
  );

  it("the image of Cilium's agent gives way to ours", () => {
    const { values, diagnostics } = allowUnknown(
      'image:\n  repository: quay.io/cilium/cilium\n  tag: v1.18\n  useDigest: true\n',
    );
    expect(diagnostics.map(brief)).toEqual([
      'PC212 image 0.yaml:1:1',
      'PC212 image.useDigest 0.yaml:4:3',
      'PC207 image.repository',
    ]);
    expect(values?.image).toEqual(defaultsOf().image);
  });

  it('known keys are as strict as ever', () => {
    const { diagnostics } = allowUnknown(`${QUIET}foreign: 1\nhealthPort: no\n`);
    expect(diagnostics.map(brief)).toEqual([
      'PC212 foreign 0.yaml:2:1',
      'PC102 healthPort 0.yaml:3:13',
    ]);
  });
});
