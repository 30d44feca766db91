import { diagnostic } from '../errors/index.js';
import type { Cluster } from '../kube/index.js';
import type { Problems } from './problems.js';

export interface SequenceWatchOptions {
  readonly cluster: Pick<Cluster, 'event'>;
  readonly problems: Problems;
}

/** The node that it is about. */
export interface WornNode {
  readonly name: string;
  readonly uid: string | undefined;
}

const NAME = 'sequence numbers';

/**
 * Asks for a rotation while a key has been used so often that it should go: by a problem, which
 * the status and the record repeat, and by one event of this node's Node.
 */
export class SequenceWatch {
  readonly #options: SequenceWatchOptions;

  constructor(options: SequenceWatchOptions) {
    this.#options = options;
  }

  /** @param wear what is worn, in words that do not change while it goes on; undefined for nothing */
  look(wear: string | undefined, node: WornNode): void {
    const { problems, cluster } = this.#options;
    if (wear === undefined) {
      problems.end(NAME);
      return;
    }
    const isNew = !problems.has(NAME);
    const found = diagnostic('PC722', wear);
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
