import { describe, expect, it } from 'vitest';
import { readInputs } from '../../src/cli/inputs.js';
import { isError } from '../../src/errors/index.js';
import { resolveValues } from '../../src/values/index.js';
import { ERRORS, WARNINGS } from './check-cases.js';
import { brief, QUIET, resolveFiles } from './resolve.js';

const ON = 'encryption: {enabled: true}\nipv4NativeRoutingCIDR: 10.0.0.0/8\n';

describe('values that do not go together', () => {
  it.each(ERRORS)('are refused with path, place and remedy: $about', ({ text, is, says, fix }) => {
    const { values, diagnostics } = resolveFiles([QUIET + text]);
    expect(values).toBeUndefined();
    expect(diagnostics.map(brief)).toEqual([is]);
    expect(diagnostics[0]?.message).toContain(says);
    expect(diagnostics[0]?.remedy).toContain(fix);
  });

  it.each(WARNINGS)('are warned of: $about', ({ text, is, says, fix }) => {
    const { values, diagnostics } = resolveFiles([QUIET + text]);
    expect(values).toBeDefined();
    expect(diagnostics.map(brief)).toEqual([is]);
    expect(diagnostics[0]?.message).toContain(says);
    expect(diagnostics[0]?.remedy).toContain(fix);
  });

  it('are all reported at once, beside what the schema refuses', () => {
    const { diagnostics } = resolveFiles([
      'healthPort: 9988\nmonitoring: {enabled: true}\nextraEnv: [{name: POD_NAMESPACE}]\n' +
        'encryption: {enabled: true}\nimage: {repository: quay.io/cilium/cilium, pullPolicy: no}\n',
    ]);
    expect(diagnostics.map(brief)).toEqual([
      'PC209 healthPort 0.yaml:1:13',
      'PC206 extraEnv[0].name 0.yaml:3:19',
      'PC211 image.repository 0.yaml:5:21',
      'PC102 image.pullPolicy 0.yaml:5:56',
      'PC201 ipv4NativeRoutingCIDR',
    ]);
  });

  it.each(['egress', 'ingress'])('are refused where strict mode has no range: %s', (direction) => {
    const strict = `strictMode: {${direction}: {enabled: true}}`;
    const { diagnostics } = resolveFiles([`${QUIET}encryption: {enabled: true, ${strict}}\n`]);
    expect(diagnostics.map(brief)).toEqual([
      'PC201 ipv4NativeRoutingCIDR',
      'PC218 encryption.strictMode.egress.cidr',
    ]);
    expect(diagnostics[1]?.message).toContain(`strictMode.${direction}.enabled=true needs a range`);
  });

  it.each([
    'startup-taint.cluster-autoscaler.kubernetes.io/podcloak',
    'ignore-taint.cluster-autoscaler.kubernetes.io/podcloak',
    'notkubernetes.io/a',
    'agent-not-ready',
  ])('leave room for a startup taint of the user: %s', (key) => {
    const text = `encryption: {strictMode: {startupTaint: {enabled: true, key: ${key}}}}\n`;
    const own = `tolerations: [{key: ${key}, operator: Exists}]\n`;
    for (const one of [text, text + own]) {
      expect(resolveFiles([QUIET + one]).diagnostics).toEqual([]);
    }
  });

  it('are not looked into where the schema refuses one of them', () => {
    const { diagnostics } = resolveFiles([`${QUIET}monitoring: yes\nhealthPort: 9988\n`]);
    expect(diagnostics.map(brief)).toEqual(['PC102 monitoring 0.yaml:2:13']);
  });
});

describe('an image', () => {
  it.each(['quay.io/cilium/cilium', 'cilium/cilium', 'localhost:5000/mirror/cilium/cilium-ci'])(
    "of Cilium's agent is refused: %s",
    (repository) => {
      const { diagnostics } = resolveFiles([`image: {repository: "${repository}"}\n`]);
      expect(diagnostics.map(brief)).toEqual(['PC211 image.repository 0.yaml:1:21']);
      expect(diagnostics[0]?.remedy).toContain('Remove the image block of the Cilium values file');
    },
  );

  it.each([
    ['podcloak', true],
    ['team/podcloak', true],
    ['localhost/podcloak', false],
    ['registry:5000/podcloak', false],
    ['registry.example/podcloak', false],
    ['my-cilium/cilium-like', true],
  ])('without a registry is warned of: %s', (repository, isWarned) => {
    const { values, diagnostics } = resolveFiles([`image: {repository: "${repository}"}\n`]);
    expect(values?.image.repository).toBe(repository);
    expect(diagnostics.map(({ code }) => code)).toEqual(isWarned ? ['PC207'] : []);
  });

  it('with a digest has no use for a tag', () => {
    const image = `{repository: a.example/b, tag: v1, digest: "sha256:${'a'.repeat(64)}"}`;
    expect(resolveFiles([`image: ${image}\n`]).diagnostics.map(brief)).toEqual([
      'PC204 image.tag 0.yaml:1:39',
    ]);
  });
});

describe('a namespace', () => {
  it('may be created when Kubernetes does not make it', () => {
    const text = `${QUIET}namespace: {create: true}\n`;
    expect(resolveFiles([text], { namespace: 'podcloak' }).diagnostics).toEqual([]);
  });
});

describe('a key', () => {
  const line = '3+ rfc4106(gcm(aes)) 44434241343332312423222114131211f4f3f2f1 128';
  const given = [{ name: 'set-file', value: 'encryption.ipsec.key=keys' }];
  const io = (text: string) => ({
    out: () => undefined,
    err: () => undefined,
    outIsTerminal: false,
    errIsTerminal: false,
    read: () => new TextEncoder().encode(text),
    readLine: () => undefined,
  });

  it('is taken from --set-file, and its place is the option', () => {
    const good = readInputs({ given, arguments: [] }, io(line));
    const options = { namespace: 'kube-system' };
    expect(good.diagnostics).toEqual([]);
    expect(resolveValues(good.user, good.sources, options).values?.encryption.ipsec.key).toBe(line);

    const bad = readInputs({ given, arguments: [] }, io(`# ours\n${line} x y`));
    const { diagnostics } = resolveValues(bad.user, bad.sources, options);
    expect(diagnostics.filter(isError).map(brief)).toEqual([
      'PC303 encryption.ipsec.key --set-file',
    ]);
  });

  it('in a values file is warned of, at its place', () => {
    const values = [{ name: 'values', value: 'v.yaml' }];
    const text = `encryption:\n  ipsec:\n    key: ${line}\n`;
    const { diagnostics } = readInputs({ given: values, arguments: [] }, io(text));
    expect(diagnostics.map(brief)).toEqual(['PC213 encryption.ipsec.key v.yaml:3:5']);
    expect(JSON.stringify(diagnostics)).not.toContain('4443');
  });

  it.each([
    ['set', `encryption.ipsec.key=${line}`],
    ['set-string', `encryption.ipsec.key=${line}`],
    ['set-json', `encryption={"ipsec":{"key":"${line}"}}`],
    ['set-json', `{"encryption":{"ipsec":{"key":"${line}"}}}`],
  ])('on the command line is refused, and not quoted: --%s', (name, value) => {
    const { diagnostics } = readInputs({ given: [{ name, value }], arguments: [] }, io(''));
    expect(diagnostics.map(({ code }) => code)).toEqual(['PC122']);
    expect(JSON.stringify(diagnostics)).not.toContain('4443');
  });

  it('is checked also while encryption is off', () => {
    const text = `${QUIET}encryption: {ipsec: {key: "3 rfc4106(gcm(aes)) ${'00'.repeat(20)} 128"}}\n`;
    expect(resolveFiles([text]).diagnostics.map(({ code }) => code)).toEqual(['PC311', 'PC310']);
    expect(resolveFiles([QUIET + ON]).diagnostics).toEqual([]);
  });
});
