import type { Io } from '../cli/io.js';
import { diagnostic, PodcloakError } from '../errors/index.js';

/**
 * Asks in the words of cilium-dbg, but on standard error: standard output is for the answer of the command,
 * which a program may read.
 *
 * @param consequence a whole sentence
 * @returns whether the answer was yes
 * @throws PodcloakError PC430 when standard input has ended: a script must not take that for a no
 */
export function confirms(io: Io, consequence: string): boolean {
  io.err(`${consequence} Do you want to continue? [y/N] `);
  const answer = io.readLine();
  if (answer === undefined) {
    io.err('\n');
    throw new PodcloakError([diagnostic('PC430', 'standard input has ended')]);
  }
  return /^y(es)?$/i.test(answer.trim());
}
