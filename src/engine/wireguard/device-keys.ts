import { type Diagnostic, diagnostic } from '../../errors/index.js';
import {
  KeyingError,
  MAX_DEVICE_GENERATION,
  MAX_DEVICES,
  type PublishedDevice,
} from '../../keying/index.js';
import { NetlinkError } from '../../netlink/index.js';
import {
  type DeviceKey,
  deviceKey,
  nextDeviceGeneration,
  publishedDevice,
} from '../../wireguard/index.js';
import type { Asked, EngineOwner } from '../asked.js';
import type { WireguardKeyFile } from './key-file.js';
import { deviceName } from './names.js';

/** No cluster gets there by rotating. */
const MOST_WITHOUT_PROOF = Math.floor(MAX_DEVICE_GENERATION / 2);

/** Which of a node's devices there should be, and with which keys. */
export class DeviceKeys {
  readonly #file: Pick<WireguardKeyFile, 'read' | 'write' | 'wipe'>;
  #owner: EngineOwner | undefined;
  #devices: readonly DeviceKey[] = [];
  /** What was found in the file was refused: its key may be at work. */
  #refused: Diagnostic | undefined;

  constructor(file: Pick<WireguardKeyFile, 'read' | 'write' | 'wipe'>) {
    this.#file = file;
  }

  /** All that have a key. */
  get all(): readonly DeviceKey[] {
    return this.#devices;
  }

  /**
   * Follows what is asked for: a device for the Secret's last line, beside what tunnels still need.
   *
   * @param isAtWork a device of ours is in the kernel
   * @param mute names of devices that peers may not hear: another key is needed
   * @returns what is wrong with the file, or with a device, or keeps one from being made
   */
  settle(
    asked: Asked,
    isAtWork: boolean,
    mute: ReadonlySet<string> = new Set(),
  ): Diagnostic | undefined {
    this.#read(asked.owner);
    const { type, enabled, isPossible, isOpen, lines } = asked;
    // A trace of a Secret: what peers know of it must not be had without.
    if (isOpen && this.#devices.some(({ keyID }) => keyID !== undefined)) return lostSecret();
    // Without the kernel's module there will be no device: peers had better not hear of one.
    const isWanted = type === 'wireguard' && enabled && isPossible;
    const keyID = lines.at(-1)?.keyId;
    const canBe = isWanted && (keyID !== undefined || isOpen);
    const lacking = canBe ? this.#lacking(asked, keyID, isAtWork, mute) : undefined;
    const published = new Set(publishedOf(this.#devices, asked));
    // Those that are still said to be ours, and those that pairs have not left yet.
    const kept = this.#devices.filter(
      (one) => published.has(one) || asked.generations.has(one.generation),
    );
    const hasRoom =
      lacking !== undefined &&
      kept.length < MAX_DEVICES &&
      !kept.some(({ generation }) => (generation - lacking) % 2 === 0);
    const made = hasRoom ? [deviceKey(lacking, asked.epoch, keyID)] : [];
    const fault = this.#keep([...kept, ...made]) ?? this.#refused;
    if (fault !== undefined || !isWanted) return fault;
    const isWaiting = lacking !== undefined && !hasRoom;
    return muteDevice(mute) ?? (isWaiting ? waitingKey(keyID, kept, asked) : undefined);
  }

  /** What the record says of them, the preferred one last. */
  published(asked: Asked): readonly PublishedDevice[] {
    return publishedOf(this.#devices, asked).map(publishedDevice);
  }

  /** None is left. */
  wipe(): void {
    this.#file.wipe();
    this.#devices = [];
    this.#refused = undefined;
    this.#owner = undefined;
  }

  #read(owner: EngineOwner): void {
    const known = this.#owner;
    if (known?.clusterUID === owner.clusterUID && known.nodeUID === owner.nodeUID) return;
    this.#owner = owner;
    const found = this.#file.read(owner);
    this.#devices = found.kind === 'keys' ? found.devices : [];
    this.#refused = found.kind === 'refused' ? found.problem : undefined;
  }

  /**
   * The generation of the device that a line's PSKs lack, or that there has to be without; undefined when there is one,
   * or no next generation.
   */
  #lacking(
    asked: Asked,
    keyID: number | undefined,
    isAtWork: boolean,
    mute: ReadonlySet<string>,
  ): number | undefined {
    const own = this.#devices.findLast((one) => one.keyID === keyID)?.generation;
    const peers = newestOf(asked, keyID);
    // Where others are already with this very line.
    if (own !== undefined && peers <= own && !mute.has(deviceName(own))) return undefined;
    const newestOwn = Math.max(0, ...this.#devices.map(({ generation }) => generation));
    const isKeyLost = this.#refused !== undefined || (isAtWork && this.#devices.length === 0);
    if (peers > newestOwn && !isKeyLost) return peers;
    // Those of a line are none of ours to join, where there is none.
    const known = newestOf(asked, keyID === undefined ? undefined : 'any');
    const newest = Math.max(known, newestOwn);
    const mayBeAtWork = this.#devices.length > 0 || isKeyLost;
    try {
      return nextDeviceGeneration(newest, mayBeAtWork);
    } catch (thrown) {
      if (thrown instanceof KeyingError) return undefined;
      throw thrown;
    }
  }

  /** Before any of them is used, or published. */
  #keep(devices: readonly DeviceKey[]): Diagnostic | undefined {
    const owner = this.#owner;
    const isSame =
      devices.length === this.#devices.length &&
      devices.every((one, at) => one === this.#devices[at]);
    if (isSame || owner === undefined) return undefined;
    const fault = this.#file.write(owner, devices);
    if (fault !== undefined) return fault;
    this.#devices = devices;
    this.#refused = undefined;
    return undefined;
  }
}

/** PC738: peers may not hear a device. */
function muteDevice(mute: ReadonlySet<string>): Diagnostic | undefined {
  if (mute.size === 0) return undefined;
  return diagnostic('PC738', `of ${[...mute].sort().join(' and ')}`);
}

/** PC741: devices of lines that are out of the Secret leave no place for one of its last line. */
function waitingKey(
  keyID: number | undefined,
  devices: readonly DeviceKey[],
  { lines }: Asked,
): Diagnostic | undefined {
  const isInSecret = (one: DeviceKey): boolean => lines.some(({ keyId }) => keyId === one.keyID);
  if (keyID === undefined || devices.some(isInSecret)) return undefined;
  const old = devices.map((one) => one.keyID ?? 'none').join(' and ');
  return diagnostic('PC741', `key id ${keyID} waits for pairs on key id ${old}`);
}

/** PC737: another program has the port of a device. @param about the change that was refused */
export function portInUse(about: string, error: Error): Diagnostic | undefined {
  const isTaken = error instanceof NetlinkError && error.code === 'EADDRINUSE';
  return isTaken ? diagnostic('PC737', `${about}: ${error.message}`) : undefined;
}

/** PC734: without a device of WireGuard nothing of a type `wireguard` can be encrypted. */
export function missingWireguard(reason: string): Diagnostic {
  return diagnostic('PC734', reason);
}

/** What a node that has had a Secret lacks. */
export function lostSecret(): Diagnostic {
  return diagnostic('PC739', 'a WireGuard device of this node has PSKs from it');
}

/**
 * For each line of the Secret the newest device of its, in the order of the lines. Without a Secret the one that there
 * is, also while encryption is disabled: a record has nothing else to tell that its node still sends encrypted.
 */
function publishedOf(devices: readonly DeviceKey[], asked: Asked): DeviceKey[] {
  const { type, enabled, isOpen, lines } = asked;
  if (type !== 'wireguard' || (!enabled && !isOpen)) return [];
  const keyIDs = isOpen ? [undefined] : lines.map(({ keyId }) => keyId);
  return keyIDs.flatMap((id) => {
    const found = devices
      .filter(({ keyID }) => keyID === id)
      .sort((one, other) => one.generation - other.generation)
      .at(-1);
    return found === undefined ? [] : [found];
  });
}

/** Of devices of that line, or of all that have one, or are without. */
function newestOf({ records }: Asked, keyID: number | undefined | 'any'): number {
  const all = records.flatMap(({ wireguard = [] }) => wireguard).filter(isBelievable);
  const found = keyID === 'any' ? all : all.filter((one) => one.keyID === keyID);
  return Math.max(0, ...found.map(({ generation }) => generation));
}

/** Anyone may have written what has no key id: it must not lead all nodes to where there is no next generation. */
function isBelievable({ keyID, generation }: PublishedDevice): boolean {
  return keyID !== undefined || generation <= MOST_WITHOUT_PROOF;
}
