import { type Invocation, lastValue, type Option } from './command.js';
import type { Io } from './io.js';

/** `-o json`, of every command that reports. */
export const JSON_OUTPUT: Option = {
  name: 'output',
  short: 'o',
  value: 'FORMAT',
  offer: ['json'],
  summary: 'json.',
};

/** Whether the output is for programs. */
export function wantsJson(invocation: Invocation): boolean {
  return lastValue(invocation, 'output') === 'json';
}

export function printJson(io: Io, value: unknown): void {
  io.out(`${JSON.stringify(value, null, 2)}\n`);
}
