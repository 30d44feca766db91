import { type Actual, ownOf } from '../../datapath/index.js';
import { countKeys, maxSequence, sequenceWear } from '../../status/index.js';
import type { EngineStatus, Figure } from '../report.js';

/**
 * The engine's part of a node's status.
 *
 * @param counters of /proc/net/xfrm_stat; null where the kernel does not count
 */
export function describeXfrm(
  actual: Actual,
  counters: Readonly<Record<string, number>> | null,
): EngineStatus {
  const { sas } = ownOf(actual);
  return {
    mode: 'IPsec',
    isInUse: sas.length > 0,
    keysInUse: countKeys(sas),
    maxSeqNumber: maxSequence(sas),
    interfaces: [],
    xfrmCounters: counters,
  };
}

/**
 * The metrics of IPsec. The first four are Cilium's, under our prefix: a dashboard for those needs no more than
 * other names.
 *
 * @param isOwnAddress tells this node's addresses, and so SAs out from SAs in
 */
export function xfrmFigures(
  actual: Actual,
  {
    xfrmCounters,
    keysInUse,
    maxSeqNumber,
  }: Pick<EngineStatus, 'keysInUse' | 'maxSeqNumber' | 'xfrmCounters'>,
  isOwnAddress: (address: Uint8Array) => boolean,
): readonly Figure[] {
  const { sas, policies } = ownOf(actual);
  const leaving = sas.filter(({ source }) => isOwnAddress(source)).length;
  return [
    {
      ...{ name: 'ipsec_xfrm_error', help: 'Packets that IPsec dropped on this node' },
      labelNames: ['type', 'error'],
      samples: Object.entries(xfrmCounters ?? {}).map(([name, value]) => {
        return { labels: labelsOf(name), value };
      }),
    },
    single('ipsec_keys', 'Keys in use: one for each SA', keysInUse),
    {
      ...{ name: 'ipsec_xfrm_states', help: 'SAs of Podcloak', labelNames: ['direction'] },
      samples: [
        { labels: { direction: 'out' }, value: leaving },
        { labels: { direction: 'in' }, value: sas.length - leaving },
      ],
    },
    {
      ...{ name: 'ipsec_xfrm_policies', help: 'Policies of Podcloak', labelNames: ['direction'] },
      samples: (['in', 'out', 'fwd'] as const).map((direction) => {
        const some = policies.filter((policy) => policy.direction === direction);
        return { labels: { direction }, value: some.length };
      }),
    },
    single(
      'ipsec_max_sequence_number',
      'Of the SA that has the smallest share of its sequence numbers left; 0 before the first packet',
      Number(maxSeqNumber?.current ?? 0),
    ),
    single(
      'ipsec_sequence_wear',
      'The most that an SA has used of the sequence numbers after which its key should be rotated: 1 is all',
      sequenceWear(sas)?.share ?? 0,
    ),
  ];
}

function single(name: string, help: string, value: number): Figure {
  return { name, help, labelNames: [], samples: [{ labels: {}, value }] };
}

/** What Cilium calls the kernel's counters, without `Xfrm` and the direction. */
const ERRORS: Readonly<Record<string, string>> = {
  Error: 'other',
  BufferError: 'no_buffer',
  HdrError: 'header',
  NoStates: 'no_state',
  StateProtoError: 'state_protocol',
  StateModeError: 'state_mode',
  StateSeqError: 'state_sequence',
  StateExpired: 'state_expired',
  StateMismatch: 'state_mismatched',
  StateInvalid: 'state_invalid',
  StateDirError: 'state_direction',
  TmplMismatch: 'template_mismatched',
  NoPols: 'no_policy',
  PolBlock: 'policy_blocked',
  PolDead: 'policy_dead',
  PolError: 'policy',
  BundleGenError: 'bundle_generation',
  BundleCheckError: 'bundle_check',
  IptfsError: 'iptfs',
  NoQueueSpace: 'no_queue_space',
};

/** The labels that a counter of the kernel has as a metric. */
export function labelsOf(counter: string): { type: string; error: string } {
  if (counter === 'XfrmFwdHdrError') return { type: 'inbound', error: 'forward_header' };
  if (counter === 'XfrmAcquireError') return { type: 'inbound', error: 'acquire' };
  const [, direction, rest = counter] = /^Xfrm(In|Out)(.*)$/.exec(counter) ?? [];
  return { type: direction === 'Out' ? 'outbound' : 'inbound', error: ERRORS[rest] ?? rest };
}
