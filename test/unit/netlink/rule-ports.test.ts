import { describe, expect, it } from 'vitest';
import { addRule, deleteRule, dumpRules, RULE_ACTION } from '../../../src/netlink/index.js';
import { attributesBehind } from '../../../src/netlink/wire/attributes.js';
import type { NetlinkRequest } from '../../../src/netlink/wire/message.js';
import { exchange, messageOf } from './captured.js';

const transport = { protocol: 17, sourcePort: 9987, destinationPort: 9987 };
const rule = { family: 4, priority: 69, table: 51_873, transport } as const;
const rule6 = { ...rule, family: 6, protocol: 148 } as const;

/** The head, and the attributes by type: iproute2 has the transport first, we the priority. */
function parts({ flags, body }: Pick<NetlinkRequest, 'flags' | 'body'>) {
  const bytes = Uint8Array.from(body);
  const attributes = attributesBehind(bytes, 12).map(({ type, payload }) => [
    type,
    Buffer.from(payload).toString('hex'),
  ]);
  return { flags, head: [...bytes.subarray(0, 12)], attributes: attributes.sort(byType) };
}

function byType([one]: readonly unknown[], [other]: readonly unknown[]): number {
  return Number(one) - Number(other);
}

describe('rules that ask for a transport and its ports', () => {
  it.each([
    ['ip rule add pref 69', addRule(rule)],
    ['ip -6 rule add pref 69', addRule(rule6)],
  ])('are added with what `%s` gives', (command, request) => {
    const theirs = messageOf(exchange('rules', command).sent, request.type);
    expect(parts(request)).toEqual(parts(theirs));
  });

  it('are deleted with what `ip rule del` gives, but none of another action', () => {
    const request = deleteRule(rule);
    const { head, ...ours } = parts(request);
    const theirs = parts(messageOf(exchange('rules', 'ip rule del').sent, request.type));
    expect(head[7]).toBe(RULE_ACTION.lookup);
    expect({ ...ours, head: head.with(7, 0) }).toEqual(theirs);
  });

  // Linux 6.15 and later give masks that nobody asked for: such a rule was none of ours, and made again for ever.
  it('are read as they were made', () => {
    const read = (family: 4 | 6, command: string) =>
      exchange('rules', command)
        .received.flatMap((message) => dumpRules(family).parse(message) ?? [])
        .find(({ priority }) => priority === 69);
    const plain = { protocol: 0, action: RULE_ACTION.lookup, flags: 0, tos: 0, others: [] };
    expect(read(4, 'ip rule show')).toEqual({ ...plain, ...rule });
    expect(read(6, 'ip -6 rule show')).toEqual({ ...plain, ...rule6 });
  });

  it('are read with several ports, or one of the ports alone', () => {
    const { received } = exchange('rules', 'ip rule show');
    const rules = received.flatMap((message) => dumpRules(4).parse(message) ?? []);
    const others = rules.flatMap(({ priority, transport: found, others: more }) =>
      priority === 70 || priority === 71 ? [[priority, found, more.length]] : [],
    );
    expect(others).toEqual([
      [70, { protocol: 17, sourcePort: { first: 9987, last: 9990 }, destinationPort: 9987 }, 0],
      [71, { protocol: 6, destinationPort: 9987 }, 0],
    ]);
  });
});
