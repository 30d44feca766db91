import { formatPrefix, type Prefix } from '../net/index.js';
import type { Policy, PolicyId, PortMatch, Template } from '../netlink/index.js';

/** What the kernel finds an SA of ours by: destination and SPI. */
export function saKey(destination: Uint8Array, spi: number): string {
  return `${addressKey(destination)} ${spi}`;
}

/** What the kernel finds a policy of ours by. For maps, not for people: {@link policyText}. */
export function policyKey(policy: PolicyId): string {
  const { source, destination } = policy.selector;
  return keyOf(policy, prefixKey(source), prefixKey(destination));
}

/** The same in words. */
export function policyText(policy: PolicyId): string {
  const { source, destination } = policy.selector;
  return keyOf(policy, formatPrefix(source), formatPrefix(destination));
}

/** Equal for equal prefixes. */
export function prefixKey({ address, length }: Prefix): string {
  return `${addressKey(address)}/${length}`;
}

/**
 * Equal for equal addresses of 4 or 16 bytes, and nobody's prefix. Not for people: for thousands of
 * policies, words take most of the time of a difference.
 */
export function addressKey(address: Uint8Array): string {
  let key = address.length === 4 ? '4' : '6';
  for (let at = 0; at < address.length; at += 2) {
    // Two bytes are one character.
    key += String.fromCharCode(((address[at] ?? 0) << 8) | (address[at + 1] ?? 0));
  }
  return key;
}

function keyOf(id: PolicyId, source: string, destination: string): string {
  const { direction, selector, type, mark, ifId = 0 } = id;
  const { protocol, sourcePort, destinationPort, ifindex } = selector;
  const base = `${direction} ${source} ${destination}`;
  const isPlain = protocol === 0 && sourcePort.mask === 0 && destinationPort.mask === 0;
  if (isPlain && ifindex === 0 && type === 0 && mark === undefined && ifId === 0) return base;
  const rest = [
    protocol,
    portText(sourcePort),
    portText(destinationPort),
    ifindex,
    type,
    mark === undefined ? 0 : `${mark.value}/${mark.mask}`,
    ifId,
  ];
  return `${base} ${rest.join(' ')}`;
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
    sameAddress(one.source, other.source) &&
    sameAddress(one.destination, other.destination)
  );
}

function sameAddress(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
