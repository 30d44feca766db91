/** Key material that a lab has seen, to prove that none of it is where it must not be. */
import { expect } from 'vitest';
import type { AgentLab } from './index.js';
import { wireguardDevices } from './wireguard-tools.js';

/** So many characters of a key in a text are no accident. */
const TELLING = 16;

export class Secrets {
  readonly #words = new Set<string>();

  /** Key material in a text: what is in hex, or after `0x`. */
  add(text: string): void {
    for (const [word] of text.matchAll(/[0-9a-f]{32,}/gi)) {
      this.#words.add(word.toLowerCase());
      this.#words.add(Buffer.from(word, 'hex').toString('base64'));
    }
  }

  /** All that is on the nodes now: key files, SAs, devices, and private keys in what the agents remember. */
  async look(lab: AgentLab): Promise<void> {
    for (const node of lab.nodes) {
      // A node may have no key file.
      this.add(await node.script(`cat /run/lab/${node.name}/keys/* 2>/dev/null || true`));
      for (const state of await node.states()) this.add(state);
      for (const { privateKey, peers } of await wireguardDevices(node.script)) {
        for (const key of [privateKey, ...peers.map((peer) => peer.presharedKey)])
          this.#addKey(key);
      }
      const state = await node.readState('state.json').catch(() => '');
      const [, keys = ''] = /"privateKeys":\{([^}]*)\}/.exec(state) ?? [];
      for (const [, key = ''] of keys.matchAll(/:"([^"]+)"/g)) this.#words.add(key);
    }
  }

  /** In base64; what is none, such as `(none)`, is passed over. */
  #addKey(base64: string): void {
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length !== 32) return;
    this.#words.add(base64);
    this.#words.add(bytes.toString('hex'));
  }

  /** The parts of a text that are of a key. */
  in(text: string): string[] {
    const lower = text.toLowerCase();
    return [...this.#words].flatMap((word) =>
      Array.from({ length: word.length - TELLING + 1 }, (_, at) => word.slice(at, at + TELLING))
        .filter((part) => text.includes(part) || (/^[0-9a-f]+$/.test(part) && lower.includes(part)))
        .slice(0, 1),
    );
  }

  /** For the end of every test: no log of any agent has any part of any key. */
  async expectNoneLogged(lab: AgentLab): Promise<void> {
    await this.look(lab);
    expect(this.#words.size).toBeGreaterThan(0);
    for (const { name, agent } of lab.nodes) {
      expect({ name, found: this.in(agent.log()) }).toEqual({ name, found: [] });
    }
  }
}
