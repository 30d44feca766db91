import type { ErrorCode } from '../errors/index.js';
import type { Json } from '../values/index.js';
import { isEngine } from './engines.js';

/** Why a value of Cilium's chart has no counterpart, and what to do about it. */
export interface Without {
  /** A value, or all below it. */
  readonly path: string;
  /** PC465: there is nothing of the kind. PC467: the cluster may need something. */
  readonly code: Extract<ErrorCode, 'PC465' | 'PC467'>;
  readonly why: string;
  readonly remedy?: string;
  /** Which values it is about; the others need no word. Unless given: all that are not switched off. */
  readonly when?: (value: Json) => boolean;
}

const OURS = 'Leave it out, or set the value of this name for Podcloak’s own agent.';

/** The value of the longest path counts. What is in neither table is Cilium's own affair. */
export const WITHOUT: readonly Without[] = [
  {
    path: 'encryption.type',
    code: 'PC467',
    why: 'only ipsec and wireguard are there, and ipsec takes its place',
    remedy:
      'Make a Secret with a key: `podcloak keys create | kubectl create -f -`. Or set encryption.type=wireguard.',
    when: (value) => !isEngine(value),
  },
  {
    path: 'encryption.wireguard.userspaceFallback',
    code: 'PC467',
    why: 'Podcloak uses the WireGuard of the kernel only',
    remedy: 'See that every node has it: Linux 5.6 or later, with the module wireguard.',
  },
  {
    path: 'encryption.wireguard.encapsulate',
    code: 'PC465',
    why: 'pod addresses must be routed natively, so there is no overlay to encrypt',
    remedy: 'Leave it out.',
  },
  {
    path: 'encryption.ipsec.encryptedOverlay',
    code: 'PC465',
    why: 'pod addresses must be routed natively, so there is no overlay to encrypt',
    remedy: 'Leave it out.',
  },
  {
    path: 'encryption.ztunnel',
    code: 'PC465',
    why: 'Podcloak has no proxies',
    remedy: 'Leave it out.',
  },
  {
    path: 'encryption',
    code: 'PC467',
    why: 'Podcloak has no such setting',
    remedy: 'See whether you rely on it: `podcloak values` lists what there is.',
  },
  {
    path: 'routingMode',
    code: 'PC467',
    why: 'Podcloak encrypts natively routed pod addresses only, not VXLAN or Geneve',
    remedy: 'Change the CNI to native routing first; with Cilium routingMode=native.',
    when: (value) => value !== 'native',
  },
  {
    path: 'tunnel',
    code: 'PC467',
    why: 'Podcloak encrypts natively routed pod addresses only, not VXLAN or Geneve',
    remedy: 'Change the CNI to native routing first; with Cilium routingMode=native.',
    when: (value) => value !== 'disabled',
  },
  {
    path: 'ipam.mode',
    code: 'PC467',
    why: 'Podcloak takes each node’s pod range from Node.spec.podCIDRs, which only the mode kubernetes uses',
    remedy:
      'Use ipam.mode=kubernetes, or another CNI that takes addresses from Node.spec.podCIDRs.',
    when: (value) => value !== 'kubernetes',
  },
  {
    path: 'kubeProxyReplacement',
    code: 'PC467',
    why: 'Cilium may then hand packets from device to device in eBPF, past IPsec',
    remedy: 'As long as Cilium is the CNI, set bpf.hostLegacyRouting=true there (PC715).',
    when: (value) => value === true || value === 'true' || value === 'strict',
  },
  { path: 'bpf.hostLegacyRouting', code: 'PC465', why: '', when: () => false },
  ...['image', 'resources', 'affinity', 'extraEnv', 'podLabels', 'podAnnotations'].map(
    (path): Without => ({
      path,
      code: 'PC465',
      why: 'it is about Cilium’s own agent',
      remedy: OURS,
    }),
  ),
  { path: 'updateStrategy', code: 'PC465', why: 'it is about Cilium’s own agent', remedy: OURS },
  {
    path: 'prometheus',
    code: 'PC465',
    why: 'it is about Cilium’s own metrics',
    remedy: 'See monitoring in `podcloak values`.',
  },
  {
    path: 'clustermesh',
    code: 'PC465',
    why: 'Podcloak encrypts between the nodes of one cluster',
    remedy: 'Protect the traffic between clusters in another way.',
  },
];
