import {
  currentKeyOf,
  devicesOf,
  fieldsOf,
  type Known,
  keyIDsOf,
  waitingText,
} from '../cluster/index.js';
import type { KeyLine } from '../key-lines/index.js';
import { type RecordVerdict, verifyRecord } from '../keying/index.js';
import type { WrittenRecord } from '../kube/index.js';

/**
 * Where a node is with the current key, the last line of the Secret. `silent`: its agent has not said how
 * far it is. `other material`: it has another key under the same id. `refused`: its record proves nothing.
 */
export type KeyState = 'done' | 'switching' | 'silent' | 'behind' | 'other material' | 'refused';

export interface NodeKeys {
  readonly node: string;
  readonly state: KeyState;
  /** That it would receive under, ascending. */
  readonly keyIDs: readonly number[];
  /** Other nodes that it encrypts with, as it said last. */
  readonly peers: number;
  /** Those of them that it sends to under the current key. */
  readonly confirmed: number;
  /** For people; empty where the node is done. */
  readonly why: string;
}

export interface Aside {
  readonly node: string;
  readonly state: 'no record' | 'disabled';
}

/** How far the nodes are with the current key. */
export interface Progress {
  readonly keyID: number;
  /** Nodes that encrypt, by name. */
  readonly nodes: readonly NodeKeys[];
  /** Nodes that take part in nothing: without a record, or disabled. */
  readonly aside: readonly Aside[];
}

/**
 * Whether every node sends to each of its peers under the current key: the others are not needed. Where no
 * record is left that could say so, nothing is proven.
 */
export function isDone({ nodes, aside }: Progress): boolean {
  const canTell = nodes.length > 0 || aside.every(({ state }) => state === 'disabled');
  return canTell && nodes.every(({ state }) => state === 'done');
}

export function laggards({ nodes }: Progress): NodeKeys[] {
  return nodes.filter(({ state }) => state !== 'done');
}

/** Directions between nodes, all and those that go under the current key. */
export function pairCounts({ nodes }: Progress): { total: number; confirmed: number } {
  const others = Math.max(0, nodes.length - 1);
  let total = 0;
  let confirmed = 0;
  for (const node of nodes) {
    const hasSaid = node.state === 'done' || node.state === 'switching';
    total += hasSaid ? node.peers : others;
    confirmed += hasSaid ? node.confirmed : 0;
  }
  return { total, confirmed };
}

/**
 * Reads the records with the Secret at hand: one that was not written by a holder of it counts for nothing. What
 * a status says has no proof; it decides only when an old line goes, and agents keep what is not confirmed.
 *
 * @param lines of the Secret, of which there is at least one
 */
export function progressOf(
  { nodes, records }: Known,
  lines: readonly KeyLine[],
  clusterUID: string,
): Progress {
  const keyID = lines.at(-1)?.keyId ?? 0;
  const byName = new Map(records.map((record) => [record.name, record]));
  const found: NodeKeys[] = [];
  const aside: Aside[] = [];
  for (const node of [...new Set(nodes)].sort()) {
    const record = byName.get(node);
    if (record === undefined) aside.push({ node, state: 'no record' });
    else if (isOff(record)) aside.push({ node, state: 'disabled' });
    else found.push(nodeKeys(record, keyID, lines, clusterUID));
  }
  return { keyID, nodes: found, aside };
}

/** The key ids that any record names, also those of nodes that are gone. */
export function knownKeyIDs({ records }: Known): Set<number> {
  return new Set(records.flatMap(({ spec }) => keyIDsOf(spec)));
}

/** It says that it is disabled, and names no key any more, nor a device without one. */
function isOff({ spec }: WrittenRecord): boolean {
  const isKeyless = keyIDsOf(spec).length === 0 && devicesOf(spec).length === 0;
  return fieldsOf(spec).phase === 'Disabled' && isKeyless;
}

const NONE = { peers: 0, confirmed: 0 };

function nodeKeys(
  record: WrittenRecord,
  keyID: number,
  lines: readonly KeyLine[],
  clusterUID: string,
): NodeKeys {
  const { name: node, spec, status } = record;
  const verdict = verifyRecord(spec, { clusterUID, nodeName: node }, lines);
  const keyIDs = keyIDsOf(spec);
  const said = currentKeyOf(status);
  const isOfIt = said?.keyID === keyID;
  const counts = isOfIt ? { peers: said.peers, confirmed: said.confirmed } : NONE;
  const is = (state: KeyState, why: string): NodeKeys => ({ node, state, keyIDs, ...counts, why });
  const fault = faultOf(verdict, keyID);
  if (fault !== undefined) return is(fault.state, fault.why);
  if (!keyIDs.includes(keyID) || !isProven(verdict, keyID)) {
    return is('behind', `has not read key id ${keyID} yet (knows ${keyIDs.join(', ') || 'none'})`);
  }
  if (said === undefined) return is('silent', 'its agent has not said how far it is');
  if (said.keyID !== keyID) return is('behind', `prefers key id ${said.keyID} still`);
  return said.isConfirmed ? is('done', '') : is('switching', waitingText(said));
}

function faultOf(
  verdict: RecordVerdict,
  keyID: number,
): { state: KeyState; why: string } | undefined {
  switch (verdict.verdict) {
    case 'malformed':
      return { state: 'refused', why: 'its record is malformed' };
    case 'too-new-protocol':
      return { state: 'refused', why: 'its record is of a later version than this command' };
    case 'wrong-mac':
      return { state: 'refused', why: 'its record is forged or damaged' };
    case 'other-key':
      return otherMaterial(verdict.keyIDs);
    case 'authentic':
      return verdict.otherKeyIDs.includes(keyID) ? otherMaterial([keyID]) : undefined;
    case 'unknown-key-id':
      return undefined;
  }
}

function otherMaterial(keyIDs: readonly number[]): { state: KeyState; why: string } {
  return {
    state: 'other material',
    why: `has another key under id ${keyIDs.join(', ')} than the Secret`,
  };
}

function isProven(verdict: RecordVerdict, keyID: number): boolean {
  return verdict.verdict === 'authentic' && verdict.provenKeyIDs.includes(keyID);
}
