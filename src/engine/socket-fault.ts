import { type Diagnostic, diagnostic } from '../errors/index.js';
import { NetlinkSocketError } from '../netlink/index.js';

/**
 * What it means that a netlink socket could not be opened, with its remedy.
 *
 * @throws what is no such error
 */
export function socketFault(thrown: unknown): Diagnostic {
  if (!(thrown instanceof NetlinkSocketError)) throw thrown;
  const isRight = thrown.message.includes('EPERM') || thrown.message.includes('EACCES');
  return diagnostic(isRight ? 'PC703' : 'PC701', thrown.message);
}
