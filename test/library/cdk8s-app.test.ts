import { readdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { podcloak } from '../cli/podcloak.js';
import { flawless } from '../lab/run.js';
import { Cdk8sApp } from './cdk8s-app.js';

interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string; annotations?: Record<string, string> };
  /** Of a ConfigMap. */
  readonly data?: Record<string, string>;
}

interface DaemonSet extends Manifest {
  spec: {
    minReadySeconds?: number;
    template: { spec: { containers: { readinessProbe: { failureThreshold: number } }[] } };
  };
}

const app = new Cdk8sApp();
/** The charts' objects, by the chart's name. */
let charts: ReadonlyMap<string, readonly Manifest[]>;
let keys: string;

beforeAll(async () => {
  await app.install();
  keys = app.file('keys');
  writeFileSync(keys, await freshKeyLine(), { mode: 0o600 });
  done(await app.synth([], { IPSEC_KEYS_FILE: keys }));
  charts = new Map(
    readdirSync(app.file('dist')).map((name) => [
      name.replace(/^\d+-|\.k8s\.yaml$/g, ''),
      objects(app.read(`dist/${name}`)),
    ]),
  );
}, 300_000);
afterAll(() => app.remove());

async function freshKeyLine(): Promise<string> {
  const { stdout } = done(await podcloak(['keys', 'create', '-o', 'json']));
  const { data } = JSON.parse(stdout) as { data: { keys: string } };
  return Buffer.from(data.keys, 'base64').toString('utf8');
}

/** A result that must be good, whatever warnings of others stand on standard error. */
function done<T extends { code: number; stderr: string }>(result: T): T {
  if (result.code !== 0) throw new Error(result.stderr);
  return result;
}

function objects(text: string): Manifest[] {
  return sorted(parseAllDocuments(text).map((document) => document.toJS() as Manifest));
}

function sorted(all: readonly Manifest[]): Manifest[] {
  const key = ({ kind, metadata }: Manifest) => `${kind}/${metadata.namespace}/${metadata.name}`;
  return [...all].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function ofChart(name: string): readonly Manifest[] {
  const found = charts.get(name);
  if (found === undefined) throw new Error(`no chart ${name} among ${[...charts.keys()]}`);
  return found;
}

/** What `podcloak synth` renders of the values that the app exports under a name. */
async function rendered(name: string, options: readonly string[] = []): Promise<Manifest[]> {
  const script = `console.log(JSON.stringify((await import('./build/values.js')).${name}))`;
  const { stdout } = flawless(await app.node(['--input-type=module', '-e', script]));
  const result = done(await podcloak(['synth', '-f', '-', ...options], { input: stdout }));
  return objects(result.stdout);
}

function daemonSet(all: readonly Manifest[]): DaemonSet {
  const found = all.find(({ kind }) => kind === 'DaemonSet');
  if (found === undefined) throw new Error('no DaemonSet');
  return found as DaemonSet;
}

describe('examples/cdk8s-app, installed from the packed tarball', () => {
  it('renders with cdk8s synth what podcloak synth renders, and its own annotation', async () => {
    const expected = await rendered('staging');
    const { metadata } = daemonSet(expected);
    metadata.annotations = { ...metadata.annotations, 'example.com/owner': 'platform@example.com' };

    expect(ofChart('staging')).toEqual(expected);
  });

  it('renders the same of all parts used alone, but for its patches', async () => {
    const expected = await rendered('production', ['--set-file', `encryption.ipsec.key=${keys}`]);
    const { spec } = daemonSet(expected);
    spec.minReadySeconds = 10;
    for (const { readinessProbe } of spec.template.spec.containers) {
      readinessProbe.failureThreshold = 3;
    }

    // These parts make no Secret: whoever does says that the agents have to wait for it.
    for (const { kind, data } of expected) {
      if (kind === 'ConfigMap' && data !== undefined) {
        data['encryption.wireguard.requireSecret'] = 'false';
      }
    }

    const both = sorted([...ofChart('production-rights'), ...ofChart('production-agents')]);
    expect(both).toEqual(expected);
  });

  it('leaves the app’s own objects as they are', () => {
    expect(ofChart('shop')).toMatchObject([
      { kind: 'Deployment', metadata: { namespace: 'shop' } },
    ]);
  });

  it('orders the charts by the dependency between them', () => {
    const files = readdirSync(app.file('dist')).map((name) => name.slice('0000-'.length));

    expect(files.indexOf('production-rights.k8s.yaml')).toBeLessThan(
      files.indexOf('production-agents.k8s.yaml'),
    );
  });

  it('compiles with every declaration checked, ours and those that ours lead to', async () => {
    flawless(await app.program('tsc', ['--noEmit', '--skipLibCheck', 'false']));
  });

  it('is told by the compiler of a key that does not exist', async () => {
    const wrong = `import { EncryptionValues, Podcloak } from 'podcloak';
export const values: EncryptionValues = { enabeld: true };
export const whole = Podcloak;
`;
    writeFileSync(app.file('wrong.ts'), wrong);
    const options = ['--noEmit', '--ignoreConfig', '--module', 'nodenext', '--types', 'node'];
    const { code, stdout } = await app.program('tsc', [...options, '--strict', 'wrong.ts']);

    expect(code).not.toBe(0);
    expect(stdout).toContain("'enabeld' does not exist in type 'EncryptionValues'");
    expect(stdout.match(/error TS/g)).toHaveLength(1);
  });

  it('ends cdk8s synth with the code, the value and the construct’s path', async () => {
    const wrong = `import { App, Chart } from 'cdk8s';
import { AgentConfig } from 'podcloak';
const app = new App();
new AgentConfig(new Chart(app, 'agents'), 'config', { ipv4NativeRoutingCIDR: '10.0.0.1/8' });
app.synth();
`;
    writeFileSync(app.file('wrong.mjs'), wrong);
    const { code, stderr } = await app.synth(['--app', 'node wrong.mjs', '--output', 'wrong']);

    expect(code).not.toBe(0);
    expect(stderr).toContain('agents/config: error PC203: ipv4NativeRoutingCIDR: "10.0.0.1/8"');
    expect(stderr).toContain('fix: Write 10.0.0.0/8.');
  });

  it('can be written in CommonJS as well, as cdk8s init does', async () => {
    const script = `
      const { App, Chart } = require('cdk8s');
      const { AgentDaemonSet } = require('podcloak');
      const chart = new Chart(new App(), 'agents');
      new AgentDaemonSet(chart, 'agent');
      console.log(chart.toJson()[0].kind);`;

    expect((await app.node(['-e', script])).stdout).toBe('DaemonSet\n');
  });
});
