/** A recording of the bridge `wire0`, which all that passes between nodes crosses. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Machine } from '../../kernel/guest.js';
import { decode, markOf, type Packet } from './packet.js';
import { PcapReader } from './pcap.js';

/** A moment, as a packet of the recording: what is before and after it needs no clock. */
export interface Mark {
  readonly index: number;
}

export interface Span {
  readonly from?: Mark;
  /** By default now: a mark of its own. */
  readonly to?: Mark;
}

export interface Wire {
  /** Puts a packet on the wire that stands for this moment, and waits until it is recorded. */
  readonly mark: () => Promise<Mark>;
  /** All packets of a span but marks, in order; of all the time until now by default. */
  readonly packets: (span?: Span) => Promise<readonly Packet[]>;
  /**
   * Ends the recording, which can be asked on.
   * @throws Error when the recorder missed packets: then the absence of one proves nothing
   */
  readonly stop: () => Promise<void>;
  /** Ends it, whatever it missed. */
  readonly abandon: () => Promise<void>;
}

/** Enough for the markers, also below an overlay's headers. */
const SNAPLEN = 512;

/** A station that does not exist: the bridge floods what is for it, and nobody takes it. */
const NOWHERE = { address: '198.18.0.2', hardware: '02:00:00:00:00:02', discard: 9 };

const PREPARE = `
  ip addr replace 198.18.0.1/30 dev wire0
  ip neigh replace ${NOWHERE.address} lladdr ${NOWHERE.hardware} dev wire0`;

let recordings = 0;

/**
 * Records from now on. Several recordings can run, and each has its own marks.
 * @param guest the machine that the bridge is on
 * @param folder for the recording, on that machine
 */
export async function recordWire(guest: Machine, folder = '/run/lab'): Promise<Wire> {
  recordings += 1;
  const name = `${process.pid}-${recordings}`;
  const file = `${folder}/wire-${name}.pcap`;
  await guest.script(`mkdir -p ${folder}\n${PREPARE}`);
  const tcpdump = guest.start('tcpdump', [
    ...['-i', 'wire0', '-nn', '-U', '--immediate-mode', '-B', '16384'],
    ...['-s', String(SNAPLEN), '-w', file],
  ]);
  await tcpdump.prints(/listening on/);
  let hasEnded = false;
  void tcpdump.ended.then(() => {
    hasEnded = true;
  });

  const reader = new PcapReader();
  const all: Packet[] = [];
  let size = 0;
  let isStopped = false;
  let marks = 0;
  const readOn = async (): Promise<void> => {
    const text = await guest.script(`tail -c +${size + 1} ${file} | base64 -w0`);
    const piece = Buffer.from(text, 'base64');
    size += piece.length;
    all.push(...reader.read(piece).map(decode));
  };
  // One at a time, as each goes on where the one before ended.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(step: () => Promise<T>): Promise<T> => {
    const turn = last.then(step);
    last = turn.catch(() => {});
    return turn;
  };
  const mark = async (): Promise<Mark> => {
    if (isStopped) return { index: all.length };
    marks += 1;
    const text = `${name}-${marks}`;
    await guest.script(
      `printf %s '${markOf(text)}' >/dev/udp/${NOWHERE.address}/${NOWHERE.discard}`,
    );
    for (let from = all.length; ; from = all.length) {
      await readOn();
      const at = all.findIndex((packet, index) => index >= from && packet.mark === text);
      if (at >= 0) return { index: at };
      if (hasEnded) throw new Error(`the recorder of the wire has ended: ${tcpdump.stderr()}`);
      await sleep(50);
    }
  };
  return {
    mark: () => inTurn(mark),
    packets: ({ from = { index: -1 }, to } = {}) =>
      inTurn(async () => {
        const end = (to ?? (await mark())).index;
        return all.slice(from.index + 1, end).filter(({ kind }) => kind !== 'mark');
      }),
    stop: () =>
      inTurn(async () => {
        if (isStopped) return;
        await mark();
        isStopped = true;
        tcpdump.signal('SIGINT');
        const { stderr } = await tcpdump.ended;
        if (!/^0 packets dropped by kernel$/m.test(stderr)) {
          throw new Error(`the recorder of the wire missed packets: ${stderr}`);
        }
        await readOn();
      }),
    abandon: async () => {
      tcpdump.signal('SIGKILL');
      await tcpdump.ended;
    },
  };
}
