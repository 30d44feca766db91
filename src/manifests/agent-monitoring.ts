import { Construct } from 'constructs';
import type { ObjectMeta } from 'kubernetes-types/meta/v1.js';
import type { PodcloakValues } from '../values/index.js';
import { NAME, objectLabels, SELECTOR } from './names.js';
import { namespaceOf, object } from './objects.js';
import { checkedValues } from './values.js';

/** monitoring.coreos.com/v1 of the Prometheus operator, as far as it is used here. */
interface PodMonitor {
  metadata: ObjectMeta;
  spec: {
    selector: { matchLabels: Record<string, string> };
    podMetricsEndpoints: object[];
  };
}

/**
 * A PodMonitor for the Prometheus operator.
 *
 * @example
 *   new AgentMonitoring(chart, 'monitoring', { monitoring: { enabled: true } });
 */
export class AgentMonitoring extends Construct {
  constructor(scope: Construct, id: string, values: PodcloakValues = {}) {
    super(scope, id);
    const { commonLabels, monitoring } = checkedValues(this, values);
    const { labels, interval } = monitoring.podMonitor;
    object<PodMonitor>(this, 'Default', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: {
        name: NAME,
        namespace: namespaceOf(this),
        labels: { ...labels, ...objectLabels(commonLabels) },
      },
      spec: {
        selector: { matchLabels: { ...SELECTOR } },
        podMetricsEndpoints: [
          {
            port: 'metrics',
            path: '/metrics',
            interval,
            // Instances are nodes: a pod's address here is its node's, its name changes.
            relabelings: [
              {
                action: 'replace',
                sourceLabels: ['__meta_kubernetes_pod_node_name'],
                targetLabel: 'node',
              },
            ],
          },
        ],
      },
    });
  }
}
