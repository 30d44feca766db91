import type { ModelNode } from './model-node.js';
import { FLOWS } from './model-wire.js';

/** Looks after every way between model nodes: what was once encrypted on it stays so. */
export class PlaintextGuard {
  readonly violations: string[] = [];
  readonly #nodes: readonly ModelNode[];
  /** Ways on which ESP was sent, and nodes that took nothing else of each other. */
  readonly #encrypted = new Set<string>();
  readonly #shut = new Set<string>();
  /** Ways on which both ends want plaintext; an agent that is started anew has kept it in mind. */
  readonly #agreed = new Set<string>();
  /** Kernels that were emptied: nobody can know before the agent has looked again. */
  readonly #excused = new Map<ModelNode, string>();
  readonly #unmet = new Set<string>();

  constructor(nodes: readonly ModelNode[]) {
    this.#nodes = nodes;
  }

  /** The kernel of that node is emptied. */
  excuse(node: ModelNode, event: 'flush policies' | 'reboot'): void {
    this.#excused.set(node, event);
    if (event !== 'reboot') return;
    for (const peer of this.#nodes) this.#unmet.add(wayOf(node, peer));
  }

  /** Its agent has made a round: no excuse any more, but for peers that it does not know of yet. */
  excused(node: ModelNode): void {
    if (!node.book.isListed) return;
    this.#excused.delete(node);
    for (const peer of this.#nodes) {
      const isMet = node.book.get(peer.name) !== undefined || !node.enabled;
      if (isMet) this.#unmet.delete(wayOf(node, peer));
    }
  }

  watch(event: string): void {
    for (const node of this.#nodes) {
      for (const peer of this.#nodes) {
        if (peer !== node) this.#watchWay(node, peer, event);
      }
    }
  }

  #watchWay(node: ModelNode, peer: ModelNode, event: string): void {
    const way = wayOf(node, peer);
    const isExcused = this.#excused.has(node) || this.#unmet.has(way);
    const phase = node.book.get(peer.name)?.record.phase;
    if (!node.enabled && phase === 'Disabled') this.#agreed.add(way);
    else if (node.enabled || phase !== undefined) this.#agreed.delete(way);
    const isAgreed = this.#agreed.has(way);
    const packets = node.wire.leaving(peer.number);
    for (const [flow, packet] of packets.entries()) {
      const name = `${way} ${FLOWS[flow]?.join('–')}`;
      if (packet.kind === 'esp') this.#encrypted.add(name);
      else if (packet.kind === 'plain' && this.#encrypted.has(name)) {
        if (isAgreed) this.#encrypted.delete(name);
        else if (!isExcused) this.violations.push(`plaintext after ${event}: ${name}`);
      }
    }
    if (node.wire.isShut(peer.number)) this.#shut.add(way);
    else if (!node.enabled || isExcused) this.#shut.delete(way);
    else if (this.#shut.has(way)) {
      this.violations.push(`plaintext after ${event}: ${node.name} takes from ${peer.name}`);
    }
  }
}

function wayOf(node: ModelNode, peer: ModelNode): string {
  return `${node.name}→${peer.name}`;
}
