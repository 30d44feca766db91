import { formatPrefix } from '../net/index.js';
import type { Policy, PolicyId, PortMatch, Template } from '../netlink/index.js';

/** What the kernel finds an SA of ours by: destination and SPI. */
export function saKey(destination: Uint8Array, spi: number): string {
  return `${Buffer.from(destination).toString('hex')} ${spi}`;
}

/** What the kernel finds a policy of ours by. */
export function policyKey({ direction, selector, type, mark, ifId }: PolicyId): string {
  const { source, destination, protocol, sourcePort, destinationPort, ifindex } = selector;
  const base = `${direction} ${formatPrefix(source)} ${formatPrefix(destination)}`;
  const rest = [
    protocol,
    portText(sourcePort),
    portText(destinationPort),
    ifindex,
    type,
    mark === undefined ? 0 : `${mark.value}/${mark.mask}`,
    ifId ?? 0,
  ];
  return rest.every((one) => one === 0) ? base : `${base} ${rest.join(' ')}`;
}

function portText({ port, mask }: PortMatch): number | string {
  return mask === 0 ? 0 : `${port}/${mask}`;
}

/** Whether two policies of one key do the same. */
export function sameContent(one: Policy, other: Policy): boolean {
  return (
    one.action === other.action &&
    one.priority === other.priority &&
    one.flags === other.flags &&
    one.templates.length === other.templates.length &&
    one.templates.every((template, index) => {
      const twin = other.templates[index];
      return twin !== undefined && sameTemplate(template, twin);
    })
  );
}

function sameTemplate(one: Template, other: Template): boolean {
  return (
    one.spi === other.spi &&
    one.protocol === other.protocol &&
    one.reqid === other.reqid &&
    one.mode === other.mode &&
    one.optional === other.optional &&
    Buffer.compare(one.source, other.source) === 0 &&
    Buffer.compare(one.destination, other.destination) === 0
  );
}
