/** A Kubernetes node: a guest with containerd, the kubelet, kube-proxy and the bridge plugin of CNI. */
import { type Guest, startGuest } from '../lab/kernel/guest.js';
import { requiredTool } from '../lab/tools.js';
import { BOX } from './box-image.js';
import { CNI_PLUGINS } from './needs.js';
import { HOST, nodeAddress, tapOf } from './wire.js';

/** Paths on this machine, which the guest sees as well; all are there before it boots. */
export interface NodeFiles {
  /** The API server's CA. */
  readonly ca: string;
  readonly kubeletConfig: string;
  readonly proxyConfig: string;
  /** Archives of images that the node is to have. */
  readonly images: readonly string[];
}

export interface ClusterNode {
  readonly name: `n${number}`;
  readonly address: string;
  readonly guest: Guest;
  /** Gives it its part of the pods' range, once the control plane has chosen it. */
  readonly joinPods: (podCidr: string) => Promise<void>;
  /** The last lines of its programs' logs, for an error's text. */
  readonly logs: () => Promise<string>;
}

/**
 * Boots node `n<i>` and starts its programs. It registers itself, and is ready after `joinPods`.
 * @param onStart is given the guest as soon as there is one to stop
 */
export async function startNode(
  i: number,
  files: NodeFiles,
  onStart: (guest: Guest) => void,
): Promise<ClusterNode> {
  const guest = await startGuest({ cpus: 2, memoryMib: 4096, tap: tapOf(i) });
  onStart(guest);
  const name = `n${i}` as const;
  const address = nodeAddress(i);
  await guest.script(systemScript(name, address));
  await guest.script(containerdScript(files.images));
  const kubelet = `${requiredTool('kubelet')} --config=/run/lab/kubelet.json --kubeconfig=${files.kubeletConfig} --hostname-override=${name} --node-ip=${address} --housekeeping-interval=30s`;
  await guest.script(put('/run/lab/kubelet.json', JSON.stringify(kubeletSettings(files.ca))));
  inBackground(guest, 'kubelet', kubelet);
  const proxy = `${requiredTool('kube-proxy')} --kubeconfig=${files.proxyConfig} --hostname-override=${name} --proxy-mode=nftables`;
  inBackground(guest, 'kube-proxy', proxy);
  return {
    name,
    address,
    guest,
    joinPods: async (podCidr) => {
      await guest.script(put('/etc/cni/net.d/10-lab.conflist', JSON.stringify(cni(podCidr))));
    },
    logs: async () => {
      const text = await guest.script('tail -n 15 /run/lab/*.log; free -m; uptime');
      return `── ${name}\n${text}`;
    },
  };
}

function inBackground(guest: Guest, name: string, command: string): void {
  guest.start('bash', ['-c', `exec ${command} >/run/lab/${name}.log 2>&1`]);
}

function put(path: string, text: string): string {
  return `mkdir -p "$(dirname ${path})"; cat >${path} <<'CONTENT'\n${text}\nCONTENT`;
}

/** The kernel as kubelet, kube-proxy and containerd want it; what they fill is in memory. */
function systemScript(name: string, address: string): string {
  return `
    mkdir -p /run/lab
    for module in virtio_net br_netfilter overlay nf_conntrack nft_chain_nat xfrm_user veth bridge; do
      modprobe "$module"
    done
    nic=$(basename "$(dirname "$(ls -d /sys/class/net/*/device)")")
    [ "$nic" = eth0 ] || ip link set "$nic" name eth0
    ip link set eth0 up
    ip addr add ${address}/24 dev eth0
    ip route add default via ${HOST}
    hostname ${name}
    printf '127.0.0.1 localhost\\n${address} ${name}\\n' >/etc/hosts
    sysctl -qw net.ipv4.ip_forward=1 net.bridge.bridge-nf-call-iptables=1
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
    for controller in cpu memory pids io cpuset; do
      echo "+$controller" >/sys/fs/cgroup/cgroup.subtree_control
    done
    rm -f /etc/cni/net.d/*
    mkdir -p /var/lib/containerd /var/lib/kubelet
    mount -t tmpfs -o size=2g containerd /var/lib/containerd
    mount -t tmpfs kubelet /var/lib/kubelet
    mount --make-rshared /`;
}

const CONTAINERD = `version = 2
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${BOX}"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "${CNI_PLUGINS}"
`;

function containerdScript(images: readonly string[]): string {
  return `
    ${put('/etc/containerd/config.toml', CONTAINERD)}
    containerd -l warn >/run/lab/containerd.log 2>&1 </dev/null &
    until ctr version >/dev/null 2>&1; do sleep 0.3; done
    ${images.map((path) => `ctr -n k8s.io images import ${path} >/dev/null`).join('\n')}`;
}

function kubeletSettings(ca: string): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    cgroupDriver: 'cgroupfs',
    failSwapOn: false,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: ca },
    },
    authorization: { mode: 'Webhook' },
    containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
    // What is full here is memory, and the kernel says so.
    evictionHard: { 'memory.available': '10Mi', 'nodefs.available': '1%' },
    // Emulation takes its time.
    runtimeRequestTimeout: '10m',
  };
}

/** Pods are reached natively, and none is masqueraded. */
function cni(podCidr: string): object {
  return {
    cniVersion: '0.4.0',
    name: 'lab',
    plugins: [
      {
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        ipMasq: false,
        hairpinMode: true,
        ipam: {
          type: 'host-local',
          ranges: [[{ subnet: podCidr }]],
          routes: [{ dst: '0.0.0.0/0' }],
        },
      },
    ],
  };
}
