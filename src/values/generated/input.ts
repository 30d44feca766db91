// Generated from src/values/schema.json by `npm run generate`. Do not edit.
export type Cidr = string;
export type InterfaceName = string;
export type Port = number;
export type LabelValue = string;

/**
 * Values of Podcloak. The names and defaults of the `encryption` block are those of Cilium's chart.
 */
export interface PodcloakValues {
  /**
   * Encryption of the pod traffic between nodes.
   */
  encryption?: EncryptionValues;
  /**
   * How the CNI carries packets between nodes. `native`: pod addresses are on the wire.
   *
   * @default "native"
   */
  routingMode?: 'native';
  /**
   * The IPv4 range that holds the pods of all nodes, such as `10.244.0.0/16`. At least one of the two ranges is needed to enable encryption.
   *
   * @default ""
   */
  ipv4NativeRoutingCIDR?: string;
  /**
   * The IPv6 range that holds the pods of all nodes, such as `fd00:10:244::/48`.
   *
   * @default ""
   */
  ipv6NativeRoutingCIDR?: string;
  /**
   * The agent's image.
   */
  image?: ImageValues;
  /**
   * Secrets that hold the registry's credentials.
   *
   * @default []
   */
  imagePullSecrets?: {
    /**
     * Name of the Secret, in the agent's namespace.
     */
    name: string;
  }[];
  /**
   * Host of the API server, for clusters whose service network does not work before the agents do. Empty: the `kubernetes` service.
   *
   * @default ""
   */
  k8sServiceHost?: string;
  /**
   * Its port, with `k8sServiceHost` only. Empty: 443.
   *
   * @default ""
   */
  k8sServicePort?: Port | string;
  /**
   * TCP port on loopback, on every node, for the agent's health and readiness.
   *
   * @default 9989
   */
  healthPort?: number;
  /**
   * Prometheus metrics of the agent.
   */
  monitoring?: MonitoringValues;
  /**
   * Requests and limits of the agent's container.
   */
  resources?: ResourcesValues;
  /**
   * Tolerations of the agent's pods. A node without an agent is a node whose pods talk in plaintext, so the default tolerates everything.
   *
   * @default [{"operator":"Exists"}]
   */
  tolerations?: Toleration[];
  /**
   * Labels a node must have to run the agent.
   *
   * @default {}
   */
  nodeSelector?: Labels1;
  /**
   * Affinity of the agent's pods. The default keeps them on Linux, on the two architectures of the image, and off virtual nodes, where a rollout would never end.
   */
  affinity?: AffinityValues;
  /**
   * Priority class of the agent's pods.
   *
   * @default "system-node-critical"
   */
  priorityClassName?: string;
  /**
   * How a new version of the agent is rolled out.
   */
  updateStrategy?: UpdateStrategyValues;
  /**
   * More labels for the agent's pods.
   *
   * @default {}
   */
  podLabels?: Labels2;
  /**
   * More annotations for the agent's pods.
   *
   * @default {}
   */
  podAnnotations?: Annotations;
  /**
   * More labels for every object and for the agent's pods.
   *
   * @default {}
   */
  commonLabels?: Labels3;
  /**
   * Annotations for every object; those of the agent's pods are `podAnnotations`.
   *
   * @default {}
   */
  commonAnnotations?: Annotations1;
  /**
   * More environment variables for the agent, as in a container's `env`.
   *
   * @default []
   */
  extraEnv?: {
    /**
     * Name of the variable.
     */
    name: string;
    /**
     * Its value.
     */
    value?: string;
    /**
     * Where its value comes from: a Kubernetes EnvVarSource.
     */
    valueFrom?: {
      [k: string]: unknown;
    };
  }[];
  /**
   * Lines for `/etc/hosts` of the agent's pods, as in a pod's `hostAliases`.
   *
   * @default []
   */
  hostAliases?: {
    /**
     * The address.
     */
    ip: string;
    /**
     * Its names.
     */
    hostnames: string[];
  }[];
  /**
   * More volumes for the agent's pods, as in a pod's `volumes`.
   *
   * @default []
   */
  extraVolumes?: {
    /**
     * Name of the volume.
     */
    name: string;
    [k: string]: unknown;
  }[];
  /**
   * Where the agent's container has them, as in a container's `volumeMounts`.
   *
   * @default []
   */
  extraVolumeMounts?: {
    /**
     * Name of the volume.
     */
    name: string;
    /**
     * The folder or file in the container.
     */
    mountPath: string;
    [k: string]: unknown;
  }[];
  /**
   * Security context of the agent's pods, SELinux options among it.
   *
   * @default {"seccompProfile":{"type":"RuntimeDefault"}}
   */
  podSecurityContext?: {
    [k: string]: unknown;
  };
  /**
   * Security context of the agent's container. It needs root and NET_ADMIN, and no more.
   *
   * @default {"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"],"add":["NET_ADMIN"]},"privileged":false,"readOnlyRootFilesystem":true,"runAsUser":0,"runAsGroup":0}
   */
  securityContext?: {
    [k: string]: unknown;
  };
  /**
   * The agent's ServiceAccount.
   */
  serviceAccount?: ServiceAccountValues;
  /**
   * What the agent may do at the API server.
   */
  rbac?: RbacValues;
  /**
   * A ResourceQuota that lets pods of `priorityClassName` run outside kube-system, where some clouds (GKE) ask for one.
   */
  resourceQuota?: ResourceQuotaValues;
  /**
   * More objects, rendered as they are. In a cdk8s app add your own to the chart instead. Give each its namespace: `synth` knows which kinds have none as little as helm does.
   *
   * @default []
   */
  extraObjects?: {
    /**
     * Its API group and version.
     */
    apiVersion: string;
    /**
     * Its kind.
     */
    kind: string;
    /**
     * Its metadata.
     */
    metadata: {
      /**
       * Its name.
       */
      name: string;
      [k: string]: unknown;
    };
    [k: string]: unknown;
  }[];
  /**
   * What `helm uninstall` does before it deletes anything. Without helm there is no such moment, so `synth` renders nothing for it: `podcloak encryption disable --wait` does the same.
   */
  uninstall?: UninstallValues;
  /**
   * The agent's Namespace object.
   */
  namespace?: NamespaceValues;
  /**
   * Namespace of all objects, in the place of `--namespace` (`synth`) or the release's (helm).
   *
   * @default ""
   */
  namespaceOverride?: string;
  /**
   * Name of the objects that have a namespace, in the place of `podcloak`. Those without one keep their names, as there is one installation a cluster.
   *
   * @default ""
   */
  fullnameOverride?: string;
  /**
   * Ignored. Charts that include this one pass it.
   */
  global?: {
    [k: string]: unknown;
  };
  /**
   * Ignored. Charts that include this one pass it.
   */
  enabled?: boolean;
}
/**
 * Encryption of the pod traffic between nodes.
 */
export interface EncryptionValues {
  /**
   * Encrypt pod traffic between nodes. `false` is a state of its own: the agents walk every pair of nodes back to plaintext and remove what they installed.
   *
   * @default false
   */
  enabled?: boolean;
  /**
   * How to encrypt. `ipsec` is ESP in tunnel mode; `wireguard` is the kernel's WireGuard, on UDP ports 51871 and 51872.
   *
   * @default "ipsec"
   */
  type?: 'ipsec' | 'wireguard';
  /**
   * Encrypt traffic between the nodes themselves as well, but for what a cluster needs to start (API server, kubelet, neighbour discovery).
   *
   * @default false
   */
  nodeEncryption?: boolean;
  /**
   * Drop what would otherwise be in plaintext: before a pair of nodes is encrypted, and to nodes without an agent. For either `encryption.type`.
   */
  strictMode?: StrictModeValues;
  /**
   * Tunnel ends and keys of either `encryption.type`. The names are those of Cilium's chart, from when keys were IPsec's alone.
   */
  ipsec?: IpsecValues;
  /**
   * What `encryption.type=wireguard` has beside `encryption.ipsec`.
   */
  wireguard?: WireguardValues;
}
/**
 * Drop what would otherwise be in plaintext: before a pair of nodes is encrypted, and to nodes without an agent. For either `encryption.type`.
 */
export interface StrictModeValues {
  /**
   * @deprecated
   * An older name of `encryption.strictMode.egress.enabled`.
   */
  enabled?: boolean;
  /**
   * @deprecated
   * An older name of `encryption.strictMode.egress.cidr`.
   */
  cidr?: Cidr | string[];
  /**
   * @deprecated
   * An older name of `encryption.strictMode.egress.allowRemoteNodeIdentities`.
   */
  allowRemoteNodeIdentities?: boolean;
  /**
   * What pods send.
   */
  egress?: StrictEgressValues;
  /**
   * What pods receive.
   */
  ingress?: StrictIngressValues;
  /**
   * A taint that keeps pods off a new node until strict mode is in its kernel. You have nodes registered with it; the agent removes it.
   */
  startupTaint?: StartupTaintValues;
}
/**
 * What pods send.
 */
export interface StrictEgressValues {
  /**
   * Drop what a node's pods send to the strict CIDRs, unless it leaves encrypted or stays on the node.
   *
   * @default false
   */
  enabled?: boolean;
  /**
   * The strict CIDR, or a list of them, IPv4 and IPv6, for both directions. Empty: those of `ipv4NativeRoutingCIDR` and `ipv6NativeRoutingCIDR` that are set.
   *
   * @default ""
   */
  cidr?: Cidr | Cidr[];
  /**
   * Let pods and known nodes whose addresses lie in the strict CIDRs talk in plaintext until the two nodes are encrypted.
   *
   * @default false
   */
  allowRemoteNodeIdentities?: boolean;
}
/**
 * What pods receive.
 */
export interface StrictIngressValues {
  /**
   * Drop what comes to a node's pods from the strict CIDRs in plaintext, unless it is from the node itself.
   *
   * @default false
   */
  enabled?: boolean;
}
/**
 * A taint that keeps pods off a new node until strict mode is in its kernel. You have nodes registered with it; the agent removes it.
 */
export interface StartupTaintValues {
  /**
   * Let each agent remove this taint, and nothing else, from its own Node once the node's kernel holds what the agent wants. It never adds the taint.
   *
   * @default false
   */
  enabled?: boolean;
  /**
   * The taint's key, whatever its value and effect. Cluster Autoscaler knows those below `startup-taint.cluster-autoscaler.kubernetes.io/` by itself.
   *
   * @default "podcloak.dev/agent-not-ready"
   */
  key?: string;
}
/**
 * Tunnel ends and keys of either `encryption.type`. The names are those of Cilium's chart, from when keys were IPsec's alone.
 */
export interface IpsecValues {
  /**
   * The device, or a list of devices, whose addresses are the tunnel's ends, of IPsec and of WireGuard. Empty: the device of the default route.
   *
   * @default ""
   */
  interface?: InterfaceName | InterfaceName[];
  /**
   * Name of the Secret that holds the key lines, in the agent's namespace. WireGuard takes its pre-shared keys from the last line.
   *
   * @default "cilium-ipsec-keys"
   */
  secretName?: string;
  /**
   * Key of that Secret, which is also the file's name under `mountPath`, for either `encryption.type`.
   *
   * @default "keys"
   */
  keyFile?: string;
  /**
   * Where the Secret is mounted in the agent's container, for either `encryption.type`.
   *
   * @default "/etc/ipsec"
   */
  mountPath?: string;
  /**
   * Where the key file comes from instead of the Secret: a Kubernetes volume source, such as `hostPath` or `csi`, for keys that you distribute yourself. Empty: the Secret.
   *
   * @default {}
   */
  keyVolume?: {
    [k: string]: unknown;
  };
  /**
   * Watch the key file and rotate when it changes, with no restart, the SAs of IPsec or the devices of WireGuard.
   *
   * @default true
   */
  keyWatcher?: boolean;
  /**
   * How long a confirmed pair of nodes may keep its previous key at most, in SAs of IPsec or in a device of WireGuard.
   *
   * @default "5m"
   */
  keyRotationDuration?: string;
  /**
   * Who makes the Secret.
   */
  secret?: IpsecSecretValues;
  /**
   * Scheduled rotation of the key.
   */
  rotation?: RotationValues;
  /**
   * Key lines to render as the Secret, as in Cilium's guide: `key-id+ algorithm key-in-hex icv-bits`. Give it with `--set-file encryption.ipsec.key=FILE` only. Empty: refer to the Secret that exists.
   *
   * @default ""
   */
  key?: string;
}
/**
 * Who makes the Secret.
 */
export interface IpsecSecretValues {
  /**
   * Render the Secret without data, and a Job in the cluster that puts a fresh random key into it if there is none. The key is in no manifest, no values and no pipeline, and no later apply touches it.
   *
   * @default false
   */
  generate?: boolean;
}
/**
 * Scheduled rotation of the key.
 */
export interface RotationValues {
  /**
   * When a CronJob rotates the key: five fields such as `0 3 * * 0`, or `@weekly` and its like. A run is skipped while the rotation before is unfinished; all of them are while `encryption.enabled` is `false`. Empty: there is no CronJob.
   *
   * @default ""
   */
  schedule?: string;
  /**
   * The time zone of the schedule, by its name in the IANA database.
   *
   * @default "Etc/UTC"
   */
  timeZone?: string;
}
/**
 * What `encryption.type=wireguard` has beside `encryption.ipsec`.
 */
export interface WireguardValues {
  /**
   * Wait for the Secret, as IPsec does. `false`: where there is none, pairs are encrypted without a PSK, and nodes believe each other's records as the API server has them. It is `true` in any case while values make a key: `encryption.ipsec.key`, `keyVolume`, `secret.generate` or `rotation.schedule`.
   *
   * @default false
   */
  requireSecret?: boolean;
  /**
   * How often a node sends a peer something, so that firewalls and NAT between them do not forget the two: whole seconds up to 65535, such as `25s`. `0s`: only what there is to send.
   *
   * @default "0s"
   */
  persistentKeepalive?: string;
}
/**
 * The agent's image.
 */
export interface ImageValues {
  /**
   * Registry and repository, without a tag.
   *
   * @default "podcloak"
   */
  repository?: string;
  /**
   * Tag. Empty: this version of Podcloak.
   *
   * @default ""
   */
  tag?: string;
  /**
   * Digest that pins the image, such as `sha256:` and 64 hex digits. It wins over the tag.
   *
   * @default ""
   */
  digest?: string;
  /**
   * When the kubelet pulls the image.
   *
   * @default "IfNotPresent"
   */
  pullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
}
/**
 * Prometheus metrics of the agent.
 */
export interface MonitoringValues {
  /**
   * Serve `/metrics` on every node.
   *
   * @default false
   */
  enabled?: boolean;
  /**
   * TCP port of `/metrics`, on the node's addresses.
   *
   * @default 9988
   */
  port?: number;
  /**
   * A PodMonitor for the Prometheus operator, whose CRDs the cluster must have.
   */
  podMonitor?: PodMonitorValues;
}
/**
 * A PodMonitor for the Prometheus operator, whose CRDs the cluster must have.
 */
export interface PodMonitorValues {
  /**
   * Render the PodMonitor.
   *
   * @default false
   */
  enabled?: boolean;
  /**
   * How often to scrape.
   *
   * @default "30s"
   */
  interval?: string;
  /**
   * Labels that your Prometheus selects PodMonitors by.
   *
   * @default {}
   */
  labels?: Labels;
}
/**
 * Labels that your Prometheus selects PodMonitors by.
 *
 * @default {}
 */
export interface Labels {
  [k: string]: LabelValue;
}
/**
 * Requests and limits of the agent's container.
 */
export interface ResourcesValues {
  /**
   * What the scheduler reserves.
   *
   * @default {"cpu":"25m","memory":"128Mi"}
   */
  requests?: Quantities;
  /**
   * What the kernel enforces. No CPU limit: throttling would slow a key change.
   *
   * @default {"memory":"512Mi"}
   */
  limits?: Quantities1;
}
/**
 * What the scheduler reserves.
 *
 * @default {"cpu":"25m","memory":"128Mi"}
 */
export interface Quantities {
  [k: string]: number | string;
}
/**
 * What the kernel enforces. No CPU limit: throttling would slow a key change.
 *
 * @default {"memory":"512Mi"}
 */
export interface Quantities1 {
  [k: string]: number | string;
}
export interface Toleration {
  /**
   * Taint key. Empty with `Exists`: every taint.
   */
  key?: string;
  /**
   * How the key relates to the value.
   */
  operator?: 'Exists' | 'Equal';
  /**
   * Taint value.
   */
  value?: string;
  /**
   * Taint effect. Empty: all.
   */
  effect?: '' | 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  /**
   * Seconds to stay, with `NoExecute`.
   */
  tolerationSeconds?: number;
}
/**
 * Labels a node must have to run the agent.
 *
 * @default {}
 */
export interface Labels1 {
  [k: string]: LabelValue;
}
/**
 * Affinity of the agent's pods. The default keeps them on Linux, on the two architectures of the image, and off virtual nodes, where a rollout would never end.
 */
export interface AffinityValues {
  /**
   * A Kubernetes NodeAffinity.
   *
   * @default {"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"kubernetes.io/os","operator":"In","values":["linux"]},{"key":"kubernetes.io/arch","operator":"In","values":["amd64","arm64"]},{"key":"eks.amazonaws.com/compute-type","operator":"NotIn","values":["fargate"]},{"key":"type","operator":"NotIn","values":["virtual-kubelet"]},{"key":"liqo.io/type","operator":"NotIn","values":["virtual-node"]}]}]}}
   */
  nodeAffinity?: {
    [k: string]: unknown;
  };
  /**
   * A Kubernetes PodAffinity.
   */
  podAffinity?: {
    [k: string]: unknown;
  };
  /**
   * A Kubernetes PodAntiAffinity.
   */
  podAntiAffinity?: {
    [k: string]: unknown;
  };
}
/**
 * How a new version of the agent is rolled out.
 */
export interface UpdateStrategyValues {
  /**
   * `OnDelete` leaves it to you when each node's agent is replaced.
   *
   * @default "RollingUpdate"
   */
  type?: 'RollingUpdate' | 'OnDelete';
  /**
   * Bounds of a rolling update.
   */
  rollingUpdate?: RollingUpdateValues;
}
/**
 * Bounds of a rolling update.
 */
export interface RollingUpdateValues {
  /**
   * Nodes, or a share of them, whose agent may be down at a time. Encryption goes on in the kernel meanwhile.
   *
   * @default "10%"
   */
  maxUnavailable?: number | string;
}
/**
 * More labels for the agent's pods.
 *
 * @default {}
 */
export interface Labels2 {
  [k: string]: LabelValue;
}
/**
 * More annotations for the agent's pods.
 *
 * @default {}
 */
export interface Annotations {
  [k: string]: string;
}
/**
 * More labels for every object and for the agent's pods.
 *
 * @default {}
 */
export interface Labels3 {
  [k: string]: LabelValue;
}
/**
 * Annotations for every object; those of the agent's pods are `podAnnotations`.
 *
 * @default {}
 */
export interface Annotations1 {
  [k: string]: string;
}
/**
 * The agent's ServiceAccount.
 */
export interface ServiceAccountValues {
  /**
   * Render it. `false`: it exists already.
   *
   * @default true
   */
  create?: boolean;
  /**
   * Its name. Empty: that of the other objects, `podcloak`.
   *
   * @default ""
   */
  name?: string;
  /**
   * Annotations of it.
   *
   * @default {}
   */
  annotations?: Annotations2;
}
/**
 * Annotations of it.
 *
 * @default {}
 */
export interface Annotations2 {
  [k: string]: string;
}
/**
 * What the agent may do at the API server.
 */
export interface RbacValues {
  /**
   * Render the roles and their bindings. `false`: whoever installs has no right to make roles, and somebody else does.
   *
   * @default true
   */
  create?: boolean;
}
/**
 * A ResourceQuota that lets pods of `priorityClassName` run outside kube-system, where some clouds (GKE) ask for one.
 */
export interface ResourceQuotaValues {
  /**
   * Render it.
   *
   * @default false
   */
  create?: boolean;
  /**
   * How many such pods the namespace may have: at least one a node. Written as Kubernetes does, 10k for 10000, no other tool meets a conflict.
   *
   * @default "10k"
   */
  pods?: string;
}
/**
 * What `helm uninstall` does before it deletes anything. Without helm there is no such moment, so `synth` renders nothing for it: `podcloak encryption disable --wait` does the same.
 */
export interface UninstallValues {
  /**
   * Turn encryption off by a Job (a pre-delete hook), and wait until nothing of it is left in any kernel. When a node does not get there in time, nothing is deleted. `false`: `helm uninstall` leaves the kernels as they are, encrypting.
   *
   * @default false
   */
  disableFirst?: boolean;
  /**
   * How long the Job waits for the nodes, in seconds. Helm waits for the Job as long as its own `--timeout` says, 5 minutes if it is not given: that should be a minute more.
   *
   * @default 240
   */
  timeoutSeconds?: number;
  /**
   * Tolerations of the Job's pod, which runs on one of the agents' nodes. Not those of the agents: what tolerates everything may be put on a node that is down.
   *
   * @default [{"key":"node-role.kubernetes.io/control-plane","operator":"Exists","effect":"NoSchedule"},{"key":"CriticalAddonsOnly","operator":"Exists"}]
   */
  tolerations?: Toleration[];
}
/**
 * The agent's Namespace object.
 */
export interface NamespaceValues {
  /**
   * Render the Namespace, with the Pod Security labels that the agent needs.
   *
   * @default false
   */
  create?: boolean;
}
