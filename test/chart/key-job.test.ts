import { describe, expect, it } from 'vitest';
import { labDescribe } from '../lab/lab-describe.js';
import { byUs } from './by-us.js';
import { byHelm, type Rendered } from './helm-chart.js';

const GENERATE = 'encryption: {ipsec: {secret: {generate: true}}}\n';
/** Values beside it, some of which are in the pod's template. */
const MORE = [
  ...['', 'image: {tag: next}\n', 'nodeSelector: {a: b}\n', 'tolerations: []\n'],
  ...['commonLabels: {a: b}\n', 'k8sServiceHost: api.example\n', 'priorityClassName: a\n'],
  ...['affinity: {podAffinity: {a: [1, "1"]}}\n', 'affinity: {podAffinity: {a: [1, 1]}}\n'],
  ...['commonAnnotations: {a: b}\n', 'healthPort: 1\n', 'rbac: {create: false}\n'],
  ...['podLabels: {a: b}\n', 'ipv4NativeRoutingCIDR: 10.0.0.0/8\n'],
];

type Job = { readonly kind: string; readonly metadata: { readonly name: string } } & {
  readonly spec?: { readonly template?: unknown };
};

/** The Job's name, and its template as text. */
function jobOf(rendered: Rendered): { name: string; template: string } {
  if (!rendered.ok) throw new Error(rendered.error);
  const job = (rendered.objects as readonly Job[]).find(({ kind }) => kind === 'Job');
  if (job === undefined) throw new Error('there is no Job');
  return { name: job.metadata.name, template: JSON.stringify(job.spec?.template) };
}

function expectFaithful(jobs: readonly { name: string; template: string }[]): void {
  for (const one of jobs) {
    expect(one.name).toMatch(/^podcloak-key-[0-9a-f]{8}$/);
    for (const other of jobs) {
      const is = one.name === other.name;
      expect([one.template, other.template, is]).toEqual([
        one.template,
        other.template,
        one.template === other.template,
      ]);
    }
  }
  // Some of both kinds, or nothing is shown.
  expect(new Set(jobs.map(({ name }) => name)).size).toBe(9);
}

describe('the Job that makes the key', () => {
  it('has another name by synth wherever its template is another, and nowhere else', () => {
    expectFaithful(MORE.map((more) => jobOf(byUs(GENERATE + more))));
  });
});

labDescribe('the Job that makes the key, in the chart', ['helm3', 'helm4'], () => {
  it.each([3, 4] as const)(
    'has another name by helm %i wherever its template is another, and nowhere else',
    async (version) => {
      const jobs = [];
      for (const more of MORE) jobs.push(jobOf(await byHelm(version, GENERATE + more)));
      expectFaithful(jobs);
    },
  );
});
