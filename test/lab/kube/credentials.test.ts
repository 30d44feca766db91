import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { must, record, records, token } from '../agents.js';
import { writeKubeconfig } from '../api-client.js';
import { makeKeys } from '../certificates.js';
import { labDescribe } from '../lab-describe.js';
import { type KubeLab, kubeNeeds, startKubeLab, untilTold } from './cluster.js';
import type { Driven } from './driven.js';

const anyError = (code: string) => ({ unavailable: expect.objectContaining({ code }) });

labDescribe('the credentials at the API server', kubeNeeds, () => {
  let lab: KubeLab;
  let driven: Driven;
  beforeAll(async () => {
    lab = await startKubeLab();
  });
  afterAll(() => lab?.stop());
  afterEach(async () => {
    expect(driven.faults).toEqual([]);
    expect(await driven.close()).toBe(0);
  });

  /** A kubeconfig in the lab's folder. */
  const kubeconfig = (name: string, by: string, url = lab.plane.url): string => {
    const path = join(lab.scratch.dir, name);
    const { caFile } = lab.plane;
    writeKubeconfig(path, { url, caFile, adminToken: '', dir: lab.scratch.dir }, by);
    return path;
  };

  it('are read again when the token of the pod was renewed', async () => {
    const { root, renew } = lab.pod('expired');
    driven = await lab.start({ root });
    driven.watch('records');
    await untilTold(driven, 'records', anyError('PC502'));
    // With a newline, as an editor leaves it.
    renew(`${lab.agent}\n`);
    await untilTold(driven, 'records', { synced: [] });
    renew(await token(lab.plane));
    expect(await driven.call('clusterUID')).toHaveProperty('result');
    renew('revoked');
    // The watch goes on; what is asked with a token that is in use already is not disturbed.
    await must(lab.plane, 'POST', records, { body: record('n1') });
    await untilTold(driven, 'records', { changed: expect.objectContaining({ name: 'n1' }) });
  });

  it('are read again at once when the API server refuses the token that was read before', async () => {
    const short = await lab.plane.kubectl([
      ...['create', 'token', 'podcloak', '-n', 'kube-system', '--duration=10m'],
      ...['--bound-object-kind=Secret', '--bound-object-name=short-lived'],
    ]);
    expect(short.code).not.toBe(0);
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'short-lived' } };
    const path = '/api/v1/namespaces/kube-system/secrets';
    await must(lab.plane, 'POST', path, { body: secret });
    const bound = await lab.plane.kubectl([
      ...['create', 'token', 'podcloak', '-n', 'kube-system'],
      ...['--bound-object-kind=Secret', '--bound-object-name=short-lived'],
    ]);
    const { root, renew } = lab.pod(bound.stdout.trim());
    driven = await lab.start({ root });
    expect(await driven.call('clusterUID')).toHaveProperty('result');
    // The token dies with what it is bound to; the library would go on using it for a minute.
    await must(lab.plane, 'DELETE', `${path}/short-lived`);
    await expect
      .poll(() => lab.plane.request('GET', records, { token: bound.stdout.trim() }), {
        timeout: 120_000,
      })
      .toMatchObject({ status: 401 });
    renew(lab.agent);
    expect(await driven.call('clusterUID')).toHaveProperty('result');
  });

  it('may be a kubeconfig', async () => {
    driven = await lab.start({ kubeconfig: kubeconfig('agent', lab.agent) });
    expect(await driven.call('clusterUID')).toHaveProperty('result');
  });

  it('never are in an error', async () => {
    const secret = `eyJ${'a'.repeat(40)}`;
    driven = await lab.start({ kubeconfig: kubeconfig('bogus', secret) });
    const { error } = await driven.call('clusterUID');
    expect(error).toMatchObject({ code: 'PC502', status: 401 });
    expect(JSON.stringify(error)).not.toContain(secret);
  });

  it('are refused (PC510) for an address that is not https', async () => {
    const url = lab.plane.url.replace('https', 'http');
    driven = await lab.start({ kubeconfig: kubeconfig('plain', lab.agent, url) });
    expect(await driven.call('clusterUID')).toMatchObject({ error: { code: 'PC510' } });
  });

  it('that are missing or malformed (PC510) are tried again, and quoted nowhere', async () => {
    const path = join(lab.scratch.dir, 'late');
    driven = await lab.start({ kubeconfig: path });
    driven.watch('config', 'kube-system', 'podcloak');
    await untilTold(driven, 'config', anyError('PC510'));
    writeFileSync(path, 'users: [{ token: tell-nobody');
    const { error } = await driven.call('clusterUID');
    expect(error).toMatchObject({ code: 'PC510' });
    expect(JSON.stringify(error)).not.toContain('tell-nobody');
    kubeconfig('late', lab.agent);
    await untilTold(driven, 'config', { synced: [expect.anything()] });
  });

  it('do not reach a server whose certificate is of another CA (PC501)', async () => {
    const { ca } = await makeKeys(lab.scratch.dir, ['127.0.0.1']);
    const { root } = lab.pod();
    copyFileSync(ca, join(root, 'var/run/secrets/kubernetes.io/serviceaccount/ca.crt'));
    driven = await lab.start({ root });
    expect(await driven.call('clusterUID')).toMatchObject({
      error: { code: 'PC501', message: expect.stringContaining('certificate') },
    });
  });
});
