import { createHash } from 'node:crypto';
import type { Cluster } from '../kube/index.js';
import type { PeerStatus } from '../status/index.js';

/** Trouble that is gone sooner is that of a start or of a change, in milliseconds. */
const PATIENCE = 30_000;
/** The same where packets are encrypted, with an old key: a kubelet brings a new Secret within two minutes. */
const PATIENCE_ENCRYPTED = 180_000;
/** How long each waits for those before it to speak, in milliseconds. */
const TURN = 10_000;
/** A node that has trouble with more than so many others says so once, of itself. */
const MANY = 10;
/** All nodes may come to that at once: they say so within so long, in milliseconds. */
const SUMMARY_SPREAD = 60_000;

interface Trouble {
  readonly reason: string;
  /** In the caller's milliseconds. */
  readonly since: number;
  readonly isTold: boolean;
}

/**
 * Reports pairs in trouble as events of the peers' Nodes, each once until it is over. One bad node must not raise
 * thousands: the others that have trouble with it take turns, and what they say of one cause within an hour is one
 * event, which the first of them makes (`shared`). The bad node itself has trouble with all others, and says that in
 * one event of its own Node.
 */
export class PeerEvents {
  readonly #cluster: Pick<Cluster, 'event'>;
  #troubles = new Map<string, Trouble>();
  #hasSummed = false;

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
    const troubled = peers.filter(({ reason }) => reason !== undefined);
    const troubles = new Map<string, Trouble>();
    for (const { node, reason = '' } of troubled) {
      const known = this.#troubles.get(node);
      troubles.set(node, known?.reason === reason ? known : { reason, since: now, isTold: false });
    }
    this.#troubles = troubles;
    const ageOf = ({ node }: PeerStatus): number => now - (troubles.get(node)?.since ?? now);
    const lasting = troubled.filter((peer) => ageOf(peer) >= patienceOf(peer));
    if (lasting.length > MANY) {
      this.#sumUp(own, lasting, peers.length, uidOf(own), now);
      return;
    }
    if (troubled.length <= MANY) this.#hasSummed = false;
    for (const peer of lasting) {
      const turn = TURN * turnOf(own, peer.node, peers.length);
      const trouble = troubles.get(peer.node);
      if (trouble === undefined || trouble.isTold || ageOf(peer) < patienceOf(peer) + turn)
        continue;
      troubles.set(peer.node, { ...trouble, isTold: true });
      this.#tell(own, peer, uidOf(peer.node));
    }
  }

  #tell(own: string, { node, state, reason, cause }: PeerStatus, uid: string | undefined): void {
    void this.#cluster.event({
      regarding: { kind: 'Node', name: node, ...(uid === undefined ? {} : { uid }) },
      type: 'Warning',
      reason: state === 'encrypted' ? 'PairInTrouble' : 'PairNotEncrypted',
      action: 'Encrypt',
      note: `${own} to ${node}: ${state}: ${reason}`.slice(0, 1024),
      shared: cause ?? 'unknown',
    });
  }

  /** Once, and for all that come to it while there are many. */
  #sumUp(
    own: string,
    lasting: readonly PeerStatus[],
    total: number,
    uid: string | undefined,
    now: number,
  ): void {
    for (const [node, trouble] of this.#troubles) {
      this.#troubles.set(node, { ...trouble, isTold: true });
    }
    const oldest = Math.min(...[...this.#troubles.values()].map(({ since }) => since));
    const wait = PATIENCE + SUMMARY_SPREAD * shareOf(own, own);
    if (this.#hasSummed || now - oldest < wait) return;
    this.#hasSummed = true;
    const isOpen = lasting.some(({ state }) => state !== 'encrypted');
    const [first] = lasting;
    void this.#cluster.event({
      regarding: { kind: 'Node', name: own, ...(uid === undefined ? {} : { uid }) },
      type: 'Warning',
      reason: isOpen ? 'PairsNotEncrypted' : 'PairsInTrouble',
      action: 'Encrypt',
      note: `${own} to ${lasting.length} of ${total} nodes, such as ${first?.node}: ${first?.state}: ${first?.reason}`.slice(
        0,
        1024,
      ),
    });
  }
}

function patienceOf({ state }: PeerStatus): number {
  return state === 'encrypted' ? PATIENCE_ENCRYPTED : PATIENCE;
}

/** About how many others speak of this peer before this node does: each pair has its place, by chance. */
function turnOf(own: string, peer: string, others: number): number {
  return Math.floor(shareOf(own, peer) * others);
}

/** From 0 to 1, the same each time. */
function shareOf(own: string, peer: string): number {
  const digest = createHash('sha256').update(`${own} ${peer}`).digest();
  return digest.readUInt32BE() / 2 ** 32;
}
