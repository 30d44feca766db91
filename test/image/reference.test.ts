import { describe, expect, it } from 'vitest';
import { parseReference, showReference } from '../../scripts/image/reference.mjs';

describe('the name of an image', () => {
  it.each([
    ['podcloak', 'docker.io/library/podcloak:1.2.3'],
    ['podcloak:latest', 'docker.io/library/podcloak:latest'],
    ['me/podcloak', 'docker.io/me/podcloak:1.2.3'],
    ['registry.example.com/platform/podcloak', 'registry.example.com/platform/podcloak:1.2.3'],
    ['localhost/podcloak', 'localhost/podcloak:1.2.3'],
    ['localhost:5000/podcloak', 'localhost:5000/podcloak:1.2.3'],
    ['[::1]:5000/a/b__c:t', '[::1]:5000/a/b__c:t'],
    ['registry:5000/podcloak:1.0_rc', 'registry:5000/podcloak:1.0_rc'],
  ])('%s is read as docker reads it', (text, shown) => {
    expect(showReference(parseReference(text, '1.2.3'))).toBe(shown);
  });

  it.each(['', 'Podcloak', 'a//b', 'host.example/', 'a:b:c', 'a b', 'a/../b', ':5000/x', 'a:-x'])(
    '%j is refused',
    (text) => {
      expect(() => parseReference(text, '1')).toThrow(/is not the name of an image/);
    },
  );

  it('is refused with a digest, which follows from the contents', () => {
    expect(() => parseReference(`a@sha256:${'0'.repeat(64)}`, '1')).toThrow(/digest/);
  });
});
