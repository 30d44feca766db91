import { Construct } from 'constructs';
import { both, either, isSet } from '../terms/index.js';
import type { PodcloakValues } from '../values/index.js';
import { AgentAdmission } from './agent-admission.js';
import { AgentConfig } from './agent-config.js';
import { AgentDaemonSet } from './agent-daemonset.js';
import { AgentMonitoring } from './agent-monitoring.js';
import { AgentNamespace } from './agent-namespace.js';
import { AgentQuota } from './agent-quota.js';
import { AgentRbac } from './agent-rbac.js';
import { EncryptionNodeCrd } from './encryption-node-crd.js';
import { ExtraObjects } from './extra-objects.js';
import { IpsecSecret } from './ipsec-secret.js';
import { KeyJob } from './key-job.js';
import { onlyWhen } from './only-when.js';
import { RotationCronJob } from './rotation-cron-job.js';
import { checkedValues } from './values.js';

/**
 * All of Podcloak: what `podcloak synth` prints, inside your own cdk8s app. The objects go to the
 * chart's namespace, or to kube-system.
 *
 * Its parts are its children, under the ids `crd`, `rbac`, `admission`, `config`, `agent` and `extra`, and where
 * values ask for them `namespace`, `quota`, `keys`, `key-job`, `rotation` and `monitoring`:
 * `podcloak.node.findChild('agent')`.
 *
 * With encryption enabled or disabled, the same objects are rendered: disabling is a state that the
 * agents carry out, so an apply never leaves one behind.
 *
 * @example
 *   const chart = new Chart(new App(), 'podcloak', { namespace: 'kube-system' });
 *   new Podcloak(chart, 'podcloak', {
 *     encryption: { enabled: true },
 *     ipv4NativeRoutingCIDR: '10.244.0.0/16',
 *   });
 *
 * @throws PodcloakError that names every wrong value, with the construct's path
 */
export class Podcloak extends Construct {
  constructor(scope: Construct, id: string, values: PodcloakValues = {}) {
    super(scope, id);
    const all = checkedValues(this, values);
    onlyWhen(all.namespace.create, () => new AgentNamespace(this, 'namespace', all));
    onlyWhen(all.resourceQuota.create, () => new AgentQuota(this, 'quota', all));
    new EncryptionNodeCrd(this, 'crd', all);
    new AgentRbac(this, 'rbac', all);
    new AgentAdmission(this, 'admission', all);
    new AgentConfig(this, 'config', all);
    const { key, secret, rotation } = all.encryption.ipsec;
    onlyWhen(either(secret.generate, isSet(key)), () => new IpsecSecret(this, 'keys', all));
    new AgentDaemonSet(this, 'agent', all);
    onlyWhen(secret.generate, () => new KeyJob(this, 'key-job', all));
    onlyWhen(isSet(rotation.schedule), () => new RotationCronJob(this, 'rotation', all));
    const { enabled, podMonitor } = all.monitoring;
    onlyWhen(both(enabled, podMonitor.enabled), () => new AgentMonitoring(this, 'monitoring', all));
    new ExtraObjects(this, 'extra', all);
  }
}
