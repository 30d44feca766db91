import { errnoName } from '../errno.js';
import { NetlinkOverrunError, NetlinkSocketError } from '../errors.js';
import { LITTLE_ENDIAN } from '../wire/reader.js';
import { loadKoffi } from './koffi.js';
import type { Transport } from './transport.js';

/** Netlink families (linux/netlink.h). */
const PROTOCOL = { route: 0, xfrm: 6, netfilter: 12, generic: 16 } as const;
export type Protocol = keyof typeof PROTOCOL;

export interface TransportOptions {
  /** Of the socket's receive buffer, in bytes; the kernel doubles it for its own bookkeeping. */
  readonly receiveBuffer: number;
  /** Multicast groups to join. */
  readonly groups: readonly number[];
}

/** A transport whose file descriptor can be watched. */
export interface SocketTransport extends Transport {
  readonly fd: number;
}

/* asm-generic/socket.h, linux/socket.h, linux/netlink.h: the same on amd64 and arm64. */
const AF_NETLINK = 16;
const SOCK_RAW = 3;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_SNDBUF = 7;
const SO_RCVBUF = 8;
const SO_SNDBUFFORCE = 32;
const SO_RCVBUFFORCE = 33;
const SOL_NETLINK = 270;
const NETLINK_ADD_MEMBERSHIP = 1;
const NETLINK_CAP_ACK = 10;
const NETLINK_EXT_ACK = 11;
const NETLINK_GET_STRICT_CHK = 12;
const MSG_DONTWAIT = 0x40;
const MSG_TRUNC = 0x20;
const EAGAIN = 11;
const EINTR = 4;
const ENOBUFS = 105;

/*
 * struct sockaddr_nl (linux/netlink.h), 12 bytes
 * | offset | size | name                          |
 * |      0 |    2 | nl_family                     |
 * |      2 |    2 | padding                       |
 * |      4 |    4 | nl_pid: 0 lets the kernel pick |
 * |      8 |    4 | nl_groups, the first 32       |
 */
const ADDRESS_SIZE = 12;
/** The kernel makes no larger parts of a dump (net/netlink/af_netlink.c: 32 KiB). */
const LARGEST_DATAGRAM = 1 << 16;
/** In bytes; the kernel doubles it, and takes memory only for what is sent. 130,000 prefixes fit. */
const TRANSACTION_BUFFER = 4 * 1024 * 1024;

/**
 * Opens a netlink socket in the network namespace of this thread.
 *
 * @throws NetlinkSocketError naming the system call, with EPERM for a group without CAP_NET_ADMIN
 */
export async function openTransport(
  protocol: Protocol,
  { receiveBuffer, groups }: TransportOptions,
): Promise<SocketTransport> {
  const libc = await loadLibc();
  const kind = SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC;
  const fd = libc.check('socket', libc.socket(AF_NETLINK, kind, PROTOCOL[protocol]));
  const set = (level: number, option: number, value: number): number =>
    libc.setsockopt(fd, level, option, u32(value), 4);
  try {
    // Forcing takes CAP_NET_ADMIN over the machine: a root of its own user namespace lacks it.
    if (set(SOL_SOCKET, SO_RCVBUFFORCE, receiveBuffer) < 0) {
      libc.check('setsockopt(SO_RCVBUF)', set(SOL_SOCKET, SO_RCVBUF, receiveBuffer));
    }
    if (protocol === 'netfilter') {
      // A transaction is one datagram, which the default of 208 KiB would not hold.
      if (set(SOL_SOCKET, SO_SNDBUFFORCE, TRANSACTION_BUFFER) < 0) {
        libc.check('setsockopt(SO_SNDBUF)', set(SOL_SOCKET, SO_SNDBUF, TRANSACTION_BUFFER));
      }
    }
    // Errors without the request that they refuse, which may hold keys; and with words.
    libc.check('setsockopt(NETLINK_CAP_ACK)', set(SOL_NETLINK, NETLINK_CAP_ACK, 1));
    libc.check('setsockopt(NETLINK_EXT_ACK)', set(SOL_NETLINK, NETLINK_EXT_ACK, 1));
    if (protocol === 'route') {
      // Without it the kernel overlooks what it does not understand in the request of a dump.
      libc.check('setsockopt(NETLINK_GET_STRICT_CHK)', set(SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1));
    }
    const address = new Uint8Array(ADDRESS_SIZE);
    new DataView(address.buffer).setUint16(0, AF_NETLINK, LITTLE_ENDIAN);
    libc.check('bind', libc.bind(fd, address, ADDRESS_SIZE));
    libc.check('getsockname', libc.getsockname(fd, address, u32(ADDRESS_SIZE)));
    const portId = new DataView(address.buffer).getUint32(4, LITTLE_ENDIAN);
    for (const group of groups) {
      libc.check(
        'setsockopt(NETLINK_ADD_MEMBERSHIP)',
        set(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group),
      );
    }
    return transport(libc, fd, portId);
  } catch (error) {
    libc.close(fd);
    throw error;
  }
}

function transport(libc: Libc, fd: number, portId: number): SocketTransport {
  const buffer = new Uint8Array(LARGEST_DATAGRAM);
  let open = true;
  const use = (call: string): void => {
    // The number may by now be another file's.
    if (!open) throw new NetlinkSocketError(call, 'EBADF');
  };
  return {
    fd,
    portId,
    send(datagram) {
      use('send');
      libc.check('send', libc.send(fd, datagram, datagram.length, 0));
    },
    receive() {
      use('recv');
      for (;;) {
        const size = libc.recv(fd, buffer, buffer.length, MSG_DONTWAIT | MSG_TRUNC);
        if (size > buffer.length) throw new NetlinkSocketError('recv', 'EMSGSIZE');
        if (size >= 0) return buffer.subarray(0, size);
        const errno = libc.errno();
        if (errno === EAGAIN) return undefined;
        if (errno === ENOBUFS) throw new NetlinkOverrunError();
        if (errno !== EINTR) throw new NetlinkSocketError('recv', errnoName(errno));
      }
    },
    close() {
      if (open) libc.close(fd);
      open = false;
    },
  };
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, LITTLE_ENDIAN);
  return bytes;
}

type Libc = Awaited<ReturnType<typeof loadLibc>>;

async function loadLibc() {
  const koffi = await loadKoffi();
  // The process itself, so that it does not matter which libc Node was linked with.
  const lib = koffi.load(null);
  const errno = (): number => koffi.errno();
  return {
    errno,
    socket: lib.func('int socket(int domain, int type, int protocol)') as Call<
      [number, number, number]
    >,
    bind: lib.func('int bind(int fd, _In_ uint8_t *address, uint32_t size)') as Call<
      [number, Uint8Array, number]
    >,
    getsockname: lib.func(
      'int getsockname(int fd, _Inout_ uint8_t *address, _Inout_ uint8_t *size)',
    ) as Call<[number, Uint8Array, Uint8Array]>,
    setsockopt: lib.func(
      'int setsockopt(int fd, int level, int option, _In_ uint8_t *value, uint32_t size)',
    ) as Call<[number, number, number, Uint8Array, number]>,
    send: lib.func('intptr_t send(int fd, _In_ uint8_t *bytes, size_t size, int flags)') as Call<
      [number, Uint8Array, number, number]
    >,
    recv: lib.func('intptr_t recv(int fd, _Out_ uint8_t *bytes, size_t size, int flags)') as Call<
      [number, Uint8Array, number, number]
    >,
    close: lib.func('int close(int fd)') as Call<[number]>,
    /** The result of a call. @throws NetlinkSocketError when it is -1 */
    check(call: string, result: number): number {
      if (result < 0) throw new NetlinkSocketError(call, errnoName(errno()));
      return result;
    },
  };
}

type Call<Arguments extends unknown[]> = (...args: Arguments) => number;
