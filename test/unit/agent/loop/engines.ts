import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Step as XfrmStep } from '../../../../src/datapath/index.js';
import { BothEngine, Pool } from '../../../../src/engine/both/index.js';
import type { Engine, Step } from '../../../../src/engine/index.js';
import { IpsecEngine, SaKeys } from '../../../../src/engine/ipsec/index.js';
import { DeviceKeys, WireguardKeyFile } from '../../../../src/engine/wireguard/index.js';
import { hear } from '../../../../src/pairs/index.js';
import { ModelKernel } from '../../datapath/model-kernel.js';
import { ModelNetwork } from '../../engine/both/model-network.js';

/** An engine and what shows what it made of its kernel. */
export interface Rig {
  /** For an agent that starts. */
  readonly make: () => Engine;
  /** Of the engine that has one. */
  readonly network?: ModelNetwork;
  /** What is there of ours, in whatever words. */
  readonly contents: () => readonly string[];
  /** All that is there goes, and nobody is told. */
  readonly lose: () => void;
}

/** All that an agent may be given: what holds for one holds for each. */
export const RIGS: readonly (readonly [name: string, make: () => Rig])[] = [
  ['the engine of both', bothRig],
  ['an engine that only notes what it is told', noteRig],
];

export function bothRig(): Rig {
  const network = new ModelNetwork();
  const folder = mkdtempSync(join(tmpdir(), 'podcloak-keys-'));
  const kernel = new ModelKernel();
  const thresholds = {
    ipv4: { localBits: 32, remoteBits: 32 },
    ipv6: { localBits: 128, remoteBits: 128 },
  };
  const ipsec = new IpsecEngine({
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
  // An agent that starts anew has an engine of its own; kernel and key file stay.
  const make = (): Engine => {
    const listener = { kernelChanged: () => {}, preparationChanged: () => {} };
    return new BothEngine({
      ...{ ipsec, listener, keys: new DeviceKeys(new WireguardKeyFile(folder)) },
      pool: new Pool(network.parts),
    });
  };
  return {
    make,
    network,
    contents: () => [
      ...network.contents,
      ...kernel.actual.sas.map(({ spi }) => `SA ${spi}`),
      ...kernel.actual.policies.map(({ direction, action }) => `${direction} ${action}`),
    ],
    lose: () => {
      for (const sa of kernel.actual.sas) kernel.lose(sa);
    },
  };
}

/** By peer: what is sent and taken, and the tunnels. */
type Notes = ReadonlyMap<string, string>;

interface Note extends Step {
  readonly peer: string;
  readonly text: string | undefined;
}

interface NoteWish {
  readonly notes: Notes;
  readonly tunnels: ReadonlyMap<string, readonly string[]>;
}

/** Encrypts nothing; its kernel is a list of lines. It shows that an agent asks for no more than an engine is. */
function noteRig(): Rig {
  const notes = new Map<string, string>();
  const installed = new Set<string>();
  const keys = new SaKeys();
  const none = async (): Promise<void> => {};
  const engine: Engine<Notes, NoteWish, Note> = {
    ask: async () => undefined,
    ...{ devices: [], basis: '', readAgain: 300_000 },
    read: async () => new Map(notes),
    desired: (_, planned) => {
      const lines = planned.flatMap(({ pair, best }): [string, string][] => {
        const { peer, outClosed, inClosed, tunnels } = pair;
        if (!outClosed && !inClosed && tunnels.length === 0) return [];
        const ids = tunnels.map(({ id }) => id).join();
        return [[peer, `${outClosed ? (best?.id ?? 'block') : 'plain'} ${inClosed} ${ids}`]];
      });
      const ids = planned.map(({ pair }) => [pair.peer, pair.tunnels.map(({ id }) => id)] as const);
      return { notes: new Map(lines), tunnels: new Map(ids) };
    },
    diff: (actual, wish) => {
      const spent = [...wish.tunnels].flatMap(([peer, ids]) =>
        ids.filter((id) => installed.has(id) && !actual.get(peer)?.includes(id)),
      );
      const peers = new Set([...actual.keys(), ...wish.notes.keys()]);
      const steps = [...peers]
        .filter((peer) => actual.get(peer) !== wish.notes.get(peer))
        .map((peer) => ({ about: `note of ${peer}`, peer, text: wish.notes.get(peer) }));
      return { steps, lost: spent.length, taken: 0, spent };
    },
    diffStrict: () => [],
    apply: async (steps) => {
      for (const { peer, text } of steps) {
        if (text === undefined) notes.delete(peer);
        else notes.set(peer, text);
        for (const id of text?.split(' ')[2]?.split(',') ?? []) installed.add(id);
      }
      return [];
    },
    confirm: hear,
    makeTunnel: (origin, number, from) => keys.makeTunnel(origin, number, from),
    probeKeys: (tunnel, from) => keys.probeKeys(tunnel, from),
    dropTunnel: (id) => keys.dropTunnel(id),
    adopt: () => [],
    sizeOf: ({ size }) => size,
    isClean: ({ size }) => size === 0,
    wearOf: () => undefined,
    describe: ({ size }) => ({
      ...{ mode: 'IPsec', isInUse: size > 0, keysInUse: 0 },
      ...{ maxSeqNumber: null, interfaces: [], xfrmCounters: null },
    }),
    figuresOf: () => [],
    check: async () => [],
    prepare: async () => undefined,
    retract: none,
    tune: none,
    restore: none,
    memory: {},
    remember: () => {},
    endPlaintextConnections: async () => 0,
    close: () => {},
  };
  return { make: () => engine, contents: () => [...notes.values()], lose: () => notes.clear() };
}
