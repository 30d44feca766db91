import type { Io } from '../cli/io.js';
import { diagnostic, PodcloakError } from '../errors/index.js';

/**
 * Asks in the words of cilium-dbg, but on standard error: standard output is for the answer of the command,
 * which a program may read.
 *
 * @param consequence a whole sentence
 * @param flag what a script gives in the place of an answer
 * @returns whether the answer was yes
 * @throws PodcloakError PC430 when standard input has ended: a script must not take that for a no
 */
export function confirms(io: Io, consequence: string, flag = '--force'): boolean {
  io.err(`${consequence} Do you want to continue? [y/N] `);
  const answer = io.readLine();
  if (answer === undefined) {
    io.err('\n');
    const remedy = `Answer it (in a pod: \`kubectl exec -it\`), or add ${flag} to go on without one.`;
    throw new PodcloakError([diagnostic('PC430', 'standard input has ended', { remedy })]);
  }
  return /^y(es)?$/i.test(answer.trim());
}
