import { describe, expect, it } from 'vitest';
import { blockYaml } from '../../src/render/yaml.js';
import { labDescribe } from '../lab/lab-describe.js';
import { ERRORS as CASES } from '../unit/check-cases.js';
import { byUs } from './by-us.js';
import { byHelm } from './helm-chart.js';
import { LEFT_TO_THE_AGENT } from './left-to-the-agent.js';

const codeOf = ({ is }: { is: string }) => is.slice(0, 5);
const here = CASES.filter((one) => !LEFT_TO_THE_AGENT.test(codeOf(one)));

labDescribe('values that do not go together', ['helm3', 'helm4'], () => {
  describe.each([3, 4] as const)('by helm %i', (version) => {
    it.each(here.map((one) => [`${codeOf(one)}: ${one.about}`, one] as const))(
      'are refused by the chart, too, with path and remedy: %s',
      async (_, { is, says, fix, text }) => {
        const answer = await byHelm(version, text);
        if (answer.ok) throw new Error(`was rendered:\n${text}`);
        const path = is.split(' ')[1] ?? '';
        expect(answer.error).toContain(`error ${codeOf({ is })}: ${path}: `);
        expect(answer.error).toContain(says);
        expect(answer.error).toContain(fix);
      },
    );

    it('are all reported at once', async () => {
      const answer = await byHelm(
        version,
        'encryption: {enabled: true}\nnamespace: {create: true}\n',
      );
      expect(!answer.ok && answer.error).toMatch(/PC201[\s\S]*PC214/);
    });

    it.each(['\u007f', '\u0085', '\ufffe'])(
      'are refused where helm would change or leave out what it cannot print: %j',
      async (character) => {
        const answer = await byHelm(version, blockYaml({ podAnnotations: { a: character } }));
        expect(!answer.ok && answer.error).toContain('error PC520: ');
      },
    );

    it('are refused for a key that helm cannot print', async () => {
      const text = blockYaml({ affinity: { nodeAffinity: { ['x'.repeat(1100)]: 1 } } });
      const answer = await byHelm(version, text);
      expect(!answer.ok && answer.error).toContain('error PC520: ');
    });

    it('may hold a null without a default: refused at its path, or as if it were not there', async () => {
      const labels = await byHelm(version, 'podLabels: {a: null}\n');
      expect(!labels.ok && labels.error).toContain("at '/podLabels/a'");
      expect(byUs('podLabels: {a: null}\n').ok).toBe(true);

      const free = 'affinity: {nodeAffinity: {a: null, b: 1}}\n';
      const [helms, ours] = [await byHelm(version, free), byUs(free)];
      if (!helms.ok || !ours.ok) throw new Error('was refused');
      const affinity = (objects: readonly object[]) =>
        /"nodeAffinity":{.*?"b":1/.exec(JSON.stringify(objects))?.[0];
      expect(affinity(helms.objects)).toContain('"a":null');
      expect(affinity(ours.objects)).not.toContain('"a":');
    });
  });
});
