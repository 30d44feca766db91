import type { Prefix } from '../net/index.js';
import { type Direction, IP_PROTOCOL, type Policy, type Selector } from '../netlink/index.js';
import type { NodeWish } from './model.js';
import { allow, anyOf, PRIORITY } from './objects.js';
import { selectorOf } from './selectors.js';

/** Router and neighbour discovery, redirects (RFC 4861): types of ICMPv6. */
const NEIGHBOUR_DISCOVERY = [133, 134, 135, 136, 137];

/**
 * What nodes say to each other before or without their agents, or what must go on to get them started:
 * the kubelet, the API server, etcd. All of it is TLS.
 */
const TCP_PORTS = [6443, 10250, 2379, 2380];
/** DHCP and DHCPv6, servers and clients. */
const UDP_PORTS = { 4: [67, 68], 6: [546, 547] } as const;

/**
 * With `nodeEncryption`, what between nodes stays as it is: else an address could not be resolved that
 * ESP needs, and a node could not join that has no agent yet. Of a number that does not grow with the
 * cluster, as the other end may be any.
 */
export function exemptions({ addresses }: Pick<NodeWish, 'addresses'>): Policy[] {
  return addresses.flatMap((own) => {
    const any: Prefix = { family: own.family, address: own.address.map(() => 0), length: 0 };
    const leaving = matches(own, any);
    const arriving = matches(any, own);
    return [
      ...leaving.map((selector) => allow('out', selector, PRIORITY.exempt, [])),
      // With a template all the same: without one, the kernel refuses what did come through an SA.
      ...arriving.flatMap((selector) =>
        (['in', 'fwd'] satisfies Direction[]).map((direction) =>
          allow(direction, selector, PRIORITY.exempt, [anyOf(0, true)]),
        ),
      ),
    ];
  });
}

function matches(source: Prefix, destination: Prefix): Selector[] {
  const all = selectorOf(source, destination);
  const { family } = source;
  const ports = (protocol: number, port: number): Selector[] => {
    const exactly = { port, mask: 0xffff };
    return [
      { ...all, protocol, sourcePort: exactly },
      { ...all, protocol, destinationPort: exactly },
    ];
  };
  // The kernel has an ICMP type where other protocols have their source port.
  const icmp = (type: number): Selector => ({
    ...all,
    protocol: IP_PROTOCOL.icmpv6,
    sourcePort: { port: type, mask: 0xffff },
  });
  return [
    ...TCP_PORTS.flatMap((port) => ports(IP_PROTOCOL.tcp, port)),
    ...UDP_PORTS[family].flatMap((port) => ports(IP_PROTOCOL.udp, port)),
    ...(family === 6 ? NEIGHBOUR_DISCOVERY.map(icmp) : []),
  ];
}
