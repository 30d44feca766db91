import { createHash } from 'node:crypto';
import type { Cluster } from '../kube/index.js';
import type { PeerStatus } from '../status/index.js';

/** Trouble that is gone sooner is that of a start or of a change, in milliseconds. */
const PATIENCE = 30_000;
/** The same where packets are encrypted, with an old key: a kubelet brings a new Secret within two minutes. */
const PATIENCE_ENCRYPTED = 180_000;
/** How long each waits for those before it to speak, in milliseconds. */
const TURN = 10_000;
/** Of one round: a cluster in trouble must not be troubled by its events. */
const MOST = 10;

interface Trouble {
  readonly reason: string;
  /** In the caller's milliseconds. */
  readonly since: number;
  readonly isTold: boolean;
}

/**
 * Reports pairs in trouble as events of the peers' Nodes, each once until it is over. A node that all others have
 * trouble with is not reported by all of them at once: they take turns.
 */
export class PeerEvents {
  readonly #cluster: Pick<Cluster, 'event'>;
  #troubles = new Map<string, Trouble>();

  constructor(cluster: Pick<Cluster, 'event'>) {
    this.#cluster = cluster;
  }

  /**
   * @param own this node's name
   * @param uidOf the Node of a name, if there is one
   * @param now milliseconds that never go back
   */
  report(
    own: string,
    peers: readonly PeerStatus[],
    uidOf: (node: string) => string | undefined,
    now: number,
  ): void {
    const troubles = new Map<string, Trouble>();
    let told = 0;
    for (const { node, state, reason } of peers) {
      if (reason === undefined) continue;
      const known = this.#troubles.get(node);
      const trouble = known?.reason === reason ? known : { reason, since: now, isTold: false };
      const patience = state === 'encrypted' ? PATIENCE_ENCRYPTED : PATIENCE;
      const age = now - trouble.since;
      const isDue =
        !trouble.isTold && told < MOST && age >= patience + TURN * turnOf(own, node, peers.length);
      troubles.set(node, isDue ? { ...trouble, isTold: true } : trouble);
      if (!isDue) continue;
      told += 1;
      const uid = uidOf(node);
      void this.#cluster.event({
        regarding: { kind: 'Node', name: node, ...(uid === undefined ? {} : { uid }) },
        type: 'Warning',
        reason: state === 'encrypted' ? 'PairInTrouble' : 'PairNotEncrypted',
        action: 'Encrypt',
        note: `${own} to ${node}: ${state}: ${reason}`.slice(0, 1024),
      });
    }
    this.#troubles = troubles;
  }
}

/** About how many others speak of this peer before this node does: each pair has its place, by chance. */
function turnOf(own: string, peer: string, others: number): number {
  const digest = createHash('sha256').update(`${own} ${peer}`).digest();
  return Math.floor((digest.readUInt32BE() / 2 ** 32) * others);
}
