/** What carries encrypted packets: the seam between an agent and its kernel. */
export { type NodeWish, PROBE_PORT } from '../datapath/index.js';
export type { Asked, EngineOwner, Underlay } from './asked.js';
export type {
  Difference,
  Engine,
  EngineListener,
  Failure,
  PlannedPair,
  Step,
} from './engine.js';
export type { EngineMemory } from './memory.js';
export type { EngineStatus, Figure, Sample } from './report.js';
export { socketFault } from './socket-fault.js';
export type { ProbeKeys, TunnelKeys } from './tunnel-keys.js';
