import { isDisabled, type NodeState, type Picture } from './picture.js';
import { isRotating } from './rotation.js';
import { expectedKeys, keyUse } from './text.js';
import type { ToGo } from './to-go.js';

/**
 * Fields of `cilium encryption status -o json` that are counts of what is in kernels. No record has them: they change
 * with each packet, and each change would be a write. Absent rather than 0, which would say that all is well.
 */
export const NOT_IN_RECORDS = [
  'ipsec-keys-in-use-node-count',
  'ipsec-max-seq-num',
  'ipsec-err-count',
  'xfrm-errors',
  'xfrm-error-node-count',
] as const;

/**
 * The cluster in the keys of `cilium encryption status -o json`, and under `podcloak` all that is ours.
 *
 * @param perNode with all that is known of each node
 * @param toGo the nodes that a wait is waiting for, where there is one
 */
export function clusterJson(picture: Picture, toGo?: readonly ToGo[], perNode = false): object {
  const { nodes, orphans } = picture;
  const rotating = isRotating(picture);
  const disabled = nodes.filter(isDisabled).length;
  const encrypting = nodes.length - disabled;
  const ofState = (state: NodeState) =>
    nodes.filter((one) => one.state === state).map(({ node }) => node);
  return {
    'total-node-count': nodes.length,
    'enc-disabled-node-count': disabled,
    'enc-ipsec-node-count': encrypting,
    'enc-wireguard-node-count': 0,
    ...(rotating === undefined ? {} : { 'ipsec-key-rotation-in-progress': rotating }),
    ...(encrypting === 0 ? {} : { 'ipsec-expected-key-count': expectedKeys(encrypting) }),
    podcloak: {
      notInRecords: NOT_IN_RECORDS,
      keyIDNodeCount: Object.fromEntries(keyUse(nodes)),
      enabling: ofState('enabling'),
      leaving: ofState('leaving'),
      emptying: ofState('emptying'),
      unknown: ofState('unknown'),
      notReady: nodes.flatMap(({ node, notReady }) =>
        notReady === undefined ? [] : [{ node, reason: notReady }],
      ),
      rotationNeeded: nodes.flatMap(({ node, rotationNeeded }) =>
        rotationNeeded === undefined ? [] : [{ node, reason: rotationNeeded }],
      ),
      withoutRecord: ofState('no record'),
      withoutNode: orphans.map(({ node }) => node),
      ...(perNode ? { nodes } : {}),
      ...(toGo === undefined ? {} : { toGo }),
    },
  };
}

/** On one line unless it is to be indented, so that a wait prints a line a change. */
export function jsonText(value: object, indent?: number): string {
  return `${JSON.stringify(value, null, indent)}\n`;
}
