export { type ClusterOutput, otherClusters, writeFleet } from './fleet-folder.js';
export { outputFiles, writeFolder } from './folder.js';
export { renderCleanup, renderManifests } from './manifests.js';
export type { Manifest } from './order.js';
export { blockYaml, scalar, streamYaml } from './yaml.js';
