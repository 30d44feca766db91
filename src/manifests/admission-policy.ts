import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ObjectMeta } from 'kubernetes-types/meta/v1.js';
import type { MergedPodcloakValues } from '../values/index.js';
import { agentNamespace, objectMeta, serviceAccountName } from './identity.js';
import { clusterScoped, object } from './objects.js';

/** The claim that the API server adds for a token bound to a pod: the pod's node (Kubernetes ≥1.30). */
const NODE_CLAIM = 'authentication.kubernetes.io/node-name';

/** An expression in CEL under a name, which later ones use as `variables.NAME`. */
export interface Variable {
  readonly name: string;
  readonly expression: string;
}

/** What has to hold of each request; of those that do not, the first one's message is the answer. */
export interface Validation {
  readonly expression: string;
  readonly message?: string;
  readonly messageExpression?: string;
}

/** What an agent may do to the objects of one kind. */
export interface AgentRule {
  /** The name of the policy and of its binding. */
  readonly name: string;
  readonly apiGroup: string;
  readonly resources: readonly string[];
  /** Besides `variables.node`: the node that the token's pod is on, or empty. */
  readonly variables: readonly Variable[];
  readonly validations: readonly Validation[];
}

/** admissionregistration.k8s.io/v1, as far as it is used here; not in kubernetes-types 1.30. */
interface AdmissionPolicy {
  metadata: ObjectMeta;
  spec: {
    failurePolicy: 'Fail';
    matchConstraints: {
      matchPolicy: 'Equivalent';
      namespaceSelector: object;
      objectSelector: object;
      resourceRules: object[];
    };
    matchConditions: Variable[];
    variables: Variable[];
    validations: (Validation & { reason: string })[];
  };
}

interface AdmissionPolicyBinding {
  metadata: ObjectMeta;
  spec: { policyName: string; validationActions: string[] };
}

/**
 * A ValidatingAdmissionPolicy and its binding for the agent's ServiceAccount and nobody else: administrators
 * and controllers pass. An expression that cannot be computed refuses.
 *
 * @param ids of the two constructs
 */
export function agentPolicy(
  scope: Construct,
  ids: { readonly policy: string; readonly binding: string },
  values: MergedPodcloakValues,
  { name, apiGroup, resources, variables, validations }: AgentRule,
): readonly ApiObject[] {
  const metadata = () => objectMeta(values, { name });
  const agent = `system:serviceaccount:${agentNamespace(scope, values)}:${serviceAccountName(values)}`;
  const policy = object<AdmissionPolicy>(scope, ids.policy, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: metadata(),
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        matchPolicy: 'Equivalent',
        namespaceSelector: {},
        objectSelector: {},
        resourceRules: [
          {
            apiGroups: [apiGroup],
            apiVersions: ['*'],
            operations: ['CREATE', 'UPDATE', 'DELETE'],
            resources: [...resources],
            scope: '*',
          },
        ],
      },
      matchConditions: [
        { name: 'by-the-agent', expression: `request.userInfo.username == '${agent}'` },
      ],
      variables: [
        {
          name: 'node',
          expression: `'${NODE_CLAIM}' in request.userInfo.extra && size(request.userInfo.extra['${NODE_CLAIM}']) == 1 ? request.userInfo.extra['${NODE_CLAIM}'][0] : ''`,
        },
        ...variables,
      ],
      validations: validations.map((one) => ({ ...one, reason: 'Forbidden' })),
    },
  });
  const binding = object<AdmissionPolicyBinding>(scope, ids.binding, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: metadata(),
    spec: { policyName: name, validationActions: ['Deny'] },
  });
  return [clusterScoped(policy), clusterScoped(binding)];
}
