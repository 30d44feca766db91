import {
  isDisabled,
  isIpsec,
  isWireguard,
  type NodePicture,
  type NodeState,
  type Picture,
} from './picture.js';
import { isRotating } from './rotation.js';

/** So many nodes are named in a list. */
const NAMED = 20;

/**
 * The first lines in the shape of `cilium encryption status`, which leaves out modes that no node has;
 * behind them, where there is something to tell, what Podcloak knows beyond.
 */
export function clusterText(picture: Picture): string {
  const { nodes, orphans } = picture;
  const ofState = (state: NodeState) => nodes.filter((one) => one.state === state).map(nameOf);
  const modes = [...disabledLines(nodes), ...ipsecLines(nodes), ...wireguardLines(nodes)];
  return [
    ...(modes.length === 0 ? [`Encryption: Disabled (0/0 nodes)`] : modes),
    ...(nodes.length === 1
      ? section('Enabling, with no other node to encrypt with', ofState('enabling'))
      : section('Still enabling, some pairs may talk in plaintext', ofState('enabling'))),
    ...section('Still walking back to plaintext', ofState('leaving')),
    ...section('Disabled, their kernels still being emptied', ofState('emptying')),
    ...section('With a record of another version', ofState('unknown')),
    ...section(
      'Not ready, as their agents said last',
      nodes.flatMap(({ node, notReady }) => (notReady === undefined ? [] : `${node}: ${notReady}`)),
    ),
    ...section(
      'Asking for a rotation',
      nodes.flatMap(({ node, rotationNeeded }) =>
        rotationNeeded === undefined ? [] : `${node}: ${rotationNeeded}`,
      ),
    ),
    ...section('Without a record', ofState('no record')),
    ...section('Records without a Node', orphans.map(nameOf)),
    '',
  ].join('\n');
}

function disabledLines(nodes: readonly NodePicture[]): string[] {
  return modeLine('Disabled', nodes.filter(isDisabled).length, nodes.length);
}

function ipsecLines(nodes: readonly NodePicture[]): string[] {
  const some = nodes.filter(isIpsec);
  const keys = [...keyUse(some)].map(([id, count]) => `${id} on ${count}/${nodes.length}`);
  return [
    ...modeLine('IPsec', some.length, nodes.length),
    ...(keys.length === 0 ? [] : [`IPsec key ids in use: ${keys.join(', ')}`]),
    ...(some.length === 0 ? [] : [`IPsec expected key count: ${expectedKeys(some.length)}`]),
    ...rotationLine('IPsec', some),
  ];
}

function wireguardLines(nodes: readonly NodePicture[]): string[] {
  const some = nodes.filter(isWireguard);
  const bare = some.filter(isWithoutPsk).length;
  const keys = [
    ...[...pskUse(some)].map(([id, count]) => `key id ${id} on ${count}/${nodes.length}`),
    ...(bare === 0 ? [] : [`none on ${bare}/${nodes.length}`]),
  ];
  return [
    ...modeLine('Wireguard', some.length, nodes.length),
    ...(keys.length === 0 ? [] : [`Wireguard PSKs: ${keys.join(', ')}`]),
    ...rotationLine('Wireguard', some),
  ];
}

/** Of these nodes alone; nothing where none of them says anything of it. */
export function rotationLine(mode: string, nodes: readonly NodePicture[]): string[] {
  const rotating = isRotating({ nodes, orphans: [] });
  return rotating === undefined ? [] : [`${mode} key rotation in progress: ${rotating}`];
}

/** One of its WireGuard devices has public keys only, as there was no Secret when it was made. */
export function isWithoutPsk({ devices = [] }: NodePicture): boolean {
  return devices.some(({ keyID }) => keyID === undefined);
}

/** What `Keys in use` of each node of IPsec comes to at rest: with each other one tunnel, and a key a direction. */
export function expectedKeys(encrypting: number): number {
  return (encrypting - 1) * 2;
}

/** How many nodes would receive under each key id, ascending. */
export function keyUse(nodes: readonly NodePicture[]): ReadonlyMap<number, number> {
  return idUse(nodes.map(({ keyIDs }) => keyIDs));
}

/** How many nodes have devices with PSKs of each key id, ascending. */
export function pskUse(nodes: readonly NodePicture[]): ReadonlyMap<number, number> {
  return idUse(
    nodes.map(({ devices = [] }) => [...new Set(devices.flatMap(({ keyID }) => keyID ?? []))]),
  );
}

function idUse(ofNodes: readonly (readonly number[])[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const id of ofNodes.flat()) counts.set(id, (counts.get(id) ?? 0) + 1);
  return new Map([...counts].sort(([one], [other]) => one - other));
}

/** Names behind one another, the first of them only where there are many. */
export function namesText(names: readonly string[], most = 10): string {
  const left = names.length - most;
  const shown = names.slice(0, most).map(plain).join(', ');
  return left > 0 ? `${shown} and ${left} more` : shown;
}

function nameOf({ node }: NodePicture): string {
  return node;
}

function modeLine(mode: string, count: number, total: number): string[] {
  return count === 0 ? [] : [`Encryption: ${mode} (${count}/${total} nodes)`];
}

function section(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const left = items.length - NAMED;
  return [
    `${title}: ${items.length}`,
    ...items.slice(0, NAMED).map((item) => `\t${plain(item)}`),
    ...(left > 0 ? [`\tand ${left} more`] : []),
  ];
}

/** On one line and without what a terminal might obey: reasons come from other machines. */
export function plain(text: string): string {
  return text.replace(/\n/g, '; ').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
