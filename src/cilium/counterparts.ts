import { type Json, type Path, SCHEMA } from '../values/index.js';
import { isEngine } from './engines.js';

/** A value of Cilium's chart that Podcloak has, too. */
export interface Counterpart {
  readonly from: Path;
  readonly to: Path;
  /** Another path or another meaning: said to the user, with this reason. */
  readonly note?: string;
  /** Meant for Cilium's agent and fit for ours: left out, and named, where our schema refuses it. */
  readonly isOptional?: true;
  /** Only this value has the counterpart; others have none, for the reason in `WITHOUT`. */
  readonly when?: (value: Json) => boolean;
  /** What it becomes, unless it stays as it is. */
  readonly becomes?: Json;
}

const path = (text: string): Path => text.split('.');
const same = (text: string): Counterpart => ({ from: path(text), to: path(text) });
const alongside = (text: string): Counterpart => ({ ...same(text), isOptional: true });
const renamed = (from: string, to: string): Counterpart => ({ from: path(from), to: path(to) });

/** Not `key`, which Cilium does not have: key material is never carried over. */
const IPSEC: readonly string[] = [
  'interface',
  'secretName',
  'keyFile',
  'mountPath',
  'keyWatcher',
  'keyRotationDuration',
];

/** What fits both agents, as far as this version has it. */
const ALONGSIDE: readonly string[] = [
  'imagePullSecrets',
  'tolerations',
  'nodeSelector',
  'priorityClassName',
  'commonLabels',
  'k8sServiceHost',
  'k8sServicePort',
];

/**
 * The values of Cilium's charts that mean something here. Names of older charts come first, so that the
 * newer one wins where a file has both.
 */
export const COUNTERPARTS: readonly Counterpart[] = [
  // From when the chart knew IPsec only.
  ...['interface', 'keyFile', 'mountPath', 'secretName'].map((name) =>
    renamed(`encryption.${name}`, `encryption.ipsec.${name}`),
  ),
  // From when strict mode had one direction.
  ...['enabled', 'cidr', 'allowRemoteNodeIdentities'].map((name) =>
    renamed(`encryption.strictMode.${name}`, `encryption.strictMode.egress.${name}`),
  ),
  renamed('nativeRoutingCIDR', 'ipv4NativeRoutingCIDR'),
  {
    ...renamed('tunnel', 'routingMode'),
    when: (value) => value === 'disabled',
    becomes: 'native',
  },
  same('encryption.enabled'),
  { ...same('encryption.type'), when: isEngine },
  same('encryption.nodeEncryption'),
  same('encryption.strictMode.egress'),
  same('encryption.strictMode.ingress'),
  ...IPSEC.map((name) => same(`encryption.ipsec.${name}`)),
  same('encryption.wireguard.persistentKeepalive'),
  { ...same('routingMode'), when: (value) => value === 'native' },
  same('ipv4NativeRoutingCIDR'),
  same('ipv6NativeRoutingCIDR'),
  ...ALONGSIDE.filter((name) => Object.hasOwn(SCHEMA.properties ?? {}, name)).map(alongside),
  {
    ...renamed('prometheus.enabled', 'monitoring.enabled'),
    note: 'Podcloak serves metrics of its own, on a port of its own',
  },
  {
    ...renamed('prometheus.serviceMonitor.enabled', 'monitoring.podMonitor.enabled'),
    note: 'Podcloak has a PodMonitor where Cilium has a ServiceMonitor',
  },
  {
    ...renamed('prometheus.serviceMonitor.interval', 'monitoring.podMonitor.interval'),
    isOptional: true,
  },
  {
    ...renamed('prometheus.serviceMonitor.labels', 'monitoring.podMonitor.labels'),
    isOptional: true,
  },
];

/** Where a cluster's pod range may be written when no native routing CIDR is, by family. */
export const POOLS: readonly { readonly to: string; readonly from: readonly Path[] }[] = [
  {
    to: 'ipv4NativeRoutingCIDR',
    from: ['ipam.operator.clusterPoolIPv4PodCIDRList', 'ipam.operator.clusterPoolIPv4PodCIDR'].map(
      path,
    ),
  },
  {
    to: 'ipv6NativeRoutingCIDR',
    from: ['ipam.operator.clusterPoolIPv6PodCIDRList', 'ipam.operator.clusterPoolIPv6PodCIDR'].map(
      path,
    ),
  },
];
