import {
  NEIGHBOUR_DISCOVERY,
  OUTER,
  type Ports,
  type Prefix,
  plainBetweenNodes,
  type Traffic,
} from '../net/index.js';
import {
  ANY_PORT,
  type Direction,
  IP_PROTOCOL,
  type Policy,
  type PortMatch,
  type Selector,
} from '../netlink/index.js';
import type { NodeWish } from './model.js';
import { allow, anyOf, PRIORITY } from './objects.js';
import { selectorOf } from './selectors.js';

/**
 * With `nodeEncryption`, what between nodes stays as it is: else an address could not be resolved that
 * ESP needs, and a node could not join that has no agent yet. Of a number that does not grow with the
 * cluster, as the other end may be any.
 *
 * @param hasDevices some pair has a tunnel of WireGuard, whose own packets are UDP between nodes
 */
export function exemptions(
  { addresses }: Pick<NodeWish, 'addresses'>,
  hasDevices: boolean,
): Policy[] {
  return addresses.flatMap((own) => {
    const any: Prefix = { family: own.family, address: own.address.map(() => 0), length: 0 };
    const leaving = matches(own, any, hasDevices);
    const arriving = matches(any, own, hasDevices);
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

function matches(source: Prefix, destination: Prefix, hasDevices: boolean): Selector[] {
  const all = selectorOf(source, destination);
  const { family } = source;
  // The kernel has an ICMP type where other protocols have their source port.
  const types: Traffic = { protocol: IP_PROTOCOL.icmpv6, sourcePort: NEIGHBOUR_DISCOVERY };
  return [
    ...[...plainBetweenNodes(family), ...(family === 6 ? [types] : [])].flatMap(portsOf),
    // Of one generation, from device to device: the same port at both ends.
    ...(hasDevices ? portsOf(OUTER).filter(isOfOneGeneration) : []),
  ].map((ports) => ({ ...all, ...ports }));
}

type Transport = Pick<Selector, 'protocol' | 'sourcePort' | 'destinationPort'>;

/** No mask fits ranges such as 2379–2380: a selector for each port. */
function portsOf({ protocol, sourcePort, destinationPort }: Traffic): Transport[] {
  return each(sourcePort).flatMap((source) =>
    each(destinationPort).map((destination) => ({
      ...{ protocol, sourcePort: source, destinationPort: destination },
    })),
  );
}

function isOfOneGeneration({ sourcePort, destinationPort }: Transport): boolean {
  return sourcePort.port === destinationPort.port;
}

function each(ports: Ports | undefined): PortMatch[] {
  if (ports === undefined) return [ANY_PORT];
  const count = ports.last - ports.first + 1;
  return Array.from({ length: count }, (_, at) => ({ port: ports.first + at, mask: 0xffff }));
}
