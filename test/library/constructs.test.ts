import { randomBytes } from 'node:crypto';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import {
  AgentCleanup,
  AgentDaemonSet,
  EncryptionNodeCrd,
  Podcloak,
  PodcloakError,
  type PodcloakValues,
  VERSION,
} from 'podcloak';
import { describe, expect, it } from 'vitest';

const VALUES: PodcloakValues = {
  encryption: { enabled: true },
  ipv4NativeRoutingCIDR: '10.244.0.0/16',
};

interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string };
}

function chart(namespace?: string): Chart {
  return new Chart(new App(), 'chart', namespace === undefined ? {} : { namespace });
}

describe('the constructs', () => {
  it('render in the namespace of the chart, or in kube-system', () => {
    const namespaces = (target: Chart) => {
      new Podcloak(target, 'podcloak', VALUES);
      const all = (target.toJson() as Manifest[]).map(({ metadata }) => metadata.namespace);
      return [...new Set(all)].sort();
    };

    expect(namespaces(chart('net'))).toEqual(['default', 'net', undefined]);
    expect(namespaces(chart())).toEqual(['default', 'kube-system', undefined]);
  });

  it('give no namespace to cluster-scoped objects', () => {
    const target = chart('net');
    new Podcloak(target, 'podcloak', { ...VALUES, namespace: { create: true } });
    const without = (target.toJson() as Manifest[]).filter(
      ({ metadata }) => metadata.namespace === undefined,
    );

    expect(without.map(({ kind }) => kind).sort()).toEqual([
      'ClusterRole',
      'ClusterRoleBinding',
      'CustomResourceDefinition',
      'Namespace',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
      'ValidatingAdmissionPolicyBinding',
    ]);
  });

  it('can be used one by one, and patched as cdk8s users do', () => {
    const target = chart();
    const agent = new AgentDaemonSet(target, 'agent');
    new EncryptionNodeCrd(target, 'crd');
    ApiObject.of(agent).addJsonPatch(JsonPatch.add('/spec/minReadySeconds', 5));

    expect(target.toJson()).toMatchObject([
      { kind: 'DaemonSet', spec: { minReadySeconds: 5 } },
      { kind: 'CustomResourceDefinition' },
    ]);
  });

  it('render a user’s own objects as they are, whatever their keys', () => {
    const extra = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'own', labels: { constructor: 'a' } },
      data: { constructor: 'b', empty: {} },
    };
    const target = chart('net');
    new Podcloak(target, 'podcloak', { ...VALUES, extraObjects: [extra] });

    const named = (target.toJson() as Manifest[]).filter(({ metadata }) => metadata.name === 'own');
    expect(named).toEqual([extra]);
  });

  it('are children of the whole under ids that stay, so that an app can reach and patch them', () => {
    const ids = (values: PodcloakValues) =>
      new Podcloak(chart(), 'podcloak', values).node.children.map(({ node }) => node.id).sort();
    const always = ['admission', 'agent', 'config', 'crd', 'extra', 'rbac'];
    const key = `3+ rfc4106(gcm(aes)) ${randomBytes(20).toString('hex')} 128`;

    expect(ids({})).toEqual(always);
    expect(
      ids({
        encryption: { ipsec: { key } },
        monitoring: { enabled: true, podMonitor: { enabled: true } },
        namespace: { create: true },
        namespaceOverride: 'podcloak',
        resourceQuota: { create: true },
      }),
    ).toEqual([...always, 'keys', 'monitoring', 'namespace', 'quota'].sort());
  });

  it('have one that cleans up, whose pods no agent’s selector matches', () => {
    const target = chart();
    new AgentDaemonSet(target, 'agent');
    new AgentCleanup(target, 'cleanup', { podLabels: { team: 'network' } });
    const [agent, cleanup] = target.toJson() as {
      spec: {
        selector: { matchLabels: Record<string, string> };
        template: { metadata: { labels: Record<string, string> } };
      };
    }[];

    expect(cleanup?.spec.template.metadata.labels).toMatchObject({
      ...cleanup?.spec.selector.matchLabels,
      team: 'network',
    });
    expect(cleanup?.spec.template.metadata.labels).not.toMatchObject(
      agent?.spec.selector.matchLabels ?? {},
    );
  });

  it('throw every mistake with its code, value path and the construct’s path', () => {
    const build = () =>
      new Podcloak(chart(), 'podcloak', {
        encryption: { enabled: true },
        healthPort: 0,
        ipv6NativeRoutingCIDR: '10.0.0.0/8',
      });

    expect(build).toThrow(PodcloakError);
    try {
      build();
    } catch (thrown) {
      const { diagnostics, code } = thrown as PodcloakError;
      expect(diagnostics.map((one) => [one.code, one.path, one.place?.source])).toEqual([
        ['PC105', 'healthPort', 'chart/podcloak'],
        ['PC202', 'ipv6NativeRoutingCIDR', 'chart/podcloak'],
      ]);
      expect(code).toBe('PC105');
    }
  });

  it('leave the caller’s values as they were', () => {
    const values = structuredClone(VALUES);
    new Podcloak(chart(), 'podcloak', values);

    expect(values).toEqual(VALUES);
  });

  it('say their version', () => {
    expect(VERSION).toMatch(/^\d+\.\d+\.\d+/);
  });
});
