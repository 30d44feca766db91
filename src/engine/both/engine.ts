import type { Actual, NodeWish } from '../../datapath/index.js';
import type { Diagnostic } from '../../errors/index.js';
import type { KeyLine } from '../../key-lines/index.js';
import { deriveWireguardPsk, type EncryptionType, isSmallOrder, wipe } from '../../keying/index.js';
import { parseAddress } from '../../net/index.js';
import type { Family } from '../../netlink/index.js';
import {
  MissingFamilyError,
  NO_SOURCES,
  type Policy,
  type WireguardDevice,
  WireguardSecret,
} from '../../netlink/index.js';
import {
  type Heard,
  type Keys,
  NO_KEY_ID,
  type Origin,
  type Pair,
  type Tunnel,
} from '../../pairs/index.js';
import { type DeviceKey, decodeKey, encodeKey, pskSource } from '../../wireguard/index.js';
import type { Asked } from '../asked.js';
import type { Difference, Engine, EngineListener, Failure, PlannedPair } from '../engine.js';
import type { IpsecEngine, IpsecPair, XfrmWish } from '../ipsec/index.js';
import type { EngineMemory } from '../memory.js';
import type { EngineStatus, Figure } from '../report.js';
import type { ProbeKeys } from '../tunnel-keys.js';
import {
  type DeviceKeys,
  describeWireguard,
  deviceName,
  diffReverse,
  diffWireguard,
  generationOf,
  isOwnRule,
  missingWireguard,
  portInUse,
  type ReverseMemory,
  type SettingChange,
  Silence,
  throughOf,
  type WireguardActual,
  type WireguardPeerWish,
  type WireguardStep,
  type WireguardWish,
  wireguardFigures,
  wireguardWish,
} from '../wireguard/index.js';
import { openTunnel } from './open-tunnel.js';
import type { Pool } from './pool.js';
import {
  type BothStep,
  inOrder,
  keyWithoutDevice,
  policyKeys,
  runsOf,
  stepOfWireguard,
} from './steps.js';

/** What the kernel holds for both. */
export interface BothActual {
  readonly xfrm: Actual;
  /** Absent while nothing of WireGuard's is there, nor wanted. */
  readonly wireguard?: WireguardActual;
}

/** What it should hold. */
export interface BothWish {
  readonly xfrm: XfrmWish;
  readonly wireguard?: WireguardWish;
}

export interface BothParts {
  readonly ipsec: IpsecEngine;
  readonly pool: Pool;
  readonly keys: DeviceKeys;
  readonly listener: EngineListener;
}

/** How often the kernel is read though nobody told of a change, in milliseconds: WireGuard tells nothing of its peers. */
const READ_AGAIN = { ipsec: 300_000, wireguard: 30_000 } as const;

/**
 * IPsec and WireGuard side by side: each tunnel is of one of them, by its origin. So `encryption.type` can change on a
 * running cluster, pair by pair. While nothing of WireGuard's is there or wanted, it is not even looked for.
 */
export class BothEngine implements Engine<BothActual, BothWish, BothStep> {
  readonly #parts: BothParts;
  #asked: Asked | undefined;
  #reverse: ReverseMemory = {};
  /** Of the devices that were there at the last look. */
  #indexes: ReadonlyMap<string, number> = new Map();
  #hasDevices = false;
  /** Ids of tunnels that messages went through when the kernel was last as wished for. */
  #probed: ReadonlySet<string> = new Set();
  readonly #silence = new Silence();
  /** Names of devices that peers may not hear, at the last look. */
  #mute: ReadonlySet<string> = new Set();
  /** Whose a public key is, by the key in base64. */
  #peers: ReadonlyMap<string, { readonly node: string; readonly confirmed: boolean }> = new Map();
  /** As of the last wish. */
  #nodeEncryption = false;
  /** Of tunnels, by id. */
  readonly #psks = new Map<string, WireguardPeerWish['psk']>();

  constructor(parts: BothParts) {
    this.#parts = parts;
  }

  async ask(asked: Asked): Promise<Diagnostic | undefined> {
    this.#asked = asked;
    const { pool, keys } = this.#parts;
    if (asked.type === 'wireguard' && asked.enabled) await pool.wake();
    const hasDevices = asked.type === 'wireguard' || asked.generations.size > 0;
    const { podPrefixes: pods, addresses } = asked;
    pool.keepSources(hasDevices ? { pods, addresses } : NO_SOURCES);
    return keys.settle(asked, this.#hasDevices, this.#mute);
  }

  get devices(): Engine['devices'] {
    return this.#asked === undefined ? [] : this.#parts.keys.published(this.#asked);
  }

  get basis(): string {
    if (this.#asked === undefined) return '';
    const { type, enabled, underlay, persistentKeepalive } = this.#asked;
    const devices = this.#parts.keys.all.map(({ generation, keyID }) => [generation, keyID]);
    const indexes = [...this.#indexes];
    return JSON.stringify([type, enabled, underlay, persistentKeepalive, devices, indexes]);
  }

  get readAgain(): number {
    return READ_AGAIN[this.#parts.pool.isAwake ? 'wireguard' : 'ipsec'];
  }

  async read(): Promise<BothActual> {
    const { ipsec, pool } = this.#parts;
    const xfrm = await ipsec.read();
    // An agent died between the last device and these: they are to be put back, whatever else is there.
    if (!isEmptyMemory(this.#reverse)) await pool.wake();
    const wireguard = await pool.read([
      ...(this.#asked?.underlay.arriving ?? []),
      ...Object.keys(this.#reverse),
    ]);
    const own = wireguard?.devices.filter(({ device }) => device !== undefined) ?? [];
    this.#hasDevices = own.length > 0;
    this.#indexes = new Map(own.map(({ link }) => [link.name, link.index]));
    return { xfrm, ...(wireguard === undefined ? {} : { wireguard }) };
  }

  desired(node: NodeWish, planned: readonly PlannedPair[]): BothWish {
    const { ipsec, pool, keys } = this.#parts;
    this.#peers = peersOf(planned);
    this.#nodeEncryption = node.nodeEncryption;
    const xfrm = ipsec.desired(
      node,
      planned.map((one) => this.#partOfIpsec(one)),
    );
    const asked = this.#asked;
    if (!pool.isAwake || asked === undefined) return { xfrm };
    const { underlay, persistentKeepalive } = asked;
    const psk = (tunnel: Tunnel): WireguardPeerWish['psk'] => this.#pskOf(tunnel);
    const context = { node, devices: keys.all, underlay, persistentKeepalive, psk };
    return { xfrm, wireguard: wireguardWish(planned, context) };
  }

  /** Its policies stand for both engines; WireGuard's tunnels have none of its SAs. */
  #partOfIpsec(planned: PlannedPair): IpsecPair {
    const { pair, best, probe } = planned;
    const isOurs = (tunnel: Tunnel | undefined): boolean => tunnel?.origin?.devices === undefined;
    const others = pair.tunnels.filter((tunnel) => !isOurs(tunnel));
    if (others.length === 0) return planned;
    const through = throughOf(planned);
    const generation = through && generationOf(through);
    const [led] = probe === undefined || isOurs(probe) ? [] : endsOf(probe);
    return {
      pair: { ...pair, tunnels: pair.tunnels.filter(isOurs) },
      best: isOurs(best) ? best : undefined,
      probe: isOurs(probe) ? probe : undefined,
      ...(led === undefined ? {} : { led }),
      otherEnds: others.flatMap(endsOf),
      ...(generation === undefined
        ? {}
        : { through: { ifindex: this.#indexes.get(deviceName(generation)) } }),
    };
  }

  /** Derived once for each tunnel. What was derived before the line went stays in the kernel. */
  #pskOf({ id, keyID, origin }: Tunnel): WireguardPeerWish['psk'] {
    const known = this.#psks.get(id);
    if (known !== undefined) return known;
    if (keyID === NO_KEY_ID) return 'none';
    const devices = origin?.devices;
    const line = this.#asked?.allLines.find(({ keyId }) => keyId === keyID);
    const clusterUID = this.#asked?.owner.clusterUID;
    if (origin === undefined || devices === undefined || line === undefined) return 'kept';
    const endOf = (end: 'own' | 'peer') => ({
      ...{ nodeName: origin[end].nodeName, nodeUID: origin[end].nodeUID },
      publicKey: decodeKey(devices[end].publicKey) ?? new Uint8Array(0),
      epoch: devices[end].epoch,
    });
    const bytes = deriveWireguardPsk({
      ...{ clusterUID: clusterUID ?? '', line, generation: devices.generation },
      ends: [endOf('own'), endOf('peer')],
    });
    const psk = new WireguardSecret(bytes);
    wipe(bytes);
    this.#psks.set(id, psk);
    return psk;
  }

  diff(actual: BothActual, wish: BothWish): Difference<BothStep> {
    const { steps, ...rest } = this.#parts.ipsec.diff(actual.xfrm, wish.xfrm);
    if (actual.wireguard === undefined || wish.wireguard === undefined) {
      return { ...rest, steps: inOrder(steps, { made: [], gone: [] }, () => false) };
    }
    const { settings, devices } = actual.wireguard;
    const wished = wish.wireguard.devices;
    this.#mute = this.#silence.look(devices, wished, Date.now(), performance.now());
    const reverse = diffReverse(settings, wish.wireguard.loose, this.#reverse);
    this.#reverse = reverse.memory;
    const { made, gone } = diffWireguard(actual.wireguard, wish.wireguard);
    const difference = {
      made: [...reverse.loosen.map(settingStep), ...made],
      gone: [...gone, ...reverse.restore.map(settingStep)],
    };
    const passages = wish.xfrm.policies.filter(({ selector }) => selector.ifindex !== 0);
    const secured = policyKeys(passages);
    const isSecuring = (policy: Policy): boolean => secured.has(keyWithoutDevice(policy));
    const ordered = inOrder(steps, difference, isSecuring);
    this.#probed = ordered.length === 0 ? wish.wireguard.probed : new Set();
    return { ...rest, steps: ordered };
  }

  diffStrict(actual: BothActual, node: NodeWish): readonly BothStep[] {
    const steps = this.#parts.ipsec.diffStrict(actual.xfrm, node);
    return inOrder(steps, { made: [], gone: [] }, () => false);
  }

  async apply(steps: readonly BothStep[]): Promise<readonly Failure<BothStep>[]> {
    const failures: Failure<BothStep>[] = [];
    for (const run of runsOf(steps)) {
      // One peer's refused route must not keep other pairs open: what shuts goes on, and what takes away waits.
      const due = failures.length === 0 ? run : run.filter(({ isWithdrawal }) => !isWithdrawal);
      if (due.length > 0) failures.push(...(await this.#applyRun(due)));
    }
    if (failures.length > 0) return failures;
    // A device that was made has an index now, which all else needs; and what was led there is to be seen there.
    if (steps.some(({ engine }) => engine === 'wireguard')) this.#parts.listener.kernelChanged();
    return [];
  }

  async #applyRun(run: readonly BothStep[]): Promise<readonly Failure<BothStep>[]> {
    const xfrm = run.flatMap((one) => (one.engine === 'ipsec' ? [one] : []));
    if (xfrm.length > 0) {
      const failures = await this.#parts.ipsec.apply(xfrm.map(({ step }) => step));
      return failures.flatMap(({ step, error }) => {
        const found = xfrm.find((one) => one.step === step);
        return found === undefined ? [] : [{ step: found, error }];
      });
    }
    const others = run.flatMap((one) => (one.engine === 'wireguard' ? [one] : []));
    const errors = await this.#parts.pool.apply(others.map(({ step }) => step));
    return others.flatMap((step, at) => {
      const error = errors[at];
      if (error === undefined) return [];
      const cause = portInUse(step.about, error);
      return [{ step, error, ...(cause === undefined ? {} : { cause }) }];
    });
  }

  /** With WireGuard, what proves it is that the message was led through the tunnel when it was sent. */
  confirm(pair: Pair, tunnelID: string, heard: Heard): Pair {
    const tunnel = pair.tunnels.find(({ id }) => id === tunnelID);
    const isUnproven =
      heard === 'answer to probe' &&
      tunnel?.origin?.devices !== undefined &&
      !this.#probed.has(tunnelID);
    return isUnproven ? pair : this.#parts.ipsec.confirm(pair, tunnelID, heard);
  }

  makeTunnel(
    origin: Origin,
    number: number,
    keys: Keys | undefined,
  ): { tunnel: Tunnel; probes: ProbeKeys } | undefined {
    const { ipsec } = this.#parts;
    if (origin.devices === undefined) return ipsec.makeTunnel(origin, number, keys);
    if (!this.#isUsable(origin)) return undefined;
    if (origin.keyID === NO_KEY_ID) return this.#makeOpen(origin, number);
    const made = ipsec.makeTunnel(origin, number, keys);
    // Of SAs that there will never be.
    if (made !== undefined) ipsec.dropTunnel(made.tunnel.id);
    return made;
  }

  /** Whether the devices of both ends can talk to each other. */
  #isUsable({ devices, own, peer }: Origin): boolean {
    if (devices === undefined) return false;
    const theirs = decodeKey(devices.peer.publicKey);
    return (
      theirs !== undefined &&
      !isSmallOrder(theirs) &&
      this.#parts.keys.all.some((one) => isOf(one, { devices })) &&
      devices.peer.publicKey !== devices.own.publicKey &&
      own.nodeUID !== peer.nodeUID
    );
  }

  #makeOpen(origin: Origin, number: number): { tunnel: Tunnel; probes: ProbeKeys } | undefined {
    const clusterUID = this.#asked?.owner.clusterUID;
    const device = this.#parts.keys.all.find((one) => isOf(one, origin));
    if (clusterUID === undefined || device === undefined) return undefined;
    return openTunnel(origin, number, { clusterUID, device: device.keys });
  }

  probeKeys(tunnel: Tunnel, keys: Keys | undefined): ProbeKeys | undefined {
    const { origin, keyID, reqid } = tunnel;
    if (keyID === NO_KEY_ID && origin?.devices !== undefined) {
      return this.#makeOpen(origin, reqid)?.probes;
    }
    return this.#parts.ipsec.probeKeys(tunnel, keys);
  }

  dropTunnel(tunnelID: string): void {
    this.#psks.delete(tunnelID);
    this.#parts.ipsec.dropTunnel(tunnelID);
  }

  adopt({ xfrm }: BothActual, known: readonly Pair[], addresses: readonly string[]): Pair[] {
    return this.#parts.ipsec.adopt(xfrm, known, addresses);
  }

  sizeOf({ xfrm, wireguard }: BothActual): number {
    const peers = (wireguard?.devices ?? []).map(({ device }) => device?.peers.length ?? 0);
    const routes = wireguard?.routes.length ?? 0;
    return peers.reduce((sum, count) => sum + count, this.#parts.ipsec.sizeOf(xfrm) + routes);
  }

  isClean({ xfrm, wireguard }: BothActual): boolean {
    return this.#parts.ipsec.isClean(xfrm) && (wireguard === undefined || isEmpty(wireguard));
  }

  wearOf({ xfrm }: BothActual): string | undefined {
    return this.#parts.ipsec.wearOf(xfrm);
  }

  describe({ xfrm, wireguard }: BothActual): EngineStatus {
    const status = this.#parts.ipsec.describe(xfrm);
    const interfaces = (wireguard?.devices ?? []).flatMap(({ device }) =>
      device === undefined ? [] : this.#describeDevice(device),
    );
    return {
      ...status,
      ...(this.#asked?.type === 'wireguard' ? { mode: 'Wireguard' } : {}),
      interfaces,
      isInUse: status.isInUse || interfaces.length > 0,
    };
  }

  #describeDevice(device: WireguardDevice): EngineStatus['interfaces'] {
    const known = this.#parts.keys.all.find(
      ({ generation }) => deviceName(generation) === device.name,
    );
    const knownOf = (publicKey: Uint8Array) => this.#peers.get(encodeKey(publicKey));
    return describeWireguard([device], {
      nodeOf: (publicKey) => knownOf(publicKey)?.node,
      isConfirmed: (publicKey) => knownOf(publicKey)?.confirmed ?? false,
      psk: known === undefined ? 'of a key that is gone' : pskSource(known.keyID),
      ...{ nodeEncryption: this.#nodeEncryption, now: Date.now() },
    });
  }

  figuresOf(
    { xfrm }: BothActual,
    status: EngineStatus,
    isOwnAddress: (address: Uint8Array) => boolean,
  ): readonly Figure[] {
    return [
      ...this.#parts.ipsec.figuresOf(xfrm, status, isOwnAddress),
      ...wireguardFigures(status.interfaces),
    ];
  }

  async check(
    type: EncryptionType,
    lines: readonly KeyLine[],
    families: readonly Family[],
  ): Promise<Diagnostic[]> {
    if (type === 'ipsec') return this.#parts.ipsec.check(lines, families);
    try {
      await this.#parts.pool.find();
      return [];
    } catch (thrown) {
      if (thrown instanceof MissingFamilyError) return [missingWireguard(thrown.message)];
      throw thrown;
    }
  }

  prepare(): Promise<Diagnostic | undefined> {
    return this.#parts.ipsec.prepare();
  }

  retract(): Promise<void> {
    return this.#parts.ipsec.retract();
  }

  tune({ xfrm }: BothWish, saving: () => void): Promise<void> {
    return this.#parts.ipsec.tune(xfrm, saving);
  }

  async restore(): Promise<void> {
    const { ipsec, keys, pool } = this.#parts;
    const actual = await this.read();
    if (actual.wireguard !== undefined) {
      // Devices have outlived the last pair that needed them, to be there if it came back.
      const { settings } = actual.wireguard;
      const { restore } = diffReverse(settings, [], this.#reverse);
      const { gone } = diffWireguard(actual.wireguard, NOTHING);
      const steps = [...gone, ...restore.map(settingStep)].map((step) =>
        stepOfWireguard(step, false),
      );
      const [failure] = await this.apply(steps);
      if (failure !== undefined) throw failure.error;
      this.#reverse = {};
    }
    await ipsec.restore();
    keys.wipe();
    pool.rest();
    this.#psks.clear();
  }

  get memory(): EngineMemory {
    const reverse = this.#reverse;
    return { ...this.#parts.ipsec.memory, ...(isEmptyMemory(reverse) ? {} : { reverse }) };
  }

  remember(memory: EngineMemory): void {
    this.#parts.ipsec.remember(memory);
    this.#reverse = memory.reverse ?? {};
  }

  endPlaintextConnections(
    podPrefixes: readonly string[],
    remotes: readonly string[],
  ): Promise<number> {
    return this.#parts.ipsec.endPlaintextConnections(podPrefixes, remotes);
  }

  close(): void {
    this.#parts.ipsec.close();
    this.#parts.pool.close();
  }
}

/** Whether it is our end of a tunnel. */
function isOf({ generation, keys }: DeviceKey, { devices }: Pick<Origin, 'devices'>): boolean {
  return generation === devices?.generation && encodeKey(keys.publicKey) === devices.own.publicKey;
}

function endsOf({ local, remote }: Tunnel): NonNullable<IpsecPair['otherEnds']> {
  const [one, other] = [parseAddress(local), parseAddress(remote)];
  return one === undefined || other === undefined ? [] : [{ local: one, remote: other }];
}

/** Two tunnels through the same devices are one to people: proven by either. */
function peersOf(
  planned: readonly PlannedPair[],
): Map<string, { readonly node: string; readonly confirmed: boolean }> {
  const found = new Map<string, { readonly node: string; readonly confirmed: boolean }>();
  for (const { pair } of planned) {
    for (const { origin, confirmed } of pair.tunnels) {
      const key = origin?.devices?.peer.publicKey;
      if (key === undefined) continue;
      const isConfirmed = confirmed || (found.get(key)?.confirmed ?? false);
      found.set(key, { node: pair.peer, confirmed: isConfirmed });
    }
  }
  return found;
}

const NOTHING: WireguardWish = {
  ...{ devices: [], routes: [], rules: [], closed6: [], closedNodes6: [], loose: [] },
  probed: new Set(),
};

function isEmptyMemory(memory: ReverseMemory): boolean {
  return Object.keys(memory).length === 0;
}

function isEmpty({ devices, routes, rules }: WireguardActual): boolean {
  return devices.length + routes.length + rules.filter(isOwnRule).length === 0;
}

function settingStep(change: SettingChange): WireguardStep {
  return { by: 'setting', about: `set ${change.path} to ${change.value}`, ...change };
}
