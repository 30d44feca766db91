import type { AgentRule } from './admission-policy.js';
import { API_GROUP, NAME } from './names.js';

/** An agent writes the record of its own node only. */
export const OWN_RECORD: AgentRule = {
  name: `${NAME}-own-record`,
  apiGroup: API_GROUP,
  resources: ['encryptionnodes', 'encryptionnodes/status'],
  variables: [
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
    },
    {
      expression:
        "request.operation != 'CREATE' || !has(object.metadata.generateName) || object.metadata.generateName == ''",
      message: "a record has its node's name; generateName is not allowed",
    },
    {
      expression: 'variables.record.metadata.name == variables.node',
      messageExpression:
        "'the agent on node ' + variables.node + ' may not write the record of ' + variables.record.metadata.name",
    },
  ],
};
