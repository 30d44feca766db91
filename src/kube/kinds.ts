/** The record's kind; a test holds these equal to those of the manifests, which load cdk8s. */
export const RECORD = { apiVersion: 'podcloak.dev/v1alpha1', kind: 'EncryptionNode' } as const;
export const RECORDS_PATH = '/apis/podcloak.dev/v1alpha1/encryptionnodes';

export const NODES_PATH = '/api/v1/nodes';
/** Its UID stands for the cluster: it cannot be deleted. */
export const IDENTITY_PATH = '/api/v1/namespaces/kube-system';

/** Events about cluster-scoped objects belong to this namespace. */
export const EVENTS_PATH = '/apis/events.k8s.io/v1/namespaces/default/events';

/** Whose fields ours are (`metadata.managedFields`), and who reports events. */
export const FIELD_MANAGER = 'podcloak';
/** Who changes the agents' ConfigMap for a person, for as long as that takes. */
export const DISABLE_MANAGER = 'podcloak-disable';
export const REPORTING_CONTROLLER = 'podcloak.dev/agent';
