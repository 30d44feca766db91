import { DEFAULT_THRESHOLDS, type Thresholds } from '../datapath/index.js';
import { SettingFiles, settingsFolder } from '../engine/wireguard/index.js';
import { diagnostic, PodcloakError } from '../errors/index.js';
import {
  getSpdInfo,
  type HashThreshold,
  NetlinkError,
  type NetlinkSocket,
  ownerOfExemption,
  removeExemption,
  setSpdThresholds,
} from '../netlink/index.js';
import type { Remembered } from './clean-files.js';
import { removeWireguard, restoreReverse } from './clean-wireguard.js';
import { deletePolicies, deleteSas, findOwn } from './own-objects.js';
import { withNetlink } from './run.js';

type Say = (line: string) => void;

/**
 * Takes all of ours out of this kernel: policies first, those for probes among them, so that no packet
 * meets a policy without its SA; then SAs, WireGuard's, our nftables table, the thresholds and other settings. The
 * table is there as long as a route through a device is: connections that a CNI masqueraded in between would stay so.
 *
 * @throws PodcloakError PC449 when something stays, PC424 and PC428
 */
export async function cleanKernel(remembered: Remembered, say: Say): Promise<void> {
  const hadObjects = await withNetlink('xfrm', (socket) => removeObjects(socket, say), false);
  await withNetlink('route', (socket) => removeWireguard(socket, say));
  const hadTable = await withNetlink('netfilter', (socket) => removeTable(socket, say), false);
  const thresholds = thresholdsBefore(remembered, hadObjects || hadTable);
  if (thresholds !== undefined) {
    await withNetlink('xfrm', (socket) => restore(socket, thresholds, say), false);
  }
  // Last, as a strict filter drops what comes by another way than the routes lead.
  if (remembered.kind === 'state' && remembered.reverse !== undefined) {
    restoreReverse(new SettingFiles(settingsFolder()), remembered.reverse, say);
  }
}

/** @returns whether there were any */
async function removeObjects(socket: NetlinkSocket, say: Say): Promise<boolean> {
  const { sas, policies } = await findOwn(socket);
  if (sas.length === 0 && policies.length === 0) return false;
  const ofPolicies = await deletePolicies(socket, policies);
  const ofSas = await deleteSas(socket, sas);
  say(`Removed ${ofPolicies.deleted} XFRM policies and ${ofSas.deleted} XFRM states.`);
  const left = await findOwn(socket);
  const count = left.policies.length + left.sas.length;
  if (count === 0) return true;
  const refused = [...new Set([...ofPolicies.refused, ...ofSas.refused])].join(', ');
  const why = refused === '' ? 'somebody puts them back' : `refused with ${refused}`;
  throw new PodcloakError([diagnostic('PC449', `${count} XFRM policies and states stay: ${why}`)]);
}

/** @returns whether it was there */
async function removeTable(socket: NetlinkSocket, say: Say): Promise<boolean> {
  const owner = await ownerOfExemption(socket).catch((thrown: unknown) => {
    // So answers a kernel without nf_tables, or without NAT for tables of both IP versions.
    const isMissing =
      thrown instanceof NetlinkError && ['EOPNOTSUPP', 'EINVAL'].includes(thrown.code);
    if (isMissing) return 'nobody';
    throw thrown;
  });
  if (owner === 'others') say('Left the nftables table inet podcloak: it is none of ours.');
  if (owner !== 'us') return false;
  await removeExemption(socket);
  say('Removed the nftables table inet podcloak.');
  return true;
}

/**
 * The thresholds to go back to. Undefined for leaving them alone: nothing says that we ever set them, and
 * those of a node that was never ours are somebody else's.
 */
function thresholdsBefore(remembered: Remembered, hadOurs: boolean): Thresholds | undefined {
  switch (remembered.kind) {
    case 'state':
      return remembered.thresholds;
    case 'unusable':
      return DEFAULT_THRESHOLDS;
    case 'nothing':
      return hadOurs ? DEFAULT_THRESHOLDS : undefined;
  }
}

/** @returns whether they were other ones */
async function restore(socket: NetlinkSocket, before: Thresholds, say: Say): Promise<boolean> {
  const { ipv4, ipv6 } = await socket.get(getSpdInfo());
  if (same(ipv4, before.ipv4) && same(ipv6, before.ipv6)) return false;
  const [refused] = await socket.request([setSpdThresholds(before)]);
  if (refused !== undefined) throw refused;
  say(
    `Set the hash thresholds of policies back to ${text(before.ipv4)} (IPv4) and ${text(before.ipv6)} (IPv6).`,
  );
  return true;
}

function same(one: HashThreshold, other: HashThreshold): boolean {
  return one.localBits === other.localBits && one.remoteBits === other.remoteBits;
}

function text({ localBits, remoteBits }: HashThreshold): string {
  return `${localBits}/${remoteBits}`;
}
