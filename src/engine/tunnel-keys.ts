import type { Keys, Origin, Tunnel } from '../pairs/index.js';

/** The MAC keys of a tunnel's messages, 32 bytes each. Secret. */
export interface ProbeKeys {
  readonly inbound: Uint8Array;
  readonly outbound: Uint8Array;
}

/** Derives tunnels, and holds the keys that the kernel is to get until it has them. */
export interface TunnelKeys {
  /**
   * Derives a tunnel.
   *
   * @param number of the pair, this node's own
   * @param keys undefined for a tunnel of no line of the Secret: its devices' keys are all it has
   * @returns undefined for an origin that no honest record gives
   */
  makeTunnel(
    origin: Origin,
    number: number,
    keys: Keys | undefined,
  ): { readonly tunnel: Tunnel; readonly probes: ProbeKeys } | undefined;
  /** The MAC keys alone, of a tunnel that is there already. */
  probeKeys(tunnel: Tunnel, keys: Keys | undefined): ProbeKeys | undefined;
  /** Wipes what belongs to a tunnel that is no more. */
  dropTunnel(tunnelID: string): void;
}
