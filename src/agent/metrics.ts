import { Gauge, Registry } from 'prom-client';
import { type Actual, ownOf } from '../datapath/index.js';
import { type AgentStatus, PEER_STATES, sequenceWear } from '../status/index.js';
import { VERSION } from '../version.js';

/** What an agent's metrics are made of. */
export interface Measured {
  readonly status: AgentStatus;
  readonly actual: Actual;
  /** This node's addresses, canonical: what tells SAs out from SAs in. */
  readonly isOwnAddress: (address: Uint8Array) => boolean;
  readonly isReady: boolean;
  /** Messages to the kernel that changed it, since the start. */
  readonly kernelWrites: number;
  /** Codes of what is wrong. */
  readonly problems: readonly string[];
}

/**
 * The metrics of a node in Prometheus' text format. The first four are Cilium's of its IPsec, under our
 * prefix: a dashboard for those needs no more than other names.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #errors = this.#gauge('ipsec_xfrm_error', 'Packets that IPsec dropped on this node', [
    'type',
    'error',
  ]);
  readonly #keys = this.#gauge('ipsec_keys', 'Keys in use: one for each SA');
  readonly #states = this.#gauge('ipsec_xfrm_states', 'SAs of Podcloak', ['direction']);
  readonly #policies = this.#gauge('ipsec_xfrm_policies', 'Policies of Podcloak', ['direction']);
  readonly #sequence = this.#gauge(
    'ipsec_max_sequence_number',
    'Of the SA that has the smallest share of its sequence numbers left; 0 before the first packet',
  );
  readonly #wear = this.#gauge(
    'ipsec_sequence_wear',
    'The most that an SA has used of the sequence numbers after which its key should be rotated: 1 is all',
  );
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
    const { status, actual, isOwnAddress, isReady, kernelWrites, problems } = measured;
    this.#errors.reset();
    for (const [name, count] of Object.entries(status.xfrmCounters ?? {})) {
      this.#errors.set(labelsOf(name), count);
    }
    this.#keys.set(status.keysInUse);
    const { sas, policies } = ownOf(actual);
    const leaving = sas.filter(({ source }) => isOwnAddress(source)).length;
    this.#states.set({ direction: 'out' }, leaving);
    this.#states.set({ direction: 'in' }, sas.length - leaving);
    for (const direction of ['in', 'out', 'fwd'] as const) {
      const some = policies.filter((policy) => policy.direction === direction);
      this.#policies.set({ direction }, some.length);
    }
    this.#sequence.set(Number(status.maxSeqNumber?.current ?? 0));
    this.#wear.set(sequenceWear(sas)?.share ?? 0);
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

  #gauge<T extends string>(name: string, help: string, labelNames: T[] = []): Gauge<T> {
    return new Gauge({ name: `podcloak_${name}`, help, labelNames, registers: [this.#registry] });
  }
}

/** Series: a node in trouble has it with all others. */
const MOST_TROUBLES = 20;

/** What Cilium calls the kernel's counters, without `Xfrm` and the direction. */
const ERRORS: Readonly<Record<string, string>> = {
  Error: 'other',
  BufferError: 'no_buffer',
  HdrError: 'header',
  NoStates: 'no_state',
  StateProtoError: 'state_protocol',
  StateModeError: 'state_mode',
  StateSeqError: 'state_sequence',
  StateExpired: 'state_expired',
  StateMismatch: 'state_mismatched',
  StateInvalid: 'state_invalid',
  StateDirError: 'state_direction',
  TmplMismatch: 'template_mismatched',
  NoPols: 'no_policy',
  PolBlock: 'policy_blocked',
  PolDead: 'policy_dead',
  PolError: 'policy',
  BundleGenError: 'bundle_generation',
  BundleCheckError: 'bundle_check',
  IptfsError: 'iptfs',
  NoQueueSpace: 'no_queue_space',
};

/** The labels that a counter of the kernel has as a metric. */
export function labelsOf(counter: string): { type: string; error: string } {
  if (counter === 'XfrmFwdHdrError') return { type: 'inbound', error: 'forward_header' };
  if (counter === 'XfrmAcquireError') return { type: 'inbound', error: 'acquire' };
  const [, direction, rest = counter] = /^Xfrm(In|Out)(.*)$/.exec(counter) ?? [];
  return { type: direction === 'Out' ? 'outbound' : 'inbound', error: ERRORS[rest] ?? rest };
}
