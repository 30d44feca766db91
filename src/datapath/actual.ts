import { OWNER_MARK, peerOfReqid } from '../keying/index.js';
import {
  dumpPolicies,
  dumpSas,
  IP_PROTOCOL,
  type NetlinkSocket,
  type PolicyState,
  type SaState,
} from '../netlink/index.js';

/** What the kernel holds. */
export interface Actual {
  readonly sas: readonly SaState[];
  readonly policies: readonly PolicyState[];
}

/** What of the kernel's is ours: SAs by their request id, policies by their mark. */
export function ownOf({ sas, policies }: Actual): Actual {
  return { sas: sas.filter(isOwnSa), policies: policies.filter(isOwnPolicy) };
}

export function isOwnSa({ protocol, reqid }: Pick<SaState, 'protocol' | 'reqid'>): boolean {
  return protocol === IP_PROTOCOL.esp && peerOfReqid(reqid) !== undefined;
}

export function isOwnPolicy({ selector }: Pick<PolicyState, 'selector'>): boolean {
  return selector.user === OWNER_MARK;
}

/** Reads all of the kernel's SAs and policies. @throws as `NetlinkSocket.dump` */
export async function readActual(socket: NetlinkSocket): Promise<Actual> {
  return { sas: await socket.dump(dumpSas()), policies: await socket.dump(dumpPolicies()) };
}
