import type { Step as XfrmStep } from '../../../../src/datapath/index.js';
import { host } from '../../../../src/datapath/index.js';
import { BothEngine, type BothStep, Pool } from '../../../../src/engine/both/index.js';
import type { Asked, PlannedPair } from '../../../../src/engine/index.js';
import { IpsecEngine } from '../../../../src/engine/ipsec/index.js';
import { DeviceKeys } from '../../../../src/engine/wireguard/index.js';
import { generateEphemeral, reqidOf } from '../../../../src/keying/index.js';
import type { End, Origin, Pair, Tunnel } from '../../../../src/pairs/index.js';
import {
  type DeviceKey,
  encodeKey,
  generateWireguardKey,
  portOf,
} from '../../../../src/wireguard/index.js';
import { gcmLine } from '../../../keying/samples.js';
import { ModelKernel } from '../../datapath/model-kernel.js';
import { address, prefix } from '../../netlink/samples.js';
import { ModelNetwork } from './model-network.js';

/** This node, number 1, with both IP versions. */
export const NODE = {
  podPrefixes: [prefix('10.244.1.0/24'), prefix('fd00:244:1::/64')],
  addresses: [host(address('192.168.50.1')), host(address('fd00:50::1'))],
  nodeEncryption: false,
};

const OWNER = { clusterUID: 'cluster', nodeName: 'n1', nodeUID: 'uid-n1' };
const EPHEMERAL = generateEphemeral();
const PEERS = generateEphemeral();

/** A pair with n2 that knows nothing yet. */
export const BARE: Pair = {
  ...{ peer: 'n2', reqid: reqidOf(2), tunnels: [], spent: [] },
  podPrefixes: ['10.244.2.0/24', 'fd00:244:2::/64'],
  addresses: ['192.168.50.2', 'fd00:50::2'],
  ...{ outClosed: false, inClosed: false },
};

/** What a test asks for; all else follows. */
export interface Ask {
  readonly type?: Asked['type'];
  readonly enabled?: boolean;
  readonly lines?: readonly number[];
  readonly records?: Asked['records'];
  readonly isOpen?: boolean;
  readonly generations?: readonly number[];
  readonly persistentKeepalive?: number;
}

export function asked(ask: Ask = {}): Asked {
  const { isOpen = false } = ask;
  const lines = (ask.lines ?? (isOpen ? [] : [3])).map((id) => gcmLine(id));
  return {
    ...{ type: ask.type ?? 'wireguard', enabled: ask.enabled ?? true, isPossible: true, isOpen },
    podPrefixes: [],
    addresses: [],
    ...{ owner: OWNER, epoch: 5, lines, allLines: [3, 4, 5].map((id) => gcmLine(id)) },
    records: ask.records ?? [],
    generations: new Set(ask.generations ?? []),
    persistentKeepalive: ask.persistentKeepalive ?? 0,
    underlay: { mtu: 1500, arriving: ['eth0'] },
  };
}

/** A key file in memory. */
export function keyFile() {
  let devices: readonly DeviceKey[] | undefined;
  return {
    read: () =>
      devices === undefined ? ({ kind: 'nothing' } as const) : ({ kind: 'keys', devices } as const),
    write: (_: unknown, next: readonly DeviceKey[]) => {
      devices = next;
      return undefined;
    },
    wipe: () => {
      devices = undefined;
    },
  };
}

/** An engine over models of the kernel. {@link restart} gives it an agent's death and a new one. */
export class Rig {
  readonly kernel = new ModelKernel();
  readonly network = new ModelNetwork();
  readonly #file = keyFile();
  readonly #ipsec: IpsecEngine;
  readonly #peerKeys = new Map<number, string>();
  readonly #tunnels = new Map<string, Tunnel>();
  engine: BothEngine;
  /** How often the engine said that something has changed. */
  changes = 0;

  /** @param node this one */
  constructor(readonly node = NODE) {
    const kernel = this.kernel;
    const thresholds = {
      ipv4: { localBits: 32, remoteBits: 32 },
      ipv6: { localBits: 128, remoteBits: 128 },
    };
    this.#ipsec = new IpsecEngine({
      kernel: {
        read: async () => kernel.actual,
        apply: async (steps: readonly XfrmStep[]) => {
          kernel.apply(steps);
          return [];
        },
        thresholds: async () => thresholds,
        setThresholds: async () => {},
        check: async () => [],
        close: () => {},
      },
      exemption: {
        ensure: async () => undefined,
        remove: async () => {},
        forgetMasqueraded: async () => 0,
        close: () => {},
      },
      readCounters: () => undefined,
    });
    this.engine = this.#make();
  }

  #make(): BothEngine {
    return new BothEngine({
      ipsec: this.#ipsec,
      pool: new Pool(this.network.parts),
      keys: new DeviceKeys(this.#file),
      listener: {
        kernelChanged: () => {
          this.changes += 1;
        },
        preparationChanged: () => {},
      },
    });
  }

  /** The agent dies, and another begins with what was remembered. */
  async restart(): Promise<void> {
    const { memory } = this.engine;
    this.engine = this.#make();
    this.engine.remember(JSON.parse(JSON.stringify(memory)));
    await this.engine.read();
  }

  /** The tunnel of IPsec; with a generation, that of WireGuard's devices. Made once. */
  tunnel(generation?: number): Tunnel {
    const name = String(generation);
    const known = this.#tunnels.get(name);
    if (known !== undefined) return known;
    const device = this.engine.devices.find((one) => one.generation === generation);
    const keyID = device?.keyID ?? 3;
    const end = (number: number, { publicKey }: typeof PEERS): End => ({
      ...{ nodeName: `n${number}`, nodeUID: `uid-n${number}`, nodeNumber: number, epoch: 5 },
      ...{ address: `192.168.50.${number}`, publicKey: encodeKey(publicKey) },
    });
    const origin: Origin = {
      ...{ keyID, generation: 1, own: end(1, EPHEMERAL), peer: end(2, PEERS) },
      ...(device === undefined
        ? {}
        : {
            devices: {
              generation: device.generation,
              own: { epoch: 5, listenPort: device.listenPort, publicKey: device.publicKey },
              peer: {
                ...{ epoch: 5, listenPort: portOf(device.generation) },
                publicKey: this.#peerKey(device.generation),
              },
            },
          }),
    };
    const keys = { clusterUID: OWNER.clusterUID, line: gcmLine(keyID), ephemeral: EPHEMERAL };
    const made = this.engine.makeTunnel(origin, reqidOf(2), keys);
    if (made === undefined) throw new Error(`no tunnel of ${name}`);
    this.#tunnels.set(name, made.tunnel);
    return made.tunnel;
  }

  #peerKey(generation: number): string {
    const known = this.#peerKeys.get(generation) ?? encodeKey(generateWireguardKey().publicKey);
    this.#peerKeys.set(generation, known);
    return known;
  }

  /** What an agent finds to change. */
  async look(planned: readonly PlannedPair[]): Promise<readonly BothStep[]> {
    const actual = await this.engine.read();
    return this.engine.diff(actual, this.engine.desired(this.node, planned)).steps;
  }
}
