import type { AgentStatus, PeerStatus } from './agent-status.js';
import { section, WIDTH } from './lines.js';
import { deviceLines, interfaceLines } from './wireguard-text.js';
import { counterHint, nonZero } from './xfrm-counters.js';

/**
 * The status as `cilium-dbg encrypt status` prints it. With IPsec that is five lines, and one for each kernel
 * counter that is not zero; with WireGuard three for each device. Behind them, where there is something to tell,
 * what Podcloak knows beyond.
 */
export function statusText(status: AgentStatus): string {
  return [...ciliumLines(status), ...ownLines(status), ''].join('\n');
}

function ciliumLines(status: AgentStatus): string[] {
  return [
    `Encryption: ${status.mode.padEnd(WIDTH)}`,
    ...(hasIpsec(status) ? ipsecLines(status) : []),
    ...(hasWireguard(status) ? status.interfaces.flatMap(interfaceLines) : []),
  ];
}

/** Also while the cluster moves to another type: tunnels of both are there then. */
export function hasIpsec({ mode, keysInUse }: AgentStatus): boolean {
  return mode === 'IPsec' || (mode === 'Wireguard' && keysInUse > 0);
}

export function hasWireguard({ mode, interfaces }: AgentStatus): boolean {
  return mode === 'Wireguard' || (mode === 'IPsec' && interfaces.length > 0);
}

function ipsecLines(status: AgentStatus): string[] {
  return [
    `Decryption interface(s): ${status.decryptionInterfaces.join(', ')}`,
    `Keys in use: ${String(status.keysInUse).padEnd(WIDTH)}`,
    `Max Seq. Number: ${sequenceText(status)}`,
    ...errorLines(status),
  ];
}

function errorLines(status: AgentStatus): string[] {
  return [
    `Errors: ${String(errorCount(status) ?? 'N/A').padEnd(WIDTH)}`,
    ...nonZero(status.xfrmCounters ?? {}).map(
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
    // Cilium has no such lines with WireGuard; here XFRM guards against plaintext, and counts.
    ...(hasIpsec(status) || counters.length === 0 ? [] : errorLines(status)),
    ...(hasWireguard(status) ? status.interfaces.flatMap(deviceLines) : []),
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

function peerLine({ node, state, keyID, reason }: PeerStatus): string {
  const key = keyID === null ? '' : `, key id ${keyID}`;
  return `${node}: ${state}${key}${reason === undefined ? '' : `: ${reason}`}`;
}
