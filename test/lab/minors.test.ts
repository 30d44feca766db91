import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MINORS } from './minors.js';

const root = new URL('../../', import.meta.url);
const [oldest, newest] = MINORS;

it('the minors that are tested are those that the README and the chart claim', () => {
  const readme = readFileSync(new URL('README.md', root), 'utf8').replaceAll('\n', ' ');
  expect(readme).toContain(`Kubernetes ${oldest.name} or newer`);
  expect(readme).toMatch(new RegExp(`tested with[^.]*${oldest.name} and ${newest.name}`));
  const chart = readFileSync(new URL('charts/podcloak/Chart.yaml', root), 'utf8');
  expect(chart).toContain(`kubeVersion: ">=${oldest.name}.0-0"`);
});

it('the minors that are tested are at least three apart', () => {
  expect(newest.number - oldest.number).toBeGreaterThanOrEqual(3);
});
