import { fingerprintOf } from '../datapath/index.js';
import type { KeyLine } from '../key-lines/index.js';
import {
  type EphemeralKey,
  exportPrivateKey,
  generateEphemeral,
  importEphemeral,
  KeyingError,
  wipe,
} from '../keying/index.js';
import type { Algorithms } from '../netlink/index.js';
import { makeTunnel, type Origin, type Tunnel, wipeAlgorithms } from '../pairs/index.js';
import { collectSoon } from './collect.js';

/** The MAC keys of a tunnel's messages, 32 bytes each. */
export interface ProbeKeys {
  readonly inbound: Uint8Array;
  readonly outbound: Uint8Array;
}

type Direction = 'inbound' | 'outbound';

/** All secrets of a running agent. Derived keys for the kernel stay only until they were sent. */
export class Keyring {
  #clusterUID = '';
  #lines: readonly KeyLine[] = [];
  readonly #ephemerals = new Map<number, EphemeralKey>();
  readonly #unsent = new Map<string, Algorithms>();
  readonly #probes = new Map<string, ProbeKeys>();

  /** The lines of the key file that are in use. Those of key ids that went stay while `keep` says so. */
  setLines(clusterUID: string, lines: readonly KeyLine[], keep: ReadonlySet<number>): void {
    this.#clusterUID = clusterUID;
    const old = this.#lines.filter(
      ({ keyId }) => keep.has(keyId) && !lines.some((line) => line.keyId === keyId),
    );
    this.#lines = [...old, ...lines];
  }

  /** Has a private key for each of these ids, from the state or new, and no other. */
  setEphemerals(keyIDs: readonly number[], saved: Readonly<Record<string, string>>): void {
    for (const id of [...this.#ephemerals.keys()]) {
      if (keyIDs.includes(id)) continue;
      this.#ephemerals.delete(id);
      // An agent at rest allocates nothing, and would keep what is left of the key for hours.
      collectSoon();
    }
    for (const id of keyIDs) {
      if (this.#ephemerals.has(id)) continue;
      const text = saved[id];
      if (text === undefined) this.#ephemerals.set(id, generateEphemeral());
      else {
        const bytes = Buffer.from(text, 'base64');
        this.#ephemerals.set(id, importEphemeral(bytes));
        wipe(bytes);
      }
    }
  }

  /** Base64 by key id, for the state file. Secret. */
  privateKeys(): Record<string, string> {
    return Object.fromEntries(
      [...this.#ephemerals].map(([id, ephemeral]) => {
        const bytes = exportPrivateKey(ephemeral);
        const text = Buffer.from(bytes).toString('base64');
        wipe(bytes);
        return [id, text];
      }),
    );
  }

  /** Base64 by key id. */
  publicKeys(): Map<number, string> {
    return new Map(
      [...this.#ephemerals].map(([id, { publicKey }]) => [
        id,
        Buffer.from(publicKey).toString('base64'),
      ]),
    );
  }

  /** Derives a tunnel; its keys wait here until they are sent. */
  make(origin: Origin, reqid: number): Tunnel | undefined {
    const made = this.#derive(origin, reqid);
    if (made === undefined) return undefined;
    const { tunnel, secrets } = made;
    this.#unsent.set(slot(tunnel.id, 'inbound'), secrets.inbound);
    this.#unsent.set(slot(tunnel.id, 'outbound'), secrets.outbound);
    this.#probes.set(tunnel.id, {
      inbound: secrets.inboundProbe,
      outbound: secrets.outboundProbe,
    });
    return tunnel;
  }

  /** Keys that the kernel has not got yet. */
  unsent(tunnelID: string, direction: Direction): Algorithms | undefined {
    return this.#unsent.get(slot(tunnelID, direction));
  }

  /** The kernel has them, or may have: they are never sent again. */
  markSent(tunnelID: string, direction: Direction): void {
    const algorithms = this.#unsent.get(slot(tunnelID, direction));
    if (algorithms === undefined) return;
    this.#unsent.delete(slot(tunnelID, direction));
    wipeAlgorithms(algorithms);
  }

  /** The keys of a tunnel's messages; derived anew after a restart. */
  probeKeys(tunnel: Tunnel): ProbeKeys | undefined {
    const known = this.#probes.get(tunnel.id);
    if (known !== undefined || tunnel.origin === undefined) return known;
    const made = this.#derive(tunnel.origin, tunnel.reqid);
    if (made === undefined || made.tunnel.id !== tunnel.id) return undefined;
    wipeAlgorithms(made.secrets.inbound);
    wipeAlgorithms(made.secrets.outbound);
    const keys = { inbound: made.secrets.inboundProbe, outbound: made.secrets.outboundProbe };
    this.#probes.set(tunnel.id, keys);
    return keys;
  }

  /** Drops what belongs to tunnels that are no more. */
  keepOnly(tunnelIDs: ReadonlySet<string>): void {
    for (const id of this.#probes.keys()) {
      if (tunnelIDs.has(id)) continue;
      const keys = this.#probes.get(id);
      if (keys !== undefined) wipe(keys.inbound, keys.outbound);
      this.#probes.delete(id);
      this.markSent(id, 'inbound');
      this.markSent(id, 'outbound');
    }
  }

  #derive(origin: Origin, reqid: number): ReturnType<typeof makeTunnel> {
    const line = this.#lines.find(({ keyId }) => keyId === origin.keyID);
    const ephemeral = this.#ephemerals.get(origin.keyID);
    if (line === undefined || ephemeral === undefined) return undefined;
    // One that was destroyed since, and made anew: what it gives would be another tunnel's keys.
    if (Buffer.from(ephemeral.publicKey).toString('base64') !== origin.own.publicKey) {
      return undefined;
    }
    try {
      return makeTunnel(
        origin,
        reqid,
        { clusterUID: this.#clusterUID, line, ephemeral },
        fingerprintOf,
      );
    } catch (thrown) {
      // A record that shares a number, an address or a key with ours: no tunnel, and no harm.
      if (thrown instanceof KeyingError) return undefined;
      throw thrown;
    }
  }
}

function slot(tunnelID: string, direction: Direction): string {
  return `${tunnelID} ${direction}`;
}
