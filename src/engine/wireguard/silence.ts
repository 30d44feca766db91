import type { WireguardPeer } from '../../netlink/index.js';
import { encodeKey } from '../../wireguard/index.js';
import type { FoundDevice, WireguardDeviceWish } from './model.js';

/**
 * How long a peer may leave a device's first greetings unanswered, in milliseconds: the kernel repeats them every 5
 * seconds (REKEY_TIMEOUT, drivers/net/wireguard/messages.h).
 */
const PATIENCE = 20_000;
/**
 * So long before a session ends the kernel renews it, in milliseconds (REJECT_AFTER_TIME − REKEY_AFTER_TIME): a clock
 * that was set back by less is ahead again in time.
 */
const IN_TIME = 60_000;
/** A clock that is set back again and again gets a new key so often at most, in milliseconds. */
const SELDOM = 600_000;

/**
 * Finds devices whose greetings are refused. A greeting bears the time (TAI64N, §5.4.2 of WireGuard's paper), and a
 * peer takes none that is not later than the latest that it has had under the same key: with a clock that was set
 * back, a key that is used on is not heard until the clock has caught up, unless the peer itself has something to say.
 * What is sent one way only, or begins here, is lost till then. A new key is heard at once.
 */
export class Silence {
  /** Since when peers have never answered, by the device's index and their key, in the caller's milliseconds. */
  #since = new Map<string, number>();
  /** The device that was last found by the clock. */
  #behind: { readonly index: number; readonly at: number } | undefined;

  /**
   * @param clock milliseconds since 1970, by the clock that the kernel notes handshakes by
   * @param now milliseconds that never go back
   * @returns names of devices that peers, to which data goes, may not hear
   */
  look(
    found: readonly FoundDevice[],
    wished: readonly WireguardDeviceWish[],
    clock: number,
    now: number,
  ): ReadonlySet<string> {
    const since = new Map<string, number>();
    const mute = new Set<string>();
    for (const { link, device } of found) {
      const peers = wished.find(({ name }) => name === link.name)?.peers ?? [];
      const inUse = new Set(peers.filter(({ isInUse }) => isInUse).map(keyOf));
      const used = (device?.peers ?? []).filter((peer) => inUse.has(keyOf(peer)));
      for (const peer of used.filter(isUnanswered)) {
        const name = `${link.index} ${keyOf(peer)}`;
        const begun = this.#since.get(name) ?? now;
        since.set(name, begun);
        if (now - begun >= PATIENCE) mute.add(link.name);
      }
      const isAhead = used.some((peer) => millisecondsOf(peer) > clock + IN_TIME);
      if (isAhead && this.#isDue(link.index, now)) mute.add(link.name);
    }
    this.#since = since;
    return mute;
  }

  #isDue(index: number, now: number): boolean {
    const last = this.#behind;
    if (last !== undefined && last.index !== index && now - last.at < SELDOM) return false;
    if (last?.index !== index) this.#behind = { index, at: now };
    return true;
  }
}

/** It was greeted, and there has never been a handshake: device or peer were made anew. */
function isUnanswered({ lastHandshake, sentBytes }: WireguardPeer): boolean {
  return lastHandshake === 0n && sentBytes > 0n;
}

function millisecondsOf({ lastHandshake }: WireguardPeer): number {
  return Number(lastHandshake / 1_000_000n);
}

function keyOf({ publicKey }: { readonly publicKey: Uint8Array }): string {
  return encodeKey(publicKey);
}
