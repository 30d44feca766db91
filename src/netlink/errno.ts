/**
 * Linux' error numbers (asm-generic/errno-base.h and errno.h; the same on amd64 and arm64) that
 * sockets, netlink, XFRM and the crypto API give. Not node:os' constants: those are the numbers of
 * the machine that runs this, and tests of the codecs run on others too.
 */
const NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'EPERM'],
  [2, 'ENOENT'],
  [3, 'ESRCH'],
  [4, 'EINTR'],
  [5, 'EIO'],
  [6, 'ENXIO'],
  [7, 'E2BIG'],
  [9, 'EBADF'],
  [11, 'EAGAIN'],
  [12, 'ENOMEM'],
  [13, 'EACCES'],
  [14, 'EFAULT'],
  [16, 'EBUSY'],
  [17, 'EEXIST'],
  [19, 'ENODEV'],
  [22, 'EINVAL'],
  [23, 'ENFILE'],
  [24, 'EMFILE'],
  [28, 'ENOSPC'],
  [33, 'EDOM'],
  [34, 'ERANGE'],
  [38, 'ENOSYS'],
  [61, 'ENODATA'],
  [71, 'EPROTO'],
  [74, 'EBADMSG'],
  [75, 'EOVERFLOW'],
  [88, 'ENOTSOCK'],
  [90, 'EMSGSIZE'],
  [92, 'ENOPROTOOPT'],
  [93, 'EPROTONOSUPPORT'],
  [95, 'EOPNOTSUPP'],
  [96, 'EPFNOSUPPORT'],
  [97, 'EAFNOSUPPORT'],
  [98, 'EADDRINUSE'],
  [99, 'EADDRNOTAVAIL'],
  [100, 'ENETDOWN'],
  [101, 'ENETUNREACH'],
  [104, 'ECONNRESET'],
  [105, 'ENOBUFS'],
  [107, 'ENOTCONN'],
  [110, 'ETIMEDOUT'],
  [111, 'ECONNREFUSED'],
  [113, 'EHOSTUNREACH'],
]);

/** The name of a positive Linux error number, such as `EEXIST` for 17; `E` and the number if unknown. */
export function errnoName(errno: number): string {
  return NAMES.get(errno) ?? `E${errno}`;
}
