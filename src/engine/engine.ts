import type { NodeWish } from '../datapath/index.js';
import type { Diagnostic } from '../errors/index.js';
import type { KeyLine } from '../key-lines/index.js';
import type { EncryptionType, PublishedDevice } from '../keying/index.js';
import type { Family } from '../netlink/index.js';
import type { Heard, Pair, Tunnel } from '../pairs/index.js';
import type { Asked } from './asked.js';
import type { EngineMemory } from './memory.js';
import type { EngineStatus, Figure } from './report.js';
import type { TunnelKeys } from './tunnel-keys.js';

/** What the kernel should hold for a pair follows from this. */
export interface PlannedPair {
  readonly pair: Pair;
  /** For data. */
  readonly best: Tunnel | undefined;
  /** For probes. */
  readonly probe: Tunnel | undefined;
}

/** One change of the kernel. */
export interface Step {
  /** For logs: no key material. */
  readonly about: string;
}

/** A change that the kernel refused. */
export interface Failure<S extends Step = Step> {
  readonly step: S;
  readonly error: Error;
  /** What it comes of, where that is known. */
  readonly cause?: Diagnostic;
}

/** What keeps the kernel from being as it should. */
export interface Difference<S extends Step = Step> {
  /** In the order in which they must be made. */
  readonly steps: readonly S[];
  /** How many tunnels were in the kernel and are not any more, or are others now. */
  readonly lost: number;
  /** How many have no place there, as somebody else has it. */
  readonly taken: number;
  /** Ids of both: their keys must not be used again. */
  readonly spent: readonly string[];
}

/** Told of what happens in the kernel without us. */
export interface EngineListener {
  /** To what the engine reads: all must be read anew. */
  kernelChanged(): void;
  /** To what {@link Engine.prepare} has put there: it must be called again. */
  preparationChanged(): void;
}

/**
 * What carries the encrypted packets of this node. All else that an agent does (records, pairs, messages,
 * status) is the same for each engine, and does not know which it has.
 *
 * @typeParam Actual what the kernel holds; @typeParam Wish what it should hold. Both are the engine's own affair:
 * whoever got one hands it back unopened.
 */
export interface Engine<Actual = unknown, Wish = unknown, S extends Step = Step>
  extends TunnelKeys {
  /**
   * Told in each round before the kernel is read for it, once this node knows who it is.
   *
   * @returns what keeps it from doing what is asked for
   * @throws as `NetlinkSocket.dump`
   */
  ask(asked: Asked): Promise<Diagnostic | undefined>;
  /** The devices of this node that its record names, the preferred one last. */
  readonly devices: readonly PublishedDevice[];
  /** All else that {@link desired} follows from, as text: while it stays, so does what the kernel should hold. */
  readonly basis: string;
  /** The kernel is read again after so long although nothing seems to have changed, in milliseconds. */
  readonly readAgain: number;

  // ── The seam: what is, what should be, and how to get there ──

  /** @throws as `NetlinkSocket.dump` */
  read(): Promise<Actual>;

  /**
   * What the kernel should hold.
   *
   * @param pairs a prefix that several of them have goes to the first: the caller sorts them
   */
  desired(node: NodeWish, pairs: readonly PlannedPair[]): Wish;

  /** How to get there. What is not ours is neither changed nor deleted; applied, it is empty. */
  diff(actual: Actual, wish: Wish): Difference<S>;

  /** The same for strict mode alone: what else is there of ours is of before, and stays. */
  diffStrict(actual: Actual, node: NodeWish): readonly S[];

  /**
   * Makes the changes in their order. Keys that may have reached the kernel are never sent again, also when this
   * throws.
   *
   * @returns those that were refused
   * @throws as `NetlinkSocket.request`
   */
  apply(steps: readonly S[]): Promise<readonly Failure<S>[]>;

  /**
   * What an authenticated message of the peer about one of the pair's tunnels proves: the pair with its bits; the same
   * object when it was no news.
   */
  confirm(pair: Pair, tunnelID: string, heard: Heard): Pair;

  // ── Of what the kernel holds ──

  /** The pairs that the kernel shows, and that are not known: they go on as they are until records come. */
  adopt(actual: Actual, known: readonly Pair[], addresses: readonly string[]): Pair[];
  /** How many objects were read, those of others too. */
  sizeOf(actual: Actual): number;
  /** Nothing of ours is there. */
  isClean(actual: Actual): boolean;
  /** That a key has been used so often that it should be rotated, in words that do not change; undefined: none has. */
  wearOf(actual: Actual): string | undefined;
  describe(actual: Actual): EngineStatus;
  /** For the metrics. @param isOwnAddress tells this node's addresses */
  figuresOf(
    actual: Actual,
    status: EngineStatus,
    isOwnAddress: (address: Uint8Array) => boolean,
  ): readonly Figure[];

  // ── What stands around it ──

  /**
   * Whether the kernel can do what is asked for. The first answer of a boot may take two seconds.
   *
   * @param families of the tunnels' ends
   */
  check(
    type: EncryptionType,
    lines: readonly KeyLine[],
    families: readonly Family[],
  ): Promise<Diagnostic[]>;
  /** Puts there what must stand before the first packet is encrypted. @returns what keeps it from that */
  prepare(): Promise<Diagnostic | undefined>;
  /** Removes that, if it is there. */
  retract(): Promise<void>;
  /**
   * Sets the kernel up for as much as is wished for.
   *
   * @param saving called before the first change: {@link memory} has what was there
   */
  tune(wish: Wish, saving: () => void): Promise<void>;
  /** Puts back what was there before us, but for what {@link diff} removes. */
  restore(): Promise<void>;
  /** What it must know after a restart. */
  readonly memory: EngineMemory;
  remember(memory: EngineMemory): void;
  /**
   * Ends connections of our pods that began in plaintext and would go on so.
   *
   * @param podPrefixes canonical; @param remotes addresses of nodes that are encrypted to, canonical
   * @returns how many there were
   * @throws NetlinkError, and as `NetlinkSocket` does
   */
  endPlaintextConnections(
    podPrefixes: readonly string[],
    remotes: readonly string[],
  ): Promise<number>;
  close(): void;
}
