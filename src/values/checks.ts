import { dirname } from 'node:path/posix';
import { type Diagnostic, diagnostic } from '../errors/index.js';
import { parseKeyLines } from '../key-lines/index.js';
import { checkCidr } from './check-cidr.js';
import { type CheckInput, NATIVE_CIDRS } from './check-input.js';
import {
  checkKeyMaker,
  checkRotatedName,
  checkSchedule,
  checkTimeZone,
  checkWatched,
} from './check-key-making.js';
import {
  AUTOSCALER_KEY,
  checkTaintEffect,
  checkTaintKey,
  checkTolerated,
  KUBERNETES_KEY,
} from './check-startup-taint.js';
import {
  checkStrictCidrs,
  checkStrictCover,
  checkStrictEffect,
  checkStrictRange,
} from './check-strict.js';
import { checkTolerations } from './check-tolerations.js';
import { checkKeepalive, checkKeepaliveEffect } from './check-wireguard.js';
import { type Path, valueAt } from './json.js';

/** A rule that a schema cannot say. It runs only when the schema accepts all of `needs`. */
export interface Check {
  readonly needs: readonly string[];
  readonly run: (input: CheckInput) => Diagnostic[];
}

/** Environment variables that the DaemonSet sets. */
export const OWN_ENVIRONMENT: readonly string[] = [
  'NODE_NAME',
  'POD_NAMESPACE',
  'PODCLOAK_CONFIG_MAP',
  'PODCLOAK_HEALTH_PORT',
  'PODCLOAK_METRICS_PORT',
];

/** Volumes of the agent's pods that the DaemonSet has itself. */
const OWN_VOLUMES: readonly string[] = ['ipsec-keys', 'state', 'network-settings'];

/** More of them, set with `k8sServiceHost`. */
const SERVICE_ENVIRONMENT: readonly string[] = [
  'KUBERNETES_SERVICE_HOST',
  'KUBERNETES_SERVICE_PORT',
];

/** Labels that tell our objects and pods from others'. */
export const OWN_LABELS: readonly string[] = [
  'app.kubernetes.io/name',
  'app.kubernetes.io/component',
  'app.kubernetes.io/part-of',
  'app.kubernetes.io/version',
  'app.kubernetes.io/managed-by',
];

/** Folders of the agent's container that a mounted Secret must not cover, nor lie in. */
const OWN_FOLDERS: readonly string[] = [
  '/run/podcloak',
  '/var/run/secrets',
  '/proc',
  '/sys',
  '/dev',
  '/host/proc/sys/net',
];

/** The parents of files that the image needs: a Secret mounted there would hide all of it. */
const IMAGE_FOLDERS: readonly string[] = ['/etc', '/usr', '/lib', '/run', '/var', '/bin', '/app'];

const MADE_BY_KUBERNETES = ['kube-system', 'default', 'kube-public', 'kube-node-lease'];

/** What the chart's own checks need of these, by name. */
export const CHECK_LISTS = {
  OWN_ENVIRONMENT,
  SERVICE_ENVIRONMENT,
  OWN_LABELS,
  OWN_VOLUMES,
  OWN_FOLDERS,
  IMAGE_FOLDERS,
  MADE_BY_KUBERNETES,
} as const;

/** Cilium's agent image, under whatever mirror: a Cilium values file may name it. */
export const CILIUM_IMAGE = /(^|\/)cilium\/cilium(-dev|-ci)?$/;

/** Patterns that the chart's own checks need, by name. */
export const CHECK_PATTERNS = { CILIUM_IMAGE, KUBERNETES_KEY, AUTOSCALER_KEY } as const;

export const CHECKS: readonly Check[] = [
  {
    needs: ['encryption.enabled', 'routingMode', ...NATIVE_CIDRS],
    run: ({ values }) =>
      values.encryption.enabled && NATIVE_CIDRS.every((name) => values[name] === '')
        ? [
            diagnostic('PC201', 'encryption.enabled=true needs the range of the pods', {
              path: 'ipv4NativeRoutingCIDR',
            }),
          ]
        : [],
  },
  ...NATIVE_CIDRS.map((name, index): Check => {
    return {
      needs: [name],
      run: ({ values }) => checkCidr(name, values[name], index === 0 ? 4 : 6),
    };
  }),
  { needs: ['encryption.strictMode', ...NATIVE_CIDRS], run: checkStrictRange },
  { needs: ['encryption.strictMode.egress.cidr'], run: checkStrictCidrs },
  {
    needs: ['encryption.enabled', 'encryption.strictMode', ...NATIVE_CIDRS],
    run: checkStrictCover,
  },
  { needs: ['encryption.enabled', 'encryption.strictMode'], run: checkStrictEffect },
  { needs: ['encryption.strictMode.startupTaint.key'], run: checkTaintKey },
  { needs: ['encryption.strictMode.startupTaint', 'tolerations'], run: checkTolerated },
  { needs: ['encryption.enabled', 'encryption.strictMode'], run: checkTaintEffect },
  { needs: ['encryption.wireguard'], run: checkKeepalive },
  { needs: ['encryption.type', 'encryption.wireguard'], run: checkKeepaliveEffect },
  { needs: ['encryption.ipsec'], run: checkKey },
  { needs: ['encryption.ipsec'], run: checkKeyMaker },
  { needs: ['encryption.ipsec.rotation.schedule'], run: checkSchedule },
  { needs: ['encryption.ipsec.rotation.timeZone'], run: checkTimeZone },
  { needs: ['encryption.ipsec'], run: checkWatched },
  { needs: ['encryption.ipsec.rotation.schedule', 'fullnameOverride'], run: checkRotatedName },
  { needs: ['encryption.ipsec.mountPath'], run: checkMountPath },
  { needs: ['extraEnv'], run: checkExtraEnv },
  { needs: ['k8sServiceHost', 'extraEnv'], run: checkServiceEnv },
  { needs: ['extraVolumes'], run: checkVolumes },
  { needs: ['podLabels', 'commonLabels'], run: checkLabels },
  { needs: ['healthPort', 'monitoring'], run: checkPorts },
  {
    needs: ['tolerations'],
    run: ({ values }) => checkTolerations('tolerations', values.tolerations),
  },
  {
    needs: ['uninstall'],
    run: ({ values }) => checkTolerations('uninstall.tolerations', values.uninstall.tolerations),
  },
  { needs: ['image.repository'], run: checkImage },
  {
    needs: ['namespace', 'namespaceOverride'],
    run: ({ values, namespace }) =>
      values.namespace.create && MADE_BY_KUBERNETES.includes(namespace)
        ? [
            diagnostic('PC214', `Kubernetes makes the namespace ${namespace} itself`, {
              path: 'namespace.create',
            }),
          ]
        : [],
  },
  { needs: ['monitoring', 'updateStrategy', 'encryption', 'image', 'uninstall'], run: checkEffect },
];

function checkKey({ values }: CheckInput): Diagnostic[] {
  const path = 'encryption.ipsec.key';
  const text = values.encryption.ipsec.key ?? '';
  if (text === '') return [];
  return parseKeyLines(text).problems.map(({ code, line, message }) =>
    diagnostic(code, `line ${line}: ${message}`, { path }),
  );
}

function checkMountPath({ values }: CheckInput): Diagnostic[] {
  const path = values.encryption.ipsec.mountPath;
  const hidden = OWN_FOLDERS.find((own) => contains(path, own) || contains(own, path));
  const covers = IMAGE_FOLDERS.includes(path);
  if (hidden === undefined && !covers) return [];
  return [
    diagnostic('PC210', `${path} would hide ${hidden ?? `what the image has in ${path}`}`, {
      path: 'encryption.ipsec.mountPath',
    }),
  ];
}

function contains(folder: string, path: string): boolean {
  for (let here = path; ; here = dirname(here)) {
    if (here === folder) return true;
    if (here === '/') return false;
  }
}

function checkExtraEnv({ values }: CheckInput): Diagnostic[] {
  const seen = new Set<string>();
  return (values.extraEnv ?? []).flatMap(({ name, value, valueFrom }, index) => {
    const path = `extraEnv[${index}].name`;
    if ((value ?? '') !== '' && valueFrom !== undefined) {
      return [diagnostic('PC217', `${name} has both value and valueFrom`, { path })];
    }
    if (OWN_ENVIRONMENT.includes(name)) {
      return [diagnostic('PC206', `Podcloak sets ${name} itself`, { path })];
    }
    if (seen.has(name))
      return [diagnostic('PC205', `${name} stands in the list already`, { path })];
    seen.add(name);
    return [];
  });
}

/** With k8sServiceHost the DaemonSet sets two variables more. */
function checkServiceEnv({ values }: CheckInput): Diagnostic[] {
  if (values.k8sServiceHost === '') return [];
  return (values.extraEnv ?? []).flatMap(({ name }, index) =>
    SERVICE_ENVIRONMENT.includes(name)
      ? [diagnostic('PC206', `k8sServiceHost sets ${name}`, { path: `extraEnv[${index}].name` })]
      : [],
  );
}

function checkVolumes({ values }: CheckInput): Diagnostic[] {
  const seen = new Set(OWN_VOLUMES);
  return (values.extraVolumes ?? []).flatMap(({ name }, index) => {
    const isTaken = seen.has(name);
    seen.add(name);
    return isTaken
      ? [diagnostic('PC522', `there is a volume ${name}`, { path: `extraVolumes[${index}].name` })]
      : [];
  });
}

function checkLabels({ values }: CheckInput): Diagnostic[] {
  return (['podLabels', 'commonLabels'] as const).flatMap((map) =>
    Object.keys(values[map] ?? {})
      .filter((key) => OWN_LABELS.includes(key))
      .map((key) =>
        diagnostic('PC208', `Podcloak sets the label ${key}`, { path: `${map}."${key}"` }),
      ),
  );
}

function checkPorts({ values, given }: CheckInput): Diagnostic[] {
  const { monitoring, healthPort } = values;
  if (!monitoring.enabled || monitoring.port !== healthPort) return [];
  // At the one that was given: the other may be a default.
  const isGiven = valueAt(given, ['monitoring', 'port']) !== undefined;
  const [path, other] = isGiven
    ? ['monitoring.port', 'healthPort']
    : ['healthPort', 'monitoring.port'];
  return [diagnostic('PC209', `${other} is ${healthPort} as well`, { path })];
}

function checkImage({ values }: CheckInput): Diagnostic[] {
  const { repository } = values.image;
  const path = 'image.repository';
  if (CILIUM_IMAGE.test(repository)) {
    return [diagnostic('PC211', `${repository} is Cilium's agent`, { path })];
  }
  // Docker's rule: the first part is a registry when it holds a dot or a port, or is localhost.
  const first = repository.includes('/') ? repository.slice(0, repository.indexOf('/')) : '';
  if (/[.:]/.test(first) || first === 'localhost') return [];
  return [diagnostic('PC207', `${repository} names no registry`, { path })];
}

const DISABLE_BY_HAND =
  'Before you delete what was applied, run `podcloak encryption disable --wait`: it does what helm’s Job does.';

function checkEffect({ values, given }: CheckInput): Diagnostic[] {
  const gave = (...path: string[]) => valueAt(given, path as Path) !== undefined;
  const found: Diagnostic[] = [];
  const warn = (path: string, message: string, remedy?: string): void => {
    found.push(diagnostic('PC204', message, { path, ...(remedy === undefined ? {} : { remedy }) }));
  };
  const { monitoring, updateStrategy, encryption, image, uninstall } = values;
  if (!monitoring.enabled && gave('monitoring', 'port')) {
    warn('monitoring.port', 'has no effect while monitoring.enabled is false');
  }
  if (!monitoring.enabled && monitoring.podMonitor.enabled) {
    warn('monitoring.podMonitor.enabled', 'has no effect while monitoring.enabled is false');
  }
  if (updateStrategy.type === 'OnDelete' && gave('updateStrategy', 'rollingUpdate')) {
    warn('updateStrategy.rollingUpdate', 'has no effect with updateStrategy.type=OnDelete');
  }
  if (!encryption.ipsec.keyWatcher && gave('encryption', 'ipsec', 'keyRotationDuration')) {
    warn('encryption.ipsec.keyRotationDuration', 'has no effect while keyWatcher is false');
  }
  if (uninstall.disableFirst) {
    // The chart does not run this: there it has an effect.
    warn('uninstall.disableFirst', 'has no effect without helm', DISABLE_BY_HAND);
  }
  if ((image.digest ?? '') !== '' && gave('image', 'tag') && image.tag !== '') {
    warn('image.tag', 'has no effect beside image.digest');
  }
  return found;
}
