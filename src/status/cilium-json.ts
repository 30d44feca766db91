import type { AgentStatus } from './agent-status.js';
import { errorCount, sequenceText } from './text.js';
import { counterHint, nonZero } from './xfrm-counters.js';

/**
 * The status in the shape of `cilium-dbg encrypt status -o json` (EncryptionStatus of Cilium's API), and
 * under `podcloak` all that is ours.
 */
export function ciliumStatus(status: AgentStatus): object {
  const errors = nonZero(status.xfrmCounters ?? {});
  const { mode, maxSeqNumber, ...own } = status;
  return {
    mode,
    ...(mode === 'Disabled'
      ? {}
      : {
          ipsec: {
            'decrypt-interfaces': status.decryptionInterfaces,
            'error-count': errorCount(status),
            'keys-in-use': status.keysInUse,
            'max-seq-number': sequenceText(status),
            'xfrm-errors': Object.fromEntries(errors),
          },
        }),
    podcloak: {
      ...own,
      maxSeqNumber,
      knownCauses: Object.fromEntries(errors.map(([name]) => [name, counterHint(name)])),
    },
  };
}
