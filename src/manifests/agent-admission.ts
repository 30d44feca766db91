import { Construct } from 'constructs';
import type { PodcloakValues } from '../values/index.js';
import { agentPolicy } from './admission-policy.js';
import { startupTaintKey } from './identity.js';
import { OWN_RECORD } from './own-record-rule.js';
import { ownTaintRule } from './own-taint-rule.js';
import { checkedValues } from './values.js';

/**
 * Lets an agent write the record of its own node only, and change nothing of a Node but take the startup taint
 * off its own, which RBAC cannot say. It binds the agent's ServiceAccount and nobody else: administrators and
 * the garbage collector pass.
 *
 * @example
 *   new AgentAdmission(chart, 'admission');
 */
export class AgentAdmission extends Construct {
  constructor(scope: Construct, id: string, values: PodcloakValues = {}) {
    super(scope, id);
    const all = checkedValues(this, values);
    agentPolicy(this, { policy: 'policy', binding: 'binding' }, all, OWN_RECORD);
    const ids = { policy: 'taint-policy', binding: 'taint-binding' };
    agentPolicy(this, ids, all, ownTaintRule(startupTaintKey(all)));
  }
}
