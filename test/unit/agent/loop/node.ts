import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from '../../../../src/agent/agent.js';
import { StateFile } from '../../../../src/agent/state-file.js';
import { host } from '../../../../src/datapath/index.js';
import type { OwnNode } from '../../../../src/kube/index.js';
import { SCOPE } from '../../../../src/netlink/index.js';
import { address } from '../../netlink/samples.js';
import type { Api } from './api.js';
import type { Rig } from './engines.js';

export function nodeObject(number: number): OwnNode {
  return {
    ...{ name: `n${number}`, uid: `uid-n${number}`, labels: {}, taints: [] },
    podCIDRs: [`10.244.${number}.0/24`],
    addresses: [{ type: 'InternalIP', address: `192.168.50.${number}` }],
  };
}

/** A node whose agents come and go; kernel and state file stay. */
export class LoopNode {
  readonly logged: string[] = [];
  #folder = mkdtempSync(join(tmpdir(), 'podcloak-loop-'));
  readonly #api: Api;
  #agent: Agent | undefined;

  constructor(
    readonly number: number,
    public rig: Rig,
    api: Api,
    /** Its own part of the configuration. */
    readonly config: Readonly<Record<string, string>> = {},
  ) {
    this.#api = api;
  }

  get agent(): Agent {
    if (this.#agent === undefined) throw new Error('no agent runs');
    return this.#agent;
  }

  start(): void {
    const { number, rig } = this;
    const link = {
      index: 2,
      name: 'eth0',
      flags: 1,
      mtu: 1500,
      hardwareAddress: new Uint8Array(6),
    };
    const local = { ...host(address(`192.168.50.${number}`)), length: 24 };
    const network = {
      links: [link],
      addresses: [{ ifindex: 2, local, scope: SCOPE.global, flags: 0 }],
      routes: [],
    };
    this.#agent = new Agent({
      ...{ nodeName: `n${number}`, namespace: 'kube-system', configMap: 'podcloak' },
      cluster: this.#api.connect(this.config),
      engine: rig.make(),
      network: { read: async () => network, close: () => {} },
      stateFile: new StateFile(this.#folder),
      readSetting: () => undefined,
      log: (_, message) => this.logged.push(message),
      clock: () => Date.now() / 1000,
      now: () => performance.now(),
    });
    this.#agent.start();
  }

  /** As after a reboot: what was in memory is gone. */
  reboot(rig: Rig): void {
    this.stop();
    this.rig = rig;
    this.#folder = mkdtempSync(join(tmpdir(), 'podcloak-loop-'));
    this.start();
  }

  stop(): void {
    this.#agent?.close();
    this.#agent = undefined;
  }

  /** State and key id of each pair, as the status says. */
  async pairs(): Promise<string[]> {
    const { status } = await this.agent.report();
    return status.peers.map(({ node, state, keyID }) => `${node} ${state} ${keyID}`);
  }
}
