import { FLAG, type NetlinkRequest } from '../wire/message.js';
import { packBody, type Writer } from '../wire/writer.js';
import { LINK_FLAG, MESSAGE } from './constants.js';

/* struct ifinfomsg (linux/rtnetlink.h), 16 bytes: see link.ts. */
const SIZE = 16;
/** IFLA_* and IFLA_INFO_* (linux/if_link.h). */
const ATTRIBUTE = { name: 3, mtu: 4, info: 18 } as const;
const INFO_KIND = 1;
/** IFNAMSIZ (linux/if.h), the zero byte at its end included. */
const LONGEST_NAME = 15;

export interface NewLink {
  /** 1–15 bytes. */
  readonly name: string;
  /** Of a virtual device, such as `wireguard`; the kernel loads its module. */
  readonly kind: string;
  /** Bytes; the kind's default unless given. */
  readonly mtu?: number;
}

/** What can be changed of a device. What is absent stays. */
export interface LinkChange {
  /** Bytes. */
  readonly mtu?: number;
  readonly up?: boolean;
}

/**
 * RTM_NEWLINK: makes a device, which is down. EEXIST if there is one of that name, EOPNOTSUPP if the
 * kernel does not know the kind.
 *
 * @throws RangeError for a name that no device can have
 */
export function addLink({ name, kind, mtu }: NewLink): NetlinkRequest {
  checkLinkName(name);
  return linkRequest(MESSAGE.newLink, FLAG.create | FLAG.exclusive, (writer) => {
    writer.structure(SIZE);
    writer.attributeText(ATTRIBUTE.name, name);
    if (mtu !== undefined) writer.attributeU32(ATTRIBUTE.mtu, mtu);
    writer.nested(ATTRIBUTE.info, () => writer.attributeBytes(INFO_KIND, Buffer.from(kind)));
  });
}

/** RTM_NEWLINK of a device that is there: ENODEV if there is none. */
export function changeLink(ifindex: number, { mtu, up }: LinkChange): NetlinkRequest {
  return linkRequest(MESSAGE.newLink, 0, (writer) => {
    const at = writer.structure(SIZE);
    writer.u32(at + 4, ifindex);
    if (up !== undefined) {
      writer.u32(at + 8, up ? LINK_FLAG.up : 0);
      writer.u32(at + 12, LINK_FLAG.up);
    }
    if (mtu !== undefined) writer.attributeU32(ATTRIBUTE.mtu, mtu);
  });
}

/** RTM_DELLINK: ENODEV if there is none. Its addresses and routes go with it. */
export function deleteLink(ifindex: number): NetlinkRequest {
  return linkRequest(MESSAGE.deleteLink, 0, (writer) => {
    writer.u32(writer.structure(SIZE) + 4, ifindex);
  });
}

/** @throws RangeError unless a device could have this name */
export function checkLinkName(name: string): void {
  const size = Buffer.byteLength(name);
  if (size >= 1 && size <= LONGEST_NAME && !/[\s/:\0]/.test(name) && !/^\.\.?$/.test(name)) return;
  throw new RangeError('a device has a name of 1 to 15 bytes, without spaces, colons and slashes');
}

function linkRequest(type: number, flags: number, fill: (writer: Writer) => void): NetlinkRequest {
  return { type, flags: FLAG.request | FLAG.ack | flags, body: packBody(fill) };
}
