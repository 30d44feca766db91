import {
  type Actual,
  apply,
  type Failure,
  isOwnPolicy,
  isOwnSa,
  readActual,
  type Step,
  type Thresholds,
} from '../../datapath/index.js';
import { type Diagnostic, diagnostic } from '../../errors/index.js';
import type { KeyLine } from '../../key-lines/index.js';
import {
  deleteSa,
  type Family,
  getSpdInfo,
  type NetlinkSocket,
  newSa,
  openNetlink,
  type Subscription,
  setSpdThresholds,
  subscribe,
  XFRM_EVENTS,
  type XfrmEvent,
} from '../../netlink/index.js';
import { TRIAL_FAULTS, trialSa } from './trial.js';

/** This node's SAs and policies, through netlink. */
export class XfrmKernel {
  readonly #socket: NetlinkSocket;
  #subscription: Subscription | undefined;

  private constructor(socket: NetlinkSocket) {
    this.#socket = socket;
  }

  /**
   * @param changed SAs or policies of ours have changed, and not by us
   * @throws NetlinkSocketError
   */
  static async open(changed: () => void): Promise<XfrmKernel> {
    const kernel = new XfrmKernel(await openNetlink('xfrm'));
    await kernel.#listen(changed);
    return kernel;
  }

  async #listen(changed: () => void): Promise<void> {
    const listener = {
      event: (event: XfrmEvent) => {
        if (isAboutOurs(event)) changed();
      },
      lost: changed,
      broken: () => {
        void this.#listen(changed).then(changed);
      },
    };
    this.#subscription?.close();
    this.#subscription = await subscribe(XFRM_EVENTS, listener, {
      exceptOf: this.#socket.portId,
    });
  }

  read(): Promise<Actual> {
    return readActual(this.#socket);
  }

  apply(steps: readonly Step[]): Promise<Failure[]> {
    return apply(this.#socket, steps);
  }

  async thresholds(): Promise<Thresholds> {
    const { ipv4, ipv6 } = await this.#socket.get(getSpdInfo());
    return { ipv4, ipv6 };
  }

  async setThresholds(thresholds: Thresholds): Promise<void> {
    await this.#socket.request([setSpdThresholds(thresholds)]);
  }

  /**
   * Whether the kernel can do what the lines ask for: adds SAs that nobody uses, and deletes them. The
   * first one of a boot may take two seconds, as modules are loaded and test themselves.
   *
   * @param families of the tunnel's ends: ESP over IPv4 and over IPv6 are modules of their own
   */
  async check(lines: readonly KeyLine[], families: readonly Family[]): Promise<Diagnostic[]> {
    const found: Diagnostic[] = [];
    const trials = lines.flatMap((line) => families.map((family) => ({ line, family })));
    for (const { line, family } of trials) {
      const sa = trialSa(line, family);
      // In one datagram: an agent that is killed in between must not leave the SA there.
      const [error] = await this.#socket.request([newSa(sa), deleteSa(sa)]);
      if (error === undefined) continue;
      const code = TRIAL_FAULTS[error.code] ?? 'PC717';
      const names =
        line.form === 'aead'
          ? line.aead.algorithm
          : `${line.authentication.algorithm} ${line.encryption.algorithm}`;
      const about = `key id ${line.keyId}, ${names}, over IPv${family}`;
      found.push(diagnostic(code, `${about}: ${error.message}`));
    }
    return found;
  }

  close(): void {
    this.#subscription?.close();
    this.#socket.close();
  }
}

function isAboutOurs(event: XfrmEvent): boolean {
  if ('sa' in event) return isOwnSa(event.sa);
  if ('policy' in event) return isOwnPolicy(event.policy);
  return true;
}
