import { afterAll, beforeAll, expect, it } from 'vitest';
import { OWNER_MARK } from '../../../src/keying/index.js';
import {
  dumpPolicies,
  type NetlinkSocket,
  newPolicy,
  openNetlink,
} from '../../../src/netlink/index.js';
import { podcloak } from '../../cli/podcloak.js';
import { OUT_POLICY, selector } from '../../unit/netlink/samples.js';
import { labDescribe } from '../lab-describe.js';
import { enterFreshNamespace, NETWORK_NAMESPACE } from './namespace.js';

/** The kernel of this machine may have no ESP, but has policies; test/lab/kernel does the SAs, too. */
labDescribe('encrypt flush -o json in the kernel of this machine', [NETWORK_NAMESPACE], () => {
  let leave: () => void;
  let socket: NetlinkSocket;

  beforeAll(async () => {
    leave = enterFreshNamespace();
    socket = await openNetlink('xfrm');
    const own = (destination: string) => ({
      ...OUT_POLICY,
      selector: { ...selector('10.244.1.0/24', destination), user: OWNER_MARK },
    });
    const foreign = { ...OUT_POLICY, selector: selector('10.244.1.0/24', '10.244.4.0/24') };
    const policies = [own('10.244.2.0/24'), own('10.244.3.0/24'), foreign];
    const outcomes = await socket.request(policies.map(newPolicy));
    expect(outcomes).toEqual([undefined, undefined, undefined]);
  });
  afterAll(() => {
    socket.close();
    leave();
  });

  const left = async (): Promise<number> => (await socket.dump(dumpPolicies())).length;
  const flush = async (args: readonly string[], input = '') => {
    const socketOfNobody = ['--socket', '/nonexistent/agent.sock'];
    const all = ['encrypt', 'flush', '-o', 'json', ...socketOfNobody, ...args];
    const { code, stdout, stderr } = await podcloak(all, { input });
    return { code, answer: JSON.parse(stdout), stderr };
  };

  it('asks on standard error, so that a no is JSON as well', async () => {
    const { code, answer, stderr } = await flush(['--policies'], 'n\n');

    expect(code).toBe(0);
    expect(answer).toEqual({
      outcome: 'declined',
      deleted: { states: 0, policies: 0 },
      refused: { count: 0, reasons: [] },
    });
    expect(stderr).toMatch(/Flushing 0 XFRM states and 2 policies can lead to .* \[y\/N\] $/);
    expect(await left()).toBe(3);
  });

  it('counts what it deleted, and leaves what is not ours', async () => {
    const { code, answer } = await flush(['--policies', '--force']);

    expect(code).toBe(0);
    expect(answer).toEqual({
      outcome: 'deleted',
      deleted: { states: 0, policies: 2 },
      refused: { count: 0, reasons: [] },
    });
    expect(await left()).toBe(1);
  });
});
