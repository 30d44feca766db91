import type { EngineStatus } from '../engine/index.js';
import { type Diagnostic, isError } from '../errors/index.js';
import { type AgentStatus, STATUS_VERSION } from '../status/index.js';
import { nodesWithoutAgent, type PairsView, peerStatuses } from './peer-status.js';

/** What the status of a node follows from. */
export interface NodeView extends PairsView {
  readonly node: string;
  /** Devices that the tunnels end at. */
  readonly devices: readonly string[];
  readonly problems: readonly Diagnostic[];
}

/** The status of a node. */
export function describeNode(view: NodeView, engine: EngineStatus): AgentStatus {
  const peers = peerStatuses(view);
  const keyIDs = new Set(peers.flatMap(({ keyID }) => (keyID === null ? [] : [keyID])));
  return {
    version: STATUS_VERSION,
    node: view.node,
    // While a pair is still encrypted, encryption is not off, whatever is wanted.
    mode: view.enabled || engine.isInUse ? engine.mode : 'Disabled',
    decryptionInterfaces: view.devices,
    keysInUse: engine.keysInUse,
    keyIDs: [...keyIDs].sort((one, other) => one - other),
    maxSeqNumber: engine.maxSeqNumber,
    interfaces: engine.interfaces,
    xfrmCounters: engine.xfrmCounters,
    peers,
    nodesWithoutAgent: view.enabled ? nodesWithoutAgent(view) : [],
    warnings: view.problems.map(
      (problem) =>
        `${isError(problem) ? 'error' : 'warning'} ${problem.code}: ${problem.message}. ${problem.remedy}`,
    ),
  };
}
