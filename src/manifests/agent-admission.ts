import { Construct } from 'constructs';
import type { ObjectMeta } from 'kubernetes-types/meta/v1.js';
import type { PodcloakValues } from '../values/index.js';
import { agentNamespace, objectMeta, serviceAccountName } from './identity.js';
import { API_GROUP, NAME } from './names.js';
import { clusterScoped, object } from './objects.js';
import { checkedValues } from './values.js';

/** The claim that the API server adds for a token bound to a pod: the pod's node (Kubernetes ≥1.30). */
const NODE_CLAIM = 'authentication.kubernetes.io/node-name';

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
    matchConditions: { name: string; expression: string }[];
    variables: { name: string; expression: string }[];
    validations: {
      expression: string;
      message?: string;
      messageExpression?: string;
      reason: string;
    }[];
  };
}

interface AdmissionPolicyBinding {
  metadata: ObjectMeta;
  spec: { policyName: string; validationActions: string[] };
}

/**
 * Lets an agent write the record of its own node only, which RBAC cannot say. It binds the agent's
 * ServiceAccount and nobody else: administrators and the garbage collector pass.
 *
 * @example
 *   new AgentAdmission(chart, 'admission');
 */
export class AgentAdmission extends Construct {
  constructor(scope: Construct, id: string, values: PodcloakValues = {}) {
    super(scope, id);
    const all = checkedValues(this, values);
    const name = `${NAME}-own-record`;
    const metadata = () => objectMeta(all, { name });
    const agent = `system:serviceaccount:${agentNamespace(this, all)}:${serviceAccountName(all)}`;

    const policy = object<AdmissionPolicy>(this, 'policy', {
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
              apiGroups: [API_GROUP],
              apiVersions: ['*'],
              operations: ['CREATE', 'UPDATE', 'DELETE'],
              resources: ['encryptionnodes', 'encryptionnodes/status'],
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
          {
            // A deletion has no new object; a creation has no old one.
            name: 'record',
            expression: "request.operation == 'DELETE' ? oldObject : object",
          },
        ],
        validations: [
          {
            expression: "variables.node != ''",
            message: 'the token is not bound to a pod on a node, so it may write no record',
            reason: 'Forbidden',
          },
          {
            expression:
              "request.operation != 'CREATE' || !has(object.metadata.generateName) || object.metadata.generateName == ''",
            message: "a record has its node's name; generateName is not allowed",
            reason: 'Forbidden',
          },
          {
            expression: 'variables.record.metadata.name == variables.node',
            messageExpression:
              "'the agent on node ' + variables.node + ' may not write the record of ' + variables.record.metadata.name",
            reason: 'Forbidden',
          },
        ],
      },
    });
    const binding = object<AdmissionPolicyBinding>(this, 'binding', {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: metadata(),
      spec: { policyName: name, validationActions: ['Deny'] },
    });
    clusterScoped(policy);
    clusterScoped(binding);
  }
}
