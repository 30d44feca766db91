import { covers } from '../../../../src/net/index.js';
import { ROUTE_TYPE } from '../../../../src/netlink/index.js';
import { address } from '../../netlink/samples.js';
import type { ModelNetwork } from './model-network.js';

/** Whether what the node itself sends to its peer's address goes through a device that sends to that address. */
export function hasTwoWays(network: ModelNetwork, end: string): boolean {
  const { rules, routes } = network.tables;
  const tables = rules.filter((rule) => !rule.source && !rule.transport).map(({ table }) => table);
  return routes.some(
    ({ table, type, destination }) =>
      tables.includes(table) && type === ROUTE_TYPE.unicast && covers(destination, address(end)),
  );
}
