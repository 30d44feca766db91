import { NetlinkError, NetlinkParseError } from '../errors.js';
import type { NetlinkSocket } from '../socket/conversation.js';
import { FLAG, type NetlinkMessage } from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { Reader } from '../wire/reader.js';
import { packGeneric, readGeneric } from './message.js';

/** The family of families (linux/genetlink.h): the only one whose number is fixed. */
const CONTROL_FAMILY = 0x10;
const VERSION = 2;
const COMMAND = { newFamily: 1, getFamily: 3 } as const;
/** CTRL_ATTR_*. */
const ATTRIBUTE = { id: 1, name: 2 } as const;
const ENOENT = 2;

/** The kernel has no generic netlink family of this name, nor a module of it that it could load. */
export class MissingFamilyError extends Error {
  override readonly name = 'MissingFamilyError';

  constructor(readonly family: string) {
    super(`the kernel has no generic netlink family "${family}": load its module`);
  }
}

/**
 * CTRL_CMD_GETFAMILY: the number of a family, which is the type of its messages and another each time
 * that its module is loaded. ENOENT if there is none; the kernel tries to load the module before it says
 * so.
 */
export function getFamilyId(name: string): NetlinkQuery<number> {
  const body = packGeneric(COMMAND.getFamily, VERSION, (writer) =>
    writer.attributeText(ATTRIBUTE.name, name),
  );
  return { type: CONTROL_FAMILY, flags: FLAG.request, body, parse: parseFamilyId };
}

/**
 * Asks for the number of a family, over a socket of the protocol `generic`.
 *
 * @throws MissingFamilyError when the kernel has none; NetlinkError, NetlinkOverrunError,
 *   NetlinkSocketError, NetlinkParseError
 */
export async function findFamily(socket: NetlinkSocket, name: string): Promise<number> {
  try {
    return await socket.get(getFamilyId(name));
  } catch (error) {
    const isMissing = error instanceof NetlinkError && error.errno === ENOENT;
    throw isMissing ? new MissingFamilyError(name) : error;
  }
}

function parseFamilyId(message: NetlinkMessage): number | undefined {
  if (message.type !== CONTROL_FAMILY) return undefined;
  const { command, attributes } = readGeneric(message);
  if (command !== COMMAND.newFamily) return undefined;
  const id = attributes.find(({ type }) => type === ATTRIBUTE.id);
  if (id === undefined) throw new NetlinkParseError('a generic netlink family without a number');
  return new Reader(id.payload, 2, 'CTRL_ATTR_FAMILY_ID').u16(0);
}
