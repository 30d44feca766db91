import { createSecretKey, type KeyObject } from 'node:crypto';
import { openGeneric } from '../generic/message.js';
import { eachAttribute } from '../wire/attributes.js';
import type { NetlinkMessage } from '../wire/message.js';
import type { Reader } from '../wire/reader.js';
import { DEVICE, PEER } from './constants.js';
import type { WireguardPart, WireguardPeer } from './device.js';
import { readBytes, readTime } from './read-peer.js';

/** What of a peer changes by itself. */
type Traffic = Pick<WireguardPeer, 'lastHandshake' | 'receivedBytes' | 'sentBytes'>;

/**
 * What a device said the last time. A message that says the same again but for traffic is not read again,
 * as mostly nothing has changed, and thousands of peers are as many key objects to make and compare.
 *
 * The bytes hold keys. So they are kept as keys are: out of sight, to be compared in constant time.
 */
export class WireguardMemory {
  readonly #parts: { readonly bytes: KeyObject; readonly part: WireguardPart | undefined }[] = [];
  #sequence: number | undefined;
  #next = 0;

  /**
   * What a message says. Takes the traffic out of its bytes.
   *
   * @throws NetlinkParseError
   */
  recall(
    message: NetlinkMessage,
    parse: (message: NetlinkMessage) => WireguardPart | undefined,
  ): WireguardPart | undefined {
    // The messages of an answer bear the number of the question.
    if (message.sequence !== this.#sequence) this.#next = 0;
    this.#sequence = message.sequence;
    const place = this.#next;
    this.#next += 1;
    const traffic = takeTraffic(message.body);
    const bytes = createSecretKey(message.body);
    const known = this.#parts[place];
    const part = known?.bytes.equals(bytes) ? known.part : parse(message);
    this.#parts[place] = { bytes, part };
    if (part === undefined) return undefined;
    const peers = part.peers.map((peer, index) => {
      const own = traffic[index];
      return own === undefined ? peer : { ...peer, ...own };
    });
    return { ...part, peers };
  }
}

/** Reads the traffic of each peer, undefined for none, and leaves zeros there. */
function takeTraffic(body: Uint8Array): (Traffic | undefined)[] {
  const found: (Traffic | undefined)[] = [];
  const { reader, attributesAt } = openGeneric(body);
  eachAttribute(reader, attributesAt, body.length, (type, first, last) => {
    if (type !== DEVICE.peers) return;
    eachAttribute(reader, first, last, (_, from, to) =>
      found.push(takeOne(reader, body, from, to)),
    );
  });
  return found;
}

function takeOne(reader: Reader, body: Uint8Array, from: number, to: number): Traffic | undefined {
  let traffic: { -readonly [Key in keyof Traffic]: Traffic[Key] } | undefined;
  eachAttribute(reader, from, to, (type, at, end) => {
    const name = nameOf(type);
    if (name === undefined || isZero(body, at, end)) return;
    traffic ??= { lastHandshake: 0n, receivedBytes: 0n, sentBytes: 0n };
    traffic[name] = (name === 'lastHandshake' ? readTime : readBytes)(reader, at, end);
    body.fill(0, at, end);
  });
  return traffic;
}

function nameOf(type: number): keyof Traffic | undefined {
  if (type === PEER.lastHandshake) return 'lastHandshake';
  if (type === PEER.receivedBytes) return 'receivedBytes';
  return type === PEER.sentBytes ? 'sentBytes' : undefined;
}

function isZero(body: Uint8Array, at: number, end: number): boolean {
  for (let place = at; place < end; place += 1) if (body[place] !== 0) return false;
  return true;
}
