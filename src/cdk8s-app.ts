import { readFileSync } from 'node:fs';
import { App, Chart } from 'cdk8s';
import { isError, PodcloakError } from './errors/index.js';
import { DEFAULT_NAMESPACE, markChecked, Podcloak } from './manifests/index.js';
import { parseYamlSource, resolveValues } from './values/index.js';

// The app of cdk8s.yaml, for those who live in cdk8s: `PODCLOAK_VALUES=values.yaml cdk8s synth`.
const file = process.env.PODCLOAK_VALUES ?? 'examples/ipsec.yaml';
const namespace = process.env.PODCLOAK_NAMESPACE ?? DEFAULT_NAMESPACE;

const { source, diagnostics } = parseYamlSource(file, readFileSync(file, 'utf8'));
const resolved = resolveValues(source?.value ?? {}, source === undefined ? [] : [source], {
  namespace,
});
const problems = [...diagnostics, ...resolved.diagnostics].filter(isError);
if (resolved.values === undefined || problems.length > 0) {
  process.stderr.write(`${new PodcloakError(problems).message}\n`);
  process.exit(2);
}
const app = new App();
const chart = new Chart(app, 'podcloak', { namespace });
new Podcloak(chart, 'podcloak', markChecked(resolved.values));
app.synth();
