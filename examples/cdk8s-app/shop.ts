import { Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

/** A workload like any other: its pods are encrypted as they are, nothing in them says so. */
export class Shop extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'shop' });
    new Deployment(this, 'web', {
      replicas: 3,
      containers: [
        {
          image: 'registry.example.com/shop/web:1.4.2',
          portNumber: 8080,
          securityContext: { user: 1000 },
        },
      ],
    });
  }
}
