import type { DevicePicture } from './fields.js';
import { isDisabled, isIpsec, isWireguard, type NodePicture, type Picture } from './picture.js';
import { plain, rotationLine } from './text.js';

/** `--per-node-details`: the lines of `cilium encryption status` for each node on its own. */
export function nodesText({ nodes }: Picture): string {
  return nodes.map((node) => `${linesOf(node).join('\n')}\n`).join('\n');
}

function linesOf(picture: NodePicture): string[] {
  const { node, keyIDs, notReady, rotationNeeded, devices = [] } = picture;
  const mode = isWireguard(picture) ? 'Wireguard' : 'IPsec';
  return [
    `Node: ${node}`,
    `Encryption: ${isDisabled(picture) ? 'Disabled' : mode}`,
    ...(isIpsec(picture) && keyIDs.length > 0
      ? [`IPsec key ids in use: ${keyIDs.join(', ')}`]
      : []),
    // Those of IPsec have them, too, while the cluster moves to another type.
    ...devices.map(deviceLine),
    ...rotationLine(mode, [picture]),
    ...(notReady === undefined ? [] : [`Not ready: ${plain(notReady)}`]),
    ...(rotationNeeded === undefined ? [] : [`Asks for a rotation: ${plain(rotationNeeded)}`]),
  ];
}

function deviceLine({ generation, listenPort, publicKey, keyID }: DevicePicture): string {
  const psk = keyID === undefined ? 'no PSK' : `PSK of key id ${keyID}`;
  return `Wireguard device: generation ${generation}, UDP port ${listenPort}, ${psk}, public key ${plain(publicKey)}`;
}
