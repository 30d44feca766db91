import { describe, expect, it } from 'vitest';
import {
  deriveWireguardPsk,
  KeyingError,
  type WireguardEnd,
  type WireguardPskInput,
} from '../../../src/keying/index.js';
import { gcmLine } from '../../keying/samples.js';

const one: WireguardEnd = {
  nodeName: 'node-a',
  nodeUID: 'uid-a',
  publicKey: new Uint8Array(32).fill(1),
  epoch: 900,
};
const other: WireguardEnd = {
  nodeName: 'node-b',
  nodeUID: 'uid-b',
  publicKey: new Uint8Array(32).fill(2),
  epoch: 901,
};
const input: WireguardPskInput = {
  clusterUID: 'cluster-1',
  line: gcmLine(3),
  generation: 1,
  ends: [one, other],
};

function refusal(change: Partial<WireguardPskInput>): unknown {
  try {
    deriveWireguardPsk({ ...input, ...change });
  } catch (error) {
    if (error instanceof KeyingError) return error.reason;
  }
  return 'no refusal';
}

describe('the PSK of a WireGuard pair', () => {
  it('leaves the key line as it was', () => {
    const line = gcmLine(3);
    deriveWireguardPsk({ ...input, line });
    expect(line).toEqual(gcmLine(3));
  });

  it.each([
    ['name', { ...other, nodeName: 'node-a' }],
    ['UID', { ...other, nodeUID: 'uid-a' }],
    ['public key', { ...other, publicKey: one.publicKey }],
  ])('is refused to two ends of one %s: it would be a node with itself', (_, end) => {
    expect(refusal({ ends: [one, end] })).toBe('same-node');
  });

  it('is refused for public keys of another length', () => {
    for (const bytes of [0, 31, 33]) {
      const end = { ...other, publicKey: new Uint8Array(bytes) };
      expect(refusal({ ends: [one, end] })).toBe('bad-key-bytes');
      expect(refusal({ ends: [end, one] })).toBe('bad-key-bytes');
    }
  });

  it.each([[-1], [1.5], [2 ** 53], [Number.NaN]])('is refused for the generation %d', (number) => {
    expect(refusal({ generation: number })).toBe('bad-integer');
    expect(refusal({ ends: [one, { ...other, epoch: number }] })).toBe('bad-integer');
  });
});
