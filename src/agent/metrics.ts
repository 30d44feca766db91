import { Gauge, Registry } from 'prom-client';
import type { Figure } from '../engine/index.js';
import { type AgentStatus, PEER_STATES } from '../status/index.js';
import { VERSION } from '../version.js';

/** What an agent's metrics are made of. */
export interface Measured {
  readonly status: AgentStatus;
  /** The engine's own. */
  readonly figures: readonly Figure[];
  readonly isReady: boolean;
  /** Messages to the kernel that changed it, since the start. */
  readonly kernelWrites: number;
  /** Codes of what is wrong. */
  readonly problems: readonly string[];
}

/** The metrics of a node in Prometheus' text format. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #figures = new Map<string, Gauge>();
  readonly #pairs = this.#gauge('pairs', 'Other nodes, by what happens to the traffic with them', [
    'state',
  ]);
  readonly #troubles = this.#gauge(
    'pair_trouble',
    'Nodes that there is trouble with, and its cause',
    ['peer', 'cause'],
  );
  readonly #withoutAgent = this.#gauge(
    'nodes_without_agent',
    'Nodes that nothing is known of: traffic with them is in plaintext',
  );
  readonly #ready = this.#gauge('ready', 'Whether the kernel holds what it should');
  readonly #problems = this.#gauge('problem', 'What is wrong on this node, by its code', ['code']);
  readonly #writes = this.#gauge('kernel_writes', 'Changes to the kernel since the agent started');
  readonly #build = this.#gauge('build_info', 'The agent', ['version', 'node_version']);

  /** The media type of what {@link render} gives. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  render(measured: Measured): Promise<string> {
    const { status, figures, isReady, kernelWrites, problems } = measured;
    for (const figure of figures) this.#show(figure);
    for (const state of PEER_STATES) {
      this.#pairs.set({ state }, status.peers.filter((peer) => peer.state === state).length);
    }
    this.#troubles.reset();
    const troubled = status.peers.filter(({ cause }) => cause !== undefined);
    for (const { node: peer, cause = '' } of troubled.slice(0, MOST_TROUBLES)) {
      this.#troubles.set({ peer, cause }, 1);
    }
    this.#withoutAgent.set(status.nodesWithoutAgent.length);
    this.#ready.set(isReady ? 1 : 0);
    this.#problems.reset();
    for (const code of problems) this.#problems.set({ code }, 1);
    this.#writes.set(kernelWrites);
    this.#build.set({ version: VERSION, node_version: process.versions.node }, 1);
    return this.#registry.metrics();
  }

  #show({ name, help, labelNames, samples }: Figure): void {
    const gauge = this.#figures.get(name) ?? this.#gauge(name, help, [...labelNames]);
    this.#figures.set(name, gauge);
    gauge.reset();
    for (const { labels, value } of samples) gauge.set(labels, value);
  }

  #gauge<T extends string>(name: string, help: string, labelNames: T[] = []): Gauge<T> {
    return new Gauge({ name: `podcloak_${name}`, help, labelNames, registers: [this.#registry] });
  }
}

/** Series: a node in trouble has it with all others. */
const MOST_TROUBLES = 20;
