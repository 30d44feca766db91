import fc from 'fast-check';
import { parseSet, valuePaths } from '../../src/values/index.js';
import type { Json, JsonObject } from '../../src/values/json.js';
import { NASTY_STRINGS } from '../property/arbitraries.js';

/** Names that Kubernetes takes, and that YAML readers take for something else. */
const NAMES = ['keys', '1e3', '0x1', 'null', 'true', 'yes', 'on', 'n', '1.5', '017', '2001-01-01'];

// The reader of YAML 1.1 that these tests use takes e11 for a number, which helm writes without quotes.
const name = fc.oneof(
  fc.constantFrom(...NAMES),
  fc.stringMatching(/^[a-z0-9]{1,12}$/).filter((text) => !/^e[0-9]+$/.test(text)),
);

/** What kubectl cannot carry is refused by `synth` alone. */
const lost = /[\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/u;

const anyText = fc
  .oneof(
    fc.constantFrom(...NASTY_STRINGS, '{{ fail "read as a template" }}', '"{{', '}}', "it's"),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom('a', ' ', '\n', ':', '#', '-', '\t', "'", '"'),
      maxLength: 9,
    }),
  )
  .filter((text) => !lost.test(text));

const labelKey = fc.constantFrom(
  ...['team', 'a', 'b', 'yes', '1', '1e3', 'null', 'x.io/y', 'true', 'A_b.c'],
  // Helm's own labels, which a user of plain manifests may want to set.
  ...['helm.sh/chart', 'app.kubernetes.io/instance'],
);

function mapOf<T extends Json>(key: fc.Arbitrary<string>, value: fc.Arbitrary<T>) {
  return fc
    .uniqueArray(fc.tuple(key, value), { maxLength: 4, selector: ([one]) => one })
    .map((entries): JsonObject => Object.fromEntries(entries));
}

const labels = mapOf(labelKey, fc.oneof(fc.constant(''), fc.constantFrom('x', 'A.b'), name));
const annotations = mapOf(labelKey, anyText);

/**
 * Names that no field of Kubernetes has: helm prints `<<` so that it reads it back as a merge of maps, and
 * cdk8s loses `__proto__` and fails at `constructor`.
 */
const UNUSABLE_KEYS = ['<<', '__proto__', 'constructor'];

/** Free data, as in affinities: no null, which helm keeps where there is no default. */
const { value: anyData, map: data } = fc.letrec<{ value: Json; map: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(
      anyText,
      fc.integer(),
      fc.boolean(),
      fc.constantFrom(1.5, 1e6, 1.5e21, 1.5e-7, 2 ** 53),
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('map'),
  ),
  map: mapOf(
    anyText.filter((key) => !UNUSABLE_KEYS.includes(key) && key.length < 300),
    tie('value') as fc.Arbitrary<Json>,
  ),
}));

const port = fc.integer({ min: 1, max: 65535 });
const flag = fc.boolean();

/** Each of these may be missing. */
function some(fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<JsonObject> {
  return fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>;
}

/** The value, or a null that deletes a default which need not be there. */
function orNull<T>(value: fc.Arbitrary<T>) {
  return fc.oneof({ arbitrary: value, weight: 6 }, { arbitrary: fc.constant(null), weight: 1 });
}

const cidrs = ['10.0.0.0/8', '10.244.0.0/16', 'fd00::/48', '0.0.0.0/0', '::/0'];
const device = fc.constantFrom('eth0', 'null', 'yes', '1e3', 'ens3.100', 'é', '{{', '');
const key = fc.constantFrom(
  '',
  `3+ rfc4106(gcm(aes)) ${'0123456789'.repeat(4)} 128`,
  `3+ rfc4106(gcm(aes)) ${'0123456789'.repeat(4)} 128\n4+ rfc4106(gcm(aes)) ${'ab12345678'.repeat(4)} 128\n`,
);
const duration = fc.constantFrom('5m', '1h30m', '0s', '1.5h');
const folder = fc.constantFrom('/etc/ipsec', '/keys', '/a/1e3', '/etc/null', '/yes');

const ipsec = {
  interface: fc.oneof(device, fc.uniqueArray(device, { maxLength: 3 })),
  secretName: name,
  keyFile: fc.oneof(name, fc.constantFrom('A_b.c', '_', '-')),
  mountPath: folder,
  keyRotationDuration: duration,
};
const givenKey = {
  ...ipsec,
  keyVolume: orNull(some({ hostPath: data, csi: data, '1e3': anyText })),
  keyWatcher: flag,
  key: orNull(key),
};
/** A key that the cluster makes and changes. */
const ownKey = {
  ...ipsec,
  secret: some({ generate: flag }),
  rotation: some({
    schedule: fc.constantFrom('', '@weekly', '0 3 * * 0', '*/5  1-3,7 ? jan-MAR 0'),
    timeZone: fc.constantFrom('Etc/UTC', 'Europe/Berlin', 'EST5EDT', '1e3', 'null', 'UTC', 'LOCAL'),
  }),
};

const encryption = some({
  enabled: flag,
  type: fc.constantFrom('ipsec', 'wireguard'),
  nodeEncryption: flag,
  strictMode: some({
    egress: some({
      enabled: flag,
      cidr: fc.oneof(fc.constantFrom('', ...cidrs), fc.uniqueArray(fc.constantFrom(...cidrs))),
      allowRemoteNodeIdentities: flag,
    }),
    ingress: some({ enabled: flag }),
    // The older names of egress's.
    enabled: flag,
    cidr: fc.constantFrom<Json>('', '', '', ['10.0.0.0/8'], '10.0.0.0/8', [], []),
    allowRemoteNodeIdentities: flag,
    startupTaint: some({
      // Few of the tolerations below go with it.
      enabled: fc.constantFrom(false, false, true, false, false),
      key: fc.constantFrom(
        ...['a', '1e3', 'null', 'x.io/not-ready', 'b', 'yes', 'true', '0x1', 'c', 'on', 'x.io/1e3'],
        ...['node.kubernetes.io/unschedulable', 'k8s.io/a'],
        'startup-taint.cluster-autoscaler.kubernetes.io/podcloak',
      ),
    }),
  }),
  ipsec: fc.oneof(
    { arbitrary: fc.record(givenKey, { requiredKeys: [] }), weight: 3 },
    { arbitrary: fc.record(ownKey, { requiredKeys: [] }), weight: 2 },
    // Few of these go together.
    { arbitrary: fc.record({ ...givenKey, ...ownKey }, { requiredKeys: [] }), weight: 1 },
  ),
  wireguard: some({
    // Wrong ones are those of keepalive.test.ts.
    persistentKeepalive: fc.constantFrom('0s', '25s', '1m', '1.1h', '1000ms', '18h12m15s'),
  }),
});

const toleration = fc.oneof(
  fc.record({ key: anyText, operator: fc.constant('Exists') }),
  fc
    .record(
      {
        key: anyText.filter((text) => text !== ''),
        value: anyText,
        effect: fc.constant('NoExecute'),
        tolerationSeconds: fc.oneof(fc.integer(), fc.constantFrom(1e6, 2 ** 53)),
      },
      { requiredKeys: ['key'] },
    )
    .filter(
      ({ tolerationSeconds, effect }) => tolerationSeconds === undefined || effect !== undefined,
    ),
);

const tolerations = orNull(fc.array(toleration, { maxLength: 3 }));

const quantities = mapOf(
  fc.constantFrom('cpu', 'memory', 'nvidia.com/gpu', '1', 'null'),
  fc.oneof(
    fc.constantFrom('25m', '1', '128Mi', '1e3', '0.5', '1E'),
    fc.constantFrom(0, 1, 0.5, 1e6, 1.5e21),
  ),
);

const variable = fc.oneof(
  fc.record({ name: fc.constantFrom('A', 'b', 'yes', 'null', '_1e3', 'N'), value: anyText }),
  fc.record({ name: fc.constantFrom('A', 'c.d'), valueFrom: data }),
);

/** Values that are good, as far as each for itself goes; some do not go together. */
export const chartValues: fc.Arbitrary<JsonObject> = some({
  encryption,
  routingMode: fc.constant('native'),
  ipv4NativeRoutingCIDR: fc.constantFrom('10.0.0.0/8', '10.244.0.0/16', ''),
  ipv6NativeRoutingCIDR: fc.constantFrom('fd00::/48', ''),
  image: some({
    repository: fc.constantFrom('podcloak', 'registry.example:5000/a/b', '1e3', 'null', '0x1'),
    tag: orNull(fc.constantFrom('', '1e3', '0.1', 'null', 'yes', 'v1_2-3')),
    digest: orNull(fc.constantFrom('', `sha256:${'0'.repeat(64)}`)),
    pullPolicy: fc.constantFrom('Always', 'IfNotPresent', 'Never'),
  }),
  imagePullSecrets: fc.uniqueArray(fc.record({ name }), { maxLength: 3, selector: (s) => s.name }),
  healthPort: port,
  monitoring: some({
    enabled: flag,
    port,
    podMonitor: some({
      enabled: flag,
      interval: fc.constantFrom('30s', '0', '1m30s'),
      labels: orNull(labels),
    }),
  }),
  resources: orNull(some({ requests: orNull(quantities), limits: orNull(quantities) })),
  tolerations,
  nodeSelector: orNull(labels),
  affinity: orNull(some({ nodeAffinity: orNull(data), podAffinity: data, podAntiAffinity: data })),
  priorityClassName: name,
  updateStrategy: some({
    type: fc.constantFrom('RollingUpdate', 'OnDelete'),
    rollingUpdate: orNull(
      some({ maxUnavailable: orNull(fc.oneof(fc.integer({ min: 1 }), fc.constant('5%'))) }),
    ),
  }),
  podLabels: orNull(labels),
  podAnnotations: orNull(annotations),
  commonLabels: orNull(labels),
  extraEnv: orNull(fc.uniqueArray(variable, { maxLength: 3, selector: (one) => one.name })),
  // None of those that Kubernetes makes itself.
  namespace: some({ create: fc.constantFrom(false, true, false) }),
  namespaceOverride: fc.constantFrom('', '', '1e3', 'null', 'podcloak'),
  fullnameOverride: fc.constantFrom('', '', '1e3', 'null', 'net-podcloak', `a${'b'.repeat(49)}`),
  uninstall: some({
    disableFirst: flag,
    timeoutSeconds: fc.integer({ min: 1, max: 86_400 }),
    tolerations,
  }),
  k8sServiceHost: fc.constantFrom('', '10.0.0.1', 'fd00::1', 'api.example.com', '1e3'),
  k8sServicePort: fc.constantFrom('', '6443', 443, 6443, 65535),
  commonAnnotations: orNull(annotations),
  hostAliases: orNull(
    fc.array(
      fc.record({
        ip: fc.constantFrom('10.0.0.1', 'fd00::1', '1e3'),
        hostnames: fc.array(anyText, { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
  ),
  extraVolumes: orNull(
    fc.uniqueArray(fc.record({ name, hostPath: data }, { requiredKeys: ['name'] }), {
      maxLength: 3,
      selector: (one) => one.name,
    }),
  ),
  extraVolumeMounts: orNull(fc.array(fc.record({ name, mountPath: anyText }), { maxLength: 2 })),
  podSecurityContext: orNull(
    some({
      seccompProfile: orNull(data),
      seLinuxOptions: fc.record({ level: fc.constantFrom('s0:c1,c2', '1e3') }),
      '1e3': data,
    }),
  ),
  securityContext: orNull(
    some({ capabilities: orNull(data), privileged: flag, runAsUser: orNull(fc.nat()) }),
  ),
  serviceAccount: some({
    create: flag,
    name: fc.oneof(fc.constant(''), name),
    annotations: orNull(annotations),
  }),
  rbac: some({ create: flag }),
  extraObjects: orNull(
    fc.uniqueArray(
      fc.record(
        {
          apiVersion: fc.constantFrom('v1', '1e3'),
          kind: fc.constantFrom('Extra', 'Null', 'Yes'),
          metadata: fc.record(
            { name, namespace: name, labels: fc.oneof(labels, fc.constant({})) },
            { requiredKeys: ['name'] },
          ),
          data: mapOf(name, anyText),
          spec: data,
        },
        { requiredKeys: ['apiVersion', 'kind', 'metadata'] },
      ),
      { maxLength: 2, selector: ({ kind }) => kind },
    ),
  ),
  resourceQuota: some({ create: flag, pods: fc.constantFrom('500', '10k', '1') }),
  global: data,
  enabled: flag,
});

/** Any data at paths that the schema knows, most of it wrong there. */
export const anyValues: fc.Arbitrary<JsonObject> = fc
  .array(fc.tuple(fc.constantFrom(...valuePaths(), 'encryption', 'image', 'unknown'), anyData), {
    maxLength: 3,
  })
  .map((pairs) =>
    pairs.reduce<JsonObject>((values, [path, value]) => {
      const set = parseSet(`${path}=${JSON.stringify(value)}`, 'json', values, '--set-json');
      return 'value' in set ? set.value : values;
    }, {}),
  );

/** Namespaces, some of which look like numbers and booleans. */
export const namespaces = fc.constantFrom('kube-system', 'podcloak', '1e3', 'null', 'true', '0x1');
