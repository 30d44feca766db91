/** The pods and Services of a user, between which traffic runs. */
import { BOX } from './box-image.js';

/** `left` and its neighbour on the first node, `right` on the second. */
export const PODS = { left: 'n1', neighbour: 'n1', right: 'n2' } as const;

/** Of the Service `right`: one address in the cluster, and a port of every node for each of its ports. */
export const SERVICE = {
  address: '10.96.50.50',
  ports: {
    udp: { protocol: 'UDP', port: 7001, nodePort: 30_001 },
    tcp: { protocol: 'TCP', port: 7002, nodePort: 30_002 },
    outside: { protocol: 'UDP', port: 7003, nodePort: 30_003 },
  },
} as const;

export function workload(): string {
  const pods = Object.entries(PODS).map(([name, node]) => {
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels: { app: name } },
      spec: {
        // By label, not by name: the scheduler is part of it.
        nodeSelector: { 'kubernetes.io/hostname': node },
        terminationGracePeriodSeconds: 0,
        // There is no DNS in this cluster.
        dnsPolicy: 'Default',
        containers: [{ name: 'box', image: BOX, imagePullPolicy: 'IfNotPresent' }],
      },
    };
  });
  const ports = Object.entries(SERVICE.ports).map(([name, port]) => {
    return { name, targetPort: port.port, ...port };
  });
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'right' },
    spec: { type: 'NodePort', clusterIP: SERVICE.address, selector: { app: 'right' }, ports },
  };
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [...pods, service] });
}
