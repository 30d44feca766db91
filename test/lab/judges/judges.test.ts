import { beforeAll, expect, it } from 'vitest';
import { labDescribe } from '../lab-describe.js';
import { rendered } from '../podcloak.js';
import { byKubeScore } from './kube-score.js';
import { SUBJECTS } from './subjects.js';
import { explainedFindings, type Finding, without } from './suppressions.js';

labDescribe('kube-score', ['kube-score', 'helm3', 'helm4'], () => {
  const explained = explainedFindings('kube-score');
  const findings = new Map<string, readonly Finding[]>();
  beforeAll(async () => {
    for (const { name, manifests } of SUBJECTS) {
      findings.set(name, await byKubeScore(await manifests()));
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

  it('sees what it is there to see', async () => {
    const faults = ['--set', 'securityContext.privileged=true', '--set', 'image.tag=latest'];
    const seen = await byKubeScore(await rendered(['-f', 'examples/ipsec.yaml', ...faults]));
    expect(new Set(without(seen, explained).map(({ check }) => check))).toEqual(
      new Set(['container-image-tag', 'container-security-context-privileged']),
    );
  });
});
