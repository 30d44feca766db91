import {
  isDisabled,
  isIpsec,
  isWireguard,
  type NodePicture,
  type NodeState,
  type Picture,
} from './picture.js';
import { isRotating } from './rotation.js';
import { expectedKeys, isWithoutPsk, keyUse, pskUse } from './text.js';
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
  const ipsec = nodes.filter(isIpsec);
  const wireguard = nodes.filter(isWireguard);
  const rotating = isRotating({ nodes: ipsec, orphans: [] });
  const ofState = (state: NodeState) =>
    nodes.filter((one) => one.state === state).map(({ node }) => node);
  return {
    'total-node-count': nodes.length,
    'enc-disabled-node-count': nodes.filter(isDisabled).length,
    'enc-ipsec-node-count': ipsec.length,
    'enc-wireguard-node-count': wireguard.length,
    ...(rotating === undefined ? {} : { 'ipsec-key-rotation-in-progress': rotating }),
    ...(ipsec.length === 0 ? {} : { 'ipsec-expected-key-count': expectedKeys(ipsec.length) }),
    podcloak: {
      notInRecords: NOT_IN_RECORDS,
      keyIDNodeCount: Object.fromEntries(keyUse(nodes)),
      ...(wireguard.length === 0 ? {} : { wireguard: wireguardJson(wireguard) }),
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

/** Cilium has no more than a count of these nodes. */
function wireguardJson(nodes: readonly NodePicture[]): object {
  const rotating = isRotating({ nodes, orphans: [] });
  return {
    pskKeyIDNodeCount: Object.fromEntries(pskUse(nodes)),
    withoutPSKNodeCount: nodes.filter(isWithoutPsk).length,
    ...(rotating === undefined ? {} : { keyRotationInProgress: rotating }),
  };
}

/** On one line unless it is to be indented, so that a wait prints a line a change. */
export function jsonText(value: object, indent?: number): string {
  return `${JSON.stringify(value, null, indent)}\n`;
}
