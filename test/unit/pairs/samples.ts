import { createHash } from 'node:crypto';
import { fingerprintOf } from '../../../src/datapath/index.js';
import { type AuthenticRecord, type Phase, packSpi, reqidOf } from '../../../src/keying/index.js';
import {
  type End,
  type Origin,
  type OwnEnd,
  originID,
  type Pair,
  type Situation,
  type Tunnel,
} from '../../../src/pairs/index.js';
import { algorithms } from '../datapath/samples.js';

/** What a node's record says, in short. */
export interface RecordText {
  readonly name: string;
  readonly number: number;
  readonly epoch?: number;
  readonly generation?: number;
  readonly phase?: Phase;
  readonly addresses?: readonly string[];
  readonly podPrefixes?: readonly string[];
  /** The node's public keys by key id; {@link publicKeyText} of each unless given. */
  readonly keyIDs?: readonly number[];
  /** Those that seal it: of all its lines, also where it names no public key; {@link keyIDs} unless given. */
  readonly provenKeyIDs?: readonly number[];
  readonly revision?: number;
}

/** Base64 of 32 bytes that no curve has to know. */
export function publicKeyText(name: string, keyID: number): string {
  const known = publicKeys.get(`${name} ${keyID}`);
  if (known !== undefined) return known;
  const text = createHash('sha256').update(`${name} ${keyID}`).digest('base64');
  publicKeys.set(`${name} ${keyID}`, text);
  return text;
}

const publicKeys = new Map<string, string>();

/** An accepted record; nobody looks at its MACs any more. */
export function record(text: RecordText): AuthenticRecord {
  const { name, number, epoch = 1, generation = 0, phase = 'Enforced', revision = 1 } = text;
  const keyIDs = text.keyIDs ?? [1];
  return {
    verdict: 'authentic',
    owner: { clusterUID: 'c', nodeName: name },
    record: {
      protocolVersion: 1,
      nodeUID: `uid ${name}`,
      nodeNumber: number,
      type: 'ipsec',
      phase,
      epoch,
      revision,
      generation,
      addresses: text.addresses ?? [`192.168.50.${number}`],
      podPrefixes: (text.podPrefixes ?? [`10.244.${number}.0/24`]).map((cidr) => {
        return { cidr, source: 'test' };
      }),
      keys: keyIDs.map((keyID) => {
        return { keyID, algorithm: 'a', publicKey: publicKeyText(name, keyID) };
      }),
      macs: [],
    },
    provenKeyIDs: [...(text.provenKeyIDs ?? keyIDs)],
    otherKeyIDs: [],
  };
}

/** The same node as it knows itself; key ids in the order of its key file. */
export function ownEnd(text: RecordText): OwnEnd {
  const { owner, record: its } = record(text);
  return {
    nodeName: owner.nodeName,
    nodeUID: its.nodeUID,
    nodeNumber: its.nodeNumber,
    epoch: its.epoch,
    generation: its.generation,
    addresses: its.addresses,
    publicKeys: new Map(its.keys.map(({ keyID, publicKey }) => [keyID, publicKey])),
    ...{ type: its.type, devices: its.wireguard ?? [] },
  };
}

/** A tunnel without cryptography: its keys follow from all that is public. */
export function fakeTunnel(origin: Origin, reqid: number): Tunnel {
  const { keyID, generation, own, peer } = origin;
  const sa = (sender: End, receiver: End): Tunnel['inbound'] => {
    return {
      spi: packSpi({ keyId: keyID, lane: 0, generation, nodeNumber: sender.nodeNumber }),
      fingerprint: fingerprintOf(fakeAlgorithms(origin, sender, receiver)),
    };
  };
  return {
    id: originID(origin),
    keyID,
    local: own.address,
    remote: peer.address,
    reqid,
    inbound: sa(peer, own),
    outbound: sa(own, peer),
    origin,
    confirmed: false,
    peerSends: false,
    told: false,
  };
}

/** The keys of one of its SAs. */
export function fakeAlgorithms({ keyID, generation }: Origin, sender: End, receiver: End) {
  const ends = [sender, receiver].map((end) => {
    const { nodeName, nodeUID, nodeNumber, address, publicKey, epoch } = end;
    return [nodeName, nodeUID, nodeNumber, address, publicKey, epoch];
  });
  return algorithms(JSON.stringify([keyID, generation, ends]));
}

/** A pair with node b, number 2, that knows nothing yet. */
export function bare(change: Partial<Pair> = {}): Pair {
  return {
    peer: 'b',
    reqid: reqidOf(2),
    podPrefixes: ['10.244.2.0/24'],
    addresses: ['192.168.50.2'],
    tunnels: [],
    spent: [],
    outClosed: false,
    inClosed: false,
    ...change,
  };
}

/** Of a pair that has been left alone for long. */
export function situation(change: Partial<Situation> = {}): Situation {
  return {
    disabled: false,
    enforced: true,
    peerPhase: 'Enforced',
    peerIsKeyless: false,
    wanted: [],
    settled: true,
    steady: true,
    gone: false,
    ...change,
  };
}
