import type { Step } from '../../../src/datapath/index.js';
import { ModelKernel } from '../datapath/model-kernel.js';
import { Wire } from './model-wire.js';

/** The kernel of a model node, and what must not happen to it. */
export class ModelMachine {
  readonly kernel = new ModelKernel();
  readonly violations: string[] = [];
  readonly #everInstalled = new Set<string>();
  #wire: Wire | undefined;

  /** @param onMessage called after each message to the kernel */
  constructor(
    readonly name: string,
    readonly number: number,
    readonly onMessage: () => void,
  ) {}

  /** What the kernel does now. */
  get wire(): Wire {
    this.#wire ??= new Wire(this.kernel, this.number);
    return this.#wire;
  }

  /** One message. An SA is installed once under one derived key. */
  send({ request, about, stage, tunnel }: Step): void {
    const refusal = this.kernel.send(request);
    if (refusal !== undefined) this.violations.push(`${this.name}: ${about}: ${refusal}`);
    if (tunnel !== undefined) {
      const way = stage === 'add inbound SA' ? 'inbound' : 'outbound';
      const key = `${way} ${tunnel[way].fingerprint}`;
      if (this.#everInstalled.has(key)) this.violations.push(`${this.name} installs twice: ${key}`);
      this.#everInstalled.add(key);
    }
    this.#wire = undefined;
    this.onMessage();
  }

  /** Somebody empties the kernel's tables. */
  flush(what: 'SAs' | 'policies'): void {
    if (what === 'SAs') for (const sa of this.kernel.actual.sas) this.kernel.lose(sa);
    else this.kernel.loseAllPolicies();
    this.#wire = undefined;
  }

  /** Somebody deletes an SA. */
  loseSa(index: number): void {
    const { sas } = this.kernel.actual;
    const sa = sas[index % Math.max(1, sas.length)];
    if (sa !== undefined) this.kernel.lose(sa);
    this.#wire = undefined;
  }
}
