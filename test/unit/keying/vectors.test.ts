import { describe, expect, it } from 'vitest';
import { compute } from '../../keying/compute.js';
import { python, recompute } from '../../keying/python.js';
import { documentedVectors } from '../../keying/vectors.js';
import { labDescribe } from '../../lab/lab-describe.js';

const vectors = documentedVectors();

describe('the vectors of docs/keying.md', () => {
  it('are of every kind', () => {
    const kinds = new Set(vectors.map(({ input }) => input.kind));
    expect([...kinds].sort()).toEqual([
      ...['open messages', 'probe', 'record', 'tunnel', 'wireguard psk'],
    ]);
  });

  it.each(vectors.map((vector) => [vector.title, vector] as const))(
    'are what the code computes: %s',
    (_, { input, output }) => {
      expect(compute(input)).toEqual(output);
    },
  );
});

labDescribe('another implementation, in Python', [python], () => {
  it('computes the vectors of docs/keying.md', () => {
    expect(recompute(vectors.map(({ input }) => input))).toEqual(
      vectors.map(({ output }) => output),
    );
  });
});
