import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COUNTERPARTS, fromCilium, valuesFileText, WITHOUT } from '../../src/cilium/index.js';
import { type Diagnostic, isError } from '../../src/errors/index.js';
import {
  type JsonObject,
  parseYamlSource,
  plainSource,
  resolveValues,
  SCHEMA,
} from '../../src/values/index.js';

const NATIVE = 'routingMode: native\nipam: {mode: kubernetes}\n';

function convert(text: string, start = NATIVE) {
  const { source, diagnostics } = parseYamlSource('cilium.yaml', start + text);
  if (source === undefined) throw new Error(JSON.stringify(diagnostics));
  return fromCilium(source, 'kube-system');
}

const said = (report: readonly Diagnostic[]): string[] =>
  report.map(({ code, path, place }) => `${code} ${path} ${place?.line ?? '-'}`);

describe('values from those of Cilium', () => {
  it('have its encryption block one to one', () => {
    const block = {
      enabled: true,
      type: 'ipsec',
      nodeEncryption: true,
      strictMode: {
        egress: { enabled: true, cidr: '10.0.0.0/8', allowRemoteNodeIdentities: true },
        ingress: { enabled: true },
      },
      ipsec: {
        ...{ interface: ['eth0', 'eth1'], secretName: 's', keyFile: 'k', mountPath: '/etc/keys' },
        ...{ keyWatcher: false, keyRotationDuration: '1m' },
      },
      wireguard: { persistentKeepalive: '0s' },
    };
    const text = JSON.stringify({ encryption: block, ipv4NativeRoutingCIDR: '10.0.0.0/8' });
    const { values, report } = convert(text, '');

    expect(values).toEqual({ encryption: block, ipv4NativeRoutingCIDR: '10.0.0.0/8' });
    expect(report.map(({ path }) => path)).toEqual(['routingMode', 'ipam.mode']);
  });

  it.each<[string, JsonObject]>([
    ['encryption: {keyFile: k, mountPath: /etc/k}', { keyFile: 'k', mountPath: '/etc/k' }],
    ['encryption: {secretName: a, ipsec: {secretName: b}}', { secretName: 'b' }],
    ['encryption: {ipsec: {secretName: b}, secretName: a}', { secretName: 'b' }],
    ['encryption: {interface: eth0}', { interface: 'eth0' }],
  ])('understand the names of older charts: %s', (text, ipsec) => {
    const { values, report } = convert(text);
    expect(values).toEqual({ encryption: { ipsec }, routingMode: 'native' });
    expect(report).toEqual([]);
  });

  it.each<[string, JsonObject]>([
    ['tunnel: disabled', { routingMode: 'native' }],
    ['nativeRoutingCIDR: 10.0.0.0/8', { ipv4NativeRoutingCIDR: '10.0.0.0/8' }],
    [
      'encryption: {strictMode: {enabled: true, cidr: 10.0.0.0/8}}',
      { encryption: { strictMode: { egress: { enabled: true, cidr: '10.0.0.0/8' } } } },
    ],
  ])('understand the forms of older charts: %s', (text, expected) => {
    expect(convert(text, 'ipam: {mode: kubernetes}\n').values).toEqual(expected);
  });

  it('take the range of the pods from the pool, and say so, where nothing else has it', () => {
    const pool = 'ipam: {operator: {clusterPoolIPv4PodCIDRList: [10.0.0.0/8]}}\n';
    const { values, report } = convert(`${pool}encryption: {enabled: true}\n`, '');

    expect(values).toMatchObject({ ipv4NativeRoutingCIDR: '10.0.0.0/8' });
    expect(said(report)).toContain('PC466 ipam.operator.clusterPoolIPv4PodCIDRList -');
    const given = convert(
      `${pool}encryption: {enabled: true}\nipv4NativeRoutingCIDR: 10.0.0.0/16\n`,
      '',
    );
    expect(given.values).toMatchObject({ ipv4NativeRoutingCIDR: '10.0.0.0/16' });
  });

  it('cannot be had where encryption is on and no range is known', () => {
    const { values, report } = convert('encryption: {enabled: true}\n');

    expect(values).toBeUndefined();
    expect(report.filter(isError).map(({ code }) => code)).toEqual(['PC201']);
  });

  it('cannot be had from a value of the wrong type, whose place in the file is named', () => {
    const { values, report } = convert('encryption:\n  keyFile: [a]\n  enabled: "yes"\n');

    expect(values).toBeUndefined();
    expect(said(report)).toEqual([
      'PC102 encryption.ipsec.keyFile 4',
      'PC102 encryption.enabled 5',
    ]);
  });

  it('leave out what Podcloak does not do, and say what that means', () => {
    const { values, report } = convert(
      [
        'encryption:',
        '  enabled: true',
        '  type: ztunnel',
        '  ztunnel: {enabled: true}',
        '  somethingNew: true',
        'ipv4NativeRoutingCIDR: 10.0.0.0/8',
        'hubble: {enabled: true, relay: {enabled: true}}',
        'image: {tag: v1}',
        'kubeProxyReplacement: true',
        '',
      ].join('\n'),
    );

    expect(values).toEqual({
      encryption: { enabled: true },
      ipv4NativeRoutingCIDR: '10.0.0.0/8',
      routingMode: 'native',
    });
    expect(said(report)).toEqual([
      'PC467 encryption.type 5',
      'PC465 encryption.ztunnel 6',
      'PC467 encryption.somethingNew 7',
      'PC465 hubble 9',
      'PC465 image 10',
      'PC467 kubeProxyReplacement 11',
    ]);
    for (const { remedy } of report) expect(remedy).toMatch(/^\S.*\.$/);
  });

  it('have WireGuard and its keepalive, and name what Podcloak has no WireGuard for', () => {
    const { values, report } = convert(
      [
        'encryption:',
        '  enabled: true',
        '  type: wireguard',
        '  wireguard:',
        '    persistentKeepalive: 25s',
        '    userspaceFallback: true',
        '    encapsulate: true',
        'ipv4NativeRoutingCIDR: 10.0.0.0/8',
        '',
      ].join('\n'),
    );

    const wireguard = { persistentKeepalive: '25s' };
    expect(values?.encryption).toEqual({ enabled: true, type: 'wireguard', wireguard });
    expect(said(report)).toEqual([
      'PC467 encryption.wireguard.userspaceFallback 8',
      'PC465 encryption.wireguard.encapsulate 9',
    ]);
  });

  it('has encryption between the nodes themselves, with WireGuard, too', () => {
    const { values, report } = convert(
      'encryption:\n  enabled: true\n  type: wireguard\n  nodeEncryption: true\nipv4NativeRoutingCIDR: 10.0.0.0/8\n',
    );

    expect(values).toMatchObject({ encryption: { type: 'wireguard', nodeEncryption: true } });
    expect(said(report)).toEqual([]);
  });

  it.each([
    ['routingMode: tunnel\nipam: {mode: kubernetes}', 'PC467 routingMode 1'],
    ['tunnel: vxlan\nipam: {mode: kubernetes}', 'PC467 tunnel 1'],
    ['routingMode: native\nipam: {mode: eni}', 'PC467 ipam.mode 2'],
    ['routingMode: native', 'PC467 ipam.mode -'],
    ['ipam: {mode: kubernetes}', 'PC467 routingMode -'],
  ])('name what the cluster must have otherwise: %j', (text, expected) => {
    expect(said(convert(text, '').report)).toEqual([expected]);
  });

  it('say nothing of what is switched off', () => {
    const off = [
      'hubble: {enabled: false}',
      'kubeProxyReplacement: false',
      'encryption: {wireguard: {persistentKeepalive: 0s}, ipsec: {encryptedOverlay: false}}',
      'prometheus: {enabled: false}',
      'image: null',
    ];
    expect(convert(off.join('\n')).report).toEqual([]);
  });

  it('take along where pods may run, but not what our schema refuses', () => {
    const { values, report } = convert(
      'tolerations:\n- operator: Exists\nnodeSelector:\n  a: 5\npriorityClassName: p\n',
    );
    expect(values).toEqual({
      priorityClassName: 'p',
      routingMode: 'native',
      tolerations: [{ operator: 'Exists' }],
    });
    expect(said(report)).toEqual(['PC465 nodeSelector.a 6']);
  });

  it('have metrics where Cilium has them, and say that they are others', () => {
    const { values, report } = convert(
      'prometheus: {enabled: true, port: 9962, serviceMonitor: {enabled: true, interval: 5s}}\n',
    );
    expect(values).toMatchObject({
      monitoring: { enabled: true, podMonitor: { enabled: true, interval: '5s' } },
    });
    expect(report.map(({ code }) => code).sort()).toEqual(['PC465', 'PC466', 'PC466']);
  });

  it('never hold a key, though Cilium has no such value', () => {
    const { values, report } = convert('encryption: {ipsec: {key: 3+ rfc4106 deadbeef 128}}\n');
    expect(JSON.stringify([values, report])).not.toContain('deadbeef');
    expect(said(report)).toEqual(['PC467 encryption.ipsec.key 3']);
  });

  it('whatever the file holds, are valid, and read the same from the file that is printed', () => {
    const value = fc.oneof(
      fc.constantFrom('native', 'ipsec', 'wireguard', 'disabled', '', '10.0.0.0/8', 'yes', '1e3'),
      fc.boolean(),
      fc.integer(),
      fc.constant(null),
      fc.dictionary(fc.string({ maxLength: 5 }), fc.string()),
      fc.array(fc.string()),
      fc.string(),
    );
    const paths = [
      ...COUNTERPARTS.map(({ from }) => from.join('.')),
      ...WITHOUT.map(({ path }) => path),
      ...['a', '__proto__', 'encryption.x', 'ipam.operator.clusterPoolIPv4PodCIDRList'],
    ];
    const file = fc.array(fc.tuple(fc.constantFrom(...paths), value), { maxLength: 12 });
    fc.assert(
      fc.property(file, (entries) => {
        const given = entries.reduce((all, [path, one]) => put(all, path.split('.'), one), {});
        const source = plainSource('cilium.yaml', 'file', given);
        const { values, report } = fromCilium(source, 'kube-system');
        if (values === undefined) {
          expect(report.some(isError)).toBe(true);
          return;
        }
        const printed = parseYamlSource('x', valuesFileText(values, 'cilium.yaml')).source?.value;
        expect(printed).toEqual(values);
        const { diagnostics } = resolveValues(values, [], { namespace: 'kube-system' });
        expect(diagnostics.filter(isError)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

/** A copy with a value at a path. */
function put(
  all: JsonObject,
  [step = '', ...rest]: string[],
  value: JsonObject[string],
): JsonObject {
  const below = Object.hasOwn(all, step) ? all[step] : undefined;
  const map = typeof below === 'object' && below !== null && !Array.isArray(below) ? below : {};
  const next = rest.length === 0 ? value : put(map, rest, value);
  return Object.defineProperty({ ...all }, step, { value: next, enumerable: true });
}

describe('the table of counterparts', () => {
  it('leads to values that there are', () => {
    for (const { to } of COUNTERPARTS) {
      let node: typeof SCHEMA | undefined = SCHEMA;
      for (const step of to) node = node?.properties?.[String(step)];
      expect(node, to.join('.')).toBeDefined();
    }
  });

  it('gives a reason, in lower case and without a full stop, for each that has none', () => {
    for (const { why, remedy, when } of WITHOUT) {
      if (when?.(true) === false && why === '') continue;
      expect(why).toMatch(/^[\p{Ll}PC].*[^.]$/u);
      expect(remedy ?? 'None.').toMatch(/^[A-Z].*\.$/);
    }
  });
});
