import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../../src/version.js';
import { REGISTRY, type Registry, startRegistry } from '../lab/image/registry.js';
import { labDescribe } from '../lab/lab-describe.js';
import { pinned } from '../lab/tools.js';
import { byUs } from './by-us.js';
import { done, type Helm, helmIn } from './helm.js';
import { CHART, objectsIn, withoutHelmOwn } from './helm-chart.js';

const onCluster = ['--kube-version', pinned('KUBERNETES')];
const values = 'encryption: {enabled: true}\nipv4NativeRoutingCIDR: 10.0.0.0/8\n';

labDescribe('the chart as a package', ['helm3', 'helm4', REGISTRY], () => {
  let folder: string;
  let registry: Registry;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'podcloak-package-'));
    registry = await startRegistry(join(folder, 'registry'));
    writeFileSync(join(folder, 'values.yaml'), values);
  });
  afterAll(async () => {
    await registry?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describe.each([3, 4] as const)('by helm %i', (version) => {
    let helm: Helm;
    const expected = () => {
      const ours = byUs(values);
      if (!ours.ok) throw new Error(ours.error);
      return withoutHelmOwn(ours.objects);
    };
    const template = async (...args: string[]) => {
      const text = await done(
        helm('template', 'x', ...args, '-n', 'kube-system', ...onCluster, '--no-hooks'),
      );
      return withoutHelmOwn(objectsIn(text));
    };
    beforeAll(() => {
      helm = helmIn(folder, version);
    });

    it('passes helm lint --strict, with defaults and with values', async () => {
      const said = await done(helm('lint', '--strict', CHART, ...onCluster, '-f', 'values.yaml'));
      expect(said).not.toMatch(/\[(INFO|WARNING|ERROR)\]/);
      await done(helm('lint', '--strict', CHART, ...onCluster));
    });

    it('is pushed to a registry, and renders from there what synth renders', async () => {
      const out = `packed-${version}`;
      await done(helm('package', CHART, '--destination', out));
      expect(readdirSync(join(folder, out))).toEqual([`podcloak-${VERSION}.tgz`]);

      const where = `oci://${registry.name}/charts-${version}`;
      const file = `${out}/podcloak-${VERSION}.tgz`;
      await done(helm('push', file, where, '--plain-http'));
      const from = [`${where}/podcloak`, '--version', VERSION, '--plain-http'];
      expect(await template(...from, '-f', 'values.yaml')).toEqual(expected());
    });

    it('is a part of another chart, under an alias, if a condition holds', async () => {
      const outer = join(folder, `outer-${version}`);
      mkdirSync(join(outer, 'charts'), { recursive: true });
      cpSync(CHART, join(outer, 'charts/podcloak'), { recursive: true });
      const dependency = {
        name: 'podcloak',
        version: VERSION,
        alias: 'cloak',
        condition: 'cloak.enabled',
      };
      const chart = { apiVersion: 'v2', name: 'outer', version: '1.0.0' };
      writeFileSync(
        join(outer, 'Chart.yaml'),
        JSON.stringify({ ...chart, dependencies: [dependency] }),
      );
      const inner = { encryption: { enabled: true }, ipv4NativeRoutingCIDR: '10.0.0.0/8' };
      const global = { imageRegistry: 'of others' };
      writeFileSync(join(outer, 'values.yaml'), JSON.stringify({ global, cloak: inner }));

      expect(await template(outer, '--set', 'cloak.enabled=true')).toEqual(expected());
      expect(await template(outer)).toEqual(expected());
      expect(await template(outer, '--set', 'cloak.enabled=false')).toEqual([]);
      const wrong = await helm('template', 'x', outer, '--set', 'cloak.healthPort=0', ...onCluster);
      expect(wrong.stderr).toContain('/healthPort');
    });
  });
});
