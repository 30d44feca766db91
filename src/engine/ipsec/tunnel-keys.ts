import { fingerprintOf } from '../../datapath/index.js';
import { KeyingError } from '../../keying/index.js';
import type { Algorithms } from '../../netlink/index.js';
import {
  type Keys,
  makeTunnel,
  type Origin,
  type Tunnel,
  type UnsentKeys,
  wipeAlgorithms,
} from '../../pairs/index.js';
import type { ProbeKeys, TunnelKeys } from '../tunnel-keys.js';

type Direction = 'inbound' | 'outbound';

/** The keys of SAs; they stay only until they were sent. */
export class SaKeys implements TunnelKeys {
  readonly #unsent = new Map<string, Algorithms>();

  makeTunnel(
    origin: Origin,
    number: number,
    keys: Keys | undefined,
  ): { tunnel: Tunnel; probes: ProbeKeys } | undefined {
    const made = keys && derive(origin, number, keys);
    if (made === undefined) return undefined;
    const { tunnel, secrets } = made;
    this.#unsent.set(slot(tunnel.id, 'inbound'), secrets.inbound);
    this.#unsent.set(slot(tunnel.id, 'outbound'), secrets.outbound);
    return {
      tunnel,
      probes: { inbound: secrets.inboundProbe, outbound: secrets.outboundProbe },
    };
  }

  probeKeys({ id, origin, reqid }: Tunnel, keys: Keys | undefined): ProbeKeys | undefined {
    const made = origin && keys && derive(origin, reqid, keys);
    if (made === undefined || made.tunnel.id !== id) return undefined;
    wipeAlgorithms(made.secrets.inbound);
    wipeAlgorithms(made.secrets.outbound);
    return { inbound: made.secrets.inboundProbe, outbound: made.secrets.outboundProbe };
  }

  dropTunnel(tunnelID: string): void {
    this.markSent(tunnelID, 'inbound');
    this.markSent(tunnelID, 'outbound');
  }

  /** Keys that the kernel has not got yet. */
  readonly unsent: UnsentKeys = (tunnelID, direction) =>
    this.#unsent.get(slot(tunnelID, direction));

  /** The kernel has them, or may have: they are never sent again. */
  markSent(tunnelID: string, direction: Direction): void {
    const algorithms = this.#unsent.get(slot(tunnelID, direction));
    if (algorithms === undefined) return;
    this.#unsent.delete(slot(tunnelID, direction));
    wipeAlgorithms(algorithms);
  }
}

function derive(origin: Origin, reqid: number, keys: Keys): ReturnType<typeof makeTunnel> {
  try {
    return makeTunnel(origin, reqid, keys, fingerprintOf);
  } catch (thrown) {
    // A record that shares a number, an address or a key with ours: no tunnel, and no harm.
    if (thrown instanceof KeyingError) return undefined;
    throw thrown;
  }
}

function slot(tunnelID: string, direction: Direction): string {
  return `${tunnelID} ${direction}`;
}
