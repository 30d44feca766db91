import { type KeyLine, parseKeyLines } from '../../src/key-lines/index.js';
import {
  deriveOpenMessages,
  deriveTunnelKeys,
  deriveWireguardPsk,
  type EphemeralKey,
  importEphemeral,
  type ProbeKind,
  probeMac,
  sealRecord,
  sharedSecret,
  type TunnelEnd,
  type UnsealedRecord,
  type WireguardEnd,
} from '../../src/keying/index.js';

/** A tunnel's end with its private key, in hex, instead of the public one. */
export type EndCase = Omit<TunnelEnd, 'publicKey'> & { readonly privateKey: string };

/** A WireGuard peer with its private key, in hex, instead of the public one. */
export type PeerCase = Omit<WireguardEnd, 'publicKey'> & { readonly privateKey: string };

/** A case as docs/keying.md writes it and recompute.py reads it. Bytes are hex, but for records'. */
export type Case =
  | {
      readonly kind: 'tunnel';
      readonly line: string;
      readonly clusterUID: string;
      readonly sender: EndCase;
      readonly receiver: EndCase;
      readonly lane: number;
      readonly generation: number;
    }
  | {
      readonly kind: 'open messages';
      readonly clusterUID: string;
      readonly sender: EndCase;
      readonly receiver: EndCase;
      readonly deviceGeneration: number;
      readonly lane: number;
      readonly generation: number;
    }
  | {
      readonly kind: 'record';
      readonly lines: readonly string[];
      readonly clusterUID: string;
      readonly nodeName: string;
      readonly record: UnsealedRecord;
    }
  | {
      readonly kind: 'probe';
      readonly probeKey: string;
      readonly message: ProbeKind;
      readonly nonce: string;
    }
  | {
      readonly kind: 'wireguard psk';
      readonly line: string;
      readonly clusterUID: string;
      readonly generation: number;
      readonly ends: readonly [PeerCase, PeerCase];
    };

/** What src/keying makes of a case, in the form in which recompute.py prints it. */
export function compute(one: Case): object {
  if (one.kind === 'probe') {
    return { mac: hex(probeMac(unhex(one.probeKey), one.message, unhex(one.nonce))) };
  }
  if (one.kind === 'record') {
    const { macs } = sealRecord(one.record, one, one.lines.map(keyLine));
    return { macs };
  }
  if (one.kind === 'wireguard psk') {
    const [mine, theirs] = one.ends;
    const ends = [peerEnd(mine), peerEnd(theirs)] as const;
    return {
      publicKeys: ends.map(({ publicKey }) => hex(publicKey)),
      psk: hex(deriveWireguardPsk({ ...one, line: keyLine(one.line), ends })),
    };
  }
  const keys = [one.sender, one.receiver].map((end) => importEphemeral(unhex(end.privateKey)));
  const [mine, theirs] = keys;
  if (mine === undefined || theirs === undefined) throw new Error('a tunnel has two ends');
  const shared = agreed(mine, theirs);
  const ends = {
    sender: { ...one.sender, publicKey: mine.publicKey },
    receiver: { ...one.receiver, publicKey: theirs.publicKey },
  };
  const common = {
    publicKeys: keys.map(({ publicKey }) => hex(publicKey)),
    sharedSecret: hex(shared),
  };
  if (one.kind === 'open messages') {
    const made = deriveOpenMessages({ ...one, ...ends, sharedSecret: shared });
    return { ...common, number: numberText(made.number), probeKey: hex(made.probeKey) };
  }
  const line = keyLine(one.line);
  const derived = deriveTunnelKeys({ ...one, ...ends, line, sharedSecret: shared });
  const parts =
    derived.form === 'aead' ? [derived.aead] : [derived.authentication, derived.encryption];
  return {
    ...common,
    spi: numberText(derived.spi),
    keys: parts.map(({ key }) => hex(key)),
    probeKey: hex(derived.probeKey),
  };
}

function numberText(number: number): string {
  return number.toString(16).padStart(8, '0');
}

function peerEnd({ privateKey, ...end }: PeerCase): WireguardEnd {
  return { ...end, publicKey: importEphemeral(unhex(privateKey)).publicKey };
}

/** The shared secret of two key pairs, as both of them compute it. */
export function agreed(one: EphemeralKey, other: EphemeralKey): Uint8Array {
  const secrets = [sharedSecret(one, other.publicKey), sharedSecret(other, one.publicKey)];
  const [first, second] = secrets;
  if (first === undefined || second === undefined || hex(first) !== hex(second)) {
    throw new Error('the two nodes do not agree');
  }
  return first;
}

export function keyLine(text: string): KeyLine {
  const { keys, problems } = parseKeyLines(text);
  const [line] = keys;
  if (line === undefined) throw new Error(`not a key line: ${problems[0]?.code}`);
  return line;
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function unhex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'hex'));
}
