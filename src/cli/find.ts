import type { Command, Entry, Group, Program } from './command.js';

/** Where the words of a command line lead to. */
export interface Found {
  /** The program's name and those behind it, as a user types them. */
  readonly path: string;
  /** Absent while no word names an entry: the program itself is meant. */
  readonly entry?: Entry;
  /** What stands behind the entry's name. */
  readonly rest: readonly string[];
}

export function isGroup(entry: Entry): entry is Group {
  return 'entries' in entry;
}

/** Follows words into groups, as far as they name something. */
export function findEntry(program: Program, words: readonly string[]): Found {
  let path = program.name;
  let entry: Entry | undefined;
  let rest = words;
  let entries = program.entries;
  for (;;) {
    const next = entries.find(({ name }) => name === rest[0]);
    if (next === undefined) break;
    path = `${path} ${next.name}`;
    entry = next;
    rest = rest.slice(1);
    if (!isGroup(next)) break;
    entries = next.entries;
  }
  return { path, rest, ...(entry === undefined ? {} : { entry }) };
}

/** The entries that help and completion show. */
export function shown(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter((entry) => isGroup(entry) || !entry.hidden);
}

/** Every command that is shown, below groups too, with its path. */
export function allCommands(
  entries: readonly Entry[],
  path: string,
): { readonly path: string; readonly command: Command }[] {
  return shown(entries).flatMap((entry) => {
    const own = `${path} ${entry.name}`;
    return isGroup(entry) ? allCommands(entry.entries, own) : [{ path: own, command: entry }];
  });
}
