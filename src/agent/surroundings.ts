import type { Underlay } from '../engine/index.js';
import type { PodPrefix } from '../keying/index.js';
import type { OwnNode } from '../kube/index.js';
import { formatPrefix, type Prefix, parsePrefix } from '../net/index.js';
import type { Family } from '../netlink/index.js';
import type { ReadSetting } from './bypasses.js';
import type { AgentConfig } from './config.js';
import { factsOf, type Network, type NodeFacts } from './node-facts.js';
import { nodeProblems } from './node-problems.js';
import type { Problems } from './problems.js';
import { NO_UNDERLAY, underlayOf } from './underlay.js';

/** Where the pod prefixes come from. Other sources (AWS VPC CNI, Calico's IPAM) would stand beside it. */
const SOURCE = 'Node.spec.podCIDRs';

export interface SurroundingsOptions {
  readonly nodeName: string;
  /** What rtnetlink says now. */
  readonly readNetwork: () => Promise<Network>;
  readonly readSetting: ReadSetting;
  readonly problems: Problems;
}

/** This node's devices, addresses and pod prefixes, and what is wrong with them. */
export class Surroundings {
  readonly #options: SurroundingsOptions;
  #node: OwnNode | undefined;
  #network: Network | undefined;
  #facts: NodeFacts | undefined;
  #podPrefixes: readonly PodPrefix[] = [];

  constructor(options: SurroundingsOptions) {
    this.#options = options;
  }

  get facts(): NodeFacts | undefined {
    return this.#facts;
  }

  /** Canonical; none before the first look. */
  get addresses(): readonly string[] {
    return this.#facts?.addresses ?? [];
  }

  /** The tunnel ends that keys are bound to: the first of each family. */
  get tunnelEnds(): readonly string[] {
    const all = this.#facts?.ends ?? [];
    const v4 = all.find((address) => !address.includes(':'));
    const v6 = all.find((address) => address.includes(':'));
    return [v4, v6].filter((address) => address !== undefined);
  }

  /** Of the tunnel ends. */
  get families(): readonly Family[] {
    return this.tunnelEnds.map((address) => (address.includes(':') ? 6 : 4));
  }

  /** The devices that tunnels leave by. */
  get underlay(): Underlay {
    const network = this.#network;
    return network === undefined ? NO_UNDERLAY : underlayOf(network, this.#facts?.devices ?? []);
  }

  get podPrefixes(): readonly PodPrefix[] {
    return this.#podPrefixes;
  }

  get podCIDRs(): readonly string[] {
    return this.#podPrefixes.map(({ cidr }) => cidr);
  }

  get prefixes(): readonly Prefix[] {
    return this.podCIDRs.flatMap((cidr) => parsePrefix(cidr) ?? []);
  }

  /** As the API server told last. */
  get node(): OwnNode | undefined {
    return this.#node;
  }

  get nodeUID(): string | undefined {
    return this.#node?.uid;
  }

  /** For a restart while the API server is away. */
  remember(podPrefixes: readonly PodPrefix[]): void {
    this.#podPrefixes = podPrefixes;
  }

  setNode(node: OwnNode | undefined): void {
    // A Node that was deleted comes back with another UID; until then we go on as we are.
    if (node !== undefined) this.#node = node;
  }

  /** Links, addresses or routes are not what they were. */
  networkChanged(): void {
    this.#network = undefined;
  }

  async look({ enabled, interfaces }: AgentConfig): Promise<void> {
    const { nodeName, readNetwork, readSetting, problems } = this.#options;
    this.#network ??= await readNetwork();
    if (this.#node !== undefined) {
      this.#podPrefixes = this.#node.podCIDRs.flatMap((cidr) => {
        const prefix = parsePrefix(cidr);
        return prefix === undefined ? [] : [{ cidr: formatPrefix(prefix), source: SOURCE }];
      });
    }
    const internal = (this.#node?.addresses ?? [])
      .filter(({ type }) => type === 'InternalIP')
      .map(({ address }) => address);
    this.#facts = factsOf(this.#network, interfaces, internal, this.prefixes);
    const found = nodeProblems({
      ...{ nodeName, enabled, facts: this.#facts, links: this.#network.links },
      isNodeKnown: this.#node !== undefined,
      hasPrefixes: this.#podPrefixes.length > 0,
      read: readSetting,
    });
    for (const [name, problem] of Object.entries(found)) problems.set(name, problem);
  }
}
