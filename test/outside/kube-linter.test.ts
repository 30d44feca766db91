// Not a part of `npm test`: CI, which may skip nothing, cannot install this judge. The proxy from which CI gets
// Go modules refuses its module, and its releases are files elsewhere. Who has it runs
// `npm run test:kube-linter`.
import { beforeAll, expect, it } from 'vitest';
import { SUBJECTS } from '../lab/judges/subjects.js';
import { explainedFindings, type Finding, unasked, without } from '../lab/judges/suppressions.js';
import { labDescribe } from '../lab/lab-describe.js';
import { rendered } from '../lab/podcloak.js';
import { byKubeLinter, checksOfKubeLinter, kubeLinter } from './kube-linter.js';

labDescribe('kube-linter', [kubeLinter, 'helm3', 'helm4'], () => {
  const explained = explainedFindings('kube-linter');
  const findings = new Map<string, readonly Finding[]>();
  const judged: string[] = [];
  beforeAll(async () => {
    for (const { name, manifests } of SUBJECTS) {
      const text = await manifests();
      judged.push(text);
      findings.set(name, await byKubeLinter(text));
    }
  });

  it.each(SUBJECTS.map(({ name }) => [name]))(
    'holds nothing against %s but what suppressions.yaml explains',
    (name) => {
      expect(without(findings.get(name) ?? [], explained)).toEqual([]);
    },
  );

  it('does hold against us all that suppressions.yaml explains', () => {
    expect(without(explained, [...findings.values()].flat())).toEqual([]);
  });

  it('knows the checks that suppressions.yaml leaves out', async () => {
    expect(await checksOfKubeLinter()).toEqual(expect.arrayContaining(unasked('kube-linter')));
  });

  it('is given no object that excuses itself by an annotation', () => {
    expect(judged.filter((text) => text.includes('kube-linter.io/'))).toEqual([]);
  });

  it('sees what it is there to see', async () => {
    const faults = ['--set', 'securityContext.privileged=true', '--set', 'image.tag=latest'];
    const seen = await byKubeLinter(await rendered(['-f', 'examples/ipsec.yaml', ...faults]));
    expect(new Set(without(seen, explained).map(({ check }) => check))).toEqual(
      new Set(['latest-tag', 'privileged-container', 'privilege-escalation-container']),
    );
  });
});
