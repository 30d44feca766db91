import { describe, expect, it } from 'vitest';
import { desired, type PairWish } from '../../../src/datapath/index.js';
import { type Direction, IP_PROTOCOL, type Policy } from '../../../src/netlink/index.js';
import { address } from '../netlink/samples.js';
import { chosen as chosenOf, type Packet } from './chosen.js';
import { closedPair, NODE, pair } from './samples.js';

const nodes = { ...NODE, nodeEncryption: true };

function chosen(
  direction: Direction,
  packet: Packet,
  pairs: readonly PairWish[],
): Policy | undefined {
  return chosenOf(desired(nodes, pairs).policies, direction, packet);
}

const isPlain = (policy: Policy | undefined): boolean => policy?.templates.length === 0;
const takesPlain = (policy: Policy | undefined): boolean =>
  policy?.templates.every(({ optional }) => optional) ?? true;

describe('with encryption between nodes', () => {
  const pairs = [closedPair(2)];
  const [own, peer] = ['192.168.50.1', '192.168.50.2'];

  it.each([
    ['the API server', { protocol: 6, destinationPort: 6443 }],
    ['what the API server answers', { protocol: 6, sourcePort: 6443 }],
    ['the kubelet', { protocol: 6, destinationPort: 10250 }],
    ['etcd', { protocol: 6, destinationPort: 2380 }],
    ['DHCP', { protocol: 17, sourcePort: 68, destinationPort: 67 }],
  ])('%s stays as it is between nodes', (_, packet) => {
    expect(isPlain(chosen('out', { from: own, to: peer, ...packet }, pairs))).toBe(true);
    for (const direction of ['in', 'fwd'] as const) {
      expect(takesPlain(chosen(direction, { from: peer, to: own, ...packet }, pairs))).toBe(true);
    }
  });

  it.each([133, 134, 135, 136, 137])('ICMPv6 of type %i stays as it is', (sourcePort) => {
    const [from, to] = ['fd00:50::1', 'fd00:50::2'];
    const packet = { protocol: IP_PROTOCOL.icmpv6, sourcePort, destinationPort: 0 };
    expect(isPlain(chosen('out', { from, to, ...packet }, pairs))).toBe(true);
    expect(takesPlain(chosen('in', { from: to, to: from, ...packet }, pairs))).toBe(true);
    expect(isPlain(chosen('out', { from, to, ...packet, sourcePort: 128 }, pairs))).toBe(false);
  });

  it('all else is encrypted', () => {
    expect(isPlain(chosen('out', { from: own, to: peer, destinationPort: 80 }, pairs))).toBe(false);
    expect(takesPlain(chosen('in', { from: peer, to: own, sourcePort: 80 }, pairs))).toBe(false);
  });

  it('pods are no nodes: what they say to an API server is encrypted, and so are its answers', () => {
    const pod = '10.244.2.9';
    const answer = { from: own, to: pod, sourcePort: 6443 };
    expect(isPlain(chosen('out', answer, pairs))).toBe(false);
    for (const direction of ['in', 'fwd'] as const) {
      const question = { from: pod, to: own, destinationPort: 6443 };
      expect(takesPlain(chosen(direction, question, pairs))).toBe(false);
    }
  });

  it.each([51_871, 51_872])(
    'packets of WireGuard’s port %i stay as they are, where it is used',
    (port) => {
      const outer = { protocol: 17, sourcePort: port, destinationPort: port };
      const ends = [{ local: address(own), remote: address(peer) }];
      const using = [{ ...closedPair(2), otherEnds: ends }];
      expect(isPlain(chosen('out', { from: own, to: peer, ...outer }, pairs))).toBe(false);
      expect(isPlain(chosen('out', { from: own, to: peer, ...outer }, using))).toBe(true);
      expect(takesPlain(chosen('in', { from: peer, to: own, ...outer }, using))).toBe(true);
      const others = { ...outer, sourcePort: 51_870 };
      expect(takesPlain(chosen('in', { from: peer, to: own, ...others }, using))).toBe(false);
    },
  );

  it('messages that routes lead into a device are kept out of SAs', () => {
    const message = { from: own, to: peer, protocol: 17, sourcePort: 9987, destinationPort: 9987 };
    const { probe: _, ...rest } = closedPair(2);
    const led = { ...rest, led: { local: address(own), remote: address(peer) } };
    expect(isPlain(chosen('out', message, [rest]))).toBe(false);
    expect(isPlain(chosen('out', message, [led]))).toBe(true);
    expect(takesPlain(chosen('in', { ...message, from: peer, to: own }, [led]))).toBe(false);
    // Without encryption between nodes there is nothing to keep them out of.
    const policies = desired(NODE, [led]).policies.length;
    expect(policies).toBe(desired(NODE, [rest]).policies.length);
  });

  it('nothing is exempt from what is not there', () => {
    expect(desired(nodes, [pair(2)]).policies).toEqual([]);
    expect(desired(nodes, []).policies).toEqual([]);
  });

  it('has a number of exemptions that does not grow with the cluster', () => {
    const exempt = (all: PairWish[]) =>
      desired(nodes, all).policies.filter(({ priority }) => priority === 24).length;
    expect(exempt([2, 3, 4, 5].map((peer) => closedPair(peer)))).toBe(exempt([closedPair(2)]));
  });
});
