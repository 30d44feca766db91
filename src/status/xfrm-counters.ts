/** What makes the kernel count an error, and what to do about it. */
export interface CounterHint {
  readonly cause: string;
  readonly remedy: string;
}

const OTHERS = 'Another IPsec program on this node, or damaged packets.';
const WATCH =
  'Harmless if it stands still. If it grows, compare `encrypt dump-xfrm` of both nodes.';
const REPORT = 'Please report it with `encrypt status` and `encrypt dump-xfrm --policies`.';

/**
 * Every counter of /proc/net/xfrm_stat, in the kernel's own order: LINUX_MIB_XFRM* of linux/snmp.h, up
 * to Linux 6.18; what they count is in net/xfrm and Documentation/networking/xfrm_proc.rst. All count
 * packets that were dropped.
 */
export const XFRM_COUNTERS = {
  XfrmInError: {
    cause: 'A packet came in and the kernel had no memory, or no route, for it.',
    remedy: 'Check the free memory of the node, and that it has routes to its own pods.',
  },
  XfrmInBufferError: {
    cause: 'A packet was wrapped in IPsec more than six times over.',
    remedy: 'Look for another IPsec program, or a tunnel inside a tunnel.',
  },
  XfrmInHdrError: {
    cause: 'A packet that claims to be ESP has no readable header.',
    remedy: 'Look for devices on the way that cut or change packets, and for a smaller MTU there.',
  },
  XfrmInNoStates: {
    cause:
      'A packet came for a tunnel that this node does not have: the peer still sends on old keys, this node has just restarted, or the peer’s first probe came before the tunnel was in.',
    remedy:
      'A few when pairs are enabled, and after a restart, a rotation or `encrypt flush`, are normal. If it grows, see which peers are not encrypted, and whether the agents of both nodes are ready.',
  },
  XfrmInStateProtoError: {
    cause: 'A packet failed its integrity check: it was changed on the way, or its keys differ.',
    remedy:
      'Check that all nodes have the same Secret, and for hardware that damages packets. A peer whose keys differ never becomes encrypted, so this is rare.',
  },
  XfrmInStateModeError: {
    cause: 'A packet was in transport mode where tunnel mode is agreed.',
    remedy: OTHERS,
  },
  XfrmInStateSeqError: {
    cause:
      'A packet came twice, or later than 1024 others: a replay, or a network that reorders a lot.',
    remedy:
      'Look for links that duplicate packets. If it grows fast and a peer gets nothing, an SA was put back with its old keys by hand: `encrypt flush` on that node.',
  },
  XfrmInStateExpired: {
    cause: 'An SA has reached its lifetime. Those of Podcloak have none.',
    remedy: OTHERS,
  },
  XfrmInStateMismatch: {
    cause: 'A packet was wrapped in UDP where it should not be, or the other way round.',
    remedy: OTHERS,
  },
  XfrmInStateInvalid: {
    cause: 'A packet met an SA that was being removed.',
    remedy: 'A few during a rotation are normal.',
  },
  XfrmInTmplMismatch: {
    cause:
      'A packet came in plaintext that must come encrypted, with WireGuard past the device: the peer has just booted, has lost its policies, runs no agent, or another machine sends with its addresses. It was dropped, as it should be.',
    remedy:
      'See `encrypt status` on the peer. If the peer is healthy, find out who sends plaintext from its pod range.',
  },
  XfrmInNoPols: {
    cause: 'A packet came through a tunnel to an address that no policy covers.',
    remedy:
      'Check that the pod addresses of this node lie in its Node.spec.podCIDRs, and that no NAT rule changes them before the policy check.',
  },
  XfrmInPolBlock: {
    cause:
      'A packet came from a node that is blocked: it was encrypted once, and now it is not known, or not yet.',
    remedy:
      '`encrypt status` names it. If that node is gone for good, `encrypt forget NODE` on this one. If it names none, see `encrypt status` on the peers.',
  },
  XfrmInPolError: { cause: 'A policy of a kind that the kernel cannot apply.', remedy: OTHERS },
  XfrmOutError: {
    cause: 'A packet was to leave and the kernel had no memory, or could not cut it up.',
    remedy: 'Check the free memory of the node, and the MTU of pods: ESP adds 54 to 113 bytes.',
  },
  XfrmOutBundleGenError: {
    cause: 'No route to the peer, or no memory, while a tunnel was prepared for a packet.',
    remedy: 'Check the routes of this node to the addresses of the others.',
  },
  XfrmOutBundleCheckError: {
    cause: 'A route or device changed while a packet was on its way to it.',
    remedy: 'A few while routes change are normal.',
  },
  XfrmOutNoStates: {
    cause:
      'A packet was to be encrypted and its tunnel is gone: it was dropped rather than sent in plaintext.',
    remedy:
      'Normal for some seconds after `encrypt flush`. If it grows, the agent of this node does not run, or it cannot reach the peer: see the pairs that are not encrypted.',
  },
  XfrmOutStateProtoError: {
    cause: 'Encrypting a packet failed, mostly for want of memory.',
    remedy: 'Check the free memory of the node and the kernel log for its crypto drivers.',
  },
  XfrmOutStateModeError: {
    cause:
      'The header of a tunnel could not be put on, mostly as the packet is larger than its MTU.',
    remedy: 'Let ICMP "fragmentation needed" pass between pods and nodes.',
  },
  XfrmOutStateSeqError: {
    cause: 'An SA has used up its sequence numbers.',
    remedy: 'Rotate the key. With extended sequence numbers this does not happen in practice.',
  },
  XfrmOutStateExpired: {
    cause: 'An SA has reached its lifetime. Those of Podcloak have none.',
    remedy: OTHERS,
  },
  XfrmOutPolBlock: {
    cause:
      'A packet was to go to a node that is blocked: it was encrypted once, and now it is not known, or not yet. With WireGuard also: it was to leave past the device, as its rules or routes had been deleted.',
    remedy:
      '`encrypt status` names it. If that node is gone for good, `encrypt forget NODE` on this one. WireGuard’s rules and routes are put back at once.',
  },
  XfrmOutPolDead: {
    cause: 'A packet met a policy that was being removed.',
    remedy: 'A few while nodes come and go are normal.',
  },
  XfrmOutPolError: { cause: 'A policy of a kind that the kernel cannot apply.', remedy: OTHERS },
  XfrmFwdHdrError: {
    cause: 'The header of a packet to be forwarded could not be read.',
    remedy: WATCH,
  },
  XfrmOutStateInvalid: {
    cause: 'A packet met an SA that was being removed.',
    remedy: 'A few during a rotation are normal.',
  },
  XfrmAcquireError: {
    cause: 'A packet came for an SA that a key daemon has announced and not filled in.',
    remedy: 'Stop the other key daemon (strongSwan, Libreswan, `ip xfrm monitor`) on this node.',
  },
  XfrmOutStateDirError: {
    cause: 'An SA for packets that come in was to be used for one that leaves.',
    remedy: REPORT,
  },
  XfrmInStateDirError: {
    cause: 'An SA for packets that leave was to be used for one that came in.',
    remedy: REPORT,
  },
  XfrmInIptfsError: {
    cause: 'A packet of an IP-TFS tunnel was malformed. Podcloak makes no such tunnels.',
    remedy: OTHERS,
  },
  XfrmOutNoQueueSpace: {
    cause: 'The queue of an IP-TFS tunnel was full. Podcloak makes no such tunnels.',
    remedy: OTHERS,
  },
} as const satisfies Readonly<Record<string, CounterHint>>;

const UNKNOWN: CounterHint = {
  cause: 'This kernel counts something that this version of Podcloak does not know.',
  remedy: "See the kernel's Documentation/networking/xfrm_proc.rst.",
};

/** What a counter means, also one that newer kernels have. */
export function counterHint(name: string): CounterHint {
  return Object.hasOwn(XFRM_COUNTERS, name)
    ? XFRM_COUNTERS[name as keyof typeof XFRM_COUNTERS]
    : UNKNOWN;
}

/**
 * The counters in the text of /proc/net/xfrm_stat: a name and a decimal number a line. What is not of
 * that form is skipped.
 */
export function parseXfrmStat(text: string): Record<string, number> {
  const counters: Record<string, number> = {};
  for (const line of text.split('\n')) {
    const [, name, digits] = /^(Xfrm[A-Za-z0-9]+)\s+([0-9]+)$/.exec(line.trim()) ?? [];
    if (name !== undefined && digits !== undefined) counters[name] = Number(digits);
  }
  return counters;
}

/** The counters that are not zero: the known ones first, in the kernel's order. */
export function nonZero(counters: Readonly<Record<string, number>>): readonly [string, number][] {
  const order = Object.keys(XFRM_COUNTERS);
  const rank = (name: string): number => {
    const index = order.indexOf(name);
    return index < 0 ? order.length : index;
  };
  return Object.entries(counters)
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
