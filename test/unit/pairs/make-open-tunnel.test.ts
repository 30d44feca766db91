import { describe, expect, it } from 'vitest';
import { generateEphemeral, unpackSpi } from '../../../src/keying/index.js';
import { type End, makeOpenTunnel, NO_KEY_ID, type Origin } from '../../../src/pairs/index.js';

const [one, two, stranger] = [generateEphemeral(), generateEphemeral(), generateEphemeral()];
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function endOf(number: number, publicKey: Uint8Array): End {
  return {
    ...{ nodeName: `n${number}`, nodeUID: `uid-${number}`, nodeNumber: number, epoch: 7 },
    ...{ address: `192.0.2.${number}`, publicKey: base64(publicKey) },
  };
}

function originOf(own: End, peer: End, generation = 1): Origin {
  const device = ({ publicKey }: End) => ({ epoch: 7, listenPort: 51_871, publicKey });
  const devices = { generation, own: device(own), peer: device(peer) };
  return { keyID: NO_KEY_ID, generation: 3, own, peer, devices };
}

const ends = [endOf(1, one.publicKey), endOf(2, two.publicKey)] as const;
const make = (origin: Origin, device = one, clusterUID = 'cluster') => {
  const made = makeOpenTunnel(origin, 5, { clusterUID, device });
  if (made === undefined) throw new Error('there is no tunnel');
  return made;
};

describe('a tunnel of two devices without a PSK', () => {
  const here = make(originOf(...ends));
  const there = make(originOf(ends[1], ends[0]), two);

  it('has messages that both ends prove alike, each direction by a key of its own', () => {
    expect(here.probes.outbound).toEqual(there.probes.inbound);
    expect(here.probes.inbound).toEqual(there.probes.outbound);
    expect(here.probes.inbound).not.toEqual(here.probes.outbound);
    expect(here.tunnel.outbound.spi).toBe(there.tunnel.inbound.spi);
  });

  it('has numbers that no SPI has', () => {
    const { inbound, outbound } = here.tunnel;
    for (const { spi } of [inbound, outbound]) {
      expect(spi).toBeGreaterThan(0);
      expect(unpackSpi(spi)).toBeUndefined();
    }
  });

  it('proves nothing to who has neither private key, nor in another cluster or generation', () => {
    const others = [
      make(originOf(...ends), stranger),
      make(originOf(...ends), one, 'other'),
      make(originOf(...ends, 2)),
    ];
    for (const { probes } of others) expect(probes.outbound).not.toEqual(here.probes.outbound);
  });

  it('is none with a public key that gives everybody the same secret', () => {
    const weak = originOf(ends[0], endOf(2, new Uint8Array(32)));
    expect(makeOpenTunnel(weak, 5, { clusterUID: 'cluster', device: one })).toBeUndefined();
  });
});
