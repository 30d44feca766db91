import { Construct } from 'constructs';
import type { ObjectMeta } from 'kubernetes-types/meta/v1.js';
import { layered } from '../terms/index.js';
import type { PodcloakValues } from '../values/index.js';
import { agentNamespace, fullName, objectMeta } from './identity.js';
import { objectLabels, selectorLabels } from './labels.js';
import { object } from './objects.js';
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
    const all = checkedValues(this, values);
    const { labels, interval } = all.monitoring.podMonitor;
    object<PodMonitor>(this, 'Default', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: {
        ...objectMeta(all, { name: fullName(all), namespace: agentNamespace(this, all) }),
        labels: layered(labels, objectLabels(all)),
      },
      spec: {
        selector: { matchLabels: { ...selectorLabels(all) } },
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
