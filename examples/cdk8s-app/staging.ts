import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Podcloak } from 'podcloak';
import { staging } from './values.js';

/** All of Podcloak at once: what `podcloak synth` prints for the same values. */
export class Staging extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'kube-system' });
    const podcloak = new Podcloak(this, 'podcloak', staging);

    // The parts are its children, under the ids crd, rbac, admission, config and agent.
    const agent = ApiObject.of(podcloak.node.findChild('agent'));
    agent.metadata.addAnnotation('example.com/owner', 'platform@example.com');
  }
}
