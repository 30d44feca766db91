import type { AgentStatus } from '../status/index.js';

/** The engine's part of a node's status. */
export interface EngineStatus
  extends Pick<AgentStatus, 'interfaces' | 'keysInUse' | 'maxSeqNumber' | 'xfrmCounters'> {
  readonly mode: Exclude<AgentStatus['mode'], 'Disabled'>;
  /** Something of ours is in the kernel that encrypts. */
  readonly isInUse: boolean;
}

/** A metric of one engine. */
export interface Figure {
  /** Without `podcloak_`. */
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
  /** Of its samples. */
  readonly labelNames: readonly string[];
}

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}
