import type { Io } from './io.js';

/** What the shell may offer for an option's value or an argument. */
export type Offer = 'file' | 'folder' | 'value-path' | readonly string[];

export interface Option {
  readonly name: string;
  readonly short?: string;
  /** Placeholder of the option's value in help texts; without it the option is a flag. */
  readonly value?: string;
  /** What the shell may offer; of a list, the value must be one. */
  readonly offer?: Offer;
  readonly summary: string;
}

/** What stands behind the program's or a group's name. */
export type Entry = Command | Group;

/** Commands under a name of their own, as in `podcloak keys create`. */
export interface Group {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly description: string;
  readonly entries: readonly Entry[];
}

/** What a command line is read as: the commands under one name. */
export interface Program {
  /** As the user typed it. */
  readonly name: string;
  readonly entries: readonly Entry[];
}

export interface Argument {
  readonly name: string;
  /** It must be one of these. */
  readonly offer?: readonly string[];
  /** What the shell offers where the command itself judges what is given. */
  readonly suggest?: Offer;
  /** Any number of them are taken, but only if this option was given: its value is the first. */
  readonly moreOf?: string;
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Behind the command's name. */
  readonly usage: string;
  readonly description: string;
  readonly options: readonly Option[];
  /** The argument that the command takes, if any: one, unless it says otherwise. */
  readonly argument?: Argument;
  readonly examples: readonly string[];
  /** Not in help and completion. */
  readonly hidden?: true;
  /** The exit code of a fault of ours, where 1 says something else. */
  readonly faultCode?: number;
  /** @returns the exit code: 0, or 2 for bad input */
  readonly run: (invocation: Invocation, io: Io) => Promise<number> | number;
}

/** An occurrence of an option on the command line. */
export interface Given {
  readonly name: string;
  readonly value: string;
}

/** A parsed command line. */
export interface Invocation {
  /** The options in the order given. */
  readonly given: readonly Given[];
  readonly arguments: readonly string[];
}

/** The last value of an option: the later one wins. */
export function lastValue({ given }: Invocation, name: string): string | undefined {
  return given.findLast((one) => one.name === name)?.value;
}

/** All values of an option, in the order given. */
export function allValues({ given }: Invocation, name: string): string[] {
  return given.filter((one) => one.name === name).map(({ value }) => value);
}

export function hasFlag(invocation: Invocation, name: string): boolean {
  return lastValue(invocation, name) !== undefined;
}
