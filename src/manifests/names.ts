import { VERSION } from '../version.js';

/** The name of the product, and of every object that needs no other. */
export const NAME = 'podcloak';

/** Where the agent goes unless the user says otherwise: where Cilium's guide puts the Secret. */
export const DEFAULT_NAMESPACE = 'kube-system';

/** The API group of the record, and its first version. */
export const API_GROUP = 'podcloak.dev';
export const API_VERSION = 'v1alpha1';

/** Whether it is a RFC 1123 label, as the API server wants the name of a namespace. */
export function isNamespaceName(text: string): boolean {
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text);
}

/** Where events about cluster-scoped objects go: the API server allows no other namespace. */
export const EVENTS_NAMESPACE = 'default';

/** A host folder in memory: what an agent must remember over a restart, but not over a reboot. */
export const STATE_FOLDER = '/run/podcloak';

/** The settings of the host's network, of the kernel. */
export const SETTINGS_FOLDER = '/proc/sys/net';

/** Where the agent's container has them to write. */
export const WRITABLE_SETTINGS_FOLDER = '/host/proc/sys/net';

/** Where the agent of a node answers the commands of people on that node. */
export const AGENT_SOCKET = `${STATE_FOLDER}/agent.sock`;

export type Labels = Readonly<Record<string, string>>;

/** What tells the agents from other pods of ours. */
export const COMPONENT: Labels = { 'app.kubernetes.io/component': 'agent' };

/**
 * What the DaemonSet finds its pods by. Selectors are immutable, so neither a value nor a release's
 * name is part of them.
 */
export const SELECTOR: Labels = { 'app.kubernetes.io/name': NAME, ...COMPONENT };

/** The same of the DaemonSet that cleans up, whose pods must never pass for agents. */
export const CLEANUP_SELECTOR: Labels = { ...SELECTOR, 'app.kubernetes.io/component': 'cleanup' };

/** The pods that make or change the key, which must never pass for agents either. */
export const KEYS_COMPONENT: Labels = { 'app.kubernetes.io/component': 'keys' };

/** The labels that tell our objects from others', and who made which version of them. */
export function ownLabels(version = VERSION, service = NAME): Labels {
  return {
    'app.kubernetes.io/name': NAME,
    'app.kubernetes.io/part-of': NAME,
    'app.kubernetes.io/version': version,
    'app.kubernetes.io/managed-by': service,
  };
}
