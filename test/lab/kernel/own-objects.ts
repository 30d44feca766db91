/**
 * Runs in the guest: installs SAs and policies as the agent of node 1 would, towards node 2 under key
 * id 3 and towards node 3 under key id 4, and a policy that blocks node 4.
 */
import { OWNER_MARK, packSpi, reqidOf } from '../../../src/keying/index.js';
import {
  type NetlinkRequest,
  newPolicy,
  newSa,
  openNetlink,
  type Policy,
} from '../../../src/netlink/index.js';
import {
  address,
  counting,
  GCM,
  GCM_SA,
  OUT_POLICY,
  selector,
  V4_TUNNEL,
} from '../../unit/netlink/samples.js';

const spi = (keyId: number, nodeNumber: number): number =>
  packSpi({ keyId, lane: 0, generation: 0, nodeNumber });
const marked = (source: string, destination: string) => ({
  ...selector(source, destination),
  user: OWNER_MARK,
});

function pair(peer: number, keyId: number): NetlinkRequest[] {
  const here = { source: address('10.0.0.1'), destination: address(`10.0.0.${peer}`) };
  const there = { source: here.destination, destination: here.source };
  const reqid = reqidOf(peer);
  const key = (from: number) => ({ ...GCM, key: counting(20, from) });
  const outbound = { ...GCM_SA, ...here, reqid, spi: spi(keyId, 1), aead: key(peer) };
  const inbound = { ...GCM_SA, ...there, reqid, spi: spi(keyId, peer), aead: key(peer + 100) };
  const [own, remote] = ['10.244.1.0/24', `10.244.${peer}.0/24`];
  const out: Policy = {
    ...OUT_POLICY,
    selector: marked(own, remote),
    templates: [{ ...V4_TUNNEL, ...here, reqid, spi: outbound.spi }],
  };
  const into = (direction: 'in' | 'fwd'): Policy => ({
    ...out,
    direction,
    selector: marked(remote, own),
    templates: [{ ...V4_TUNNEL, ...there, reqid, spi: 0 }],
  });
  return [newSa(outbound), newSa(inbound), ...[out, into('in'), into('fwd')].map(newPolicy)];
}

const block: Policy = {
  ...OUT_POLICY,
  selector: marked('10.244.1.0/24', '10.244.4.0/24'),
  action: 'block',
  templates: [],
};

const socket = await openNetlink('xfrm');
const outcomes = await socket.request([...pair(2, 3), ...pair(3, 4), newPolicy(block)]);
socket.close();
for (const outcome of outcomes) if (outcome !== undefined) throw outcome;
