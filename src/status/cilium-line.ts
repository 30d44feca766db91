import type { AgentStatus } from './agent-status.js';
import { nodeEncryptionText } from './cilium-json.js';
import { plain } from './lines.js';
import { hasWireguard } from './text.js';

/** Between columns, as Cilium prints them. */
const GAP = '   ';

/**
 * The line of `cilium-dbg status` about encryption, which Cilium's guide to WireGuard looks for. All on one line, as
 * there.
 */
export function encryptionLine(status: AgentStatus): string {
  const { mode, interfaces } = status;
  const devices = interfaces.map(
    ({ name, publicKey, listenPort, peerCount }) =>
      `${name} (Pubkey: ${publicKey}, Port: ${listenPort}, Peers: ${peerCount})`,
  );
  const details = [`NodeEncryption: ${nodeEncryptionText(interfaces)}`, ...devices].join(', ');
  return plain(['Encryption:', mode, ...(hasWireguard(status) ? [`[${details}]`] : [])].join(GAP));
}
