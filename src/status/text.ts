import type { AgentStatus, PeerStatus } from './agent-status.js';
import { counterHint, nonZero } from './xfrm-counters.js';

/** As wide as Cilium pads what it prints. */
const WIDTH = 26;

/**
 * The status as `cilium-dbg encrypt status` prints it: five lines, and one for each kernel counter that
 * is not zero. Behind them, where there is something to tell, what Podcloak knows beyond.
 */
export function statusText(status: AgentStatus): string {
  return [...ciliumLines(status), ...ownLines(status), ''].join('\n');
}

function ciliumLines(status: AgentStatus): string[] {
  const { mode, decryptionInterfaces, keysInUse, xfrmCounters } = status;
  const first = `Encryption: ${mode.padEnd(WIDTH)}`;
  if (mode === 'Disabled') return [first];
  const errors = errorCount(status);
  return [
    first,
    `Decryption interface(s): ${decryptionInterfaces.join(', ')}`,
    `Keys in use: ${String(keysInUse).padEnd(WIDTH)}`,
    `Max Seq. Number: ${sequenceText(status)}`,
    `Errors: ${String(errors ?? 'N/A').padEnd(WIDTH)}`,
    ...nonZero(xfrmCounters ?? {}).map(
      ([name, count]) => `\t${name}: ${String(count).padEnd(WIDTH)}`,
    ),
  ];
}

/** The sum of the counters; undefined where the kernel does not count. */
export function errorCount({ xfrmCounters }: AgentStatus): number | undefined {
  if (xfrmCounters === null) return undefined;
  return Object.values(xfrmCounters).reduce((sum, count) => sum + count, 0);
}

/** `current/limit`, or `N/A` while no packet went through a tunnel. */
export function sequenceText({ maxSeqNumber }: AgentStatus): string {
  return maxSeqNumber === null ? 'N/A' : `${maxSeqNumber.current}/${maxSeqNumber.limit}`;
}

function ownLines(status: AgentStatus): string[] {
  const { mode, peers, nodesWithoutAgent, warnings } = status;
  // With encryption disabled plaintext is what was asked for; a pair that is still shut is not.
  const open = peers.filter(({ state }) =>
    mode === 'Disabled' ? state === 'blocked' : state !== 'encrypted',
  );
  const slow = peers.filter(({ state, reason }) => state === 'encrypted' && reason !== undefined);
  const counters = mode === 'Disabled' ? [] : nonZero(status.xfrmCounters ?? {});
  return [
    ...section(`Pairs not encrypted: ${open.length} of ${peers.length}`, open.map(peerLine)),
    ...section('Encrypted pairs with a remark:', slow.map(peerLine)),
    ...section(
      `Nodes without an agent: ${nodesWithoutAgent.length}`,
      nodesWithoutAgent.map(({ node, reason }) => `${node}: ${reason}`),
    ),
    ...section('Warnings:', warnings),
    ...section(
      'Known causes of these errors:',
      counters.map(([name]) => {
        const { cause, remedy } = counterHint(name);
        return `${name}: ${cause} ${remedy}`;
      }),
    ),
  ];
}

/** Nothing where there is nothing to list. */
function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [title, ...items.map((item) => `\t${plain(item)}`)];
}

function peerLine({ node, state, keyID, reason }: PeerStatus): string {
  const key = keyID === null ? '' : `, key id ${keyID}`;
  return `${node}: ${state}${key}${reason === undefined ? '' : `: ${reason}`}`;
}

/** On one line and without what a terminal might obey: names and reasons come from other machines. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
