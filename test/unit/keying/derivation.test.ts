import { describe, expect, it } from 'vitest';
import { deriveTunnelKeys, type TunnelInput, unpackSpi } from '../../../src/keying/index.js';
import { hex, keyLine } from '../../keying/compute.js';
import { gcmLine, psk } from '../../keying/samples.js';

const bytes = (fill: number, length = 32): Uint8Array => new Uint8Array(length).fill(fill);
const end = (fill: number) => ({
  nodeName: `node-${fill}`,
  nodeUID: `uid-${fill}`,
  nodeNumber: fill,
  address: `192.0.2.${fill}`,
  publicKey: bytes(fill),
  epoch: fill,
});
const input: TunnelInput = {
  clusterUID: 'cluster-1',
  line: gcmLine(3),
  sharedSecret: bytes(9),
  sender: end(1),
  receiver: end(2),
  lane: 5,
  generation: 30,
};
const sender = (change: object): Partial<TunnelInput> => ({
  sender: { ...input.sender, ...change },
});

describe('the keys of a tunnel', () => {
  it.each([
    ['rfc4106(gcm(aes))', 20, 128],
    ['rfc4106(gcm(aes))', 36, 64],
    ['rfc4309(ccm(aes))', 19, 128],
    ['rfc7539esp(chacha20,poly1305)', 36, 128],
  ])('are as long as the pre-shared key: %s, %i bytes', (algorithm, length, icvBits) => {
    const line = keyLine(`3+ ${algorithm} ${psk(1, length)} ${icvBits}`);
    const keys = deriveTunnelKeys({ ...input, line });
    expect(keys).toMatchObject({ form: 'aead', icvBits, aead: { algorithm } });
    if (keys.form !== 'aead') throw new Error('not an AEAD');
    expect(keys.aead.key).toHaveLength(length);
    expect(hex(keys.aead.key)).not.toBe(psk(1, length));
  });

  it('are two where the line has two, each as long as its own', () => {
    const line = keyLine(`3+ hmac(sha512) ${psk(1, 64)} cbc(aes) ${psk(2, 32)}`);
    const keys = deriveTunnelKeys({ ...input, line });
    if (keys.form !== 'auth-encryption') throw new Error('an AEAD');
    expect(keys.authentication.algorithm).toBe('hmac(sha512)');
    expect(keys.authentication.key).toHaveLength(64);
    expect(keys.encryption.algorithm).toBe('cbc(aes)');
    expect(keys.encryption.key).toHaveLength(32);
  });

  it('come with a probe key that no packet key begins with', () => {
    const line = keyLine(`3+ hmac(sha256) ${psk(1, 32)} cbc(aes) ${psk(1, 32)}`);
    const keys = deriveTunnelKeys({ ...input, line });
    if (keys.form !== 'auth-encryption') throw new Error('an AEAD');
    const all = [keys.probeKey, keys.authentication.key, keys.encryption.key];
    expect(all.map((key) => key.length)).toEqual([32, 32, 32]);
    expect(new Set(all.map(hex)).size).toBe(3);
  });

  it('come with the SPI that says whose they are', () => {
    expect(unpackSpi(deriveTunnelKeys(input).spi)).toEqual({
      keyId: 3,
      lane: 5,
      generation: 30,
      nodeNumber: 1,
    });
  });

  it('leave the shared secret and the line as they were', () => {
    const secret = bytes(9);
    const line = gcmLine(3);
    deriveTunnelKeys({ ...input, line, sharedSecret: secret });
    expect(secret).toEqual(bytes(9));
    expect(line).toEqual(gcmLine(3));
  });

  it.each<[string, Partial<TunnelInput>, string]>([
    ['a secret of 31 bytes', { sharedSecret: bytes(9, 31) }, 'bad-key-bytes'],
    ['a secret of zeros', { sharedSecret: bytes(0) }, 'bad-key-bytes'],
    ['a public key of 33 bytes', sender({ publicKey: bytes(1, 33) }), 'bad-key-bytes'],
    ['the peer’s own public key', sender({ publicKey: bytes(2) }), 'same-node'],
    ['the peer’s name', sender({ nodeName: 'node-2' }), 'same-node'],
    ['the peer’s UID', sender({ nodeUID: 'uid-2' }), 'same-node'],
    ['the peer’s number', sender({ nodeNumber: 2 }), 'same-node'],
    ['the peer’s address', sender({ address: '192.0.2.2' }), 'same-node'],
    ['an address of another family', sender({ address: '2001:db8::1' }), 'mixed-families'],
    ['an address with leading zeros', sender({ address: '192.0.02.1' }), 'bad-address'],
    ['an address in capitals', sender({ address: '2001:DB8::1' }), 'bad-address'],
    ['a loopback address', sender({ address: '127.0.0.1' }), 'bad-address'],
    ['a mapped address', sender({ address: '::ffff:c000:201' }), 'bad-address'],
    ['half a character in a name', sender({ nodeName: '\ud800' }), 'bad-text'],
    ['an epoch that is no integer', sender({ epoch: 0.5 }), 'bad-integer'],
    ['node number 0', sender({ nodeNumber: 0 }), 'bad-integer'],
    ['lane 8', { lane: 8 }, 'bad-integer'],
    ['generation 32', { generation: 32 }, 'bad-integer'],
  ])('are not derived from %s', (_, change, reason) => {
    expect(() => deriveTunnelKeys({ ...input, ...change })).toThrow(
      expect.objectContaining({ reason }),
    );
  });
});
