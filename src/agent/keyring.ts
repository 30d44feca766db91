import type { ProbeKeys, TunnelKeys } from '../engine/index.js';
import type { KeyLine } from '../key-lines/index.js';
import {
  type EphemeralKey,
  exportPrivateKey,
  generateEphemeral,
  importEphemeral,
  wipe,
} from '../keying/index.js';
import { type Keys, NO_KEY_ID, type Origin, type Tunnel } from '../pairs/index.js';
import { collectSoon } from './collect.js';

/** All secrets of a running agent, but for those that its engine holds until the kernel has them. */
export class Keyring {
  readonly #engine: TunnelKeys;
  #clusterUID = '';
  #lines: readonly KeyLine[] = [];
  readonly #ephemerals = new Map<number, EphemeralKey>();
  readonly #probes = new Map<string, ProbeKeys>();

  constructor(engine: TunnelKeys) {
    this.#engine = engine;
  }

  /** The lines of the key file that are in use. Those of key ids that went stay while `keep` says so. */
  setLines(clusterUID: string, lines: readonly KeyLine[], keep: ReadonlySet<number>): void {
    this.#clusterUID = clusterUID;
    const old = this.#lines.filter(
      ({ keyId }) => keep.has(keyId) && !lines.some((line) => line.keyId === keyId),
    );
    this.#lines = [...old, ...lines];
  }

  /** All that are in use. Secret. */
  get lines(): readonly KeyLine[] {
    return this.#lines;
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

  /** Derives a tunnel; its keys wait in the engine until they are sent. */
  make(origin: Origin, number: number): Tunnel | undefined {
    const keys = this.#keysOf(origin);
    if (keys === undefined && origin.keyID !== NO_KEY_ID) return undefined;
    const made = this.#engine.makeTunnel(origin, number, keys);
    if (made === undefined) return undefined;
    this.#probes.set(made.tunnel.id, made.probes);
    return made.tunnel;
  }

  /** The keys of a tunnel's messages; derived anew after a restart. */
  probeKeys(tunnel: Tunnel): ProbeKeys | undefined {
    const known = this.#probes.get(tunnel.id);
    if (known !== undefined || tunnel.origin === undefined) return known;
    const secrets = this.#keysOf(tunnel.origin);
    if (secrets === undefined && tunnel.keyID !== NO_KEY_ID) return undefined;
    const keys = this.#engine.probeKeys(tunnel, secrets);
    if (keys === undefined) return undefined;
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
      this.#engine.dropTunnel(id);
    }
  }

  /** What a tunnel of that origin is derived from, if it is still there. */
  #keysOf(origin: Origin): Keys | undefined {
    const line = this.#lines.find(({ keyId }) => keyId === origin.keyID);
    const ephemeral = this.#ephemerals.get(origin.keyID);
    if (line === undefined || ephemeral === undefined) return undefined;
    // One that was destroyed since, and made anew: what it gives would be another tunnel's keys.
    if (Buffer.from(ephemeral.publicKey).toString('base64') !== origin.own.publicKey) {
      return undefined;
    }
    return { clusterUID: this.#clusterUID, line, ephemeral };
  }
}
