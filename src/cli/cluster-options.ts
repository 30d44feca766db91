import type { Option } from './command.js';

/** Which cluster, as kubectl is told. */
export const CLUSTER_OPTIONS: readonly Option[] = [
  { name: 'kubeconfig', value: 'FILE', offer: 'file', summary: 'The kubeconfig to use.' },
  { name: 'context', value: 'NAME', summary: 'The context of the kubeconfig to use.' },
];
