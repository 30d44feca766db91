/**
 * What the agent is measured beside: informers of the client library for the two kinds that an agent
 * watches. They keep the objects as they come and do nothing with them.
 */
import { CoreV1Api, CustomObjectsApi, KubeConfig, makeInformer } from '@kubernetes/client-node';

const config = new KubeConfig();
config.loadFromCluster();
const core = config.makeApiClient(CoreV1Api);
const custom = config.makeApiClient(CustomObjectsApi);
const records = { group: 'podcloak.dev', version: 'v1alpha1', plural: 'encryptionnodes' };

const nodes = makeInformer(config, '/api/v1/nodes', () => core.listNode());
const others = makeInformer(config, '/apis/podcloak.dev/v1alpha1/encryptionnodes', () =>
  custom.listClusterCustomObject(records),
);
for (const informer of [nodes, others])
  informer.on('error', (error) => console.error(String(error)));
await Promise.all([nodes.start(), others.start()]);
console.log(`has ${nodes.list().length} Nodes and ${others.list().length} records`);
