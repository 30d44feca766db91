import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { argsOfExample, EXAMPLES } from '../examples.js';
import { type ControlPlane, startControlPlane } from './control-plane.js';
import { describeOnEachMinor } from './minors.js';
import {
  type ApiObject,
  apply,
  fixture,
  get,
  identities,
  identity,
  ours,
  rendered,
  stored,
  synth,
  untilServed,
} from './podcloak.js';

const definition = 'encryptionnodes.podcloak.dev';
const off = ['--set', 'encryption.enabled=false'];
const ipsec = argsOfExample('ipsec.yaml');

const versions = (objects: readonly ApiObject[]): string[] =>
  objects.map((object) => `${identity(object)} at ${object.metadata.resourceVersion}`);

describeOnEachMinor('what synth prints', {}, (onMinor) => {
  let plane: ControlPlane;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'podcloak-apply-'));
    plane = await startControlPlane(onMinor);
    await apply(plane, fixture('pod-monitor-crd.yaml'));
    await untilServed(plane, 'podmonitors.monitoring.coreos.com');
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await plane?.stop();
  });

  /** Apply twice; nothing may have changed in between. */
  const applyTwice = async (manifests: string, how?: readonly string[]): Promise<void> => {
    await apply(plane, manifests, how);
    // The API server itself writes the definition's status, a moment after the first apply.
    await untilServed(plane, definition);
    const before = await stored(plane, manifests);
    expect(before.map(identity)).toEqual(identities(manifests));
    await apply(plane, manifests, how);
    expect(versions(await stored(plane, manifests))).toEqual(versions(before));
  };

  describe.each(EXAMPLES)('for examples/%s', (file) => {
    it('is applied without a warning, and again without a change', async () => {
      await applyTwice(await rendered(argsOfExample(file)));
    });

    it('says what the API server stores, so another tool may apply it too, with no conflict', async () => {
      const manifests = await rendered(argsOfExample(file));
      await apply(plane, manifests);
      // A dry run meets the same conflicts, and leaves no second owner behind.
      const another = ['--server-side', '--field-manager=another', '--dry-run=server'];
      await apply(plane, manifests, another);
    });

    it('is the same set of objects with encryption off, applied without a warning', async () => {
      const enabled = await rendered(argsOfExample(file));
      const disabled = await rendered([...argsOfExample(file), ...off]);
      expect(identities(disabled)).toEqual(identities(enabled));
      await applyTwice(disabled);
    });
  });

  it('is refused by the API server when a field of the PodMonitor is misspelt', async () => {
    const manifests = await rendered(argsOfExample('production.yaml'));
    const input = manifests.replace('targetLabel:', 'targetLable:');
    const refused = await plane.kubectl(['apply', '--server-side', '-f', '-'], { input });
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('targetLable');
  });

  it('is all that the cluster has of it, however often encryption is turned on and off', async () => {
    const every = EXAMPLES.map((file) => rendered(argsOfExample(file)));
    const expected = new Set((await Promise.all(every)).flatMap(identities));
    // Of a kind of its own, which a list of the objects by their kinds leaves out.
    expected.delete('PodMonitor podcloak/podcloak');
    for (const more of [[], off, []]) {
      await apply(plane, await rendered([...ipsec, ...more]));
      expect(new Set(await ours(plane))).toEqual(expected);
    }
  });

  it('restarts no agent when encryption goes on or off or a range changes', async () => {
    const agents = () => get(plane, 'daemonset/podcloak', '-n', 'kube-system');
    const settings = async () => {
      const { data } = await get(plane, 'configmap/podcloak', '-n', 'kube-system');
      return data as Record<string, string>;
    };
    await apply(plane, await rendered(ipsec));
    const before = await agents();
    expect((await settings())['encryption.enabled']).toBe('true');

    await apply(plane, await rendered([...ipsec, ...off]));
    expect((await settings())['encryption.enabled']).toBe('false');
    expect(await agents()).toEqual(before);

    const ranges = ['--ipv4-native-routing-cidr', '10.0.0.0/9', '--set', 'encryption.enabled=true'];
    await apply(plane, await rendered(['--ipv6-native-routing-cidr', 'fd00::/48', ...ranges]));
    expect(await settings()).toMatchObject({
      'encryption.enabled': 'true',
      ipv4NativeRoutingCIDR: '10.0.0.0/9',
      ipv6NativeRoutingCIDR: 'fd00::/48',
    });
    expect(await agents()).toEqual(before);

    // What does restart them, so that the comparison above is seen to tell.
    await apply(plane, await rendered([...ipsec, '--set', 'image.tag=another']));
    const { generation = 0 } = before.metadata;
    expect((await agents()).metadata.generation).toBe(generation + 1);
  });

  it('is deleted by kubectl delete, and may then be applied client-side first, server-side later', async () => {
    const manifests = await rendered(ipsec);
    await apply(plane, manifests);
    const deleted = await plane.kubectl(['delete', '-f', '-'], { input: manifests });
    expect(deleted).toMatchObject({ code: 0, stderr: '' });
    const left = await ours(plane);
    expect(identities(manifests).filter((one) => left.includes(one))).toEqual([]);

    await applyTwice(manifests, []);
    expect(await ours(plane)).toEqual(expect.arrayContaining(identities(manifests)));

    // From then on server-side, which takes over what the client-side one owned.
    await applyTwice(manifests);
    await apply(plane, await rendered([...ipsec, ...off]));
  });

  it('is applied as a folder, with kustomize or without, and is the same as the stream', async () => {
    const output = join(folder, 'out');
    expect(await synth([...ipsec, '--output', output])).toMatchObject({ code: 0, stdout: '' });
    await applyTwice(await rendered(ipsec));
    const before = await stored(plane, await rendered(ipsec));

    const ways = [
      ['-f', join(output, 'manifests')],
      ['-k', output],
    ];
    for (const way of ways) {
      const applied = await plane.kubectl(['apply', '--server-side', ...way]);
      expect(applied).toMatchObject({ code: 0, stderr: '' });
      expect(applied.stdout.trim().split('\n')).toHaveLength(before.length);
      expect(versions(await stored(plane, await rendered(ipsec)))).toEqual(versions(before));
    }
  });
});
