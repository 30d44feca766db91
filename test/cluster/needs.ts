/** What a cluster needs of the machine, for `labDescribe`. */
import { accessSync, constants, existsSync } from 'node:fs';
import { controlPlaneNeeds } from '../lab/control-plane.js';
import { IMAGE_PACKAGES } from '../lab/image/image.js';
import { guestNeeds } from '../lab/kernel/guest.js';
import { NETWORK_NAMESPACE } from '../lab/netlink/namespace.js';
import { onPath, type Requirement, type ToolName } from '../lab/tools.js';
import { HOST } from './wire.js';

export const POD_RANGE = '10.244.0.0/16';
export const PLANE = { nodes: { address: HOST, podCidr: POD_RANGE } } as const;
/** Where Debian has the CNI's plugins. */
export const CNI_PLUGINS = '/usr/lib/cni';

const remedy = 'run test/cluster/setup as root';

const TUN: Requirement = {
  name: '/dev/net/tun',
  remedy: 'load the module tun, or give the container that device',
  lacking: () => {
    try {
      accessSync('/dev/net/tun', constants.R_OK | constants.W_OK);
      return undefined;
    } catch {
      return 'cannot be opened';
    }
  },
};

/** In the guests, which have this machine's programs, and for the README's commands. */
const PROGRAMS = ['containerd', 'ctr', 'runc', 'nft', 'conntrack', 'xxd'].map(
  (name): Requirement => {
    return {
      name,
      remedy,
      lacking: () => (onPath(name) === undefined ? 'not on PATH' : undefined),
    };
  },
);

const PLUGINS: Requirement = {
  name: 'the CNI plugins',
  remedy,
  lacking: () => (existsSync(`${CNI_PLUGINS}/bridge`) ? undefined : `not in ${CNI_PLUGINS}`),
};

export const clusterNeeds: readonly (ToolName | Requirement)[] = [
  NETWORK_NAMESPACE,
  TUN,
  ...PROGRAMS,
  PLUGINS,
  ...guestNeeds,
  ...controlPlaneNeeds(PLANE),
  'kubelet',
  'kube-proxy',
  'helm4',
  IMAGE_PACKAGES,
];
