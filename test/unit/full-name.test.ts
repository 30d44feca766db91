import { describe, expect, it } from 'vitest';
import { type Manifest, renderCleanup, renderManifests } from '../../src/render/index.js';
import { parseYamlSource, resolveValues } from '../../src/values/index.js';

const ALL = `
fullnameOverride: net-podcloak
monitoring: {enabled: true, podMonitor: {enabled: true}}
resourceQuota: {create: true}
`;

function values(text: string) {
  const { source } = parseYamlSource('values.yaml', text);
  if (source === undefined) throw new Error('no YAML');
  const resolved = resolveValues(source.value, [source], { namespace: 'kube-system' });
  if (resolved.values === undefined) throw new Error('values are refused');
  return resolved.values;
}

function identity({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}

describe('fullnameOverride', () => {
  const manifests = renderManifests(values(ALL), 'kube-system');

  it('names all objects that have a namespace; the others stay what a second installation meets', () => {
    expect(manifests.map(identity).sort()).toEqual([
      'ClusterRole /podcloak',
      'ClusterRoleBinding /podcloak',
      'ConfigMap kube-system/net-podcloak',
      'CustomResourceDefinition /encryptionnodes.podcloak.dev',
      'DaemonSet kube-system/net-podcloak',
      'PodMonitor kube-system/net-podcloak',
      'ResourceQuota kube-system/net-podcloak',
      'Role default/net-podcloak-events',
      'Role kube-system/net-podcloak',
      'RoleBinding default/net-podcloak-events',
      'RoleBinding kube-system/net-podcloak',
      'ServiceAccount kube-system/net-podcloak',
      'ValidatingAdmissionPolicy /podcloak-own-record',
      'ValidatingAdmissionPolicy /podcloak-own-taint',
      'ValidatingAdmissionPolicyBinding /podcloak-own-record',
      'ValidatingAdmissionPolicyBinding /podcloak-own-taint',
    ]);
  });

  it('reaches all who must know the name: roles, bindings, the admission policy and the agent', () => {
    const text = (kind: string) =>
      JSON.stringify(manifests.filter((manifest) => manifest.kind === kind));
    const account = '{"kind":"ServiceAccount","name":"net-podcloak","namespace":"kube-system"}';
    expect(text('ClusterRoleBinding')).toContain(account);
    expect(text('RoleBinding').split(account)).toHaveLength(3);
    expect(text('Role')).toContain('"resourceNames":["net-podcloak"]');
    expect(text('ValidatingAdmissionPolicy')).toContain(
      "'system:serviceaccount:kube-system:net-podcloak'",
    );
    expect(text('DaemonSet')).toContain('"serviceAccountName":"net-podcloak"');
    expect(text('DaemonSet')).toContain('{"name":"PODCLOAK_CONFIG_MAP","value":"net-podcloak"}');
  });

  it('leaves the labels as they are, by which selectors and people find the agents', () => {
    const daemonSet = manifests.find(({ kind }) => kind === 'DaemonSet');
    expect(daemonSet).toMatchObject({
      spec: {
        selector: {
          matchLabels: {
            'app.kubernetes.io/name': 'podcloak',
            'app.kubernetes.io/component': 'agent',
          },
        },
      },
    });
  });

  it('leaves the ServiceAccount a name of its own, where it has one', () => {
    const own = `${ALL}serviceAccount: {name: mine}\n`;
    const found = renderManifests(values(own), 'kube-system').map(identity);
    expect(found).toContain('ServiceAccount kube-system/mine');
    expect(found).toContain('DaemonSet kube-system/net-podcloak');
  });

  it('names what cleans up, too', () => {
    expect(renderCleanup(values(ALL), 'kube-system').map(identity)).toEqual([
      'DaemonSet kube-system/net-podcloak-cleanup',
    ]);
  });

  it('says nothing where it is not set', () => {
    const usual = JSON.stringify(renderManifests(values('{}'), 'kube-system'));
    expect(usual).not.toContain('PODCLOAK_CONFIG_MAP');
  });
});
