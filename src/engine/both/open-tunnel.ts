import { importEphemeral, KeyingError, wipe } from '../../keying/index.js';
import { makeOpenTunnel, type Origin } from '../../pairs/index.js';
import { exportWireguardKey, type WireguardKeyPair } from '../../wireguard/index.js';

/**
 * Makes a tunnel between two devices without a PSK.
 *
 * @param keys whose device is our end of it
 * @returns undefined for an origin that no honest record gives
 */
export function openTunnel(
  origin: Origin,
  number: number,
  { clusterUID, device }: { readonly clusterUID: string; readonly device: WireguardKeyPair },
): ReturnType<typeof makeOpenTunnel> {
  const bytes = exportWireguardKey(device);
  try {
    return makeOpenTunnel(origin, number, { clusterUID, device: importEphemeral(bytes) });
  } catch (thrown) {
    if (thrown instanceof KeyingError) return undefined;
    throw thrown;
  } finally {
    wipe(bytes);
  }
}
