import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  deriveWireguardPsk,
  exportPrivateKey,
  generateEphemeral,
  importEphemeral,
  sealRecord,
  sharedSecret,
} from '../../../src/keying/index.js';
import { gcmLine, owner, recordOf } from '../../keying/samples.js';

/** The buffers with secrets that went into node:crypto or came out of it, by function. */
const seen = vi.hoisted(() => new Map<string, Uint8Array[]>());

vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>();
  const note = (name: string, bytes: unknown): void => {
    if (bytes instanceof Uint8Array) seen.set(name, [...(seen.get(name) ?? []), bytes]);
  };
  return {
    ...crypto,
    hkdfSync: (...args: Parameters<typeof crypto.hkdfSync>) => {
      note('hkdfSync', args[1]);
      return crypto.hkdfSync(...args);
    },
    createHmac: (...args: Parameters<typeof crypto.createHmac>) => {
      note('createHmac', args[1]);
      return crypto.createHmac(...args);
    },
    createPrivateKey: (...args: Parameters<typeof crypto.createPrivateKey>) => {
      const [input] = args;
      if (typeof input === 'object' && 'key' in input) note('createPrivateKey', input.key);
      return crypto.createPrivateKey(...args);
    },
    diffieHellman: (...args: Parameters<typeof crypto.diffieHellman>) => {
      const secret = crypto.diffieHellman(...args);
      note('diffieHellman', secret);
      return secret;
    },
  };
});

/** How many buffers a function saw, and whether all of them are zero now. */
function traces(name: string): { count: number; wiped: boolean } {
  const buffers = seen.get(name) ?? [];
  const wiped = buffers.every((bytes) => bytes.every((byte) => byte === 0));
  return { count: buffers.length, wiped };
}

describe('buffers with secrets are zero afterwards', () => {
  beforeEach(() => seen.clear());

  it('input key material and MAC keys, when a record is sealed', () => {
    sealRecord(recordOf([3]), owner, [gcmLine(3)]);
    expect(traces('hkdfSync')).toEqual({ count: 2, wiped: true });
    expect(traces('createHmac')).toEqual({ count: 1, wiped: true });
  });

  it('input key material, when the PSK of a WireGuard pair is derived', () => {
    const end = (name: string, byte: number) => ({
      ...{ nodeName: name, nodeUID: name, epoch: 1, publicKey: new Uint8Array(32).fill(byte) },
    });
    const ends = [end('a', 1), end('b', 2)] as const;
    deriveWireguardPsk({ clusterUID: 'c', line: gcmLine(3), generation: 1, ends });
    expect(traces('hkdfSync')).toEqual({ count: 1, wiped: true });
  });

  it('the encoded private key, when it is made and when it is imported', () => {
    importEphemeral(exportPrivateKey(generateEphemeral()));
    expect(traces('createPrivateKey')).toEqual({ count: 2, wiped: true });
  });

  it('OpenSSL’s shared secret, once it is copied for the caller', () => {
    const secret = sharedSecret(generateEphemeral(), generateEphemeral().publicKey);
    expect(secret?.some((byte) => byte !== 0)).toBe(true);
    expect(traces('diffieHellman')).toEqual({ count: 1, wiped: true });
  });
});
