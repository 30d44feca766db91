import ipaddr from 'ipaddr.js';
import { formatAddress } from './address.js';

/** An IP prefix: the address in network byte order, the length in bits. */
export interface Prefix {
  readonly family: 4 | 6;
  /** 4 or 16 bytes, network byte order. */
  readonly address: Uint8Array;
  /** 0–32 or 0–128 bits. */
  readonly length: number;
}

/**
 * Parses `address/length` strictly (RFC 4632, RFC 4291): no octal, no missing octets, no zone.
 *
 * @returns undefined for anything else
 */
export function parsePrefix(text: string): Prefix | undefined {
  const match = /^([^/]+)\/(0|[1-9][0-9]{0,2})$/.exec(text);
  const [, address, digits] = match ?? [];
  if (address === undefined || digits === undefined || address.includes('%')) return undefined;
  // Loading node:net for its isIP would cost `synth` more than all of this file.
  const family = ipaddr.IPv4.isValidFourPartDecimal(address) ? 4 : 6;
  const plain = family === 4 ? address : withoutDots(address);
  if (family === 6 && !(plain.includes(':') && ipaddr.IPv6.isValid(plain))) return undefined;
  const length = Number(digits);
  if (length > (family === 4 ? 32 : 128)) return undefined;
  return { family, address: Uint8Array.from(ipaddr.parse(plain).toByteArray()), length };
}

/**
 * An IPv6 address whose last 32 bits are written as IPv4 (RFC 4291 §2.2) in hexadecimal, as
 * ipaddr.js takes octal and hexadecimal octets there, and ::1.2.3.4 for ::ffff:1.2.3.4.
 *
 * @returns what is no address where the dotted part is none
 */
function withoutDots(address: string): string {
  const tail = address.slice(address.lastIndexOf(':') + 1);
  if (!tail.includes('.')) return address;
  if (!ipaddr.IPv4.isValidFourPartDecimal(tail)) return '';
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.parse(tail).toByteArray();
  const groups = [(a << 8) | b, (c << 8) | d].map((group) => group.toString(16));
  return address.slice(0, -tail.length) + groups.join(':');
}

/** The prefix with the bits behind its length set to zero. */
export function networkOf(prefix: Prefix): Prefix {
  const address = prefix.address.map((byte, index) => {
    const bits = Math.min(8, Math.max(0, prefix.length - index * 8));
    return byte & (0xff << (8 - bits));
  });
  return { ...prefix, address };
}

/** Whether bits behind the prefix's length are set, as in 10.244.1.7/16. */
export function hasHostBits(prefix: Prefix): boolean {
  return networkOf(prefix).address.some((byte, index) => byte !== prefix.address[index]);
}

/** `address/length`, IPv6 in the form of RFC 5952. */
export function formatPrefix(prefix: Prefix): string {
  return `${formatAddress(prefix.address)}/${prefix.length}`;
}

/** Whether an address lies in a prefix; one of another family never does. */
export function covers(prefix: Prefix, address: Uint8Array): boolean {
  if (prefix.address.length !== address.length) return false;
  const { address: network } = networkOf({ ...prefix, address });
  return Buffer.compare(network, networkOf(prefix).address) === 0;
}

/** Whether some address is in both: one of them holds the other, or they are the same. */
export function overlap(one: Prefix, other: Prefix): boolean {
  return covers(one, other.address) || covers(other, one.address);
}

/**
 * What of a prefix lies in none of the others, as the fewest prefixes, ascending.
 *
 * @example
 *   uncovered(10.0.0.0/8, [10.0.0.0/9, 192.0.2.0/24]) // [10.128.0.0/9]
 */
export function uncovered(prefix: Prefix, others: readonly Prefix[]): Prefix[] {
  const near = others.filter((other) => overlap(prefix, other));
  if (near.length === 0) return [networkOf(prefix)];
  if (near.some((other) => other.length <= prefix.length)) return [];
  // Each of those left lies within one of the two halves.
  return halves(prefix).flatMap((half) => uncovered(half, near));
}

function halves(prefix: Prefix): readonly [Prefix, Prefix] {
  const { address } = networkOf(prefix);
  const length = prefix.length + 1;
  const upper = Uint8Array.from(address);
  const at = prefix.length >> 3;
  upper[at] = (upper[at] ?? 0) | (0x80 >> (prefix.length & 7));
  return [
    { ...prefix, address, length },
    { ...prefix, address: upper, length },
  ];
}
