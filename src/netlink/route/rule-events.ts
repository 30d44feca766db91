import type { EventSource } from '../socket/subscription.js';
import type { NetlinkMessage } from '../wire/message.js';
import { MESSAGE, RULE_GROUP } from './constants.js';
import { parseRule, type Rule } from './rule.js';

/** What happened to the rules of this network namespace. */
export interface RuleEvent {
  readonly kind: 'rule-added' | 'rule-deleted';
  readonly rule: Rule;
}

/** Rules of IPv4 and IPv6: apart from `ROUTE_EVENTS`, as only WireGuard's rules have to be kept. */
export const RULE_EVENTS: EventSource<RuleEvent> = {
  protocol: 'route',
  groups: Object.values(RULE_GROUP),
  parse: parseRuleEvent,
};

/** Reads RTM_NEWRULE and RTM_DELRULE; undefined for any other. @throws NetlinkParseError */
function parseRuleEvent(message: NetlinkMessage): RuleEvent | undefined {
  if (message.type !== MESSAGE.newRule && message.type !== MESSAGE.deleteRule) return undefined;
  const rule = parseRule(message);
  const kind = message.type === MESSAGE.newRule ? 'rule-added' : 'rule-deleted';
  return rule && { kind, rule };
}
