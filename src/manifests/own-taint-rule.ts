import type { AgentRule } from './admission-policy.js';
import { NAME } from './names.js';

/** Fields of the metadata that the API server writes itself on each change. */
const WRITTEN_BY_THE_SERVER = "['generation', 'managedFields', 'resourceVersion']";

/**
 * An agent changes nothing of a Node but that one taint, which it may take off its own. Rendered also while the
 * startup taint is off and RBAC gives no right to Nodes at all, so that neither order of an apply leaves a gap.
 *
 * @param key of the taint; it must hold no quote
 */
export function ownTaintRule(key: string): AgentRule {
  return {
    name: `${NAME}-own-taint`,
    apiGroup: '',
    resources: ['nodes', 'nodes/status'],
    variables: [
      { name: 'before', expression: taintsOf('oldObject') },
      { name: 'after', expression: taintsOf('object') },
    ],
    validations: [
      {
        expression: "variables.node != ''",
        message: 'the token is not bound to a pod on a node, so it may change no Node',
      },
      {
        expression:
          "request.operation == 'UPDATE' && (!has(request.subResource) || request.subResource == '')",
        message: 'an agent may neither create nor delete a Node, nor write its status',
      },
      {
        expression: 'object.metadata.name == variables.node',
        messageExpression:
          "'the agent on node ' + variables.node + ' may not change the Node ' + object.metadata.name",
      },
      {
        expression: [
          sameBut("['metadata', 'spec']", 'object', 'oldObject'),
          sameBut(WRITTEN_BY_THE_SERVER, 'object.metadata', 'oldObject.metadata'),
          sameBut("['taints']", 'object.spec', 'oldObject.spec'),
        ].join(' && '),
        message: 'an agent may change nothing of its Node but remove the startup taint',
      },
      {
        expression: `variables.after.all(t, t in variables.before) && ${others('after', key)} == ${others('before', key)}`,
        message: `an agent may remove the taint ${key} from its Node, and change no other`,
      },
    ],
  };
}

function taintsOf(node: string): string {
  return `has(${node}.spec.taints) ? ${node}.spec.taints : []`;
}

function others(taints: string, key: string): string {
  return `variables.${taints}.filter(t, t.key != '${key}')`;
}

/** Whether two maps have the same fields with the same values, but for some. */
function sameBut(fields: string, one: string, other: string): string {
  const same = `${one}.all(k, k in ${fields} || (k in ${other} && ${one}[k] == ${other}[k]))`;
  return `${same} && ${other}.all(k, k in ${fields} || k in ${one})`;
}
