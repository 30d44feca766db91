export * from './cluster.js'; export { KubeError } from './kube-error.js';
