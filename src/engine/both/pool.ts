import type { Diagnostic } from '../../errors/index.js';
import type { Prefix } from '../../net/index.js';
import type { NetlinkError, Sources } from '../../netlink/index.js';
import type { Closed6 } from '../ipsec/index.js';
import {
  DEVICE_NAMES,
  isOwnRule,
  reversePath,
  type SettingFiles,
  settingsOf,
  type WireguardActual,
  type WireguardKernel,
  type WireguardStep,
} from '../wireguard/index.js';

/** What {@link Pool} stands on. */
export interface PoolParts {
  readonly open: () => Promise<
    Pick<WireguardKernel, 'change' | 'close' | 'find' | 'listen' | 'read' | 'request'>
  >;
  readonly settings: Pick<SettingFiles, 'read' | 'write'>;
  /** The nftables guard of IPv6. */
  readonly guard: {
    closed6(): Promise<Closed6 | undefined>;
    close6(prefixes: readonly Prefix[], nodes: readonly Prefix[]): Promise<Diagnostic | undefined>;
    keepSources(sources: Sources): void;
  };
}

type Kernel = Awaited<ReturnType<PoolParts['open']>>;

/** So many messages are made at a time, as all of them at once would take the memory of all of them. */
const PORTION = 1024;

/** Refusals that say that what was asked for is so already: somebody else was quicker, or one thing took another along. */
const DONE_ALREADY: ReadonlySet<string> = new Set(['ESRCH', 'ENOENT', 'ENODEV', 'EADDRNOTAVAIL']);

/** WireGuard's part of the kernel. Opened with the first device, and asleep until then. */
export class Pool {
  readonly #parts: PoolParts;
  /** One, however many ask for it at once. */
  #kernel: Promise<Kernel> | undefined;
  /** Undefined before the first look. */
  #isAwake: boolean | undefined;

  constructor(parts: PoolParts) {
    this.#parts = parts;
  }

  get isAwake(): boolean {
    return this.#isAwake === true;
  }

  /** From now on it is read and listened to. @throws as `subscribe` */
  async wake(): Promise<void> {
    await (await this.#open()).listen();
    this.#isAwake = true;
  }

  /** Nobody masquerades on the way into a device once {@link Engine.prepare} has been called. */
  keepSources(sources: Sources): void {
    this.#parts.guard.keepSources(sources);
  }

  /** @throws MissingFamilyError where the kernel has no WireGuard */
  async find(): Promise<void> {
    await (await this.#open()).find();
  }

  /**
   * @param devices whose `rp_filter` is asked for, too
   * @returns undefined while nothing of ours is there and nothing was wanted
   */
  async read(devices: readonly string[]): Promise<WireguardActual | undefined> {
    if (this.#isAwake === false) return undefined;
    const kernel = await this.#open();
    const found = await kernel.read();
    const isThere =
      found.devices.length + found.routes.length + found.rules.filter(isOwnRule).length > 0;
    // What was left by an agent of before, which used WireGuard.
    if (this.#isAwake === undefined && isThere) await this.wake();
    this.#isAwake ??= false;
    if (!this.#isAwake) return undefined;
    const paths = [
      ...DEVICE_NAMES.flatMap((name) => settingsOf(name).map(({ path }) => path)),
      ...['all', ...devices].map(reversePath),
    ];
    const settings = this.#parts.settings.read(paths);
    const closed = await this.#parts.guard.closed6();
    return { ...found, settings, closed6: closed?.prefixes, closedNodes6: closed?.nodes };
  }

  /**
   * Makes the changes, which are all by the same means.
   *
   * @returns of each what went wrong
   * @throws as `NetlinkSocket.request`
   */
  async apply(steps: readonly WireguardStep[]): Promise<(Error | undefined)[]> {
    const routes = steps.flatMap((one) => (one.by === 'route' ? [one] : []));
    if (routes.length > 0) return this.#applyRoutes(routes);
    const outcomes: (Error | undefined)[] = [];
    for (const step of steps) outcomes.push(await this.#applyOne(step));
    return outcomes;
  }

  /** Nothing of ours is there any more: it is not looked at until it is woken. */
  rest(): void {
    this.close();
    this.#isAwake = false;
  }

  close(): void {
    // Where it could not be opened, whoever asked for it was told.
    void this.#kernel?.then(
      (kernel) => kernel.close(),
      () => {},
    );
    this.#kernel = undefined;
  }

  async #applyRoutes(
    steps: readonly Extract<WireguardStep, { by: 'route' }>[],
  ): Promise<(NetlinkError | undefined)[]> {
    const kernel = await this.#open();
    const outcomes: (NetlinkError | undefined)[] = [];
    for (let at = 0; at < steps.length; at += PORTION) {
      const portion = steps.slice(at, at + PORTION);
      const errors = await kernel.request(portion.map(({ request }) => request));
      for (const [index, { about }] of portion.entries()) {
        const error = errors[index];
        const isDone = about.startsWith('delete') && DONE_ALREADY.has(error?.code ?? '');
        outcomes.push(isDone ? undefined : error);
      }
    }
    return outcomes;
  }

  async #applyOne(step: WireguardStep): Promise<Error | undefined> {
    if (step.by === 'wireguard') return (await this.#open()).change(step.name, step.change);
    if (step.by === 'guard') {
      const fault = await this.#parts.guard.close6(step.closed6, step.closedNodes6);
      return fault && new Error(`${fault.code}: ${fault.message}`);
    }
    if (step.by !== 'setting') return undefined;
    try {
      this.#parts.settings.write(step.path, step.value);
      return undefined;
    } catch (thrown) {
      return thrown as Error;
    }
  }

  async #open(): Promise<Kernel> {
    const opening = this.#kernel ?? this.#parts.open();
    this.#kernel = opening;
    try {
      return await opening;
    } catch (thrown) {
      if (this.#kernel === opening) this.#kernel = undefined;
      throw thrown;
    }
  }
}
