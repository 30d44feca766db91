/** Numbered packets between nodes and pods, so that a test can say which were lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GuestProcess } from '../../kernel/guest.js';
import {
  type Flow,
  type FlowReport,
  type FlowSpec,
  missing,
  numbered,
  type Ranges,
  sizeOf,
  titleOf,
} from './flow.js';
import type { Ground } from './ground.js';
import { pingReport, startPing, TAIL } from './ping.js';

export interface Traffic {
  readonly flows: readonly Flow[];
  /** What is known now, in the order of {@link flows}; what is on its way counts as lost. */
  readonly report: () => Promise<readonly FlowReport[]>;
  /** Waits until more has arrived of every flow, or of these. */
  readonly untilMore: (packets: number, which?: readonly Flow[]) => Promise<void>;
  /** Stops the senders, waits until nothing more arrives, and says what was lost. */
  readonly stop: () => Promise<readonly FlowReport[]>;
  /** Ends what still runs of it, and says nothing. */
  readonly abandon: () => Promise<void>;
}

const endpoint = new URL('./endpoint.mjs', import.meta.url).pathname;

/** The ends of flows that are in one namespace. */
interface End {
  readonly process: GuestProcess;
  readonly report: () => Promise<EndReport>;
  readonly finish: () => Promise<EndReport>;
}

interface EndReport {
  readonly sent: readonly Pick<FlowReport, 'flow' | 'sent' | 'errors' | 'connections'>[];
  readonly received: readonly { flow: number; received: Ranges; repeats: number }[];
}

/**
 * Starts flows; a test stops them. Receivers listen before the first packet is sent.
 * @param node the Node that runs the ends, one process a place
 * @param settle how long a packet may be on its way when the senders have stopped, in milliseconds: with
 *   guests that wait for a busy machine, longer than the ends themselves wait
 */
export async function startTraffic<P extends string>(
  ground: Ground<P>,
  specs: readonly FlowSpec<P>[],
  node = process.execPath,
  settle = 0,
): Promise<Traffic> {
  const flows = specs.map((spec) => numbered(spec, ground.address));
  const streams = flows.filter(({ protocol }) => protocol !== 'icmp');
  const places = [...new Set(streams.flatMap(({ from, to }) => [from, to]))];
  const ends = await Promise.all(places.map((place) => startEnd(ground, node, place, streams)));
  for (const { process } of ends) process.signal('SIGUSR2');
  await Promise.all(ends.map(({ process }) => process.prints(/^started$/m)));
  const pings = new Map(
    flows
      .filter(({ protocol }) => protocol === 'icmp')
      .map((flow) => [flow.flow, startPing(ground, flow)]),
  );

  const all = (reports: readonly EndReport[]): FlowReport[] =>
    flows.map((flow) => {
      const ping = pings.get(flow.flow);
      return ping === undefined
        ? streamReport(flow, reports)
        : pingReport(flow, ping.stdout() + ping.stderr());
    });
  const report = async () => all(await Promise.all(ends.map((end) => end.report())));
  return {
    flows,
    report,
    untilMore: async (packets, which = flows) => {
      const before = await report();
      for (;;) {
        const now = await report();
        const isMore = (flow: Flow, index: number): boolean =>
          !which.includes(flow) ||
          (now[index]?.received ?? 0) >= (before[index]?.received ?? 0) + packets;
        if (flows.every(isMore)) return;
        await sleep(200);
      }
    },
    stop: async () => {
      if (pings.size > 0) await sleep(TAIL);
      for (const process of [...pings.values(), ...ends.map((end) => end.process)]) {
        process.signal('SIGINT');
      }
      await Promise.all([...pings.values()].map(({ ended }) => ended));
      await Promise.all(ends.map(({ process }) => process.prints(/^stopped$/m)));
      if (settle > 0) await settled(report, settle);
      return all(await Promise.all(ends.map((end) => end.finish())));
    },
    abandon: async () => {
      for (const process of [...pings.values(), ...ends.map((end) => end.process)]) {
        process.signal('SIGKILL');
        await process.ended;
      }
    },
  };
}

/** Waits until nothing is missing, or nothing more has arrived for so long. */
async function settled(report: Traffic['report'], patience: number): Promise<void> {
  let arrived = -1;
  for (let quiet = 0; quiet < patience; quiet += 500) {
    const reports = await report();
    if (reports.every(({ lost }) => lost.length === 0)) return;
    const now = reports.reduce((sum, { received }) => sum + received, 0);
    if (now !== arrived) quiet = 0;
    arrived = now;
    await sleep(500);
  }
}

async function startEnd<P extends string>(
  ground: Ground<P>,
  node: string,
  place: P,
  flows: readonly Flow<P>[],
): Promise<End> {
  const part = {
    send: flows
      .filter(({ from }) => from === place)
      .map(({ flow, protocol, target, interval, size }) => {
        return { flow, protocol, interval, size, ...target };
      }),
    receive: flows
      .filter(({ to }) => to === place)
      .map(({ flow, protocol, address, port }) => ({ flow, protocol, address, port })),
  };
  const process = ground.start(place, node, [endpoint, JSON.stringify(part)]);
  await process.prints(/^ready$/m);
  let asked = 0;
  const next = async (signal: NodeJS.Signals): Promise<EndReport> => {
    asked += 1;
    const line = new RegExp(`^report ${asked} (.*)$`, 'm');
    process.signal(signal);
    await process.prints(new RegExp(`${line.source}\n`, 'm'));
    return JSON.parse(line.exec(process.stdout())?.[1] ?? '') as EndReport;
  };
  return { process, report: () => next('SIGHUP'), finish: () => next('SIGTERM') };
}

function streamReport(flow: Flow, reports: readonly EndReport[]): FlowReport {
  const isIts = (one: { flow: number }): boolean => one.flow === flow.flow;
  const sender = reports.flatMap(({ sent }) => sent).find(isIts);
  const receiver = reports.flatMap(({ received }) => received).find(isIts);
  const { sent = 0, errors = {}, connections = 0 } = sender ?? {};
  const { received = [], repeats = 0 } = receiver ?? {};
  return {
    flow: flow.flow,
    title: titleOf(flow),
    sent,
    received: sizeOf(received),
    lost: missing(sent, received),
    repeats,
    errors,
    connections,
  };
}
