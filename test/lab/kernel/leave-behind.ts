/**
 * Runs in the guest, after `own-objects.ts`: leaves there what else an agent has on a node, but its socket.
 * With `--no-memory` it leaves no state file.
 */
import type { AgentState } from '../../../src/agent/state.js';
import { StateFile } from '../../../src/agent/state-file.js';
import { PROBE_PORT } from '../../../src/datapath/index.js';
import { OWNER_MARK, packSpi, reqidOf } from '../../../src/keying/index.js';
import {
  installExemption,
  newPolicy,
  openNetlink,
  type Policy,
  setSpdThresholds,
} from '../../../src/netlink/index.js';
import { address, OUT_POLICY, selector, V4_TUNNEL } from '../../unit/netlink/samples.js';

/** Of one port, and better than those for data. */
const probe: Policy = {
  ...OUT_POLICY,
  priority: OUT_POLICY.priority - 1,
  selector: {
    ...selector('10.0.0.1/32', '10.0.0.2/32'),
    protocol: 17,
    destinationPort: { port: PROBE_PORT, mask: 0xffff },
    user: OWNER_MARK,
  },
  templates: [
    {
      ...V4_TUNNEL,
      source: address('10.0.0.1'),
      destination: address('10.0.0.2'),
      reqid: reqidOf(2),
      spi: packSpi({ keyId: 3, lane: 0, generation: 0, nodeNumber: 1 }),
    },
  ],
};

const xfrm = await openNetlink('xfrm');
const outcomes = await xfrm.request([
  newPolicy(probe),
  setSpdThresholds({
    ipv4: { localBits: 24, remoteBits: 24 },
    ipv6: { localBits: 64, remoteBits: 64 },
  }),
]);
xfrm.close();
for (const outcome of outcomes) if (outcome !== undefined) throw outcome;

const netfilter = await openNetlink('netfilter');
await installExemption(netfilter);
netfilter.close();

/** As much of a state as the cleanup reads. */
const state = {
  own: { privateKeys: { 3: 'secret' } },
  thresholds: {
    ipv4: { localBits: 20, remoteBits: 22 },
    ipv6: { localBits: 56, remoteBits: 60 },
  },
} as unknown as AgentState;
if (process.argv[2] !== '--no-memory') new StateFile('/run/podcloak').write(state);
