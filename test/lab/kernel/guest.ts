/** A guest with a real kernel (ESP, XFRM, WireGuard) and this machine's root, under QEMU. */
import { accessSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunResult } from '../run.js';
import { makeScratch } from '../scratch.js';
import { type Server, serverNeeds, startServer } from '../server.js';
import { onPath, type Requirement } from '../tools.js';
import { type GuestForward, type GuestTap, nicArgs } from './nic.js';

const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'podcloak-lab/kernel');

/** What the kernel lab needs of the machine. */
export const guestNeeds: readonly Requirement[] = [
  serverNeeds,
  ...['qemu-system-x86_64', 'ip', 'tcpdump'].map((name): Requirement => {
    return {
      name,
      remedy: 'run test/lab/kernel/setup as root',
      lacking: () => (onPath(name) === undefined ? 'not on PATH' : undefined),
    };
  }),
  {
    name: 'kernel',
    remedy: 'run test/lab/kernel/setup as root',
    lacking: () => (isUnpacked() ? undefined : `not unpacked at ${folder}`),
  },
];

function isUnpacked(): boolean {
  try {
    accessSync(join(folder, 'release'));
    return true;
  } catch {
    return false;
  }
}

export interface GuestOptions {
  /** Virtual processors; the emulation runs each on a thread of its own. */
  readonly cpus?: number;
  readonly memoryMib?: number;
  /**
   * Its clock counts instructions, a nanosecond each, and skips what it waits: what it measures does not
   * depend on what else this machine does. On one processor, and slower.
   */
  readonly isCounting?: boolean;
  /** For the kernel's command line, such as `ipv6.disable=1`. */
  readonly bootOption?: string;
  /** Without it and a tap the guest has no NIC at all. */
  readonly forward?: GuestForward;
  /** Instead of a forward: the guest is on a wire with others. */
  readonly tap?: GuestTap;
}

export interface GuestRunOptions {
  readonly input?: string;
  readonly cwd?: string;
  /** Added to the guest's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A program that runs in the guest. */
export interface GuestProcess {
  /** All that it printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Its end; a code of -1 with a signal, or when it could not be started. */
  readonly ended: Promise<RunResult>;
  /** Sends a signal to it and all that it started. */
  readonly signal: (name: NodeJS.Signals) => void;
  /** Waits until what it prints matches; fails when it ends first. */
  readonly prints: (pattern: RegExp) => Promise<void>;
}

/** Where programs run: in a guest, or on this machine. */
export interface Machine {
  readonly start: (
    program: string,
    args: readonly string[],
    options?: GuestRunOptions,
  ) => GuestProcess;
  readonly run: (
    program: string,
    args: readonly string[],
    options?: GuestRunOptions,
  ) => Promise<RunResult>;
  /** Runs a bash script with `set -euo pipefail` and returns what it prints; throws when it fails. */
  readonly script: (text: string, options?: GuestRunOptions) => Promise<string>;
}

export interface Guest extends Machine {
  /** Of QEMU, on this machine. */
  readonly pid: number;
  /** Ends the guest and waits until it is gone. */
  readonly stop: () => Promise<void>;
}

/** How long a guest may take to boot, in milliseconds: software emulation, on a busy machine. */
const bootLimit = 120_000;

/**
 * Boots a guest, in about 15 s.
 * @throws Error with the guest's console when it does not come up.
 */
export async function startGuest(options: GuestOptions = {}): Promise<Guest> {
  const { memoryMib = 2048, isCounting = false } = options;
  const { cpus = isCounting ? 1 : 2 } = options;
  const scratch = makeScratch('podcloak-guest');
  const port = join(scratch.dir, 'port');
  const agent = new URL('./guest-agent.mjs', import.meta.url).pathname;
  const append = [
    'console=ttyS0 quiet panic=-1',
    `lab.modules=${join(folder, 'modules')}`,
    `lab.node=${process.execPath}`,
    `lab.agent=${agent}`,
    options.bootOption ?? '',
  ].join(' ');
  const machine = [
    isCounting ? ['-icount', 'shift=0,sleep=off'] : [],
    [
      '-accel',
      `tcg,thread=${isCounting ? 'single' : 'multi'}`,
      '-cpu',
      'max',
      '-smp',
      String(cpus),
      '-m',
      String(memoryMib),
    ],
    ['-nographic', '-no-reboot', '-serial', 'mon:stdio'],
    ['-kernel', join(folder, 'vmlinuz'), '-initrd', join(folder, 'ramdisk.gz'), '-append', append],
    ['-virtfs', 'local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap'],
    ['-device', 'virtio-serial-pci', '-chardev', `socket,id=port,path=${port},server=on,wait=off`],
    ['-device', 'virtserialport,chardev=port,name=podcloak'],
    nicArgs(scratch.dir, options.tap ?? options.forward),
  ].flat();
  const qemu = await startServer(
    'qemu',
    'qemu-system-x86_64',
    machine,
    join(scratch.dir, 'console'),
  );
  const stop = async (): Promise<void> => {
    await qemu.stop();
    await scratch.remove();
  };
  try {
    const socket = await connected(port, qemu);
    const channel = new Channel(socket);
    await Promise.race([channel.ready, failed(qemu)]);
    return { pid: qemu.pid, ...channel.face, stop };
  } catch (thrown) {
    const console = qemu.describe();
    await stop();
    throw new Error(`the guest did not start: ${String(thrown)}\n${console}`);
  }
}

/** The host's end of the serial port, once QEMU has made it. */
async function connected(port: string, qemu: Server): Promise<Socket> {
  for (;;) {
    const socket = connect(port);
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    if (isOpen) return socket;
    if (qemu.hasEnded()) throw new Error('QEMU ended');
    await sleep(50);
  }
}

async function failed(qemu: Server): Promise<never> {
  const end = Date.now() + bootLimit;
  while (Date.now() < end && !qemu.hasEnded()) await sleep(200);
  throw new Error(qemu.hasEnded() ? 'QEMU ended' : `no answer after ${bootLimit / 1000} s`);
}

/** A message of the guest. */
interface Message {
  readonly ready?: true;
  readonly fault?: string;
  readonly id?: number;
  readonly stream?: 'stdout' | 'stderr';
  readonly text?: string;
  readonly code?: number;
  readonly error?: string;
}

/** The programs that run in the guest, by the number that the messages about them carry. */
class Channel {
  readonly ready: Promise<void>;
  readonly #running = new Map<number, Running>();
  #next = 1;
  #isGone = false;

  constructor(private readonly socket: Socket) {
    let isReady: () => void = () => {};
    this.ready = new Promise((resolve) => {
      isReady = resolve;
    });
    const lines = createInterface({ input: socket }).on('line', (line) => {
      const message = JSON.parse(line) as Message;
      if (message.ready) isReady();
      if (message.id !== undefined) this.#deliver(message.id, message);
    });
    const gone = (): void => {
      this.#isGone = true;
      for (const running of this.#running.values()) running.end(-1, 'the guest is gone');
    };
    socket.on('close', gone).on('error', gone);
    // It passes the socket's errors on, and one that nobody takes ends the tests.
    lines.on('error', gone);
  }

  get face(): Machine {
    const start: Guest['start'] = (program, args, options = {}) =>
      this.#start(program, args, options);
    const run: Guest['run'] = (...call) => start(...call).ended;
    const script: Guest['script'] = async (text, options) => {
      const { code, stdout, stderr } = await run(
        'bash',
        ['-c', `set -euo pipefail\n${text}`],
        options,
      );
      if (code !== 0)
        throw new Error(`the script ended with code ${code}: ${stderr.trim()}\n${text}`);
      return stdout;
    };
    return { start, run, script };
  }

  #start(program: string, args: readonly string[], options: GuestRunOptions): GuestProcess {
    const id = this.#next++;
    const running = new Running((name) => this.#send({ id, signal: name }));
    if (this.#isGone) {
      running.end(-1, 'the guest is gone');
      return running;
    }
    this.#running.set(id, running);
    this.#send({ id, program, args, ...options });
    return running;
  }

  #deliver(id: number, { stream, text, code, error }: Message): void {
    const running = this.#running.get(id);
    if (stream !== undefined) running?.print(stream, text ?? '');
    if (code === undefined) return;
    this.#running.delete(id);
    running?.end(code, error ?? '');
  }

  #send(message: object): void {
    this.socket.write(`${JSON.stringify(message)}\n`);
  }
}

export class Running implements GuestProcess {
  readonly ended: Promise<RunResult>;
  readonly #printed = { stdout: '', stderr: '' };
  readonly #watchers = new Set<() => void>();
  #isOver = false;
  #finish: (result: RunResult) => void = () => {};

  constructor(readonly signal: (name: NodeJS.Signals) => void) {
    this.ended = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  stdout = (): string => this.#printed.stdout;
  stderr = (): string => this.#printed.stderr;

  print(stream: 'stdout' | 'stderr', text: string): void {
    this.#printed[stream] += text;
    for (const look of this.#watchers) look();
  }

  end(code: number, error: string): void {
    this.#isOver = true;
    this.#printed.stderr += error;
    this.#finish({ code, ...this.#printed });
    for (const look of this.#watchers) look();
  }

  prints = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const all = this.#printed.stdout + this.#printed.stderr;
        const matches = pattern.test(all);
        if (!matches && !this.#isOver) return;
        this.#watchers.delete(look);
        if (matches) resolve();
        else reject(new Error(`it ended without printing ${pattern}: ${all}`));
      };
      this.#watchers.add(look);
      look();
    });
}
