import { ConfigMap } from 'cdk8s-plus-27/lib/config-map.js';
import { Construct } from 'constructs';
import { both, commaList, either, isSet, not, text } from '../terms/index.js';
import type { MergedPodcloakValues, PodcloakValues } from '../values/index.js';
import { agentNamespace, fullName, objectMeta } from './identity.js';
import { checkedValues } from './values.js';

/**
 * The ConfigMap that the agents watch: what is in it reaches them with no restart. Its keys are the
 * paths of the values; a list is written with commas.
 *
 * @example
 *   new AgentConfig(chart, 'config', { encryption: { enabled: true } });
 */
export class AgentConfig extends Construct {
  constructor(scope: Construct, id: string, values: PodcloakValues = {}) {
    super(scope, id);
    const all = checkedValues(this, values);
    new ConfigMap(this, 'Default', {
      metadata: objectMeta(all, { name: fullName(all), namespace: agentNamespace(this, all) }),
      data: configOf(all),
    });
  }
}

function configOf({ encryption, ...values }: MergedPodcloakValues): Record<string, string> {
  const { ipsec, strictMode, wireguard } = encryption;
  const { egress, ingress, startupTaint } = strictMode;
  return {
    'encryption.enabled': text(encryption.enabled),
    'encryption.type': encryption.type,
    'encryption.nodeEncryption': text(encryption.nodeEncryption),
    'encryption.strictMode.egress.enabled': text(either(strictMode.enabled, egress.enabled)),
    'encryption.strictMode.egress.cidr': commaList(either(strictMode.cidr, egress.cidr)),
    'encryption.strictMode.egress.allowRemoteNodeIdentities': text(
      either(strictMode.allowRemoteNodeIdentities, egress.allowRemoteNodeIdentities),
    ),
    'encryption.strictMode.ingress.enabled': text(ingress.enabled),
    'encryption.strictMode.startupTaint.enabled': text(startupTaint.enabled),
    'encryption.strictMode.startupTaint.key': startupTaint.key,
    'encryption.ipsec.interface': commaList(ipsec.interface),
    'encryption.ipsec.secretName': ipsec.secretName,
    'encryption.ipsec.keyFile': ipsec.keyFile,
    'encryption.ipsec.mountPath': ipsec.mountPath,
    'encryption.ipsec.keyWatcher': text(ipsec.keyWatcher),
    'encryption.ipsec.keyRotationDuration': ipsec.keyRotationDuration,
    'encryption.wireguard.requireSecret': text(requiresSecret(encryption)),
    'encryption.wireguard.persistentKeepalive': wireguard.persistentKeepalive,
    routingMode: values.routingMode,
    ipv4NativeRoutingCIDR: values.ipv4NativeRoutingCIDR,
    ipv6NativeRoutingCIDR: values.ipv6NativeRoutingCIDR,
  };
}

/**
 * Whether agents wait for the Secret with WireGuard too: where values make a key, it may only be late. Of conditions
 * alone: helm's `or` would give out the key itself.
 */
function requiresSecret({ ipsec, wireguard }: MergedPodcloakValues['encryption']): boolean {
  const { secret, key, keyVolume, rotation } = ipsec;
  const makesNone = both(
    both(not(secret.generate), not(isSet(rotation.schedule))),
    both(not(isSet(key)), not(isSet(keyVolume))),
  );
  return not(both(not(wireguard.requireSecret), makesNone));
}
