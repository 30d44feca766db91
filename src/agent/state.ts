import { createHash } from 'node:crypto';
import type { EngineMemory } from '../engine/index.js';
import type { Phase, PodPrefix } from '../keying/index.js';
import type { Pair } from '../pairs/index.js';
import type { AgentConfig } from './config.js';

/** What this node is to its peers. */
export interface OwnState {
  readonly clusterUID: string;
  readonly nodeUID: string;
  readonly nodeNumber: number;
  readonly epoch: number;
  readonly generation: number;
  /** Of the last record that was sent, or tried to be. */
  readonly revision: number;
  /** Of the record that the API server has, as far as is known. */
  readonly publishedPhase: Phase | undefined;
  /** Base64 of 32 bytes each, by key id: X25519 private keys. Secret. */
  readonly privateKeys: Readonly<Record<string, string>>;
  /** Base64 of 8 bytes each, by key id: names the key material that is in use under it. */
  readonly checks: Readonly<Record<string, string>>;
  /** The tunnel ends of the current epoch, canonical: other ones are other keys. */
  readonly ends: readonly string[];
  /** Key ids whose private keys were destroyed in this epoch: they need another one to come back. */
  readonly retired: readonly number[];
  /**
   * This node has had no Secret yet, so far as it knows, and does without. Once it has one it never is so again,
   * unless it is disabled and begins anew.
   */
  readonly isOpen?: boolean;
  /**
   * The epoch that was taken when an `Enforced` record of this node was found without this memory of it:
   * peers that were there before may have been encrypted.
   */
  readonly lostMemoryAt?: number;
}

/** All that an agent needs to go on after a restart; plain JSON. */
export interface AgentState extends EngineMemory {
  readonly own: OwnState;
  /** What was last known, for a restart while the API server is away. */
  readonly config: AgentConfig;
  readonly podPrefixes: readonly PodPrefix[];
  readonly addresses: readonly string[];
  readonly pairs: readonly Pair[];
}

/** What a configuration of before there was WireGuard does not say. */
const BEFORE_WIREGUARD = { type: 'ipsec', persistentKeepalive: 0 } as const;

const FORMAT = 'podcloak agent state 1';
/** SHA-256 in hex. */
const DIGEST_LENGTH = 64;

/** The file's text: a line that names the format, one with SHA-256 in hex of the rest, and JSON. */
export function formatState(state: AgentState): string {
  const body = JSON.stringify(state);
  return `${FORMAT}\n${digest(body)}\n${body}\n`;
}

/** The state in a file's text; undefined for one that is damaged, of another version, or not ours. */
export function parseState(text: string): AgentState | undefined {
  const [format, sum, body, end] = text.split('\n');
  if (format !== FORMAT || body === undefined || end !== '' || sum !== digest(body)) {
    return undefined;
  }
  // The checksum is ours: what is behind it was written by this very version of the format.
  const state = JSON.parse(body) as AgentState;
  return { ...state, config: { ...BEFORE_WIREGUARD, ...state.config } };
}

/** Names a state's text: of thousands of pairs, nobody should keep all of it to compare. */
export function stateDigest(text: string): string {
  const at = FORMAT.length + 1;
  // A copy: V8's slice of a text keeps all of the text.
  return Buffer.from(text.slice(at, at + DIGEST_LENGTH), 'latin1').toString('latin1');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
