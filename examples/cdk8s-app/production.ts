import { readFileSync } from 'node:fs';
import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  AgentAdmission,
  AgentConfig,
  AgentDaemonSet,
  AgentRbac,
  EncryptionNodeCrd,
  IpsecSecret,
} from 'podcloak';
import { production } from './values.js';

const NAMESPACE = 'kube-system';

/** What only administrators of the cluster may apply. */
export class ProductionRights extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: NAMESPACE });
    new EncryptionNodeCrd(this, 'crd', production);
    new AgentRbac(this, 'rbac', production);
    new AgentAdmission(this, 'admission', production);
  }
}

/** What the pipeline applies. Every part is given the same values, and takes what concerns it. */
export class ProductionAgents extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: NAMESPACE });
    new AgentConfig(this, 'config', production);

    // Key lines are in no repository. Without the file, the Secret comes from somewhere else.
    const file = process.env.IPSEC_KEYS_FILE;
    if (file !== undefined) {
      const key = readFileSync(file, 'utf8');
      const encryption = { ...production.encryption, ipsec: { key } };
      new IpsecSecret(this, 'keys', { ...production, encryption });
    }

    const agent = new AgentDaemonSet(this, 'agent', production);
    // What no value is for: the object behind a construct, patched as in any cdk8s app.
    ApiObject.of(agent).addJsonPatch(
      JsonPatch.add('/spec/minReadySeconds', 10),
      JsonPatch.replace('/spec/template/spec/containers/0/readinessProbe/failureThreshold', 3),
    );
  }
}
