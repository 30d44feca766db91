import type { KeyLine } from '../key-lines/index.js';
import type { EncryptionNodeSpec, EncryptionType } from '../keying/index.js';
import type { Prefix } from '../net/index.js';

/** Who this node is, as keys are bound to it. */
export interface EngineOwner {
  readonly clusterUID: string;
  readonly nodeName: string;
  readonly nodeUID: string;
}

/** The devices that encrypted packets leave by, and how much fits them. */
export interface Underlay {
  /** Bytes: the least of them. */
  readonly mtu: number;
  /** By which plaintext of other nodes' pods may come. */
  readonly arriving: readonly string[];
}

/** What an engine is told before it is asked what the kernel should hold. */
export interface Asked {
  /** How this node is to encrypt. Tunnels of the other kind stay until the pairs have moved. */
  readonly type: EncryptionType;
  readonly enabled: boolean;
  /** The kernel was found to be able to ({@link Engine.check}). */
  readonly isPossible: boolean;
  readonly owner: EngineOwner;
  /** The node's. */
  readonly epoch: number;
  /** There is no Secret, and that is no fault: devices are without PSKs. Then there are no {@link lines} either. */
  readonly isOpen: boolean;
  /** Of the Secret, the preferred one last. */
  readonly lines: readonly KeyLine[];
  /** Those, and lines that went whose tunnels are still there. */
  readonly allLines: readonly KeyLine[];
  /** Of all nodes, this one too, that may be acted on. */
  readonly records: readonly Pick<EncryptionNodeSpec, 'wireguard'>[];
  /** Generations of devices that tunnels of some pair are of. */
  readonly generations: ReadonlySet<number>;
  /** Of this node's pods. */
  readonly podPrefixes: readonly Prefix[];
  /** Of this node itself, its tunnel ends first. */
  readonly addresses: readonly Uint8Array[];
  /** Seconds; 0 for off. */
  readonly persistentKeepalive: number;
  readonly underlay: Underlay;
}
