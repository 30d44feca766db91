import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** TCP ports of this machine that programs in the guest reach, and nothing else of any network. */
export interface GuestForward {
  /** The network that the guest's NIC is on, which QEMU plays: for example `10.96.0.0/16`. */
  readonly network: string;
  /** Where the guest finds the ports: an address of that network. */
  readonly address: string;
  readonly ports: readonly {
    readonly port: number;
    /** Where each connection goes: a listener on this machine's loopback. */
    readonly to: { readonly address: string; readonly port: number };
  }[];
}

/** A tap device of this machine, in this process' network namespace: the guest's NIC is its other end. */
export interface GuestTap {
  readonly tap: string;
  /** The NIC's hardware address: two guests on one wire must not share one. */
  readonly hardware: string;
}

/**
 * Carries one connection: QEMU starts it with the guest's end as standard input and output. When
 * either side ends, so does the other. It cannot outlive QEMU, which holds the guest's end. Standard
 * error would go to the guest as well.
 */
const CONNECTION = `#!/bin/bash
exec 2>/dev/null
exec 3<>"/dev/tcp/$1/$2" || exit 1
cat <&3 &
cat <&0 >&3 &
wait -n
kill $(jobs -p)
`;

/**
 * The arguments that give a guest its NIC; the guest's modprobe of `virtio_net` brings it up.
 * `restrict` makes QEMU drop whatever is not for a forwarded port. A command a connection, as a
 * forward to a socket would be a single connection for all of the guest.
 */
export function nicArgs(dir: string, nic: GuestForward | GuestTap | undefined): readonly string[] {
  if (nic === undefined) return ['-nic', 'none'];
  return ['-nic', ('tap' in nic ? tapOptions(nic) : forwardOptions(dir, nic)).join(',')];
}

function tapOptions({ tap, hardware }: GuestTap): readonly string[] {
  const noScripts = ['script=no', 'downscript=no'];
  return ['tap', 'model=virtio-net-pci', `ifname=${tap}`, `mac=${hardware}`, ...noScripts];
}

function forwardOptions(dir: string, forward: GuestForward): readonly string[] {
  const { network, address, ports } = forward;
  const script = join(dir, 'connection');
  writeFileSync(script, CONNECTION, { mode: 0o700 });
  return [
    ...['user', 'model=virtio-net-pci', 'ipv6=off', `net=${network}`, 'restrict=on'],
    ...ports.map(
      ({ port, to }) => `guestfwd=tcp:${address}:${port}-cmd:${script} ${to.address} ${to.port}`,
    ),
  ];
}
