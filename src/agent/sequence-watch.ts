import { type Actual, ownOf } from '../datapath/index.js';
import { diagnostic } from '../errors/index.js';
import type { Cluster } from '../kube/index.js';
import { type SequenceWear, sequenceWear } from '../status/index.js';
import type { Problems } from './problems.js';

export interface SequenceWatchOptions {
  readonly cluster: Pick<Cluster, 'event'>;
  readonly problems: Problems;
}

/** The node that the SAs are of. */
export interface WornNode {
  readonly name: string;
  readonly uid: string | undefined;
}

const NAME = 'sequence numbers';

/**
 * Asks for a rotation while an SA has used so many sequence numbers that its key should go: by a problem, which
 * the status and the record repeat, and by one event of this node's Node.
 */
export class SequenceWatch {
  readonly #options: SequenceWatchOptions;

  constructor(options: SequenceWatchOptions) {
    this.#options = options;
  }

  /** @param actual what the kernel holds now */
  look(actual: Actual, node: WornNode): void {
    const { problems, cluster } = this.#options;
    const wear = sequenceWear(ownOf(actual).sas);
    if (wear === null || wear.share < 1) {
      problems.end(NAME);
      return;
    }
    const isNew = !problems.has(NAME);
    const found = diagnostic('PC722', wornText(wear));
    problems.begin(NAME, found);
    if (!isNew) return;
    const { name, uid } = node;
    void cluster.event({
      regarding: { kind: 'Node', name, ...(uid === undefined ? {} : { uid }) },
      ...{ type: 'Warning', reason: 'RotationNeeded', action: 'Encrypt' },
      note: `${found.code}: ${found.message}. ${found.remedy}`,
    });
  }
}

/** Without a number: it would be another text, and another write of the record, each time. */
function wornText({ keyID, esn }: SequenceWear): string {
  return esn
    ? `more than 2^40 packets went through an SA of key id ${keyID}`
    : `more than 2^29 packets went through an SA of key id ${keyID}, which has no extended sequence numbers and ends at 2^32`;
}
