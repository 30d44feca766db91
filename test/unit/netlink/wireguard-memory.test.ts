import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packGeneric } from '../../../src/netlink/generic/message.js';
import {
  type WireguardDevice,
  WireguardMemory,
  WireguardSecret,
} from '../../../src/netlink/index.js';
import type { Writer } from '../../../src/netlink/wire/writer.js';
import { writeAllowedIps } from '../../../src/netlink/wireguard/allowed-ip.js';
import {
  COMMAND,
  DEVICE,
  PEER,
  FAMILY as WIREGUARD,
} from '../../../src/netlink/wireguard/constants.js';
import { getWireguardParts, joinParts } from '../../../src/netlink/wireguard/read.js';
import { writeSecret } from '../../../src/netlink/wireguard/secret.js';

const FAMILY = 0x20;

describe('the memory of a WireGuard device', () => {
  it('says what the device says, whatever was changed since', () => {
    fc.assert(
      fc.property(fc.array(states(), { minLength: 2, maxLength: 4 }), (history) => {
        const memory = new WireguardMemory();
        for (const state of history) {
          expect(plain(read(state, memory))).toEqual(plain(read(state)));
        }
      }),
    );
  });

  it('makes no key object again for what has only sent and received since', () => {
    const memory = new WireguardMemory();
    const idle = Array.from({ length: 20 }, (_, index) => ({ name: index, psk: 1, sent: 0n }));
    const before = read(idle, memory);
    const later = read(
      idle.map((one) => ({ ...one, sent: 7n })),
      memory,
    );
    expect(later.peers.map(({ sentBytes }) => sentBytes)).toEqual(idle.map(() => 7n));
    for (const [index, { presharedKey }] of later.peers.entries()) {
      expect(presharedKey).toBe(before.peers[index]?.presharedKey);
    }
  });

  it('sees one preshared key that is another', () => {
    const memory = new WireguardMemory();
    const state = Array.from({ length: 20 }, (_, index) => ({ name: index, psk: 1, sent: 0n }));
    read(state, memory);
    const changed = read([{ name: 0, psk: 2, sent: 0n }, ...state.slice(1)], memory);
    expect(changed.peers[0]?.presharedKey?.equals(secret(2))).toBe(true);
    expect(changed.peers[1]?.presharedKey?.equals(secret(1))).toBe(true);
  });
});

/** A peer as these tests describe it. */
interface Peer {
  readonly name: number;
  /** 0 for none. */
  readonly psk: number;
  readonly sent: bigint;
}

function states(): fc.Arbitrary<Peer[]> {
  const peer = fc.record({
    name: fc.nat({ max: 12 }),
    psk: fc.nat({ max: 2 }),
    sent: fc.bigInt({ min: 0n, max: 2n }),
  });
  return fc.uniqueArray(peer, { selector: ({ name }) => name, maxLength: 12 });
}

/** What is read of the messages in which the kernel describes a device, a few peers in each. */
function read(peers: readonly Peer[], memory?: WireguardMemory): WireguardDevice {
  const { parse } = getWireguardParts(FAMILY, 'wg0', memory);
  sequence += 1;
  const messages = Array.from({ length: Math.ceil(peers.length / 3) + 1 }, (_, index) => ({
    ...{ type: FAMILY, flags: 0, sequence, portId: 0 },
    body: bodyOf(index === 0, peers.slice((index - 1) * 3, index * 3)),
  }));
  return joinParts(messages.flatMap((message) => parse(message) ?? []));
}

let sequence = 0;

function bodyOf(isFirst: boolean, peers: readonly Peer[]): Uint8Array {
  return packGeneric(COMMAND.getDevice, WIREGUARD.version, (writer) => {
    if (isFirst) {
      writer.attributeU32(DEVICE.ifindex, 4);
      writer.attributeText(DEVICE.name, 'wg0');
    }
    writer.nested(DEVICE.peers, () => {
      for (const peer of isFirst ? [] : peers) writer.nested(0, () => writePeer(writer, peer));
    });
  });
}

function writePeer(writer: Writer, { name, psk, sent }: Peer): void {
  writer.attributeBytes(PEER.publicKey, bytes(`peer ${name}`));
  writeSecret(writer, PEER.presharedKey, psk === 0 ? 'none' : secret(psk));
  const handshake = writer.attribute(PEER.lastHandshake, 16);
  writer.u64(handshake, sent * 1000n);
  writer.u64(handshake + 8, sent);
  writer.u64(writer.attribute(PEER.sentBytes, 8), sent);
  writer.u64(writer.attribute(PEER.receivedBytes, 8), sent * 2n);
  writer.nested(PEER.allowedIps, () => {
    for (let index = 0; index < name; index += 1) {
      const address = Uint8Array.of(10, name, index, 0);
      writeAllowedIps(writer, [{ family: 4, address, length: 24 }], 0, 1);
    }
  });
}

/** Keys as the bytes that they are. */
function plain({ peers, ...device }: WireguardDevice) {
  return {
    ...device,
    peers: peers.map((peer) => ({ ...peer, presharedKey: peer.presharedKey?.export().join() })),
  };
}

function secret(psk: number) {
  return new WireguardSecret(bytes(`shared ${psk}`));
}

function bytes(name: string): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(name).digest());
}
