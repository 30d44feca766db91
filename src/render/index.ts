export { outputFiles, writeFolder } from './folder.js';
export { renderCleanup, renderManifests } from './manifests.js';
export type { Manifest } from './order.js';
export { scalar, streamYaml } from './yaml.js';
