import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ERRORS } from '../../src/errors/index.js';
import { parseKeyLines } from '../../src/key-lines/index.js';
import { type ControlPlane, controlPlaneNeeds, startControlPlane } from './control-plane.js';
import { labDescribe } from './lab-describe.js';
import { apply, get, podcloak } from './podcloak.js';

const name = 'cilium-ipsec-keys';

labDescribe('the Secret of keys create', controlPlaneNeeds(), () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  beforeEach(async () => {
    await plane.kubectl(['delete', 'secret', name, '-n', 'kube-system', '--ignore-not-found']);
  });
  afterAll(() => plane?.stop());

  const manifest = async (...args: string[]): Promise<string> =>
    (await podcloak(['keys', 'create', ...args])).stdout;
  const create = (input: string) => plane.kubectl(['create', '-f', '-'], { input });
  const stored = async (): Promise<string> => {
    const { data } = await get(plane, 'secret', name, '-n', 'kube-system');
    return Buffer.from((data as { keys: string }).keys, 'base64').toString();
  };

  it.each([
    ['kubectl apply', []],
    ['kubectl apply --server-side', ['--server-side']],
  ])('goes in by %s without a warning', async (_, how) => {
    await apply(plane, await manifest(), how);

    expect(parseKeyLines(await stored())).toMatchObject({ problems: [], keys: [{ keyId: 3 }] });
  });

  it('goes in by kubectl create, as YAML and as JSON', async () => {
    expect(await create(await manifest())).toMatchObject({ code: 0, stderr: '' });
    await plane.kubectl(['delete', 'secret', name, '-n', 'kube-system']);
    expect(await create(await manifest('-o', 'json'))).toMatchObject({ code: 0, stderr: '' });
  });

  it('does not replace a key in use by kubectl create, as the note says', async () => {
    expect(ERRORS.PC421.remedy).toContain('`kubectl create -f -`, which refuses');
    await create(await manifest());
    const before = await stored();
    const refused = await create(await manifest());

    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('AlreadyExists');
    expect(await stored()).toBe(before);
  });
});
