import type { GuestProcess } from '../../kernel/guest.js';
import { markerOf } from '../wire/index.js';
import { type Flow, type FlowReport, titleOf } from './flow.js';
import type { Ground } from './ground.js';

/** Packets of the last moment are not counted: ping does not wait for their answers. Milliseconds. */
export const TAIL = 600;

export function startPing<P extends string>(ground: Ground<P>, flow: Flow<P>): GuestProcess {
  const { from, target, interval, size } = flow;
  const pattern = Buffer.from(markerOf(flow.flow)).toString('hex');
  return ground.start(from, 'ping', [
    ...['-n', '-i', String(interval / 1000)],
    ...['-s', String(size), '-p', pattern, target.address],
  ]);
}

/** What its output says so far. `sent` is only in it at the end; until then the last answer counts. */
export function pingReport(flow: Flow, output: string): FlowReport {
  const answers = [...output.matchAll(/icmp_seq=(\d+) ttl=\S+ time=\S+ ms(?!.*\(DUP!\))/g)];
  const answered = new Set(answers.map(([, sequence]) => Number(sequence)));
  const transmitted = /^(\d+) packets transmitted/m.exec(output)?.[1];
  const last = Math.max(0, ...answered);
  const sent =
    transmitted === undefined
      ? last
      : Math.max(last, Number(transmitted) - Math.ceil(TAIL / flow.interval));
  const numbers = Array.from({ length: sent }, (_, index) => index + 1);
  const errors: Record<string, number> = {};
  for (const [, text = ''] of output.matchAll(/^ping: (?:sendmsg|local error): (.*)$/gm)) {
    errors[text] = (errors[text] ?? 0) + 1;
  }
  return {
    flow: flow.flow,
    title: titleOf(flow),
    sent,
    received: answered.size,
    lost: numbers.filter((number) => !answered.has(number)),
    repeats: [...output.matchAll(/\(DUP!\)/g)].length,
    errors,
    connections: 0,
  };
}
