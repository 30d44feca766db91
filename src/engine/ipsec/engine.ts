import {
  type Actual,
  type Desired,
  desired,
  diff,
  diffStrict,
  type Failure,
  type NodeWish,
  type OutWish,
  ownOf,
  type PairWish,
  type Step,
  type TunnelWish,
} from '../../datapath/index.js';
import type { Diagnostic } from '../../errors/index.js';
import type { KeyLine } from '../../key-lines/index.js';
import { parseAddress, parsePrefix } from '../../net/index.js';
import type { Family } from '../../netlink/index.js';
import {
  adopt,
  type Heard,
  hear,
  type Keys,
  type Origin,
  type Pair,
  pairWish,
  type Tunnel,
} from '../../pairs/index.js';
import { parseXfrmStat } from '../../status/index.js';
import type { Difference, EngineListener, PlannedPair } from '../engine.js';
import type { EngineMemory } from '../memory.js';
import type { EngineStatus, Figure } from '../report.js';
import { socketFault } from '../socket-fault.js';
import type { ProbeKeys, TunnelKeys } from '../tunnel-keys.js';
import { Exemption } from './exemption.js';
import { describeXfrm, xfrmFigures } from './figures.js';
import { HashThresholds } from './hash-thresholds.js';
import { SaKeys } from './tunnel-keys.js';
import { wearText } from './wear.js';
import { XfrmKernel } from './xfrm-kernel.js';

/** What the kernel should hold, and what it follows from. */
export interface XfrmWish extends Desired {
  readonly node: NodeWish;
  readonly pairs: readonly PairWish[];
  readonly planned: readonly PlannedPair[];
}

/** What the engine stands on. */
export interface IpsecParts {
  readonly kernel: Pick<
    XfrmKernel,
    'apply' | 'check' | 'close' | 'read' | 'setThresholds' | 'thresholds'
  >;
  readonly exemption: Pick<Exemption, 'close' | 'ensure' | 'forgetMasqueraded' | 'remove'>;
  /** The text of /proc/net/xfrm_stat; undefined where the kernel does not count. */
  readonly readCounters: () => string | undefined;
}

/** A pair without its tunnels that are not of IPsec. */
export interface IpsecPair extends PlannedPair, Pick<PairWish, 'led' | 'otherEnds'> {
  /** Its data goes by a device that encrypts, and by no other: there is none of that index while that is undefined. */
  readonly through?: { readonly ifindex: number | undefined };
}

/**
 * IPsec: SAs and policies of XFRM, and the nftables table that keeps a CNI's masquerading off. SPIs, request ids, the
 * fingerprints of SAs, their sequence numbers and hash thresholds are nobody else's.
 */
export class IpsecEngine implements TunnelKeys {
  readonly #parts: IpsecParts;
  readonly #keys = new SaKeys();
  readonly #thresholds: HashThresholds;
  /** Of tunnels whose keys the kernel has not got yet. */
  readonly #names = new WeakMap<TunnelWish, string>();

  constructor(parts: IpsecParts) {
    this.#parts = parts;
    this.#thresholds = new HashThresholds(parts.kernel);
  }

  /** @returns what is missing instead, with its remedy */
  static async open(
    listener: EngineListener,
    readCounters: IpsecParts['readCounters'],
  ): Promise<IpsecEngine | Diagnostic> {
    try {
      const kernel = await XfrmKernel.open(() => listener.kernelChanged());
      const exemption = new Exemption(() => listener.preparationChanged());
      return new IpsecEngine({ kernel, exemption, readCounters });
    } catch (thrown) {
      return socketFault(thrown);
    }
  }

  read(): Promise<Actual> {
    return this.#parts.kernel.read();
  }

  desired(node: NodeWish, planned: readonly IpsecPair[]): XfrmWish {
    const pairs = planned.map(({ pair, best, probe, through, led, otherEnds }) => {
      const wish = pairWish(pair, best, probe, this.#keys.unsent);
      for (const [at, tunnel] of wish.tunnels.entries()) {
        const isUnsent = (tunnel.inbound.algorithms ?? tunnel.outbound.algorithms) !== undefined;
        const name = pair.tunnels[at]?.id;
        if (isUnsent && name !== undefined) this.#names.set(tunnel, name);
      }
      return {
        ...wish,
        ...(led === undefined ? {} : { led }),
        ...(otherEnds === undefined ? {} : { otherEnds }),
        ...(through === undefined ? {} : { out: throughWish(through.ifindex) }),
      };
    });
    return { ...desired(node, pairs), node, pairs, planned };
  }

  diff(actual: Actual, wish: XfrmWish): Difference<Step> {
    const { steps, lost, taken } = diff(actual, wish);
    const spis = new Set([...lost, ...taken].map(({ inbound }) => inbound.spi));
    const spent =
      spis.size === 0
        ? []
        : wish.planned
            .flatMap(({ pair }) => pair.tunnels)
            .filter(({ inbound }) => spis.has(inbound.spi))
            .map(({ id }) => id);
    return { steps, lost: lost.length, taken: taken.length, spent };
  }

  diffStrict(actual: Actual, node: NodeWish): readonly Step[] {
    return diffStrict(actual, node);
  }

  async apply(steps: readonly Step[]): Promise<readonly Failure[]> {
    let failures: readonly Failure[] = [];
    try {
      failures = await this.#parts.kernel.apply(steps);
    } finally {
      const refused = new Set(failures.map(({ step }) => step));
      for (const step of steps) if (!refused.has(step)) this.#markSent(step);
    }
    return failures;
  }

  /** What may have been sent is never sent again. */
  #markSent({ tunnel, stage }: Step): void {
    const id = tunnel && this.#names.get(tunnel);
    if (id === undefined) return;
    this.#keys.markSent(id, stage === 'add inbound SA' ? 'inbound' : 'outbound');
  }

  /** An answer that came through an SA proves all: nothing else could have decrypted the question. */
  confirm(pair: Pair, tunnelID: string, heard: Heard): Pair {
    return hear(pair, tunnelID, heard);
  }

  makeTunnel(
    origin: Origin,
    number: number,
    keys: Keys | undefined,
  ): { tunnel: Tunnel; probes: ProbeKeys } | undefined {
    return this.#keys.makeTunnel(origin, number, keys);
  }

  probeKeys(tunnel: Tunnel, keys: Keys | undefined): ProbeKeys | undefined {
    return this.#keys.probeKeys(tunnel, keys);
  }

  dropTunnel(tunnelID: string): void {
    this.#keys.dropTunnel(tunnelID);
  }

  adopt(actual: Actual, known: readonly Pair[], addresses: readonly string[]): Pair[] {
    return adopt(actual, known, addresses);
  }

  sizeOf({ sas, policies }: Actual): number {
    return sas.length + policies.length;
  }

  isClean(actual: Actual): boolean {
    const { sas, policies } = ownOf(actual);
    return sas.length === 0 && policies.length === 0;
  }

  wearOf(actual: Actual): string | undefined {
    return wearText(ownOf(actual).sas);
  }

  describe(actual: Actual): EngineStatus {
    const counters = this.#parts.readCounters();
    return describeXfrm(actual, counters === undefined ? null : parseXfrmStat(counters));
  }

  figuresOf(
    actual: Actual,
    status: EngineStatus,
    isOwnAddress: (address: Uint8Array) => boolean,
  ): readonly Figure[] {
    return xfrmFigures(actual, status, isOwnAddress);
  }

  check(lines: readonly KeyLine[], families: readonly Family[]): Promise<Diagnostic[]> {
    return this.#parts.kernel.check(lines, families);
  }

  prepare(): Promise<Diagnostic | undefined> {
    return this.#parts.exemption.ensure();
  }

  retract(): Promise<void> {
    return this.#parts.exemption.remove();
  }

  tune({ node, pairs }: XfrmWish, saving: () => void): Promise<void> {
    return this.#thresholds.bring(node, pairs, saving);
  }

  async restore(): Promise<void> {
    await this.retract();
    await this.#thresholds.restore();
  }

  get memory(): EngineMemory {
    const { prior } = this.#thresholds;
    return prior === undefined ? {} : { thresholds: prior };
  }

  remember({ thresholds }: EngineMemory): void {
    this.#thresholds.remember(thresholds);
  }

  endPlaintextConnections(
    podPrefixes: readonly string[],
    remotes: readonly string[],
  ): Promise<number> {
    return this.#parts.exemption.forgetMasqueraded(
      podPrefixes.flatMap((text) => parsePrefix(text) ?? []),
      remotes.flatMap((text) => parseAddress(text) ?? []),
    );
  }

  close(): void {
    this.#parts.kernel.close();
    this.#parts.exemption.close();
  }
}

function throughWish(ifindex: number | undefined): OutWish {
  return { kind: 'through', ...(ifindex === undefined ? {} : { ifindex }) };
}
