import { describe, expect, it } from 'vitest';
import { QUIET, resolveFiles } from './resolve.js';

const codes = (quantity: string) =>
  resolveFiles([`${QUIET}resources: {limits: {memory: ${quantity}}}\n`]).diagnostics.map(
    ({ code }) => code,
  );

describe('a quantity of a resource', () => {
  it.each([
    ...[
      '1',
      '0',
      '0.5',
      '1.5',
      '1e3',
      '"1"',
      '25m',
      '100n',
      '5u',
      '1k',
      '1M',
      '1G',
      '1T',
      '1P',
      '1E',
    ],
    ...['1Ki', '128Mi', '1.5Gi', '1Ti', '1Pi', '1Ei', '"1e3"', '"1E+3"', '"12e-1"'],
  ])('is taken as Kubernetes takes it: %s', (quantity) => {
    expect(codes(quantity)).toEqual([]);
  });

  it.each(['1mi', '1ki', '1K', '1ni', '1KiB', '1 Gi', '128mb', 'Mi', '"-1"', '"1e"', '"1."', '""'])(
    'is refused where Kubernetes would refuse it: %s',
    (quantity) => {
      expect(codes(quantity)).toEqual(['PC104']);
    },
  );

  it.each(['-1', '-0.5'])('is not below zero: %s', (quantity) => {
    expect(codes(quantity)).toEqual(['PC105']);
  });
});
