import { type Actual, ownOf } from '../datapath/index.js';
import { type Diagnostic, isError } from '../errors/index.js';
import { type AgentStatus, countKeys, maxSequence, STATUS_VERSION } from '../status/index.js';
import { nodesWithoutAgent, type PairsView, peerStatuses } from './peer-status.js';

/** What the status of a node follows from. */
export interface NodeView extends PairsView {
  readonly node: string;
  /** Devices that the tunnels end at. */
  readonly devices: readonly string[];
  readonly problems: readonly Diagnostic[];
}

/**
 * The status of a node.
 *
 * @param counters of /proc/net/xfrm_stat; null where the kernel does not count
 */
export function describeNode(
  view: NodeView,
  actual: Actual,
  counters: Readonly<Record<string, number>> | null,
): AgentStatus {
  const { sas } = ownOf(actual);
  const peers = peerStatuses(view);
  const keyIDs = new Set(peers.flatMap(({ keyID }) => (keyID === null ? [] : [keyID])));
  return {
    version: STATUS_VERSION,
    node: view.node,
    // While a pair is still encrypted, encryption is not off, whatever is wanted.
    mode: view.enabled || sas.length > 0 ? 'IPsec' : 'Disabled',
    decryptionInterfaces: view.devices,
    keysInUse: countKeys(sas),
    keyIDs: [...keyIDs].sort((one, other) => one - other),
    maxSeqNumber: maxSequence(sas),
    xfrmCounters: counters,
    peers,
    nodesWithoutAgent: view.enabled ? nodesWithoutAgent(view) : [],
    warnings: view.problems.map(
      (problem) =>
        `${isError(problem) ? 'error' : 'warning'} ${problem.code}: ${problem.message}. ${problem.remedy}`,
    ),
  };
}
