import type { EncryptionType } from '../keying/index.js';
import { waitingText } from './current-key.js';
import { isDisabled, isWireguard, type NodePicture, type Picture } from './picture.js';
import type { ToGo } from './to-go.js';
import { notEnforced } from './wait-enforced.js';

/**
 * The nodes that are not on the key that the others prefer, or have not sent to all of them under it. Without
 * the Secret at hand the key that most prefer counts as the current one. Where there is no Secret, nodes of WireGuard
 * have keys of their own only: each must have one device, and all of them one generation.
 */
export function notOnOneKey({ nodes }: Picture): ToGo[] {
  const encrypting = nodes.filter((one) => !isDisabled(one));
  const current = mostPreferred(encrypting.flatMap(({ currentKey }) => currentKey?.keyID ?? []));
  const newest = newestGeneration(encrypting);
  return encrypting.flatMap((one) => {
    const { node, currentKey } = one;
    if (currentKey === undefined) {
      const why = hasNoPsks(one) ? oldDevices(one, newest) : NOT_SAID;
      return why === undefined ? [] : [{ node, why }];
    }
    if (currentKey.keyID !== current) return [{ node, why: `prefers key id ${currentKey.keyID}` }];
    return currentKey.isConfirmed ? [] : [{ node, why: waitingText(currentKey) }];
  });
}

const NOT_SAID = 'its agent has not said which key it prefers';

/** Whether a rotation is going on; undefined where no node says anything of it. */
export function isRotating(picture: Picture): boolean | undefined {
  const says = picture.nodes.some((one) => one.currentKey !== undefined || hasNoPsks(one));
  return says ? notOnOneKey(picture).length > 0 : undefined;
}

/** It is one of WireGuard, and there was no Secret when it made its keys. */
function hasNoPsks(node: NodePicture): boolean {
  const { devices = [] } = node;
  return (
    isWireguard(node) && devices.length > 0 && devices.every(({ keyID }) => keyID === undefined)
  );
}

/** Why its devices are not those that stay. */
function oldDevices({ devices = [] }: NodePicture, newest: number): string | undefined {
  if (devices.every(({ generation }) => generation < newest)) {
    return `has no WireGuard device of generation ${newest} yet`;
  }
  return devices.length > 1 ? 'has the WireGuard device of its old key still' : undefined;
}

function newestGeneration(nodes: readonly NodePicture[]): number {
  const devices = nodes.filter(isWireguard).flatMap((one) => one.devices ?? []);
  return devices.reduce((newest, { generation }) => Math.max(newest, generation), 0);
}

/** The nodes that do not encrypt, and then those that a rotation has not reached. */
export function notSettled(picture: Picture, type?: EncryptionType): ToGo[] {
  const first = notEnforced(picture, type);
  const names = new Set(first.map(({ node }) => node));
  return [...first, ...notOnOneKey(picture).filter(({ node }) => !names.has(node))];
}

function mostPreferred(ids: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}
