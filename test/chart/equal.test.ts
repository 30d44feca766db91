import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockYaml } from '../../src/render/yaml.js';
import { labDescribe } from '../lab/lab-describe.js';
import { byUs } from './by-us.js';
import { anyValues, chartValues, namespaces } from './chart-values.js';
import { firstDifference } from './first-difference.js';
import { byHelm, type Rendered, withoutHelmOwn } from './helm-chart.js';
import { LEFT_TO_THE_AGENT } from './left-to-the-agent.js';

/** Value sets a run, for each helm; PODCLOAK_SEED shows a failure again. */
const RUNS = Number(process.env.PODCLOAK_RUNS ?? 300);
const seed = Number(process.env.PODCLOAK_SEED ?? Math.trunc(Math.random() * 2 ** 31));

const examples = join(import.meta.dirname, '../../examples');
/** Where an example's own first lines say that it goes. */
const NAMESPACE_OF: Readonly<Record<string, string>> = { 'production.yaml': 'podcloak' };
// That one is for Cilium's chart, and helm has no --allow-unknown.
const exampleFiles = readdirSync(examples).filter(
  (name) => name.endsWith('.yaml') && name !== 'cilium-values.yaml',
);

labDescribe('the chart', ['helm3', 'helm4'], () => {
  describe.each([3, 4] as const)('under helm %i', (version) => {
    it(`renders what synth renders, for ${RUNS} random sets of values`, async () => {
      console.log(`PODCLOAK_SEED=${seed}`);
      const samples = fc.sample(fc.tuple(chartValues, namespaces), { seed, numRuns: RUNS });
      let good = 0;
      await forAll(samples, async ([values, namespace]) => {
        const text = blockYaml(values);
        const ours = byUs(text, namespace);
        const helms = await byHelm(version, text, { namespace });
        const about = `PODCLOAK_SEED=${seed} ${namespace}\n${text.slice(0, 4000)}\n`;
        if (ours.ok && helms.ok) {
          good += 1;
          const expected = withoutHelmOwn(ours.objects);
          expect(firstDifference(withoutHelmOwn(helms.objects), expected), about).toBeUndefined();
        } else {
          const expected = mistakes(ours).filter((code) => !LEFT_TO_THE_AGENT.test(code));
          expect(mistakes(helms), about).toEqual(expected);
        }
      });
      // Some half of them are; with few, the comparison would show little.
      expect(good).toBeGreaterThan(RUNS / 3);
    }, 900_000);

    it('says in the ConfigMap that there is a key, and not which', async () => {
      const key = '3+ rfc4106(gcm(aes)) 0102030405060708090a0b0c0d0e0f1011121314 128';
      const helms = await byHelm(version, blockYaml({ encryption: { ipsec: { key } } }));
      if (!helms.ok) throw new Error(JSON.stringify(helms));
      const config = helms.objects.filter((one) => JSON.stringify(one).includes('requireSecret'));
      expect(config).toMatchObject([{ data: { 'encryption.wireguard.requireSecret': 'true' } }]);
      expect(JSON.stringify(config)).not.toContain('01020304');
    });

    it('keeps white space that ends an object', async () => {
      const text = blockYaml({
        commonAnnotations: { a: '\u00a0' },
        namespace: { create: true },
        namespaceOverride: 'there',
      });
      const [ours, helms] = [byUs(text), await byHelm(version, text)];
      if (!ours.ok || !helms.ok) throw new Error(JSON.stringify([ours, helms]));
      expect(withoutHelmOwn(helms.objects)).toEqual(withoutHelmOwn(ours.objects));
    });

    it(`refuses what synth refuses, for ${RUNS} sets of values with anything in them`, async () => {
      let refused = 0;
      await forAll(fc.sample(anyValues, { seed, numRuns: RUNS }), async (values) => {
        const text = blockYaml(values);
        const ours = byUs(text);
        const helms = await byHelm(version, text);
        const about = `PODCLOAK_SEED=${seed}\n${text.slice(0, 4000)}\n`;
        const reasons = mistakes(ours).filter((code) => !LEFT_TO_THE_AGENT.test(code));
        if (reasons.length > 0) refused += 1;
        const helmReasons = mistakes(helms);
        expect(helmReasons.length > 0, `${about}${reasons}\n${helmReasons}`).toBe(
          reasons.length > 0,
        );
      });
      expect(refused).toBeGreaterThan(RUNS / 4);
    }, 900_000);

    it.each(exampleFiles)('renders what synth renders of examples/%s', async (name) => {
      const text = readFileSync(join(examples, name), 'utf8');
      const namespace = NAMESPACE_OF[name] ?? 'kube-system';
      const ours = byUs(text, namespace);
      const helms = await byHelm(version, text, { namespace });
      if (!ours.ok || !helms.ok) throw new Error(JSON.stringify([ours, helms]));
      expect(withoutHelmOwn(helms.objects)).toEqual(withoutHelmOwn(ours.objects));
    });
  });
});

/** Runs `check` on all, a few at a time. */
async function forAll<T>(all: readonly T[], check: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const worker = async (): Promise<void> => {
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) await check(one);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

/** The codes of all mistakes, or the whole message where it has none. */
function mistakes(rendered: Rendered): readonly string[] {
  if (rendered.ok) return [];
  const codes = new Set([...rendered.error.matchAll(/PC[0-9]{3}/g)].map(([code]) => code));
  if (codes.size === 0) return [rendered.error];
  return [...codes].sort();
}
