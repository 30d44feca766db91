/**
 * What is used of the client library. Imported by name in a file of its own, so that a bundler can leave
 * out the rest: the classes of all kinds of the API alone take 11 MB of a process.
 */
export { KubeConfig } from '@kubernetes/client-node';
