import ipaddr from 'ipaddr.js';

/** What no other node could route to, or what would be a second spelling of another address. */
const UNROUTABLE: ReadonlySet<string> = new Set([
  'unspecified',
  'broadcast',
  'multicast',
  'linkLocal',
  'loopback',
  'ipv4Mapped',
]);

/**
 * Parses an IP address in its one canonical form: four decimal octets, or IPv6 as RFC 5952 writes it
 * (lower case, no zone).
 *
 * @returns 4 or 16 bytes in network byte order; undefined for anything else, another spelling of the
 * same address included
 */
export function parseAddress(text: string): Uint8Array | undefined {
  const isV6 = text.includes(':');
  const valid = isV6 ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text);
  if (!valid || text.includes('%')) return undefined;
  const parsed = ipaddr.parse(text);
  return parsed.toString() === text ? Uint8Array.from(parsed.toByteArray()) : undefined;
}

/** Whether one node could reach another at this address of 4 or 16 bytes: unicast, not link-local. */
export function isRoutable(address: Uint8Array): boolean {
  return !UNROUTABLE.has(ipaddr.fromByteArray([...address]).range());
}

/** An address of 4 or 16 bytes in its canonical form (RFC 5952). */
export function formatAddress(address: Uint8Array): string {
  return ipaddr.fromByteArray([...address]).toString();
}
