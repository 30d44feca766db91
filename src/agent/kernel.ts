import { randomBytes } from 'node:crypto';
import {
  type Actual,
  apply,
  type Failure,
  isOwnPolicy,
  isOwnSa,
  readActual,
  type Step,
  type Thresholds,
} from '../datapath/index.js';
import { type Diagnostic, diagnostic } from '../errors/index.js';
import type { KeyLine } from '../key-lines/index.js';
import {
  type Algorithms,
  deleteSa,
  dumpAddresses,
  dumpLinks,
  dumpRoutes,
  type Family,
  getSpdInfo,
  IP_PROTOCOL,
  type NetlinkSocket,
  NetlinkSocketError,
  NO_LIMITS,
  newSa,
  openNetlink,
  ROUTE_EVENTS,
  type Sa,
  type Subscription,
  setSpdThresholds,
  subscribe,
  XFRM_EVENTS,
  XFRM_MODE,
  type XfrmEvent,
} from '../netlink/index.js';
import type { Network } from './node-facts.js';

/** Who is told that something changed in the kernel without us. */
export interface KernelListener {
  /** SAs or policies of ours; all must be read anew. */
  xfrmChanged(): void;
  /** Links, addresses or routes. */
  networkChanged(): void;
}

/** This node's kernel, through netlink. */
export class Kernel {
  readonly #xfrm: NetlinkSocket;
  readonly #route: NetlinkSocket;
  readonly #subscriptions: Subscription[] = [];

  private constructor(xfrm: NetlinkSocket, route: NetlinkSocket) {
    this.#xfrm = xfrm;
    this.#route = route;
  }

  /** @returns what is missing instead, with its remedy */
  static async open(listener: KernelListener): Promise<Kernel | Diagnostic> {
    try {
      const kernel = new Kernel(await openNetlink('xfrm'), await openNetlink('route'));
      await kernel.#listen(listener);
      return kernel;
    } catch (thrown) {
      if (!(thrown instanceof NetlinkSocketError)) throw thrown;
      const isRight = thrown.message.includes('EPERM') || thrown.message.includes('EACCES');
      return diagnostic(isRight ? 'PC703' : 'PC701', thrown.message);
    }
  }

  async #listen(listener: KernelListener): Promise<void> {
    const xfrm = {
      event: (event: XfrmEvent) => {
        if (isAboutOurs(event)) listener.xfrmChanged();
      },
      lost: () => listener.xfrmChanged(),
      broken: () => {
        void this.#listen(listener).then(() => listener.xfrmChanged());
      },
    };
    const route = {
      event: () => listener.networkChanged(),
      lost: () => listener.networkChanged(),
      broken: () => {
        void this.#listen(listener).then(() => listener.networkChanged());
      },
    };
    for (const old of this.#subscriptions.splice(0)) old.close();
    this.#subscriptions.push(
      await subscribe(XFRM_EVENTS, xfrm, { exceptOf: this.#xfrm.portId }),
      await subscribe(ROUTE_EVENTS, route),
    );
  }

  read(): Promise<Actual> {
    return readActual(this.#xfrm);
  }

  apply(steps: readonly Step[]): Promise<Failure[]> {
    return apply(this.#xfrm, steps);
  }

  async network(): Promise<Network> {
    return {
      links: await this.#route.dump(dumpLinks()),
      addresses: await this.#route.dump(dumpAddresses()),
      routes: [
        ...(await this.#route.dump(dumpRoutes(4))),
        ...(await this.#route.dump(dumpRoutes(6))),
      ],
    };
  }

  async thresholds(): Promise<Thresholds> {
    const { ipv4, ipv6 } = await this.#xfrm.get(getSpdInfo());
    return { ipv4, ipv6 };
  }

  async setThresholds(thresholds: Thresholds): Promise<void> {
    await this.#xfrm.request([setSpdThresholds(thresholds)]);
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
      const [error] = await this.#xfrm.request([newSa(sa), deleteSa(sa)]);
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
    for (const one of this.#subscriptions.splice(0)) one.close();
    this.#xfrm.close();
    this.#route.close();
  }
}

function isAboutOurs(event: XfrmEvent): boolean {
  if ('sa' in event) return isOwnSa(event.sa);
  if ('policy' in event) return isOwnPolicy(event.policy);
  return true;
}

/** What the kernel's refusals of an SA mean. An algorithm may itself be there and lack one that it is made of. */
const TRIAL_FAULTS: Readonly<Record<string, 'PC701' | 'PC702' | 'PC703'>> = {
  EPERM: 'PC703',
  EPROTONOSUPPORT: 'PC701',
  ENOSYS: 'PC702',
  ENOENT: 'PC702',
};

/** More than the self-tests of an algorithm take. */
const TRIAL_SECONDS = 10n;

/** An address for documentation (RFC 5737, RFC 3849). */
function trialEnd(family: Family, host: number): Uint8Array {
  const network = family === 4 ? [192, 0, 2] : [0x20, 0x01, 0x0d, 0xb8, ...Array(11).fill(0)];
  return Uint8Array.from([...network, host]);
}

/** With random keys. */
function trialSa(line: KeyLine, family: Family): Sa {
  const random = (bytes: number): Uint8Array => randomBytes(bytes);
  const algorithms: Algorithms =
    line.form === 'aead'
      ? {
          aead: {
            name: line.aead.algorithm,
            key: random(line.aead.psk.length),
            icvBits: line.icvBits,
          },
        }
      : {
          auth: {
            name: line.authentication.algorithm,
            key: random(line.authentication.psk.length),
            icvBits: 96,
          },
          crypt: {
            name: line.encryption.algorithm,
            key: random(line.encryption.psk.length),
          },
        };
  return {
    source: trialEnd(family, 1),
    destination: trialEnd(family, 2),
    spi: 256 + (randomBytes(2).readUInt16BE(0) & 0x7fff),
    protocol: IP_PROTOCOL.esp,
    reqid: 0,
    mode: XFRM_MODE.tunnel,
    flags: 0,
    // Should it be left there all the same, the kernel deletes it.
    limits: { ...NO_LIMITS, hardAddSeconds: TRIAL_SECONDS },
    ...algorithms,
  };
}
