import { describe, expect, it } from 'vitest';
import { type Measured, Metrics } from '../../../src/agent/metrics.js';
import type { Actual } from '../../../src/datapath/index.js';
import { xfrmFigures } from '../../../src/engine/ipsec/index.js';
import { OWNER_MARK, reqidOf } from '../../../src/keying/index.js';
import { type PolicyState, SA_FLAG, type SaState } from '../../../src/netlink/index.js';
import { VERSION } from '../../../src/version.js';
import { HEALTHY, TROUBLED } from '../status/samples.js';

const OWN = Uint8Array.of(192, 0, 2, 1);
const PEER = Uint8Array.of(192, 0, 2, 2);
const sa = (source: Uint8Array, reqid = reqidOf(2)): SaState =>
  ({ source, reqid, protocol: 50 }) as SaState;
const policy = (direction: 'in' | 'out' | 'fwd', user = OWNER_MARK): PolicyState =>
  ({ direction, selector: { user } }) as PolicyState;

const ACTUAL = {
  sas: [sa(OWN), sa(OWN), sa(PEER), sa(OWN, 7)],
  policies: [policy('out'), policy('in'), policy('fwd'), policy('fwd'), policy('out', 0)],
};
const measured = (status = HEALTHY, actual: Actual = ACTUAL): Measured => {
  const figures = xfrmFigures(actual, status, (address) => address === OWN);
  return { status, figures, ...REST };
};
const REST = {
  isReady: true,
  kernelWrites: 12,
  problems: [],
};

const lines = async (...about: Parameters<typeof measured>): Promise<string[]> =>
  (await new Metrics().render(measured(...about))).split('\n');

describe('the metrics of a node', () => {
  it('have Cilium’s four, of our own objects alone', async () => {
    const found = await lines();
    for (const line of [
      'podcloak_ipsec_keys 4',
      'podcloak_ipsec_xfrm_states{direction="out"} 2',
      'podcloak_ipsec_xfrm_states{direction="in"} 1',
      'podcloak_ipsec_xfrm_policies{direction="in"} 1',
      'podcloak_ipsec_xfrm_policies{direction="out"} 1',
      'podcloak_ipsec_xfrm_policies{direction="fwd"} 2',
      'podcloak_ipsec_xfrm_error{type="inbound",error="no_state"} 0',
      'podcloak_ipsec_xfrm_error{type="inbound",error="other"} 0',
    ]) {
      expect(found).toContain(line);
    }
  });

  it('name kernel counters as Cilium does, and new ones all the same', async () => {
    const found = await lines(TROUBLED);
    expect(found).toContain('podcloak_ipsec_xfrm_error{type="outbound",error="no_state"} 2');
    expect(found.some((line) => line.includes('XfrmNewInLinux7') && line.endsWith(' 1'))).toBe(
      true,
    );
  });

  it('count pairs by state, none included, and nodes without an agent', async () => {
    const found = await lines(TROUBLED);
    expect(found).toContain('podcloak_pairs{state="encrypted"} 3');
    expect(found).toContain('podcloak_pairs{state="blocked"} 1');
    expect(found).toContain('podcloak_nodes_without_agent 1');
    expect(await lines()).toContain('podcloak_pairs{state="blocked"} 0');
    expect(found).toContain('podcloak_pair_trouble{peer="worker-4",cause="no-answer"} 1');
    expect((await lines()).join()).not.toContain('podcloak_pair_trouble{');
  });

  it('tell what is wrong, and forget it when it is over', async () => {
    const metrics = new Metrics();
    const bad = await metrics.render({ ...measured(), isReady: false, problems: ['PC704'] });
    expect(bad).toContain('podcloak_problem{code="PC704"} 1');
    expect(bad).toContain('podcloak_ready 0');
    expect(await metrics.render(measured())).not.toContain('PC704');
  });

  it('tell how far sequence numbers are used, before there is an alert for it', async () => {
    const replay = { window: 1024, sent: 2n ** 38n, received: 0n, bitmap: [] };
    const worn = { ...sa(OWN), spi: 0x3000_0001, flags: SA_FLAG.esn, replay } as SaState;
    const found = await lines(HEALTHY, { sas: [worn], policies: [] });
    expect(found).toContain('podcloak_ipsec_sequence_wear 0.25');
    expect(found).toContain('podcloak_ipsec_max_sequence_number 483');
    expect(await lines()).toContain('podcloak_ipsec_sequence_wear 0');
  });

  it('say what runs', async () => {
    const version = `version="${VERSION}",node_version="${process.versions.node}"`;
    expect(await lines()).toContain(`podcloak_build_info{${version}} 1`);
  });
});
