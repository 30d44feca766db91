import { describe, expect, it } from 'vitest';
import { HELM_OWN } from '../../src/chart/index.js';
import { labDescribe } from '../lab/lab-describe.js';
import { byUs } from './by-us.js';
import { byHelm, type KubernetesObject } from './helm-chart.js';

const VALUES = 'fullnameOverride: net\nuninstall: {disableFirst: true}\n';
const HOOK = 'helm.sh/hook';

labDescribe('what helm makes besides the objects of synth', ['helm3', 'helm4'], () => {
  describe.each([3, 4] as const)('under helm %i', (version) => {
    const hooksOf = async (values: string, namespace = 'kube-system') => {
      const options = { namespace, hooks: true };
      const [all, ours] = [await byHelm(version, values, options), byUs(values, namespace)];
      if (!all.ok || !ours.ok) throw new Error(JSON.stringify([all, ours]));
      const known = ours.objects.map(identity);
      return all.objects.filter((object) => !known.includes(identity(object)));
    };

    it('is nothing but hooks of the moments that only helm knows', async () => {
      const hooks = await hooksOf(VALUES);
      const moments = hooks.map(({ metadata }) => metadata.annotations?.[HOOK]);
      expect(new Set(moments)).toEqual(new Set(HELM_OWN.hooks));
      expect(hooks.map(identity)).toEqual([
        'ClusterRole /podcloak-test',
        'ClusterRole /podcloak-uninstall',
        'ClusterRoleBinding /podcloak-test',
        'ClusterRoleBinding /podcloak-uninstall',
        'Job kube-system/net-uninstall',
        'Pod kube-system/net-test',
        'Role kube-system/net-uninstall',
        'RoleBinding kube-system/net-uninstall',
        'ServiceAccount kube-system/net-test',
        'ServiceAccount kube-system/net-uninstall',
      ]);
    });

    it('is what helm test needs alone, unless uninstall.disableFirst is set', async () => {
      const hooks = await hooksOf('{}\n');
      expect(new Set(hooks.map(({ metadata }) => metadata.annotations?.[HOOK]))).toEqual(
        new Set(['test']),
      );
    });

    it('makes no role where somebody else makes them, but the accounts that those are for', async () => {
      const hooks = await hooksOf(`${VALUES}rbac: {create: false}\n`);
      const kinds = hooks.map(({ kind }) => kind);
      expect(kinds.sort()).toEqual(['Job', 'Pod', 'ServiceAccount']);
    });

    it('never passes for an agent, by the labels that find those', async () => {
      const hooks = await hooksOf(VALUES);
      const components = hooks.map(({ metadata }) => metadata.labels?.[COMPONENT]);
      expect(new Set(components)).toEqual(new Set(['test', 'uninstall']));
    });

    it('tells the Job what is not as usual: namespace, names, time and the way to the API server', async () => {
      const values = `${VALUES}k8sServiceHost: api.example\nhostAliases: [{ip: 10.0.0.1, hostnames: [api.example]}]\n`;
      const hooks = await hooksOf(
        `${values}namespaceOverride: there\nimagePullSecrets: [{name: pull}]\n`,
      );
      const job = hooks.find(({ kind }) => kind === 'Job') as unknown as Job;
      const { template, ...spec } = job.spec;
      expect(spec).toMatchObject({ activeDeadlineSeconds: 300, backoffLimit: 3 });
      expect(template.spec).toMatchObject({
        serviceAccountName: 'net-uninstall',
        hostNetwork: true,
        imagePullSecrets: [{ name: 'pull' }],
        hostAliases: [{ ip: '10.0.0.1' }],
        containers: [
          {
            args: [
              ...['encryption', 'disable', '--yes', '--wait', '--timeout', '240s'],
              ...['--namespace', 'there', '--config-map', 'net'],
            ],
            env: [
              { name: 'KUBERNETES_SERVICE_HOST', value: 'api.example' },
              { name: 'KUBERNETES_SERVICE_PORT', value: '443' },
            ],
          },
        ],
      });
    });
  });
});

const COMPONENT = 'app.kubernetes.io/component';

interface Job {
  readonly spec: { readonly template: { readonly spec: object } };
}

function identity({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}
