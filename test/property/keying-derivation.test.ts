import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compute } from '../keying/compute.js';
import { python, recompute } from '../keying/python.js';
import {
  pskCases,
  recordCases,
  type TunnelCase,
  tunnelCases,
  wireguardRecordCases,
} from '../keying/samples.js';
import { labDescribe } from '../lab/lab-describe.js';

/** The secret outputs of a case: packet keys and probe key. */
function secretsOf(one: TunnelCase): string[] {
  const output = compute(one);
  if (!('keys' in output) || !Array.isArray(output.keys) || !('probeKey' in output)) {
    throw new Error('not the output of a tunnel');
  }
  return [...output.keys, String(output.probeKey)];
}

function shared(one: readonly string[], other: readonly string[]): string[] {
  return one.filter((key) => other.includes(key));
}

const flipHex = (text: string): string => (text.startsWith('0') ? '1' : '0') + text.slice(1);

/** Changes the second word of a key line that is key material. */
const otherPsk = (line: string, word: number): string =>
  line
    .split(' ')
    .map((part, index) => (index === word ? flipHex(part) : part))
    .join(' ');

const otherAddress = (address: string): string =>
  address.includes(':') ? '2001:db8:1::1' : '198.51.100.1';

type Side = 'sender' | 'receiver';

/** Every single input that keys depend on, and another value for it. */
const changes: Record<string, (one: TunnelCase) => TunnelCase> = {
  'the cluster': (one) => ({ ...one, clusterUID: `${one.clusterUID}x` }),
  'the key id': (one) => ({
    ...one,
    line: one.line.replace(/^\d+/, (id) => String((Number(id) % 15) + 1)),
  }),
  'the first pre-shared key': (one) => ({ ...one, line: otherPsk(one.line, 2) }),
  'the last word of the line': (one) => ({
    ...one,
    line: one.line.includes('hmac')
      ? otherPsk(one.line, 4)
      : one.line.replace(/rfc7539esp.*|rfc4106.*/, (aead) =>
          aead.startsWith('rfc4106')
            ? aead.replace(/\d+$/, (icv) => (icv === '128' ? '96' : '128'))
            : `rfc4106(gcm(aes)) ${aead.split(' ')[1]} 128`,
        ),
  }),
  'the lane': (one) => ({ ...one, lane: (one.lane + 1) % 8 }),
  'the generation': (one) => ({ ...one, generation: (one.generation + 1) % 32 }),
  'the direction': (one) => ({ ...one, sender: one.receiver, receiver: one.sender }),
  'the sender’s number': (one) => ({
    ...one,
    sender: { ...one.sender, nodeNumber: freeNumber(one) },
  }),
  ...Object.fromEntries(
    (['sender', 'receiver'] as const satisfies Side[]).flatMap((side) => [
      endChange(side, 'name', ({ nodeName }) => ({ nodeName: `${nodeName}x` })),
      endChange(side, 'UID', ({ nodeUID }) => ({ nodeUID: `${nodeUID}x` })),
      endChange(side, 'address', ({ address }) => ({ address: otherAddress(address) })),
      endChange(side, 'epoch', ({ epoch }) => ({ epoch: epoch === 1 ? 2 : epoch - 1 })),
      endChange(side, 'key pair', ({ privateKey }) => ({
        // Not the first or last byte: X25519 clamps bits of those away.
        privateKey: privateKey.slice(0, 4) + flipHex(privateKey.slice(4)),
      })),
    ]),
  ),
};

function endChange(
  side: Side,
  what: string,
  change: (end: TunnelCase[Side]) => Partial<TunnelCase[Side]>,
): [string, (one: TunnelCase) => TunnelCase] {
  return [
    `the ${side}’s ${what}`,
    (one) => ({ ...one, [side]: { ...one[side], ...change(one[side]) } }),
  ];
}

/** A node number that neither end has. */
function freeNumber({ sender, receiver }: TunnelCase): number {
  const taken = [sender.nodeNumber, receiver.nodeNumber];
  return [1, 2, 3].find((number) => !taken.includes(number)) ?? 4;
}

describe('the keys of a tunnel', () => {
  // compute() derives the shared secret from both sides and fails where they differ.
  it.each(Object.entries(changes))('all change with %s', (_, change) => {
    fc.assert(
      fc.property(tunnelCases, (one) => {
        const changed = change(one);
        expect(changed).not.toEqual(one);
        expect(shared(secretsOf(one), secretsOf(changed))).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it('are the same for the same input', () => {
    fc.assert(
      fc.property(tunnelCases, (one) => {
        expect(secretsOf(structuredClone(one))).toEqual(secretsOf(one));
      }),
      { numRuns: 15 },
    );
  });

  it('differ among all lanes and generations of both directions of a pair', () => {
    const [one] = fc.sample(tunnelCases, 1);
    if (one === undefined) throw new Error('no case');
    const { sender, receiver } = one;
    const directions = [one, { ...one, sender: receiver, receiver: sender }];
    const secrets = directions.flatMap((direction) =>
      [0, 1, 7].flatMap((lane) =>
        [0, 1, 31].flatMap((generation) => secretsOf({ ...direction, lane, generation })),
      ),
    );
    expect(new Set(secrets).size).toBe(secrets.length);
  });
});

labDescribe('another implementation, in Python', [python], () => {
  it('computes what this one does, for 100 random cases', () => {
    const seed = Date.now() % 2 ** 31;
    const cases = [
      ...fc.sample(tunnelCases, { numRuns: 25, seed }),
      ...fc.sample(recordCases, { numRuns: 25, seed }),
      ...fc.sample(wireguardRecordCases, { numRuns: 25, seed }),
      ...fc.sample(pskCases, { numRuns: 25, seed }),
    ];
    const theirs = recompute(cases);
    expect(theirs).toHaveLength(100);
    for (const [index, one] of cases.entries()) {
      expect(compute(one), `seed ${seed}: ${JSON.stringify(one)}`).toEqual(theirs[index]);
    }
  });
});
