import {
  type AgentStatus,
  type ForgetAnswer,
  type NodeWithoutAgent,
  PEER_STATES,
  type PeerStatus,
  type SequenceNumber,
  STATUS_VERSION,
  type WireguardInterface,
  type WireguardPeerStatus,
} from './agent-status.js';

type Check<T> = (value: unknown) => value is T;

/** An {@link AgentStatus} from its JSON; undefined for anything else, or another version of it. */
export function parseStatus(text: string): AgentStatus | undefined {
  const value = parseJson(text);
  // An agent of before there was WireGuard says nothing of devices: it has none.
  const whole = isMap(value) ? { interfaces: [], ...value } : value;
  return isStatus(whole) ? whole : undefined;
}

/** A {@link ForgetAnswer} from its JSON; undefined for anything else. */
export function parseForgetAnswer(text: string): ForgetAnswer | undefined {
  const value = parseJson(text);
  return isForgetAnswer(value) ? value : undefined;
}

const isText: Check<string> = (value) => typeof value === 'string';
const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;
const isFlag: Check<boolean> = (value) => typeof value === 'boolean';
const isHex = (value: unknown): value is string =>
  isText(value) && /^0x[0-9a-f]{1,16}$/.test(value);
const listOf =
  <T>(check: Check<T>): Check<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every(check);
const orNull =
  <T>(check: Check<T>): Check<T | null> =>
  (value): value is T | null =>
    value === null || check(value);
/** The cast says what the type does: the field may be missing. */
const maybe = <T>(check: Check<T>): Check<T> =>
  ((value) => value === undefined || check(value)) as Check<T>;
const oneOf =
  <T extends string | number>(...options: readonly T[]): Check<T> =>
  (value): value is T =>
    options.includes(value as T);
/** A map with these fields at least: a later agent may say more. */
const mapOf =
  <T extends object>(checks: { readonly [K in keyof Required<T>]: Check<T[K]> }): Check<T> =>
  (value): value is T =>
    isMap(value) &&
    Object.entries<Check<unknown>>(checks).every(([name, check]) => check(value[name]));

const isStatus = mapOf<AgentStatus>({
  version: oneOf(STATUS_VERSION),
  node: isText,
  mode: oneOf('Disabled', 'IPsec', 'Wireguard'),
  decryptionInterfaces: listOf(isText),
  keysInUse: isCount,
  keyIDs: listOf(isCount),
  maxSeqNumber: orNull(mapOf<SequenceNumber>({ current: isHex, limit: isHex, esn: isFlag })),
  interfaces: listOf(
    mapOf<WireguardInterface>({
      name: isText,
      publicKey: isText,
      listenPort: isCount,
      peerCount: isCount,
      psk: isText,
      nodeEncryption: isFlag,
      peers: listOf(
        mapOf<WireguardPeerStatus>({
          node: orNull(isText),
          publicKey: isText,
          endpoint: orNull(isText),
          handshakeAgeSeconds: orNull(isCount),
          receivedBytes: isCount,
          sentBytes: isCount,
          confirmed: isFlag,
        }),
      ),
    }),
  ),
  xfrmCounters: orNull(
    (value): value is Readonly<Record<string, number>> =>
      isMap(value) && Object.values(value).every(isCount),
  ),
  peers: listOf(
    mapOf<PeerStatus>({
      node: isText,
      state: oneOf(...PEER_STATES),
      keyID: orNull(isCount),
      reason: maybe(isText),
      cause: maybe(isText),
      epoch: orNull(isCount),
    }),
  ),
  nodesWithoutAgent: listOf(mapOf<NodeWithoutAgent>({ node: isText, reason: isText })),
  warnings: listOf(isText),
});

const isForgotten = mapOf<Extract<ForgetAnswer, { outcome: 'forgotten' }>>({
  outcome: oneOf('forgotten'),
  node: isText,
  podCIDRs: listOf(isText),
});
const isUnknown = mapOf<Extract<ForgetAnswer, { outcome: 'unknown' }>>({
  outcome: oneOf('unknown'),
  node: isText,
});
const isAlive = mapOf<Extract<ForgetAnswer, { outcome: 'alive' }>>({
  outcome: oneOf('alive'),
  node: isText,
  reason: isText,
});
const isForgetAnswer = (value: unknown): value is ForgetAnswer =>
  isForgotten(value) || isUnknown(value) || isAlive(value);

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
