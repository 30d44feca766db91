import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compute } from '../keying/compute.js';
import { type PskCase, pskCases } from '../keying/samples.js';

function pskOf(one: PskCase): string {
  const output = compute(one);
  if (!('psk' in output)) throw new Error('not the output of a PSK');
  return String(output.psk);
}

const flipHex = (text: string): string => (text.startsWith('0') ? '1' : '0') + text.slice(1);

/** Every single input that the PSK depends on, but for the ends, and another value for it. */
const changes: Record<string, (one: PskCase) => PskCase> = {
  'the cluster': (one) => ({ ...one, clusterUID: `${one.clusterUID}x` }),
  'the key id': (one) => ({
    ...one,
    line: one.line.replace(/^\d+/, (id) => String((Number(id) % 15) + 1)),
  }),
  'the pre-shared key of the line': (one) => ({
    ...one,
    line: one.line.replace(/ [0-9a-f]{32,}/, (key) => ` ${flipHex(key.slice(1))}`),
  }),
  'the generation': (one) => ({
    ...one,
    generation: one.generation === 1 ? 2 : one.generation - 1,
  }),
  ...Object.fromEntries(
    ([0, 1] as const).flatMap((index) => [
      endChange(index, 'name', ({ nodeName }) => ({ nodeName: `${nodeName}x` })),
      endChange(index, 'UID', ({ nodeUID }) => ({ nodeUID: `${nodeUID}x` })),
      endChange(index, 'epoch', ({ epoch }) => ({ epoch: epoch === 1 ? 2 : epoch - 1 })),
      endChange(index, 'key pair', ({ privateKey }) => ({
        // Not the first or last byte: X25519 clamps bits of those away.
        privateKey: privateKey.slice(0, 4) + flipHex(privateKey.slice(4)),
      })),
    ]),
  ),
};

function endChange(
  index: 0 | 1,
  what: string,
  change: (end: PskCase['ends'][0]) => Partial<PskCase['ends'][0]>,
): [string, (one: PskCase) => PskCase] {
  return [
    `the ${what} of end ${index}`,
    (one) => {
      const [first, second] = one.ends;
      const ends: PskCase['ends'] =
        index === 0
          ? [{ ...first, ...change(first) }, second]
          : [first, { ...second, ...change(second) }];
      return { ...one, ends };
    },
  ];
}

describe('the PSK of a WireGuard pair', () => {
  it('is the same for both nodes, whichever puts itself first, and has 32 bytes', () => {
    fc.assert(
      fc.property(pskCases, (one) => {
        const [first, second] = one.ends;
        const psk = pskOf(one);
        expect(psk).toMatch(/^[0-9a-f]{64}$/);
        expect(pskOf({ ...one, ends: [second, first] })).toBe(psk);
      }),
      { numRuns: 30 },
    );
  });

  it.each(Object.entries(changes))('is another one with another value for %s', (_, change) => {
    fc.assert(
      fc.property(pskCases, (one) => {
        const other = change(one);
        expect(other).not.toEqual(one);
        expect(pskOf(other)).not.toBe(pskOf(one));
      }),
      { numRuns: 15 },
    );
  });

  it('is not that of a pair whose ends have swapped what belongs to one of them', () => {
    fc.assert(
      fc.property(
        pskCases.filter(({ ends: [one, other] }) => one.epoch !== other.epoch),
        fc.constantFrom('nodeName', 'nodeUID', 'epoch'),
        (one, field) => {
          const [first, second] = one.ends;
          const ends: PskCase['ends'] = [
            { ...first, [field]: second[field] },
            { ...second, [field]: first[field] },
          ];
          expect(pskOf({ ...one, ends })).not.toBe(pskOf(one));
        },
      ),
      { numRuns: 30 },
    );
  });
});
