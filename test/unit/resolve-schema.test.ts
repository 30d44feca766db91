import { describe, expect, it } from 'vitest';
import { brief, QUIET, resolveFiles } from './resolve.js';
import { CASES } from './schema-cases.js';

function only(text: string) {
  const { values, diagnostics } = resolveFiles([text.includes('image:') ? text : QUIET + text]);
  expect(values).toBeUndefined();
  expect(diagnostics.map(brief)).toHaveLength(1);
  return diagnostics[0];
}

describe('a value that the schema refuses', () => {
  it.each(CASES)('is reported with path, place and remedy: $about', ({ text, is, says, fix }) => {
    const found = only(text);
    expect(found && brief(found)).toBe(is);
    expect(found?.message).toContain(says);
    expect(found?.remedy).toContain(fix);
  });

  it('is reported together with all others, in the order of the files', () => {
    const { values, diagnostics } = resolveFiles([
      'healthPort: 0\nencryption:\n  enabled: "yes"\n  typ: ipsec\nextraEnv: [{}, {name: A}, {name: A}]\n',
      'unknown: 1\nipv4NativeRoutingCIDR: 10.0.0.1/8\nimage: {digest: x}\n',
    ]);
    expect(values).toBeUndefined();
    expect(diagnostics.map(brief)).toEqual([
      'PC105 healthPort 0.yaml:1:13',
      'PC102 encryption.enabled 0.yaml:3:12',
      'PC101 encryption.typ 0.yaml:4:3',
      'PC106 extraEnv[0].name 0.yaml:5:12',
      'PC101 unknown 1.yaml:1:1',
      'PC203 ipv4NativeRoutingCIDR 1.yaml:2:24',
      'PC104 image.digest 1.yaml:3:17',
      'PC207 image.repository',
    ]);
  });

  it('is looked for in the last file that gives it', () => {
    const found = resolveFiles(['healthPort: 0\n', 'healthPort: -1\n', 'enabled: true\n']);
    expect(found.diagnostics.map(brief)).toContain('PC105 healthPort 1.yaml:1:13');
  });

  it('never shows the content of the key', () => {
    const texts = ['[SECRET]', '{SECRET: 1}', `"${'SECRET'.repeat(20_000)}"`, '"SECRET SECRET"'];
    for (const key of texts) {
      const { diagnostics } = resolveFiles([`encryption: {ipsec: {key: ${key}}}\n`]);
      expect(diagnostics).not.toEqual([]);
      expect(JSON.stringify(diagnostics)).not.toContain('SECRET');
    }
  });

  it('is one of a bounded number', () => {
    const { diagnostics } = resolveFiles([`${QUIET}tolerations: [${'x,'.repeat(5_000)}]\n`]);
    expect(diagnostics).toHaveLength(1_000);
  });
});
