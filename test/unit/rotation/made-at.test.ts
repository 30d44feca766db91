import { describe, expect, it } from 'vitest';
import type { StoredSecret } from '../../../src/kube/index.js';
import { madeAt } from '../../../src/rotation/made-at.js';
import { linesWith } from './samples.js';

const lines = linesWith(3, 4);
const secret = (more: Partial<StoredSecret>): StoredSecret =>
  ({ annotations: {}, writers: [], ...more }) as unknown as StoredSecret;
const writers = [
  { manager: 'kubectl', applies: true, time: '2026-01-02T00:00:00Z', dataKeys: ['keys'] },
  { manager: 'other', applies: false, time: '2026-05-02T00:00:00Z', dataKeys: ['else'] },
];

describe('when a key line was made', () => {
  it('is what the annotation says', () => {
    const annotations = { 'key-made-at.podcloak.dev/3': '2026-01-01T00:00:00Z' };
    expect(madeAt(secret({ annotations, writers }), 'keys', lines, 3)).toBe('2026-01-01T00:00:00Z');
  });

  it('is else when the key file was written, for the current line only', () => {
    expect(madeAt(secret({ writers }), 'keys', lines, 4)).toBe('2026-01-02T00:00:00Z');
    expect(madeAt(secret({ writers }), 'keys', lines, 3)).toBeUndefined();
  });

  it('is unknown where neither says it, or what is said is no time', () => {
    const annotations = { 'key-made-at.podcloak.dev/4': 'lately' };
    expect(madeAt(secret({ annotations }), 'keys', lines, 4)).toBeUndefined();
  });
});
