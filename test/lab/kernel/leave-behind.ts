/**
 * Runs in the guest, after `own-objects.ts`: leaves there what else an agent has on a node, WireGuard's with it, but
 * not its socket. With `--no-memory` it leaves no state file.
 */
import type { AgentState } from '../../../src/agent/state.js';
import { StateFile } from '../../../src/agent/state-file.js';
import { PROBE_PORT } from '../../../src/datapath/index.js';
import {
  DEVICE_NAMES,
  diffRoutes,
  diffRules,
  SettingFiles,
  WireguardKernel,
} from '../../../src/engine/wireguard/index.js';
import { OWNER_MARK, packSpi, reqidOf } from '../../../src/keying/index.js';
import {
  addLink,
  changeLink,
  dumpLinks,
  installExemption,
  type NetlinkRequest,
  newPolicy,
  openNetlink,
  type Policy,
  setSpdThresholds,
} from '../../../src/netlink/index.js';
import { generateWireguardKey } from '../../../src/wireguard/index.js';
import { address, OUT_POLICY, prefix, selector, V4_TUNNEL } from '../../unit/netlink/samples.js';

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

/** A device of each generation, one of them with a key, and ways through them, each with its dead end. */
const route = await openNetlink('route');
const made = async (requests: readonly NetlinkRequest[]): Promise<void> => {
  for (const outcome of await route.request(requests)) if (outcome !== undefined) throw outcome;
};
await made(DEVICE_NAMES.map((name) => addLink({ name, kind: 'wireguard', mtu: 1420 })));
const indexes = new Map((await route.dump(dumpLinks())).map(({ name, index }) => [name, index]));
await made(DEVICE_NAMES.map((name) => changeLink(indexes.get(name) ?? -1, { up: true })));
const ways = ['10.244.2.0/24', 'fd10:2::/64'].flatMap((text, at) => [
  { destination: prefix(text), table: 51871, device: DEVICE_NAMES[at] ?? '' },
  { destination: prefix(text), table: 51871 },
]);
await made([
  ...diffRoutes([], ways, indexes).made.map(({ request }) => request),
  ...diffRules(
    [],
    ([4, 6] as const).map((family) => ({ family, priority: 70, table: 51871, protocol: 148 })),
  ).made.map(({ request }) => request),
]);
route.close();
const kernel = await WireguardKernel.open(() => {});
const refused = await kernel.change(DEVICE_NAMES[0] ?? '', {
  privateKey: generateWireguardKey().privateKey,
  listenPort: 51871,
});
if (refused !== undefined) throw refused;
kernel.close();

const settings = new SettingFiles('/proc/sys');
settings.write('net/ipv4/conf/lo/rp_filter', '2');

/** As much of a state as the cleanup reads. */
const state = {
  own: { privateKeys: { 3: 'secret' } },
  thresholds: {
    ipv4: { localBits: 20, remoteBits: 22 },
    ipv6: { localBits: 56, remoteBits: 60 },
  },
  reverse: { lo: '1', gone: '1' },
} as unknown as AgentState;
if (process.argv[2] !== '--no-memory') new StateFile('/run/podcloak').write(state);
