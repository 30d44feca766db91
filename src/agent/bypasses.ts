import { type Diagnostic, diagnostic } from '../errors/index.js';
import type { Link } from '../netlink/index.js';

/** Devices that packets for other nodes may leave by; those of no kind are the hardware's. */
const OUTER_KINDS: ReadonlySet<string> = new Set([
  ...['bond', 'team', 'vlan', 'macvlan', 'ipvlan', 'bridge', 'vxlan', 'geneve'],
  ...['ipip', 'sit', 'gre', 'gretap', 'ip6tnl', 'ip6gre', 'tun'],
]);
const IFF_LOOPBACK = 8;

/** Settings of a device that keep IPsec off its packets; Documentation/networking/ip-sysctl.rst. */
const SETTINGS = [
  { family: 'ipv4', name: 'disable_xfrm', effect: 'what leaves by it is not encrypted' },
  { family: 'ipv4', name: 'disable_policy', effect: 'plaintext that comes by it is accepted' },
  { family: 'ipv6', name: 'disable_policy', effect: 'plaintext that comes by it is accepted' },
] as const;

/** Reads a file under /proc/sys; undefined where there is none. */
export type ReadSetting = (path: string) => string | undefined;

/**
 * Devices that are exempt from IPsec by their settings: none of their traffic would be encrypted.
 *
 * @param tunnelDevices whose addresses are tunnel ends, of whatever kind: a node may itself be a container
 */
export function exemptDevices(
  links: readonly Link[],
  tunnelDevices: readonly string[],
  read: ReadSetting,
): Diagnostic | undefined {
  const names = links
    .filter(({ name, kind, flags }) => {
      const isOuter = kind === undefined || OUTER_KINDS.has(kind) || tunnelDevices.includes(name);
      return (flags & IFF_LOOPBACK) === 0 && isOuter;
    })
    .map(({ name }) => name);
  for (const device of ['all', ...names]) {
    for (const { family, name, effect } of SETTINGS) {
      const value = read(`net/${family}/conf/${device}/${name}`)?.trim();
      if (value === undefined || value === '0') continue;
      return diagnostic('PC718', `net.${family}.conf.${device}.${name} is ${value}: ${effect}`);
    }
  }
  return undefined;
}

/** Signs of a CNI that moves packets between devices in eBPF, past IPsec's policies. */
export function bypassingCni(links: readonly Link[]): Diagnostic | undefined {
  const has = (pattern: RegExp): boolean => links.some(({ name }) => pattern.test(name));
  if (has(/^bpf(in|out)\.cali$/)) {
    return diagnostic('PC715', 'the device bpfin.cali is of Calico’s eBPF data plane');
  }
  if (has(/^cilium_(host|net)$/)) {
    return diagnostic('PC715', 'the device cilium_host is of Cilium');
  }
  return undefined;
}
