import { isDisabled, type NodePicture, type NodeState, type Picture } from './picture.js';

/** A node that has not walked back to plaintext yet. */
export interface ToGo {
  readonly node: string;
  readonly why: string;
}

const WHY: Readonly<Record<NodeState, string>> = {
  'no record': 'its record is gone, and did not say that it is disabled',
  enabling: 'enabling',
  enforced: 'enforced',
  leaving: 'walking back',
  emptying: 'emptying its kernel',
  disabled: 'disabled',
  unknown: 'a record of another version',
};

/**
 * Follows which nodes still encrypt. One whose record goes while it is watched, and whose Node stays, has
 * not walked back for that: it counts until it says so.
 */
export class Remaining {
  #encrypting = new Set<string>();

  /** @returns by name; empty when nothing is encrypted any more, by all that the records say */
  look({ nodes, orphans }: Picture): ToGo[] {
    const toGo = [...nodes, ...orphans.filter((one) => !isDisabled(one))].filter((one) =>
      this.#isLeft(one),
    );
    this.#encrypting = new Set(toGo.map(({ node }) => node));
    return toGo.map(({ node, state }) => ({ node, why: WHY[state] }));
  }

  #isLeft({ node, state }: NodePicture): boolean {
    return state === 'no record' ? this.#encrypting.has(node) : state !== 'disabled';
  }
}
