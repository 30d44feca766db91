import { describe, expect, it } from 'vitest';
import { parseYamlSource } from '../../src/values/index.js';
import { mergedByHelm } from '../lab/helm.js';
import { labDescribe } from '../lab/lab-describe.js';
import { FILES, MORE_LENIENT, REFUSED, SCALARS, STRICTER } from './helm-yaml-samples.js';
import { comparable } from './merged-by-us.js';

labDescribe('a values file', ['helm3', 'helm4'], () => {
  describe.concurrent.each([3, 4] as const)('held against helm %i', (version) => {
    const byHelm = (text: string) => mergedByHelm({ version, defaults: {}, files: [text] });

    it('has the same scalars, of whatever spelling', async () => {
      const text = SCALARS.map((scalar, index) => `s${index}: ${scalar}`).join('\n');
      const answer = await byHelm(text);
      expect(answer).toMatchObject({ ok: true });
      // Side by side with the spelling, so that a failure names it.
      expect(spelled(answer.ok ? answer.values : {})).toEqual(spelled(byUs(text).values));
    });

    it.each(FILES)('is the same map: %j', async (text) => {
      const answer = await byHelm(text);
      expect(answer).toMatchObject({ ok: true });
      expect(byUs(text).codes).toEqual([]);
      expect(comparable(byUs(text).values)).toEqual(comparable(answer.ok && answer.values));
    });

    it.each(REFUSED)('is refused by both: %j', async (text) => {
      expect(byUs(text).values).toBeUndefined();
      expect(await byHelm(text)).toMatchObject({ ok: false });
    });
  });

  describe.concurrent.each(Object.entries(STRICTER))('is refused by us only: %s', (_, texts) => {
    it.each(texts)('%j', async (text) => {
      expect(byUs(text).values).toBeUndefined();
      // Helm 3 shows that the difference is there; where helm refuses it too, move it to REFUSED.
      expect(await mergedByHelm({ version: 3, defaults: {}, files: [text] })).toMatchObject({
        ok: true,
      });
    });
  });

  it('ends with the line break that helm 4 adds, and helm 3 does not', async () => {
    const text = 'a: |\n  b';
    const byHelm = (version: 3 | 4) => mergedByHelm({ version, defaults: {}, files: [text] });
    expect(byUs(text).values).toEqual({ a: 'b\n' });
    expect(await byHelm(4)).toEqual({ ok: true, values: { a: 'b\n' } });
    expect(await byHelm(3)).toEqual({ ok: true, values: { a: 'b' } });
  });

  it.each(Object.entries(MORE_LENIENT))('is read by us only: %j', async (text, values) => {
    expect(byUs(text).values).toEqual(values);
    expect(await mergedByHelm({ version: 3, defaults: {}, files: [text] })).toMatchObject({
      ok: false,
    });
  });
});

function byUs(text: string) {
  const { source, diagnostics } = parseYamlSource('values.yaml', text);
  return { values: source?.value, codes: diagnostics.map(({ code }) => code) };
}

function spelled(values: unknown): [string, unknown][] {
  const all = JSON.parse(JSON.stringify(values)) as Record<string, unknown>;
  return SCALARS.map((scalar, index) => [scalar, all[`s${index}`]]);
}
