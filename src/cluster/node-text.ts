import { isDisabled, type NodePicture, type Picture } from './picture.js';
import { isRotating } from './rotation.js';
import { plain } from './text.js';

/** `--per-node-details`: the lines of `cilium encryption status` for each node on its own. */
export function nodesText({ nodes }: Picture): string {
  return nodes.map((node) => `${linesOf(node).join('\n')}\n`).join('\n');
}

function linesOf(picture: NodePicture): string[] {
  const { node, keyIDs, notReady, rotationNeeded } = picture;
  const rotating = isRotating({ nodes: [picture], orphans: [] });
  return [
    `Node: ${node}`,
    `Encryption: ${isDisabled(picture) ? 'Disabled' : 'IPsec'}`,
    ...(keyIDs.length === 0 ? [] : [`IPsec key ids in use: ${keyIDs.join(', ')}`]),
    ...(rotating === undefined ? [] : [`IPsec key rotation in progress: ${rotating}`]),
    ...(notReady === undefined ? [] : [`Not ready: ${plain(notReady)}`]),
    ...(rotationNeeded === undefined ? [] : [`Asks for a rotation: ${plain(rotationNeeded)}`]),
  ];
}
