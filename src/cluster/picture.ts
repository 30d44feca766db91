import type { WrittenRecord } from '../kube/index.js';
import { type CurrentKey, currentKeyOf } from './current-key.js';
import { type DevicePicture, devicesOf, fieldsOf, keyIDsOf, listOf } from './fields.js';

/**
 * What a node's record says of it. `leaving`: it is to encrypt nothing, and still sends or receives on
 * keys. `emptying`: it names no key any more, but its agent has not said yet that its kernel holds
 * nothing of it. `disabled`: that, too. `unknown`: a phase of another version.
 */
export type NodeState =
  | 'no record'
  | 'enabling'
  | 'enforced'
  | 'leaving'
  | 'emptying'
  | 'disabled'
  | 'unknown';

export interface NodePicture {
  readonly node: string;
  readonly state: NodeState;
  /** How it encrypts, or is to; undefined where its record does not say so. */
  readonly type?: 'ipsec' | 'wireguard';
  /** Undefined without any. */
  readonly devices?: readonly DevicePicture[];
  /** Of the keys that it would receive under, PSKs included, ascending. */
  readonly keyIDs: readonly number[];
  /** Undefined where its agent has not said so. */
  readonly currentKey?: CurrentKey;
  /** Why it is not ready, in its agent's last words; undefined for one that is, or that has no record. */
  readonly notReady?: string;
  /** Why it asks for a rotation, in its agent's words; undefined for one that does not. */
  readonly rotationNeeded?: string;
}

/** The cluster as its records have it, by name. */
export interface Picture {
  readonly nodes: readonly NodePicture[];
  /** Records of nodes that are not there; the garbage collector takes them, if they have an owner. */
  readonly orphans: readonly NodePicture[];
}

/**
 * Reads the records as they are. Their proofs are not checked, as that takes the Secret: whoever may write
 * records can make this say anything.
 *
 * @param nodes the names of all Nodes
 */
export function pictureOf(nodes: Iterable<string>, records: Iterable<WrittenRecord>): Picture {
  const byName = new Map([...records].map((record) => [record.name, record]));
  const names = [...new Set(nodes)].sort();
  const picture = names.map((node) => nodePicture(node, byName.get(node)));
  for (const name of names) byName.delete(name);
  const orphans = [...byName.keys()].sort().map((name) => nodePicture(name, byName.get(name)));
  return { nodes: picture, orphans };
}

/** Whether a node encrypts nothing any more, by all that its record says. */
export function isDisabled({ state }: NodePicture): boolean {
  return state === 'emptying' || state === 'disabled' || state === 'no record';
}

/** Whether it encrypts by WireGuard. One whose record cannot be read counts as one of IPsec. */
export function isWireguard(node: NodePicture): boolean {
  return !isDisabled(node) && node.type === 'wireguard';
}

/** Whether it encrypts, and not by WireGuard. */
export function isIpsec(node: NodePicture): boolean {
  return !isDisabled(node) && node.type !== 'wireguard';
}

function nodePicture(node: string, record: WrittenRecord | undefined): NodePicture {
  if (record === undefined) return { node, state: 'no record', keyIDs: [] };
  const { phase, keys, type, wireguard } = fieldsOf(record.spec);
  const devices = devicesOf(record.spec);
  const currentKey = currentKeyOf(record.status);
  const notReady = notReadyText(record.status);
  const rotationNeeded = rotationNeededText(record.status);
  return {
    node,
    state: stateOf(
      phase,
      [keys, wireguard].some((list) => listOf(list).length > 0),
      saysOf(record),
    ),
    ...(type === 'ipsec' || type === 'wireguard' ? { type } : {}),
    ...(devices.length === 0 ? {} : { devices }),
    keyIDs: keyIDsOf(record.spec),
    ...(currentKey === undefined ? {} : { currentKey }),
    ...(notReady === undefined ? {} : { notReady }),
    ...(rotationNeeded === undefined ? {} : { rotationNeeded }),
  };
}

function stateOf(
  phase: unknown,
  hasKeys: boolean,
  says: (condition: string) => boolean,
): NodeState {
  switch (phase) {
    case 'Enabling':
      return 'enabling';
    case 'Enforced':
      // The phase comes with the first peer that answers: for the agents, not for people.
      return says('Encrypted') ? 'enforced' : 'enabling';
    case 'Disabled':
      if (hasKeys) return 'leaving';
      return says('Clean') ? 'disabled' : 'emptying';
    default:
      return 'unknown';
  }
}

/** Said of the very record that there is: an older one's status outlives what it was about. */
function saysOf({ status, generation }: WrittenRecord): (condition: string) => boolean {
  return (wanted) => {
    const found = conditionOf(status, wanted);
    return found?.status === 'True' && found.observedGeneration === generation;
  };
}

function conditionOf(status: unknown, wanted: string): ReturnType<typeof fieldsOf> | undefined {
  return listOf(fieldsOf(status).conditions)
    .map(fieldsOf)
    .find(({ type }) => type === wanted);
}

function rotationNeededText(status: unknown): string | undefined {
  const condition = conditionOf(status, 'RotationNeeded');
  return condition?.status === 'True' ? textOf(condition) : undefined;
}

function notReadyText(status: unknown): string | undefined {
  const ready = conditionOf(status, 'Ready');
  if (ready === undefined) return 'its agent has not said yet how it does';
  if (ready.status === 'True') return undefined;
  return textOf(ready);
}

/** The agent's messages begin with the code that is the reason, too. */
function textOf({ message, reason }: ReturnType<typeof fieldsOf>): string {
  const said = [message, reason].find((one) => typeof one === 'string' && one !== '');
  return said === undefined ? 'no reason given' : String(said);
}
