import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeyLine } from '../../src/key-lines/index.js';
import {
  deriveTunnelKeys,
  importEphemeral,
  parseRecord,
  RECORD_VERSION,
  sealRecord,
  sharedSecret,
  verifyRecord,
} from '../../src/keying/index.js';
import { hex, keyLine } from '../keying/compute.js';
import { changed, places, type Step } from '../keying/places.js';
import {
  base64,
  deviceOf,
  gcmLine,
  owner,
  recordCases,
  recordOf,
  wireguardRecordCases,
  wireguardRecordOf,
} from '../keying/samples.js';

const NEWEST = RECORD_VERSION.wireguard;
const lines: KeyLine[] = [gcmLine(3), gcmLine(4)];
const devices = [
  deviceOf({ keyID: 3 }),
  deviceOf({ keyID: 4, generation: 2, listenPort: 51_872, publicKey: base64(Buffer.alloc(32, 5)) }),
];
const sealedPlain = sealRecord(recordOf([3, 4]), owner, lines);
const sealedWithDevices = sealRecord(wireguardRecordOf([3, 4], devices), owner, lines);

describe.each([
  ['without WireGuard', sealedPlain, recordCases],
  ['with WireGuard’s devices', sealedWithDevices, wireguardRecordCases],
])('a record %s', (_, sealed, cases) => {
  const leaves = places(sealed).filter((path) => typeof at(path) !== 'object');
  const inner = places(sealed).filter((path) => path.length > 0);

  function at(path: readonly Step[]): unknown {
    let found: unknown;
    changed(sealed, path, (old) => {
      found = old;
      return old;
    });
    return found;
  }

  const authentic = (spec: unknown): boolean =>
    verifyRecord(spec, owner, lines, NEWEST).verdict === 'authentic';

  describe('once sealed', () => {
    it('is what its own node and others take for authentic', () => {
      fc.assert(
        fc.property(cases, (one) => {
          const known = one.lines.map(keyLine);
          const spec: unknown = JSON.parse(JSON.stringify(sealRecord(one.record, one, known)));
          expect(verifyRecord(spec, one, known, NEWEST)).toMatchObject({
            verdict: 'authentic',
            provenKeyIDs: known.map(({ keyId }) => keyId).sort((a, b) => a - b),
            otherKeyIDs: [],
          });
        }),
        { numRuns: 30 },
      );
    });

    it('is refused with any one character of any text changed', () => {
      const texts = leaves.filter((path) => typeof at(path) === 'string');
      expect(texts.length).toBeGreaterThan(10);
      for (const path of texts) {
        const text = String(at(path));
        for (let index = 0; index < text.length; index += 1) {
          const flipped = text[index] === '1' ? '2' : '1';
          const other = text.slice(0, index) + flipped + text.slice(index + 1);
          expect(authentic(changed(sealed, path, () => other)), `${path}[${index}]`).toBe(false);
        }
      }
    });

    it('is refused with any number changed', () => {
      const numbers = leaves.filter((path) => typeof at(path) === 'number');
      expect(numbers.length).toBeGreaterThan(5);
      fc.assert(
        fc.property(fc.constantFrom(...numbers), fc.maxSafeNat(), (path, number) => {
          fc.pre(number !== at(path));
          expect(authentic(changed(sealed, path, () => number))).toBe(false);
        }),
      );
      for (const path of numbers) {
        expect(authentic(changed(sealed, path, (old) => Number(old) + 1)), `${path}`).toBe(false);
      }
    });

    it('is refused with any field or item removed', () => {
      for (const path of inner) {
        expect(authentic(changed(sealed, path, () => undefined)), `${path}`).toBe(false);
      }
    });

    it('is refused with any list of addresses or prefixes in another order', () => {
      for (const path of [['addresses'], ['podPrefixes']]) {
        const turn = (list: unknown): unknown => Array.isArray(list) && [...list].reverse();
        expect(authentic(changed(sealed, path, turn)), `${path}`).toBe(false);
      }
    });
  });

  describe('when it is judged', () => {
    it('never throws, whatever JSON it is', () => {
      fc.assert(
        fc.property(fc.jsonValue(), (spec) => {
          expect(verifyRecord(spec, owner, lines, NEWEST).verdict).not.toBe('authentic');
        }),
        { numRuns: 200 },
      );
    });

    it('never throws with any JSON at any place of a good one, and takes none for it', () => {
      fc.assert(
        fc.property(fc.constantFrom(...inner), fc.jsonValue(), (path, value) => {
          fc.pre(JSON.stringify(value) !== JSON.stringify(at(path)));
          expect(authentic(changed(sealed, path, () => value))).toBe(false);
        }),
        { numRuns: 300 },
      );
    });

    it('reads what it accepts as what it is, and nothing else', () => {
      fc.assert(
        fc.property(cases, (one) => {
          const spec = sealRecord(one.record, one, one.lines.map(keyLine));
          expect(parseRecord(JSON.parse(JSON.stringify(spec)))).toEqual({ value: spec });
        }),
        { numRuns: 30 },
      );
    });
  });
});

describe('refusals', () => {
  const inner = places(sealedWithDevices).filter((path) => path.length > 0);
  const random = fc.uint8Array({ minLength: 16, maxLength: 64 });
  // Zeros are letters only in base64: what looks most like a name.
  const secret = fc.oneof(
    random,
    random.map((bytes) => bytes.fill(0)),
  );

  it('of a record quote none of its values', () => {
    fc.assert(
      fc.property(fc.constantFrom(...inner), secret, (path, bytes) => {
        const told = [hex(bytes), base64(bytes)].map((text) =>
          JSON.stringify(parseRecord(changed(sealedWithDevices, path, () => ({ [text]: text })))),
        );
        for (const text of told) expectWithout(text, bytes);
      }),
    );
  });

  it('of key bytes quote none of them', () => {
    fc.assert(
      fc.property(secret, (bytes) => {
        fc.pre(bytes.length !== 32);
        const key = importEphemeral(new Uint8Array(32).fill(1));
        const end = { nodeName: 'a', nodeUID: 'a', nodeNumber: 1, address: '192.0.2.1', epoch: 1 };
        const input = {
          clusterUID: 'c',
          line: gcmLine(3),
          sharedSecret: bytes,
          sender: { ...end, publicKey: bytes },
          receiver: { ...end, publicKey: bytes },
          lane: 0,
          generation: 0,
        };
        for (const call of [
          () => importEphemeral(bytes),
          () => sharedSecret(key, bytes),
          () => deriveTunnelKeys(input),
        ]) {
          expectWithout(refusalOf(call), bytes);
        }
      }),
    );
  });

  function refusalOf(call: () => unknown): string {
    try {
      call();
    } catch (error) {
      if (error instanceof Error) return `${error.name} ${error.message} ${error.stack}`;
    }
    throw new Error('was not refused');
  }

  function expectWithout(text: string, bytes: Uint8Array): void {
    expect(text).not.toContain(hex(bytes));
    expect(text).not.toContain(base64(bytes));
    expect(text).not.toContain(bytes.join(','));
  }
});
