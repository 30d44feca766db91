// Generated from src/values/schema.json by `npm run generate`. Do not edit.
import func2_ from 'ajv/dist/runtime/ucs2length.js';
const func2 = func2_.default ?? func2_;
import func0_ from 'ajv/dist/runtime/equal.js';
const func0 = func0_.default ?? func0_;

export const validate = validate52;
const schema19 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"PodcloakValues","description":"Values of Podcloak. The names and defaults of the `encryption` block are those of Cilium's chart.","type":"object","additionalProperties":false,"required":["encryption","routingMode","ipv4NativeRoutingCIDR","ipv6NativeRoutingCIDR","image","imagePullSecrets","healthPort","monitoring","priorityClassName","updateStrategy","namespace","serviceAccount","rbac","resourceQuota","k8sServiceHost","k8sServicePort","namespaceOverride","fullnameOverride","uninstall"],"properties":{"encryption":{"title":"EncryptionValues","description":"Encryption of the pod traffic between nodes.","type":"object","additionalProperties":false,"required":["enabled","type","nodeEncryption","strictMode","ipsec","wireguard"],"properties":{"enabled":{"description":"Encrypt pod traffic between nodes. `false` is a state of its own: the agents walk every pair of nodes back to plaintext and remove what they installed.","type":"boolean","default":false},"type":{"description":"How to encrypt. `ipsec` is ESP in tunnel mode; `wireguard` is the kernel's WireGuard, on UDP ports 51871 and 51872.","type":"string","enum":["ipsec","wireguard"],"default":"ipsec"},"nodeEncryption":{"description":"Encrypt traffic between the nodes themselves as well, but for what a cluster needs to start (API server, kubelet, neighbour discovery).","type":"boolean","default":false},"strictMode":{"title":"StrictModeValues","description":"Drop what would otherwise be in plaintext: before a pair of nodes is encrypted, and to nodes without an agent. For either `encryption.type`.","type":"object","additionalProperties":false,"required":["egress","ingress","startupTaint"],"properties":{"enabled":{"description":"An older name of `encryption.strictMode.egress.enabled`.","type":"boolean","deprecated":true},"cidr":{"title":"a CIDR such as 10.244.0.0/16, or a list of such CIDRs","description":"An older name of `encryption.strictMode.egress.cidr`.","anyOf":[{"$ref":"#/$defs/cidr"},{"type":"array","items":{"title":"a CIDR such as 10.244.0.0/16","type":"string","pattern":"^[0-9A-Fa-f:.]+/[0-9]{1,3}$","maxLength":64},"uniqueItems":true}],"deprecated":true},"allowRemoteNodeIdentities":{"description":"An older name of `encryption.strictMode.egress.allowRemoteNodeIdentities`.","type":"boolean","deprecated":true},"egress":{"title":"StrictEgressValues","description":"What pods send.","type":"object","additionalProperties":false,"required":["enabled","cidr","allowRemoteNodeIdentities"],"properties":{"enabled":{"description":"Drop what a node's pods send to the strict CIDRs, unless it leaves encrypted or stays on the node.","type":"boolean","default":false},"cidr":{"title":"a CIDR such as 10.244.0.0/16, or a list of such CIDRs","description":"The strict CIDR, or a list of them, IPv4 and IPv6, for both directions. Empty: those of `ipv4NativeRoutingCIDR` and `ipv6NativeRoutingCIDR` that are set.","anyOf":[{"$ref":"#/$defs/cidr"},{"type":"array","items":{"$ref":"#/$defs/cidr"},"uniqueItems":true}],"default":""},"allowRemoteNodeIdentities":{"description":"Let pods and known nodes whose addresses lie in the strict CIDRs talk in plaintext until the two nodes are encrypted.","type":"boolean","default":false}}},"ingress":{"title":"StrictIngressValues","description":"What pods receive.","type":"object","additionalProperties":false,"required":["enabled"],"properties":{"enabled":{"description":"Drop what comes to a node's pods from the strict CIDRs in plaintext, unless it is from the node itself.","type":"boolean","default":false}}},"startupTaint":{"title":"StartupTaintValues","description":"A taint that keeps pods off a new node until strict mode is in its kernel. You have nodes registered with it; the agent removes it.","type":"object","additionalProperties":false,"required":["enabled","key"],"properties":{"enabled":{"description":"Let each agent remove this taint, and nothing else, from its own Node once the node's kernel holds what the agent wants. It never adds the taint.","type":"boolean","default":false},"key":{"description":"The taint's key, whatever its value and effect. Cluster Autoscaler knows those below `startup-taint.cluster-autoscaler.kubernetes.io/` by itself.","$ref":"#/$defs/taintKey","default":"podcloak.dev/agent-not-ready"}}}}},"ipsec":{"title":"IpsecValues","description":"Tunnel ends and keys of either `encryption.type`. The names are those of Cilium's chart, from when keys were IPsec's alone.","type":"object","additionalProperties":false,"required":["interface","secretName","keyFile","mountPath","keyWatcher","keyRotationDuration","secret","rotation"],"properties":{"interface":{"title":"the name of a network device, or a list of such names","description":"The device, or a list of devices, whose addresses are the tunnel's ends, of IPsec and of WireGuard. Empty: the device of the default route.","anyOf":[{"$ref":"#/$defs/interfaceName"},{"type":"array","items":{"$ref":"#/$defs/interfaceName"},"uniqueItems":true}],"default":""},"secretName":{"description":"Name of the Secret that holds the key lines, in the agent's namespace. WireGuard takes its pre-shared keys from the last line.","$ref":"#/$defs/objectName","default":"cilium-ipsec-keys"},"keyFile":{"description":"Key of that Secret, which is also the file's name under `mountPath`, for either `encryption.type`.","$ref":"#/$defs/secretKey","default":"keys"},"mountPath":{"description":"Where the Secret is mounted in the agent's container, for either `encryption.type`.","$ref":"#/$defs/absolutePath","default":"/etc/ipsec"},"keyVolume":{"description":"Where the key file comes from instead of the Secret: a Kubernetes volume source, such as `hostPath` or `csi`, for keys that you distribute yourself. Empty: the Secret.","type":"object","additionalProperties":true,"default":{}},"keyWatcher":{"description":"Watch the key file and rotate when it changes, with no restart, the SAs of IPsec or the devices of WireGuard.","type":"boolean","default":true},"keyRotationDuration":{"description":"How long a confirmed pair of nodes may keep its previous key at most, in SAs of IPsec or in a device of WireGuard.","$ref":"#/$defs/duration","default":"5m"},"secret":{"title":"IpsecSecretValues","description":"Who makes the Secret.","type":"object","additionalProperties":false,"required":["generate"],"properties":{"generate":{"description":"Render the Secret without data, and a Job in the cluster that puts a fresh random key into it if there is none. The key is in no manifest, no values and no pipeline, and no later apply touches it.","type":"boolean","default":false}}},"rotation":{"title":"RotationValues","description":"Scheduled rotation of the key.","type":"object","additionalProperties":false,"required":["schedule","timeZone"],"properties":{"schedule":{"description":"When a CronJob rotates the key: five fields such as `0 3 * * 0`, or `@weekly` and its like. A run is skipped while the rotation before is unfinished; all of them are while `encryption.enabled` is `false`. Empty: there is no CronJob.","$ref":"#/$defs/schedule","default":""},"timeZone":{"title":"a time zone's name, such as Etc/UTC or Europe/Berlin","description":"The time zone of the schedule, by its name in the IANA database.","type":"string","pattern":"^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$","maxLength":64,"default":"Etc/UTC"}}},"key":{"description":"Key lines to render as the Secret, as in Cilium's guide: `key-id+ algorithm key-in-hex icv-bits`. Give it with `--set-file encryption.ipsec.key=FILE` only. Empty: refer to the Secret that exists.","type":"string","maxLength":65536,"writeOnly":true,"default":""}}},"wireguard":{"title":"WireguardValues","description":"What `encryption.type=wireguard` has beside `encryption.ipsec`.","type":"object","additionalProperties":false,"required":["requireSecret","persistentKeepalive"],"properties":{"requireSecret":{"description":"Wait for the Secret, as IPsec does. `false`: where there is none, pairs are encrypted without a PSK, and nodes believe each other's records as the API server has them. It is `true` in any case while values make a key: `encryption.ipsec.key`, `keyVolume`, `secret.generate` or `rotation.schedule`.","type":"boolean","default":false},"persistentKeepalive":{"description":"How often a node sends a peer something, so that firewalls and NAT between them do not forget the two: whole seconds up to 65535, such as `25s`. `0s`: only what there is to send.","$ref":"#/$defs/duration","default":"0s"}}}}},"routingMode":{"description":"How the CNI carries packets between nodes. `native`: pod addresses are on the wire.","type":"string","enum":["native"],"default":"native"},"ipv4NativeRoutingCIDR":{"description":"The IPv4 range that holds the pods of all nodes, such as `10.244.0.0/16`. At least one of the two ranges is needed to enable encryption.","$ref":"#/$defs/cidr","default":""},"ipv6NativeRoutingCIDR":{"description":"The IPv6 range that holds the pods of all nodes, such as `fd00:10:244::/48`.","$ref":"#/$defs/cidr","default":""},"image":{"title":"ImageValues","description":"The agent's image.","type":"object","additionalProperties":false,"required":["repository","pullPolicy"],"properties":{"repository":{"title":"an image repository such as registry.example/team/podcloak, without a tag or digest","description":"Registry and repository, without a tag.","type":"string","pattern":"^[a-z0-9]+([._-]+[a-z0-9]+)*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$","maxLength":255,"default":"podcloak"},"tag":{"title":"an image tag: at most 128 letters, digits, '_', '.' and '-'","description":"Tag. Empty: this version of Podcloak.","type":"string","pattern":"^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$","default":""},"digest":{"title":"an image digest: sha256: and 64 lower-case hex digits","description":"Digest that pins the image, such as `sha256:` and 64 hex digits. It wins over the tag.","type":"string","pattern":"^(sha256:[0-9a-f]{64})?$","default":""},"pullPolicy":{"description":"When the kubelet pulls the image.","type":"string","enum":["Always","IfNotPresent","Never"],"default":"IfNotPresent"}}},"imagePullSecrets":{"description":"Secrets that hold the registry's credentials.","type":"array","uniqueItems":true,"items":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"description":"Name of the Secret, in the agent's namespace.","$ref":"#/$defs/objectName"}}},"default":[]},"k8sServiceHost":{"title":"a host name or an address, or nothing","description":"Host of the API server, for clusters whose service network does not work before the agents do. Empty: the `kubernetes` service.","type":"string","pattern":"^[A-Za-z0-9.:_-]*$","maxLength":253,"default":""},"k8sServicePort":{"title":"a port from 1 to 65535, or nothing","description":"Its port, with `k8sServiceHost` only. Empty: 443.","anyOf":[{"$ref":"#/$defs/port"},{"type":"string","pattern":"^([1-9][0-9]{0,4})?$"}],"default":""},"healthPort":{"description":"TCP port on loopback, on every node, for the agent's health and readiness.","$ref":"#/$defs/port","default":9989},"monitoring":{"title":"MonitoringValues","description":"Prometheus metrics of the agent.","type":"object","additionalProperties":false,"required":["enabled","port","podMonitor"],"properties":{"enabled":{"description":"Serve `/metrics` on every node.","type":"boolean","default":false},"port":{"description":"TCP port of `/metrics`, on the node's addresses.","$ref":"#/$defs/port","default":9988},"podMonitor":{"title":"PodMonitorValues","description":"A PodMonitor for the Prometheus operator, whose CRDs the cluster must have.","type":"object","additionalProperties":false,"required":["enabled","interval"],"properties":{"enabled":{"description":"Render the PodMonitor.","type":"boolean","default":false},"interval":{"description":"How often to scrape.","$ref":"#/$defs/prometheusDuration","default":"30s"},"labels":{"description":"Labels that your Prometheus selects PodMonitors by.","$ref":"#/$defs/labels","default":{}}}}}},"resources":{"title":"ResourcesValues","description":"Requests and limits of the agent's container.","type":"object","additionalProperties":false,"properties":{"requests":{"description":"What the scheduler reserves.","$ref":"#/$defs/quantities","default":{"cpu":"25m","memory":"128Mi"}},"limits":{"description":"What the kernel enforces. No CPU limit: throttling would slow a key change.","$ref":"#/$defs/quantities","default":{"memory":"512Mi"}}}},"tolerations":{"description":"Tolerations of the agent's pods. A node without an agent is a node whose pods talk in plaintext, so the default tolerates everything.","type":"array","items":{"$ref":"#/$defs/toleration"},"default":[{"operator":"Exists"}]},"nodeSelector":{"description":"Labels a node must have to run the agent.","$ref":"#/$defs/labels","default":{}},"affinity":{"title":"AffinityValues","description":"Affinity of the agent's pods. The default keeps them on Linux, on the two architectures of the image, and off virtual nodes, where a rollout would never end.","type":"object","additionalProperties":false,"properties":{"nodeAffinity":{"description":"A Kubernetes NodeAffinity.","type":"object","additionalProperties":true,"default":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"kubernetes.io/os","operator":"In","values":["linux"]},{"key":"kubernetes.io/arch","operator":"In","values":["amd64","arm64"]},{"key":"eks.amazonaws.com/compute-type","operator":"NotIn","values":["fargate"]},{"key":"type","operator":"NotIn","values":["virtual-kubelet"]},{"key":"liqo.io/type","operator":"NotIn","values":["virtual-node"]}]}]}}},"podAffinity":{"description":"A Kubernetes PodAffinity.","type":"object","additionalProperties":true},"podAntiAffinity":{"description":"A Kubernetes PodAntiAffinity.","type":"object","additionalProperties":true}}},"priorityClassName":{"description":"Priority class of the agent's pods.","$ref":"#/$defs/objectName","default":"system-node-critical"},"updateStrategy":{"title":"UpdateStrategyValues","description":"How a new version of the agent is rolled out.","type":"object","additionalProperties":false,"required":["type"],"properties":{"type":{"description":"`OnDelete` leaves it to you when each node's agent is replaced.","type":"string","enum":["RollingUpdate","OnDelete"],"default":"RollingUpdate"},"rollingUpdate":{"title":"RollingUpdateValues","description":"Bounds of a rolling update.","type":"object","additionalProperties":false,"properties":{"maxUnavailable":{"title":"a number of nodes from 1, or a share such as 10%","description":"Nodes, or a share of them, whose agent may be down at a time. Encryption goes on in the kernel meanwhile.","anyOf":[{"type":"integer","minimum":1},{"type":"string","pattern":"^([1-9][0-9]?|100)%$"}],"default":"10%"}}}}},"podLabels":{"description":"More labels for the agent's pods.","$ref":"#/$defs/labels","default":{}},"podAnnotations":{"description":"More annotations for the agent's pods.","$ref":"#/$defs/annotations","default":{}},"commonLabels":{"description":"More labels for every object and for the agent's pods.","$ref":"#/$defs/labels","default":{}},"commonAnnotations":{"description":"Annotations for every object; those of the agent's pods are `podAnnotations`.","$ref":"#/$defs/annotations","default":{}},"extraEnv":{"description":"More environment variables for the agent, as in a container's `env`.","type":"array","items":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"title":"a variable's name: letters, digits, '_', '.' and '-', no digit first","description":"Name of the variable.","type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_.-]*$"},"value":{"description":"Its value.","type":"string"},"valueFrom":{"description":"Where its value comes from: a Kubernetes EnvVarSource.","type":"object","additionalProperties":true}}},"default":[]},"hostAliases":{"description":"Lines for `/etc/hosts` of the agent's pods, as in a pod's `hostAliases`.","type":"array","items":{"type":"object","additionalProperties":false,"required":["ip","hostnames"],"properties":{"ip":{"title":"an IPv4 or IPv6 address","description":"The address.","type":"string","pattern":"^[0-9A-Fa-f:.]+$"},"hostnames":{"description":"Its names.","type":"array","items":{"type":"string"}}}},"default":[]},"extraVolumes":{"description":"More volumes for the agent's pods, as in a pod's `volumes`.","type":"array","items":{"type":"object","additionalProperties":true,"required":["name"],"properties":{"name":{"description":"Name of the volume.","$ref":"#/$defs/objectName"}}},"default":[]},"extraVolumeMounts":{"description":"Where the agent's container has them, as in a container's `volumeMounts`.","type":"array","items":{"type":"object","additionalProperties":true,"required":["name","mountPath"],"properties":{"name":{"description":"Name of the volume.","$ref":"#/$defs/objectName"},"mountPath":{"description":"The folder or file in the container.","type":"string"}}},"default":[]},"podSecurityContext":{"description":"Security context of the agent's pods, SELinux options among it.","type":"object","additionalProperties":true,"default":{"seccompProfile":{"type":"RuntimeDefault"}}},"securityContext":{"description":"Security context of the agent's container. It needs root and NET_ADMIN, and no more.","type":"object","additionalProperties":true,"default":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"],"add":["NET_ADMIN"]},"privileged":false,"readOnlyRootFilesystem":true,"runAsUser":0,"runAsGroup":0}},"serviceAccount":{"title":"ServiceAccountValues","description":"The agent's ServiceAccount.","type":"object","additionalProperties":false,"required":["create","name"],"properties":{"create":{"description":"Render it. `false`: it exists already.","type":"boolean","default":true},"name":{"title":"a Kubernetes object name, or nothing","description":"Its name. Empty: that of the other objects, `podcloak`.","type":"string","pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$","maxLength":253,"default":""},"annotations":{"description":"Annotations of it.","$ref":"#/$defs/annotations","default":{}}}},"rbac":{"title":"RbacValues","description":"What the agent may do at the API server.","type":"object","additionalProperties":false,"required":["create"],"properties":{"create":{"description":"Render the roles and their bindings. `false`: whoever installs has no right to make roles, and somebody else does.","type":"boolean","default":true}}},"resourceQuota":{"title":"ResourceQuotaValues","description":"A ResourceQuota that lets pods of `priorityClassName` run outside kube-system, where some clouds (GKE) ask for one.","type":"object","additionalProperties":false,"required":["create","pods"],"properties":{"create":{"description":"Render it.","type":"boolean","default":false},"pods":{"title":"a number of pods as a quantity, in quotes, such as \"500\" or 10k","description":"How many such pods the namespace may have: at least one a node. Written as Kubernetes does, 10k for 10000, no other tool meets a conflict.","type":"string","pattern":"^[1-9][0-9]*[kM]?$","maxLength":16,"default":"10k"}}},"extraObjects":{"description":"More objects, rendered as they are. In a cdk8s app add your own to the chart instead. Give each its namespace: `synth` knows which kinds have none as little as helm does.","type":"array","items":{"title":"a Kubernetes object with apiVersion, kind and metadata.name","type":"object","additionalProperties":true,"required":["apiVersion","kind","metadata"],"properties":{"apiVersion":{"description":"Its API group and version.","type":"string","minLength":1},"kind":{"title":"a kind such as NetworkPolicy","description":"Its kind.","type":"string","pattern":"^[A-Z][A-Za-z0-9]*$"},"metadata":{"description":"Its metadata.","type":"object","additionalProperties":true,"required":["name"],"properties":{"name":{"title":"a name without slashes and spaces","description":"Its name.","type":"string","pattern":"^[A-Za-z0-9]([A-Za-z0-9._:-]*[A-Za-z0-9])?$","maxLength":253}}}}},"default":[]},"uninstall":{"title":"UninstallValues","description":"What `helm uninstall` does before it deletes anything. Without helm there is no such moment, so `synth` renders nothing for it: `podcloak encryption disable --wait` does the same.","type":"object","additionalProperties":false,"required":["disableFirst","timeoutSeconds"],"properties":{"disableFirst":{"description":"Turn encryption off by a Job (a pre-delete hook), and wait until nothing of it is left in any kernel. When a node does not get there in time, nothing is deleted. `false`: `helm uninstall` leaves the kernels as they are, encrypting.","type":"boolean","default":false},"timeoutSeconds":{"title":"seconds, from 1 to 86400","description":"How long the Job waits for the nodes, in seconds. Helm waits for the Job as long as its own `--timeout` says, 5 minutes if it is not given: that should be a minute more.","type":"integer","minimum":1,"maximum":86400,"default":240},"tolerations":{"description":"Tolerations of the Job's pod, which runs on one of the agents' nodes. Not those of the agents: what tolerates everything may be put on a node that is down.","type":"array","items":{"$ref":"#/$defs/toleration"},"default":[{"key":"node-role.kubernetes.io/control-plane","operator":"Exists","effect":"NoSchedule"},{"key":"CriticalAddonsOnly","operator":"Exists"}]}}},"namespace":{"title":"NamespaceValues","description":"The agent's Namespace object.","type":"object","additionalProperties":false,"required":["create"],"properties":{"create":{"description":"Render the Namespace, with the Pod Security labels that the agent needs.","type":"boolean","default":false}}},"namespaceOverride":{"title":"a namespace: at most 63 lower-case letters, digits and '-', or nothing","description":"Namespace of all objects, in the place of `--namespace` (`synth`) or the release's (helm).","type":"string","pattern":"^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)?$","default":""},"fullnameOverride":{"title":"a name: at most 50 lower-case letters, digits and '-', or nothing","description":"Name of the objects that have a namespace, in the place of `podcloak`. Those without one keep their names, as there is one installation a cluster.","type":"string","pattern":"^([a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?)?$","default":""},"global":{"description":"Ignored. Charts that include this one pass it.","type":"object","additionalProperties":true},"enabled":{"description":"Ignored. Charts that include this one pass it.","type":"boolean"}},"$defs":{"toleration":{"type":"object","additionalProperties":false,"properties":{"key":{"description":"Taint key. Empty with `Exists`: every taint.","type":"string"},"operator":{"description":"How the key relates to the value.","type":"string","enum":["Exists","Equal"]},"value":{"description":"Taint value.","type":"string"},"effect":{"description":"Taint effect. Empty: all.","type":"string","enum":["","NoSchedule","PreferNoSchedule","NoExecute"]},"tolerationSeconds":{"description":"Seconds to stay, with `NoExecute`.","type":"integer"}}},"duration":{"title":"a duration with units, such as 90s, 5m or 1h30m","type":"string","pattern":"^([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h))+$","maxLength":64},"schedule":{"title":"a cron schedule: minute, hour, day of the month, month and day of the week (0 to 6, Sunday is 0), such as 0 3 * * 0, or @weekly","type":"string","pattern":"^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|([*?]|[0-5]?[0-9](-[0-5]?[0-9])?)(/[1-9][0-9]?)?(,([*?]|[0-5]?[0-9](-[0-5]?[0-9])?)(/[1-9][0-9]?)?)* +([*?]|([01]?[0-9]|2[0-3])(-([01]?[0-9]|2[0-3]))?)(/[1-9][0-9]?)?(,([*?]|([01]?[0-9]|2[0-3])(-([01]?[0-9]|2[0-3]))?)(/[1-9][0-9]?)?)* +([*?]|(0?[1-9]|[12][0-9]|3[01])(-(0?[1-9]|[12][0-9]|3[01]))?)(/[1-9][0-9]?)?(,([*?]|(0?[1-9]|[12][0-9]|3[01])(-(0?[1-9]|[12][0-9]|3[01]))?)(/[1-9][0-9]?)?)* +([*?]|(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]|[Jj][Uu][Nn]|[Jj][Uu][Ll]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc])(-(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]|[Jj][Uu][Nn]|[Jj][Uu][Ll]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc]))?)(/[1-9][0-9]?)?(,([*?]|(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]|[Jj][Uu][Nn]|[Jj][Uu][Ll]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc])(-(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]|[Jj][Uu][Nn]|[Jj][Uu][Ll]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc]))?)(/[1-9][0-9]?)?)* +([*?]|([0-6]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt])(-([0-6]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt]))?)(/[1-9][0-9]?)?(,([*?]|([0-6]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt])(-([0-6]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt]))?)(/[1-9][0-9]?)?)*)?$","maxLength":100},"prometheusDuration":{"title":"a Prometheus duration, such as 30s or 1m","type":"string","pattern":"^(0|([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$","minLength":1,"maxLength":64},"cidr":{"title":"a CIDR such as 10.244.0.0/16, or nothing","type":"string","pattern":"^([0-9A-Fa-f:.]+/[0-9]{1,3})?$","maxLength":64},"interfaceName":{"title":"the name of a network device: at most 15 characters, no slash, colon, comma or space","type":"string","pattern":"^[^\t-\r /:,   - \u2028\u2029  　﻿]*$","maxLength":15},"objectName":{"title":"a Kubernetes object name: lower-case letters, digits, '-' and '.'","type":"string","pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$","maxLength":253},"secretKey":{"title":"a key of a Secret: letters, digits, '-', '_' and '.'","type":"string","pattern":"^[-_a-zA-Z0-9][-._a-zA-Z0-9]*$","maxLength":253},"absolutePath":{"title":"an absolute path without ':' or '..'","type":"string","pattern":"^(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$","maxLength":253},"port":{"title":"a port from 1 to 65535","type":"integer","minimum":1,"maximum":65535},"labels":{"title":"a map of Kubernetes labels (quote values such as \"true\" or \"1\")","type":"object","propertyNames":{"pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","maxLength":317},"additionalProperties":{"$ref":"#/$defs/labelValue"}},"taintKey":{"title":"a taint's key, such as podcloak.dev/agent-not-ready","type":"string","pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","maxLength":317},"labelValue":{"title":"a label value: at most 63 letters, digits, '-', '_' and '.', in quotes where YAML would read something else","type":"string","pattern":"^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$","maxLength":63},"annotations":{"title":"a map of strings (quote values such as \"true\" or \"1\")","type":"object","propertyNames":{"pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","maxLength":317},"additionalProperties":{"type":"string"}},"quantities":{"title":"a map of quantities, such as cpu: 25m","type":"object","additionalProperties":{"title":"a quantity such as 25m, 1 or 128Mi","anyOf":[{"type":"number","minimum":0},{"type":"string","pattern":"^[0-9]+(\\.[0-9]+)?([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$"}]}}}};
const func1 = Object.prototype.hasOwnProperty;


const schema20 = {"title":"a CIDR such as 10.244.0.0/16, or nothing","type":"string","pattern":"^([0-9A-Fa-f:.]+/[0-9]{1,3})?$","maxLength":64};
const pattern3 = new RegExp("^([0-9A-Fa-f:.]+/[0-9]{1,3})?$", "u");

function validate53(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate53.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func2(data) > 64){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 64}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern3.test(data)){
const err1 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^([0-9A-Fa-f:.]+/[0-9]{1,3})?$"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate53.errors = vErrors;
return errors === 0;
}
validate53.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema21 = {"title":"a taint's key, such as podcloak.dev/agent-not-ready","type":"string","pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","maxLength":317};
const pattern5 = new RegExp("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$", "u");

function validate57(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate57.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func2(data) > 317){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 317}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern5.test(data)){
const err1 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate57.errors = vErrors;
return errors === 0;
}
validate57.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema22 = {"title":"the name of a network device: at most 15 characters, no slash, colon, comma or space","type":"string","pattern":"^[^\t-\r /:,   - \u2028\u2029  　﻿]*$","maxLength":15};
const pattern6 = new RegExp("^[^\t-\r /:,   - \u2028\u2029  　﻿]*$", "u");

function validate59(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate59.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func2(data) > 15){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 15}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern6.test(data)){
const err1 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[^\t-\r /:,   - \u2028\u2029  　﻿]*$"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate59.errors = vErrors;
return errors === 0;
}
validate59.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema23 = {"title":"a Kubernetes object name: lower-case letters, digits, '-' and '.'","type":"string","pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$","maxLength":253};
const pattern7 = new RegExp("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", "u");

function validate62(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate62.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func2(data) > 253){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 253}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern7.test(data)){
const err1 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate62.errors = vErrors;
return errors === 0;
}
validate62.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema24 = {"title":"a key of a Secret: letters, digits, '-', '_' and '.'","type":"string","pattern":"^[-_a-zA-Z0-9][-._a-zA-Z0-9]*$","maxLength":253};
const pattern8 = new RegExp("^[-_a-zA-Z0-9][-._a-zA-Z0-9]*$", "u");

function validate64(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate64.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func2(data) > 253){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 253}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern8.test(data)){
const err1 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[-_a-zA-Z0-9][-._a-zA-Z0-9]*$"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate64.errors = vErrors;
return errors === 0;
}
validate64.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema25 = {"title":"an absolute path without ':' or '..'","type":"string","pattern":"^(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$","maxLength":253};
const pattern9 = new RegExp("^(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$", "u");

function validate66(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate66.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func2(data) > 253){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 253}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern9.test(data)){
const err1 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate66.errors = vErrors;
return errors === 0;
}
validate66.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema26 = {"title":"a duration with units, such as 90s, 5m or 1h30m","type":"string","pattern":"^([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h))+$","maxLength":64};
const pattern10 = new RegExp("^([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h))+$", "u");

function validate68(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate68.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func2(data) > 64){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 64}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern10.test(data)){
const err1 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h))+$"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate68.errors = vErrors;
return errors === 0;
}
validate68.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema27 = {"title":"a cron schedule: minute, hour, day of the month, month and day of the week (0 to 6, Sunday is 0), such as 0 3 * * 0, or @weekly","type":"string","pattern":"^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|([*?]|[0-5]?[0-9](-[0-5]?[0-9])?)(/[1-9][0-9]?)?(,([*?]|[0-5]?[0-9](-[0-5]?[0-9])?)(/[1-9][0-9]?)?)* +([*?]|([01]?[0-9]|2[0-3])(-([01]?[0-9]|2[0-3]))?)(/[1-9][0-9]?)?(,([*?]|([01]?[0-9]|2[0-3])(-([01]?[0-9]|2[0-3]))?)(/[1-9][0-9]?)?)* +([*?]|(0?[1-9]|[12][0-9]|3[01])(-(0?[1-9]|[12][0-9]|3[01]))?)(/[1-9][0-9]?)?(,([*?]|(0?[1-9]|[12][0-9]|3[01])(-(0?[1-9]|[12][0-9]|3[01]))?)(/[1-9][0-9]?)?)* +([*?]|(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]|[Jj][Uu][Nn]|[Jj][Uu][Ll]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc])(-(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]|[Jj][Uu][Nn]|[Jj][Uu][Ll]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc]))?)(/[1-9][0-9]?)?(,([*?]|(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]|[Jj][Uu][Nn]|[Jj][Uu][Ll]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc])(-(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]|[Jj][Uu][Nn]|[Jj][Uu][Ll]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc]))?)(/[1-9][0-9]?)?)* +([*?]|([0-6]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt])(-([0-6]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt]))?)(/[1-9][0-9]?)?(,([*?]|([0-6]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt])(-([0-6]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt]))?)(/[1-9][0-9]?)?)*)?$","maxLength":100};
const pattern11 = new RegExp("^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|([*?]|[0-5]?[0-9](-[0-5]?[0-9])?)(/[1-9][0-9]?)?(,([*?]|[0-5]?[0-9](-[0-5]?[0-9])?)(/[1-9][0-9]?)?)* +([*?]|([01]?[0-9]|2[0-3])(-([01]?[0-9]|2[0-3]))?)(/[1-9][0-9]?)?(,([*?]|([01]?[0-9]|2[0-3])(-([01]?[0-9]|2[0-3]))?)(/[1-9][0-9]?)?)* +([*?]|(0?[1-9]|[12][0-9]|3[01])(-(0?[1-9]|[12][0-9]|3[01]))?)(/[1-9][0-9]?)?(,([*?]|(0?[1-9]|[12][0-9]|3[01])(-(0?[1-9]|[12][0-9]|3[01]))?)(/[1-9][0-9]?)?)* +([*?]|(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]|[Jj][Uu][Nn]|[Jj][Uu][Ll]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc])(-(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]|[Jj][Uu][Nn]|[Jj][Uu][Ll]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc]))?)(/[1-9][0-9]?)?(,([*?]|(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]|[Jj][Uu][Nn]|[Jj][Uu][Ll]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc])(-(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]|[Jj][Uu][Nn]|[Jj][Uu][Ll]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc]))?)(/[1-9][0-9]?)?)* +([*?]|([0-6]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt])(-([0-6]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt]))?)(/[1-9][0-9]?)?(,([*?]|([0-6]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt])(-([0-6]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt]))?)(/[1-9][0-9]?)?)*)?$", "u");

function validate70(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate70.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func2(data) > 100){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 100}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern11.test(data)){
const err1 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|([*?]|[0-5]?[0-9](-[0-5]?[0-9])?)(/[1-9][0-9]?)?(,([*?]|[0-5]?[0-9](-[0-5]?[0-9])?)(/[1-9][0-9]?)?)* +([*?]|([01]?[0-9]|2[0-3])(-([01]?[0-9]|2[0-3]))?)(/[1-9][0-9]?)?(,([*?]|([01]?[0-9]|2[0-3])(-([01]?[0-9]|2[0-3]))?)(/[1-9][0-9]?)?)* +([*?]|(0?[1-9]|[12][0-9]|3[01])(-(0?[1-9]|[12][0-9]|3[01]))?)(/[1-9][0-9]?)?(,([*?]|(0?[1-9]|[12][0-9]|3[01])(-(0?[1-9]|[12][0-9]|3[01]))?)(/[1-9][0-9]?)?)* +([*?]|(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]|[Jj][Uu][Nn]|[Jj][Uu][Ll]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc])(-(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]|[Jj][Uu][Nn]|[Jj][Uu][Ll]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc]))?)(/[1-9][0-9]?)?(,([*?]|(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]|[Jj][Uu][Nn]|[Jj][Uu][Ll]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc])(-(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]|[Jj][Uu][Nn]|[Jj][Uu][Ll]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc]))?)(/[1-9][0-9]?)?)* +([*?]|([0-6]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt])(-([0-6]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt]))?)(/[1-9][0-9]?)?(,([*?]|([0-6]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt])(-([0-6]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt]))?)(/[1-9][0-9]?)?)*)?$"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate70.errors = vErrors;
return errors === 0;
}
validate70.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema28 = {"title":"a port from 1 to 65535","type":"integer","minimum":1,"maximum":65535};

function validate76(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate76.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 65535 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data < 1 || isNaN(data)){
const err2 = {instancePath,schemaPath:"#/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
validate76.errors = vErrors;
return errors === 0;
}
validate76.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema29 = {"title":"a Prometheus duration, such as 30s or 1m","type":"string","pattern":"^(0|([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$","minLength":1,"maxLength":64};
const pattern18 = new RegExp("^(0|([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$", "u");

function validate80(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate80.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func2(data) > 64){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 64}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(func2(data) < 1){
const err1 = {instancePath,schemaPath:"#/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!pattern18.test(data)){
const err2 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(0|([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate80.errors = vErrors;
return errors === 0;
}
validate80.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema30 = {"title":"a map of Kubernetes labels (quote values such as \"true\" or \"1\")","type":"object","propertyNames":{"pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","maxLength":317},"additionalProperties":{"$ref":"#/$defs/labelValue"}};
const schema31 = {"title":"a label value: at most 63 letters, digits, '-', '_' and '.', in quotes where YAML would read something else","type":"string","pattern":"^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$","maxLength":63};
const pattern20 = new RegExp("^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$", "u");

function validate83(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate83.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func2(data) > 63){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 63}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern20.test(data)){
const err1 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate83.errors = vErrors;
return errors === 0;
}
validate83.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate82(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate82.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(func2(key0) > 317){
const err0 = {instancePath,schemaPath:"#/propertyNames/maxLength",keyword:"maxLength",params:{limit: 317},propertyName:key0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern5.test(key0)){
const err1 = {instancePath,schemaPath:"#/propertyNames/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"},propertyName:key0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var valid0 = _errs1 === errors;
if(!valid0){
const err2 = {instancePath,schemaPath:"#/propertyNames",keyword:"propertyNames",params:{propertyName: key0}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
for(const key1 in data){
if(!(validate83(data[key1], {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate82.errors = vErrors;
return errors === 0;
}
validate82.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema32 = {"title":"a map of quantities, such as cpu: 25m","type":"object","additionalProperties":{"title":"a quantity such as 25m, 1 or 128Mi","anyOf":[{"type":"number","minimum":0},{"type":"string","pattern":"^[0-9]+(\\.[0-9]+)?([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$"}]}};
const pattern21 = new RegExp("^[0-9]+(\\.[0-9]+)?([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$", "u");

function validate86(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate86.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
let data0 = data[key0];
const _errs3 = errors;
let valid1 = false;
const _errs4 = errors;
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 0 || isNaN(data0)){
const err0 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/anyOf/0/type",keyword:"type",params:{type: "number"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs4 === errors;
valid1 = valid1 || _valid0;
const _errs6 = errors;
if(typeof data0 === "string"){
if(!pattern21.test(data0)){
const err2 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/anyOf/1/pattern",keyword:"pattern",params:{pattern: "^[0-9]+(\\.[0-9]+)?([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/anyOf/1/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs6 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const err4 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
else {
errors = _errs3;
if(vErrors !== null){
if(_errs3){
vErrors.length = _errs3;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate86.errors = vErrors;
return errors === 0;
}
validate86.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema33 = {"type":"object","additionalProperties":false,"properties":{"key":{"description":"Taint key. Empty with `Exists`: every taint.","type":"string"},"operator":{"description":"How the key relates to the value.","type":"string","enum":["Exists","Equal"]},"value":{"description":"Taint value.","type":"string"},"effect":{"description":"Taint effect. Empty: all.","type":"string","enum":["","NoSchedule","PreferNoSchedule","NoExecute"]},"tolerationSeconds":{"description":"Seconds to stay, with `NoExecute`.","type":"integer"}}};

function validate89(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate89.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "key") || (key0 === "operator")) || (key0 === "value")) || (key0 === "effect")) || (key0 === "tolerationSeconds"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.key !== undefined){
if(typeof data.key !== "string"){
const err1 = {instancePath:instancePath+"/key",schemaPath:"#/properties/key/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.operator !== undefined){
let data1 = data.operator;
if(typeof data1 !== "string"){
const err2 = {instancePath:instancePath+"/operator",schemaPath:"#/properties/operator/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!((data1 === "Exists") || (data1 === "Equal"))){
const err3 = {instancePath:instancePath+"/operator",schemaPath:"#/properties/operator/enum",keyword:"enum",params:{allowedValues: schema33.properties.operator.enum}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.value !== undefined){
if(typeof data.value !== "string"){
const err4 = {instancePath:instancePath+"/value",schemaPath:"#/properties/value/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.effect !== undefined){
let data3 = data.effect;
if(typeof data3 !== "string"){
const err5 = {instancePath:instancePath+"/effect",schemaPath:"#/properties/effect/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(!((((data3 === "") || (data3 === "NoSchedule")) || (data3 === "PreferNoSchedule")) || (data3 === "NoExecute"))){
const err6 = {instancePath:instancePath+"/effect",schemaPath:"#/properties/effect/enum",keyword:"enum",params:{allowedValues: schema33.properties.effect.enum}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.tolerationSeconds !== undefined){
let data4 = data.tolerationSeconds;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err7 = {instancePath:instancePath+"/tolerationSeconds",schemaPath:"#/properties/tolerationSeconds/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate89.errors = vErrors;
return errors === 0;
}
validate89.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema34 = {"title":"a map of strings (quote values such as \"true\" or \"1\")","type":"object","propertyNames":{"pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","maxLength":317},"additionalProperties":{"type":"string"}};

function validate94(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate94.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(func2(key0) > 317){
const err0 = {instancePath,schemaPath:"#/propertyNames/maxLength",keyword:"maxLength",params:{limit: 317},propertyName:key0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern5.test(key0)){
const err1 = {instancePath,schemaPath:"#/propertyNames/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"},propertyName:key0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var valid0 = _errs1 === errors;
if(!valid0){
const err2 = {instancePath,schemaPath:"#/propertyNames",keyword:"propertyNames",params:{propertyName: key0}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
for(const key1 in data){
if(typeof data[key1] !== "string"){
const err3 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate94.errors = vErrors;
return errors === 0;
}
validate94.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern4 = new RegExp("^[0-9A-Fa-f:.]+/[0-9]{1,3}$", "u");
const pattern12 = new RegExp("^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$", "u");
const pattern13 = new RegExp("^[a-z0-9]+([._-]+[a-z0-9]+)*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$", "u");
const pattern14 = new RegExp("^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$", "u");
const pattern15 = new RegExp("^(sha256:[0-9a-f]{64})?$", "u");
const pattern16 = new RegExp("^[A-Za-z0-9.:_-]*$", "u");
const pattern17 = new RegExp("^([1-9][0-9]{0,4})?$", "u");
const pattern22 = new RegExp("^([1-9][0-9]?|100)%$", "u");
const pattern24 = new RegExp("^[A-Za-z_][A-Za-z0-9_.-]*$", "u");
const pattern25 = new RegExp("^[0-9A-Fa-f:.]+$", "u");
const pattern26 = new RegExp("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$", "u");
const pattern27 = new RegExp("^[1-9][0-9]*[kM]?$", "u");
const pattern28 = new RegExp("^[A-Z][A-Za-z0-9]*$", "u");
const pattern29 = new RegExp("^[A-Za-z0-9]([A-Za-z0-9._:-]*[A-Za-z0-9])?$", "u");
const pattern30 = new RegExp("^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)?$", "u");
const pattern31 = new RegExp("^([a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?)?$", "u");

function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate52.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.encryption === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "encryption"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.routingMode === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "routingMode"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.ipv4NativeRoutingCIDR === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "ipv4NativeRoutingCIDR"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.ipv6NativeRoutingCIDR === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "ipv6NativeRoutingCIDR"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.image === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "image"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.imagePullSecrets === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "imagePullSecrets"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.healthPort === undefined){
const err6 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "healthPort"}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data.monitoring === undefined){
const err7 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "monitoring"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data.priorityClassName === undefined){
const err8 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "priorityClassName"}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data.updateStrategy === undefined){
const err9 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "updateStrategy"}};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data.namespace === undefined){
const err10 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "namespace"}};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data.serviceAccount === undefined){
const err11 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "serviceAccount"}};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data.rbac === undefined){
const err12 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "rbac"}};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data.resourceQuota === undefined){
const err13 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "resourceQuota"}};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data.k8sServiceHost === undefined){
const err14 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "k8sServiceHost"}};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data.k8sServicePort === undefined){
const err15 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "k8sServicePort"}};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data.namespaceOverride === undefined){
const err16 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "namespaceOverride"}};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data.fullnameOverride === undefined){
const err17 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "fullnameOverride"}};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data.uninstall === undefined){
const err18 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "uninstall"}};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema19.properties, key0))){
const err19 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.encryption !== undefined){
let data0 = data.encryption;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.enabled === undefined){
const err20 = {instancePath:instancePath+"/encryption",schemaPath:"#/properties/encryption/required",keyword:"required",params:{missingProperty: "enabled"}};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data0.type === undefined){
const err21 = {instancePath:instancePath+"/encryption",schemaPath:"#/properties/encryption/required",keyword:"required",params:{missingProperty: "type"}};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data0.nodeEncryption === undefined){
const err22 = {instancePath:instancePath+"/encryption",schemaPath:"#/properties/encryption/required",keyword:"required",params:{missingProperty: "nodeEncryption"}};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(data0.strictMode === undefined){
const err23 = {instancePath:instancePath+"/encryption",schemaPath:"#/properties/encryption/required",keyword:"required",params:{missingProperty: "strictMode"}};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data0.ipsec === undefined){
const err24 = {instancePath:instancePath+"/encryption",schemaPath:"#/properties/encryption/required",keyword:"required",params:{missingProperty: "ipsec"}};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data0.wireguard === undefined){
const err25 = {instancePath:instancePath+"/encryption",schemaPath:"#/properties/encryption/required",keyword:"required",params:{missingProperty: "wireguard"}};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
for(const key1 in data0){
if(!((((((key1 === "enabled") || (key1 === "type")) || (key1 === "nodeEncryption")) || (key1 === "strictMode")) || (key1 === "ipsec")) || (key1 === "wireguard"))){
const err26 = {instancePath:instancePath+"/encryption",schemaPath:"#/properties/encryption/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1}};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data0.enabled !== undefined){
if(typeof data0.enabled !== "boolean"){
const err27 = {instancePath:instancePath+"/encryption/enabled",schemaPath:"#/properties/encryption/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data0.type !== undefined){
let data2 = data0.type;
if(typeof data2 !== "string"){
const err28 = {instancePath:instancePath+"/encryption/type",schemaPath:"#/properties/encryption/properties/type/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(!((data2 === "ipsec") || (data2 === "wireguard"))){
const err29 = {instancePath:instancePath+"/encryption/type",schemaPath:"#/properties/encryption/properties/type/enum",keyword:"enum",params:{allowedValues: schema19.properties.encryption.properties.type.enum}};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data0.nodeEncryption !== undefined){
if(typeof data0.nodeEncryption !== "boolean"){
const err30 = {instancePath:instancePath+"/encryption/nodeEncryption",schemaPath:"#/properties/encryption/properties/nodeEncryption/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data0.strictMode !== undefined){
let data4 = data0.strictMode;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.egress === undefined){
const err31 = {instancePath:instancePath+"/encryption/strictMode",schemaPath:"#/properties/encryption/properties/strictMode/required",keyword:"required",params:{missingProperty: "egress"}};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(data4.ingress === undefined){
const err32 = {instancePath:instancePath+"/encryption/strictMode",schemaPath:"#/properties/encryption/properties/strictMode/required",keyword:"required",params:{missingProperty: "ingress"}};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(data4.startupTaint === undefined){
const err33 = {instancePath:instancePath+"/encryption/strictMode",schemaPath:"#/properties/encryption/properties/strictMode/required",keyword:"required",params:{missingProperty: "startupTaint"}};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
for(const key2 in data4){
if(!((((((key2 === "enabled") || (key2 === "cidr")) || (key2 === "allowRemoteNodeIdentities")) || (key2 === "egress")) || (key2 === "ingress")) || (key2 === "startupTaint"))){
const err34 = {instancePath:instancePath+"/encryption/strictMode",schemaPath:"#/properties/encryption/properties/strictMode/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2}};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data4.enabled !== undefined){
if(typeof data4.enabled !== "boolean"){
const err35 = {instancePath:instancePath+"/encryption/strictMode/enabled",schemaPath:"#/properties/encryption/properties/strictMode/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data4.cidr !== undefined){
let data6 = data4.cidr;
const _errs17 = errors;
let valid3 = false;
const _errs18 = errors;
if(!(validate53(data6, {instancePath:instancePath+"/encryption/strictMode/cidr",parentData:data4,parentDataProperty:"cidr",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
var _valid0 = _errs18 === errors;
valid3 = valid3 || _valid0;
const _errs19 = errors;
if(Array.isArray(data6)){
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(typeof data7 === "string"){
if(func2(data7) > 64){
const err36 = {instancePath:instancePath+"/encryption/strictMode/cidr/" + i0,schemaPath:"#/properties/encryption/properties/strictMode/properties/cidr/anyOf/1/items/maxLength",keyword:"maxLength",params:{limit: 64}};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(!pattern4.test(data7)){
const err37 = {instancePath:instancePath+"/encryption/strictMode/cidr/" + i0,schemaPath:"#/properties/encryption/properties/strictMode/properties/cidr/anyOf/1/items/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f:.]+/[0-9]{1,3}$"}};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
else {
const err38 = {instancePath:instancePath+"/encryption/strictMode/cidr/" + i0,schemaPath:"#/properties/encryption/properties/strictMode/properties/cidr/anyOf/1/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
let i1 = data6.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data6[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err39 = {instancePath:instancePath+"/encryption/strictMode/cidr",schemaPath:"#/properties/encryption/properties/strictMode/properties/cidr/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0}};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err40 = {instancePath:instancePath+"/encryption/strictMode/cidr",schemaPath:"#/properties/encryption/properties/strictMode/properties/cidr/anyOf/1/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
var _valid0 = _errs19 === errors;
valid3 = valid3 || _valid0;
if(!valid3){
const err41 = {instancePath:instancePath+"/encryption/strictMode/cidr",schemaPath:"#/properties/encryption/properties/strictMode/properties/cidr/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
else {
errors = _errs17;
if(vErrors !== null){
if(_errs17){
vErrors.length = _errs17;
}
else {
vErrors = null;
}
}
}
}
if(data4.allowRemoteNodeIdentities !== undefined){
if(typeof data4.allowRemoteNodeIdentities !== "boolean"){
const err42 = {instancePath:instancePath+"/encryption/strictMode/allowRemoteNodeIdentities",schemaPath:"#/properties/encryption/properties/strictMode/properties/allowRemoteNodeIdentities/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data4.egress !== undefined){
let data9 = data4.egress;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.enabled === undefined){
const err43 = {instancePath:instancePath+"/encryption/strictMode/egress",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/required",keyword:"required",params:{missingProperty: "enabled"}};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if(data9.cidr === undefined){
const err44 = {instancePath:instancePath+"/encryption/strictMode/egress",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/required",keyword:"required",params:{missingProperty: "cidr"}};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(data9.allowRemoteNodeIdentities === undefined){
const err45 = {instancePath:instancePath+"/encryption/strictMode/egress",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/required",keyword:"required",params:{missingProperty: "allowRemoteNodeIdentities"}};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
for(const key3 in data9){
if(!(((key3 === "enabled") || (key3 === "cidr")) || (key3 === "allowRemoteNodeIdentities"))){
const err46 = {instancePath:instancePath+"/encryption/strictMode/egress",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3}};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data9.enabled !== undefined){
if(typeof data9.enabled !== "boolean"){
const err47 = {instancePath:instancePath+"/encryption/strictMode/egress/enabled",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data9.cidr !== undefined){
let data11 = data9.cidr;
const _errs31 = errors;
let valid8 = false;
const _errs32 = errors;
if(!(validate53(data11, {instancePath:instancePath+"/encryption/strictMode/egress/cidr",parentData:data9,parentDataProperty:"cidr",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
var _valid1 = _errs32 === errors;
valid8 = valid8 || _valid1;
const _errs33 = errors;
if(Array.isArray(data11)){
const len1 = data11.length;
for(let i2=0; i2<len1; i2++){
if(!(validate53(data11[i2], {instancePath:instancePath+"/encryption/strictMode/egress/cidr/" + i2,parentData:data11,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
let i3 = data11.length;
let j1;
if(i3 > 1){
outer0:
for(;i3--;){
for(j1 = i3; j1--;){
if(func0(data11[i3], data11[j1])){
const err48 = {instancePath:instancePath+"/encryption/strictMode/egress/cidr",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/properties/cidr/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j1}};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
break outer0;
}
}
}
}
}
else {
const err49 = {instancePath:instancePath+"/encryption/strictMode/egress/cidr",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/properties/cidr/anyOf/1/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
var _valid1 = _errs33 === errors;
valid8 = valid8 || _valid1;
if(!valid8){
const err50 = {instancePath:instancePath+"/encryption/strictMode/egress/cidr",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/properties/cidr/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
else {
errors = _errs31;
if(vErrors !== null){
if(_errs31){
vErrors.length = _errs31;
}
else {
vErrors = null;
}
}
}
}
if(data9.allowRemoteNodeIdentities !== undefined){
if(typeof data9.allowRemoteNodeIdentities !== "boolean"){
const err51 = {instancePath:instancePath+"/encryption/strictMode/egress/allowRemoteNodeIdentities",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/properties/allowRemoteNodeIdentities/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
else {
const err52 = {instancePath:instancePath+"/encryption/strictMode/egress",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data4.ingress !== undefined){
let data14 = data4.ingress;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(data14.enabled === undefined){
const err53 = {instancePath:instancePath+"/encryption/strictMode/ingress",schemaPath:"#/properties/encryption/properties/strictMode/properties/ingress/required",keyword:"required",params:{missingProperty: "enabled"}};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
for(const key4 in data14){
if(!(key4 === "enabled")){
const err54 = {instancePath:instancePath+"/encryption/strictMode/ingress",schemaPath:"#/properties/encryption/properties/strictMode/properties/ingress/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4}};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data14.enabled !== undefined){
if(typeof data14.enabled !== "boolean"){
const err55 = {instancePath:instancePath+"/encryption/strictMode/ingress/enabled",schemaPath:"#/properties/encryption/properties/strictMode/properties/ingress/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
}
else {
const err56 = {instancePath:instancePath+"/encryption/strictMode/ingress",schemaPath:"#/properties/encryption/properties/strictMode/properties/ingress/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data4.startupTaint !== undefined){
let data16 = data4.startupTaint;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(data16.enabled === undefined){
const err57 = {instancePath:instancePath+"/encryption/strictMode/startupTaint",schemaPath:"#/properties/encryption/properties/strictMode/properties/startupTaint/required",keyword:"required",params:{missingProperty: "enabled"}};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
if(data16.key === undefined){
const err58 = {instancePath:instancePath+"/encryption/strictMode/startupTaint",schemaPath:"#/properties/encryption/properties/strictMode/properties/startupTaint/required",keyword:"required",params:{missingProperty: "key"}};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
for(const key5 in data16){
if(!((key5 === "enabled") || (key5 === "key"))){
const err59 = {instancePath:instancePath+"/encryption/strictMode/startupTaint",schemaPath:"#/properties/encryption/properties/strictMode/properties/startupTaint/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5}};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data16.enabled !== undefined){
if(typeof data16.enabled !== "boolean"){
const err60 = {instancePath:instancePath+"/encryption/strictMode/startupTaint/enabled",schemaPath:"#/properties/encryption/properties/strictMode/properties/startupTaint/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data16.key !== undefined){
if(!(validate57(data16.key, {instancePath:instancePath+"/encryption/strictMode/startupTaint/key",parentData:data16,parentDataProperty:"key",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
}
else {
const err61 = {instancePath:instancePath+"/encryption/strictMode/startupTaint",schemaPath:"#/properties/encryption/properties/strictMode/properties/startupTaint/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
}
else {
const err62 = {instancePath:instancePath+"/encryption/strictMode",schemaPath:"#/properties/encryption/properties/strictMode/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
if(data0.ipsec !== undefined){
let data19 = data0.ipsec;
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
if(data19.interface === undefined){
const err63 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "interface"}};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
if(data19.secretName === undefined){
const err64 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "secretName"}};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
if(data19.keyFile === undefined){
const err65 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "keyFile"}};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
if(data19.mountPath === undefined){
const err66 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "mountPath"}};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if(data19.keyWatcher === undefined){
const err67 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "keyWatcher"}};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
if(data19.keyRotationDuration === undefined){
const err68 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "keyRotationDuration"}};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
if(data19.secret === undefined){
const err69 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "secret"}};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
if(data19.rotation === undefined){
const err70 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "rotation"}};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
for(const key6 in data19){
if(!(func1.call(schema19.properties.encryption.properties.ipsec.properties, key6))){
const err71 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6}};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data19.interface !== undefined){
let data20 = data19.interface;
const _errs53 = errors;
let valid15 = false;
const _errs54 = errors;
if(!(validate59(data20, {instancePath:instancePath+"/encryption/ipsec/interface",parentData:data19,parentDataProperty:"interface",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
var _valid2 = _errs54 === errors;
valid15 = valid15 || _valid2;
const _errs55 = errors;
if(Array.isArray(data20)){
const len2 = data20.length;
for(let i4=0; i4<len2; i4++){
if(!(validate59(data20[i4], {instancePath:instancePath+"/encryption/ipsec/interface/" + i4,parentData:data20,parentDataProperty:i4,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
let i5 = data20.length;
let j2;
if(i5 > 1){
outer1:
for(;i5--;){
for(j2 = i5; j2--;){
if(func0(data20[i5], data20[j2])){
const err72 = {instancePath:instancePath+"/encryption/ipsec/interface",schemaPath:"#/properties/encryption/properties/ipsec/properties/interface/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i5, j: j2}};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
break outer1;
}
}
}
}
}
else {
const err73 = {instancePath:instancePath+"/encryption/ipsec/interface",schemaPath:"#/properties/encryption/properties/ipsec/properties/interface/anyOf/1/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
var _valid2 = _errs55 === errors;
valid15 = valid15 || _valid2;
if(!valid15){
const err74 = {instancePath:instancePath+"/encryption/ipsec/interface",schemaPath:"#/properties/encryption/properties/ipsec/properties/interface/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
else {
errors = _errs53;
if(vErrors !== null){
if(_errs53){
vErrors.length = _errs53;
}
else {
vErrors = null;
}
}
}
}
if(data19.secretName !== undefined){
if(!(validate62(data19.secretName, {instancePath:instancePath+"/encryption/ipsec/secretName",parentData:data19,parentDataProperty:"secretName",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data19.keyFile !== undefined){
if(!(validate64(data19.keyFile, {instancePath:instancePath+"/encryption/ipsec/keyFile",parentData:data19,parentDataProperty:"keyFile",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
}
if(data19.mountPath !== undefined){
if(!(validate66(data19.mountPath, {instancePath:instancePath+"/encryption/ipsec/mountPath",parentData:data19,parentDataProperty:"mountPath",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
errors = vErrors.length;
}
}
if(data19.keyVolume !== undefined){
let data25 = data19.keyVolume;
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
}
else {
const err75 = {instancePath:instancePath+"/encryption/ipsec/keyVolume",schemaPath:"#/properties/encryption/properties/ipsec/properties/keyVolume/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data19.keyWatcher !== undefined){
if(typeof data19.keyWatcher !== "boolean"){
const err76 = {instancePath:instancePath+"/encryption/ipsec/keyWatcher",schemaPath:"#/properties/encryption/properties/ipsec/properties/keyWatcher/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
if(data19.keyRotationDuration !== undefined){
if(!(validate68(data19.keyRotationDuration, {instancePath:instancePath+"/encryption/ipsec/keyRotationDuration",parentData:data19,parentDataProperty:"keyRotationDuration",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate68.errors : vErrors.concat(validate68.errors);
errors = vErrors.length;
}
}
if(data19.secret !== undefined){
let data28 = data19.secret;
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
if(data28.generate === undefined){
const err77 = {instancePath:instancePath+"/encryption/ipsec/secret",schemaPath:"#/properties/encryption/properties/ipsec/properties/secret/required",keyword:"required",params:{missingProperty: "generate"}};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
for(const key7 in data28){
if(!(key7 === "generate")){
const err78 = {instancePath:instancePath+"/encryption/ipsec/secret",schemaPath:"#/properties/encryption/properties/ipsec/properties/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7}};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data28.generate !== undefined){
if(typeof data28.generate !== "boolean"){
const err79 = {instancePath:instancePath+"/encryption/ipsec/secret/generate",schemaPath:"#/properties/encryption/properties/ipsec/properties/secret/properties/generate/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
}
else {
const err80 = {instancePath:instancePath+"/encryption/ipsec/secret",schemaPath:"#/properties/encryption/properties/ipsec/properties/secret/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data19.rotation !== undefined){
let data30 = data19.rotation;
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
if(data30.schedule === undefined){
const err81 = {instancePath:instancePath+"/encryption/ipsec/rotation",schemaPath:"#/properties/encryption/properties/ipsec/properties/rotation/required",keyword:"required",params:{missingProperty: "schedule"}};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
if(data30.timeZone === undefined){
const err82 = {instancePath:instancePath+"/encryption/ipsec/rotation",schemaPath:"#/properties/encryption/properties/ipsec/properties/rotation/required",keyword:"required",params:{missingProperty: "timeZone"}};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
for(const key8 in data30){
if(!((key8 === "schedule") || (key8 === "timeZone"))){
const err83 = {instancePath:instancePath+"/encryption/ipsec/rotation",schemaPath:"#/properties/encryption/properties/ipsec/properties/rotation/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8}};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data30.schedule !== undefined){
if(!(validate70(data30.schedule, {instancePath:instancePath+"/encryption/ipsec/rotation/schedule",parentData:data30,parentDataProperty:"schedule",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
if(data30.timeZone !== undefined){
let data32 = data30.timeZone;
if(typeof data32 === "string"){
if(func2(data32) > 64){
const err84 = {instancePath:instancePath+"/encryption/ipsec/rotation/timeZone",schemaPath:"#/properties/encryption/properties/ipsec/properties/rotation/properties/timeZone/maxLength",keyword:"maxLength",params:{limit: 64}};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
if(!pattern12.test(data32)){
const err85 = {instancePath:instancePath+"/encryption/ipsec/rotation/timeZone",schemaPath:"#/properties/encryption/properties/ipsec/properties/rotation/properties/timeZone/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$"}};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
else {
const err86 = {instancePath:instancePath+"/encryption/ipsec/rotation/timeZone",schemaPath:"#/properties/encryption/properties/ipsec/properties/rotation/properties/timeZone/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
}
else {
const err87 = {instancePath:instancePath+"/encryption/ipsec/rotation",schemaPath:"#/properties/encryption/properties/ipsec/properties/rotation/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
if(data19.key !== undefined){
let data33 = data19.key;
if(typeof data33 === "string"){
if(func2(data33) > 65536){
const err88 = {instancePath:instancePath+"/encryption/ipsec/key",schemaPath:"#/properties/encryption/properties/ipsec/properties/key/maxLength",keyword:"maxLength",params:{limit: 65536}};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
else {
const err89 = {instancePath:instancePath+"/encryption/ipsec/key",schemaPath:"#/properties/encryption/properties/ipsec/properties/key/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
}
else {
const err90 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
if(data0.wireguard !== undefined){
let data34 = data0.wireguard;
if(data34 && typeof data34 == "object" && !Array.isArray(data34)){
if(data34.requireSecret === undefined){
const err91 = {instancePath:instancePath+"/encryption/wireguard",schemaPath:"#/properties/encryption/properties/wireguard/required",keyword:"required",params:{missingProperty: "requireSecret"}};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
if(data34.persistentKeepalive === undefined){
const err92 = {instancePath:instancePath+"/encryption/wireguard",schemaPath:"#/properties/encryption/properties/wireguard/required",keyword:"required",params:{missingProperty: "persistentKeepalive"}};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
for(const key9 in data34){
if(!((key9 === "requireSecret") || (key9 === "persistentKeepalive"))){
const err93 = {instancePath:instancePath+"/encryption/wireguard",schemaPath:"#/properties/encryption/properties/wireguard/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9}};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
if(data34.requireSecret !== undefined){
if(typeof data34.requireSecret !== "boolean"){
const err94 = {instancePath:instancePath+"/encryption/wireguard/requireSecret",schemaPath:"#/properties/encryption/properties/wireguard/properties/requireSecret/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
if(data34.persistentKeepalive !== undefined){
if(!(validate68(data34.persistentKeepalive, {instancePath:instancePath+"/encryption/wireguard/persistentKeepalive",parentData:data34,parentDataProperty:"persistentKeepalive",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate68.errors : vErrors.concat(validate68.errors);
errors = vErrors.length;
}
}
}
else {
const err95 = {instancePath:instancePath+"/encryption/wireguard",schemaPath:"#/properties/encryption/properties/wireguard/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
}
else {
const err96 = {instancePath:instancePath+"/encryption",schemaPath:"#/properties/encryption/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
if(data.routingMode !== undefined){
let data37 = data.routingMode;
if(typeof data37 !== "string"){
const err97 = {instancePath:instancePath+"/routingMode",schemaPath:"#/properties/routingMode/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
if(!(data37 === "native")){
const err98 = {instancePath:instancePath+"/routingMode",schemaPath:"#/properties/routingMode/enum",keyword:"enum",params:{allowedValues: schema19.properties.routingMode.enum}};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data.ipv4NativeRoutingCIDR !== undefined){
if(!(validate53(data.ipv4NativeRoutingCIDR, {instancePath:instancePath+"/ipv4NativeRoutingCIDR",parentData:data,parentDataProperty:"ipv4NativeRoutingCIDR",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.ipv6NativeRoutingCIDR !== undefined){
if(!(validate53(data.ipv6NativeRoutingCIDR, {instancePath:instancePath+"/ipv6NativeRoutingCIDR",parentData:data,parentDataProperty:"ipv6NativeRoutingCIDR",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.image !== undefined){
let data40 = data.image;
if(data40 && typeof data40 == "object" && !Array.isArray(data40)){
if(data40.repository === undefined){
const err99 = {instancePath:instancePath+"/image",schemaPath:"#/properties/image/required",keyword:"required",params:{missingProperty: "repository"}};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
if(data40.pullPolicy === undefined){
const err100 = {instancePath:instancePath+"/image",schemaPath:"#/properties/image/required",keyword:"required",params:{missingProperty: "pullPolicy"}};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
for(const key10 in data40){
if(!((((key10 === "repository") || (key10 === "tag")) || (key10 === "digest")) || (key10 === "pullPolicy"))){
const err101 = {instancePath:instancePath+"/image",schemaPath:"#/properties/image/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10}};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
if(data40.repository !== undefined){
let data41 = data40.repository;
if(typeof data41 === "string"){
if(func2(data41) > 255){
const err102 = {instancePath:instancePath+"/image/repository",schemaPath:"#/properties/image/properties/repository/maxLength",keyword:"maxLength",params:{limit: 255}};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
if(!pattern13.test(data41)){
const err103 = {instancePath:instancePath+"/image/repository",schemaPath:"#/properties/image/properties/repository/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]+([._-]+[a-z0-9]+)*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$"}};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
else {
const err104 = {instancePath:instancePath+"/image/repository",schemaPath:"#/properties/image/properties/repository/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
if(data40.tag !== undefined){
let data42 = data40.tag;
if(typeof data42 === "string"){
if(!pattern14.test(data42)){
const err105 = {instancePath:instancePath+"/image/tag",schemaPath:"#/properties/image/properties/tag/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$"}};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
else {
const err106 = {instancePath:instancePath+"/image/tag",schemaPath:"#/properties/image/properties/tag/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
if(data40.digest !== undefined){
let data43 = data40.digest;
if(typeof data43 === "string"){
if(!pattern15.test(data43)){
const err107 = {instancePath:instancePath+"/image/digest",schemaPath:"#/properties/image/properties/digest/pattern",keyword:"pattern",params:{pattern: "^(sha256:[0-9a-f]{64})?$"}};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
else {
const err108 = {instancePath:instancePath+"/image/digest",schemaPath:"#/properties/image/properties/digest/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
if(data40.pullPolicy !== undefined){
let data44 = data40.pullPolicy;
if(typeof data44 !== "string"){
const err109 = {instancePath:instancePath+"/image/pullPolicy",schemaPath:"#/properties/image/properties/pullPolicy/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
if(!(((data44 === "Always") || (data44 === "IfNotPresent")) || (data44 === "Never"))){
const err110 = {instancePath:instancePath+"/image/pullPolicy",schemaPath:"#/properties/image/properties/pullPolicy/enum",keyword:"enum",params:{allowedValues: schema19.properties.image.properties.pullPolicy.enum}};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
}
else {
const err111 = {instancePath:instancePath+"/image",schemaPath:"#/properties/image/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
if(data.imagePullSecrets !== undefined){
let data45 = data.imagePullSecrets;
if(Array.isArray(data45)){
const len3 = data45.length;
for(let i6=0; i6<len3; i6++){
let data46 = data45[i6];
if(data46 && typeof data46 == "object" && !Array.isArray(data46)){
if(data46.name === undefined){
const err112 = {instancePath:instancePath+"/imagePullSecrets/" + i6,schemaPath:"#/properties/imagePullSecrets/items/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
for(const key11 in data46){
if(!(key11 === "name")){
const err113 = {instancePath:instancePath+"/imagePullSecrets/" + i6,schemaPath:"#/properties/imagePullSecrets/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11}};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
if(data46.name !== undefined){
if(!(validate62(data46.name, {instancePath:instancePath+"/imagePullSecrets/" + i6+"/name",parentData:data46,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
}
else {
const err114 = {instancePath:instancePath+"/imagePullSecrets/" + i6,schemaPath:"#/properties/imagePullSecrets/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
let i7 = data45.length;
let j3;
if(i7 > 1){
outer2:
for(;i7--;){
for(j3 = i7; j3--;){
if(func0(data45[i7], data45[j3])){
const err115 = {instancePath:instancePath+"/imagePullSecrets",schemaPath:"#/properties/imagePullSecrets/uniqueItems",keyword:"uniqueItems",params:{i: i7, j: j3}};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
break outer2;
}
}
}
}
}
else {
const err116 = {instancePath:instancePath+"/imagePullSecrets",schemaPath:"#/properties/imagePullSecrets/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
if(data.k8sServiceHost !== undefined){
let data48 = data.k8sServiceHost;
if(typeof data48 === "string"){
if(func2(data48) > 253){
const err117 = {instancePath:instancePath+"/k8sServiceHost",schemaPath:"#/properties/k8sServiceHost/maxLength",keyword:"maxLength",params:{limit: 253}};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
if(!pattern16.test(data48)){
const err118 = {instancePath:instancePath+"/k8sServiceHost",schemaPath:"#/properties/k8sServiceHost/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9.:_-]*$"}};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
else {
const err119 = {instancePath:instancePath+"/k8sServiceHost",schemaPath:"#/properties/k8sServiceHost/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
if(data.k8sServicePort !== undefined){
let data49 = data.k8sServicePort;
const _errs110 = errors;
let valid27 = false;
const _errs111 = errors;
if(!(validate76(data49, {instancePath:instancePath+"/k8sServicePort",parentData:data,parentDataProperty:"k8sServicePort",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
errors = vErrors.length;
}
var _valid3 = _errs111 === errors;
valid27 = valid27 || _valid3;
const _errs112 = errors;
if(typeof data49 === "string"){
if(!pattern17.test(data49)){
const err120 = {instancePath:instancePath+"/k8sServicePort",schemaPath:"#/properties/k8sServicePort/anyOf/1/pattern",keyword:"pattern",params:{pattern: "^([1-9][0-9]{0,4})?$"}};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
else {
const err121 = {instancePath:instancePath+"/k8sServicePort",schemaPath:"#/properties/k8sServicePort/anyOf/1/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
var _valid3 = _errs112 === errors;
valid27 = valid27 || _valid3;
if(!valid27){
const err122 = {instancePath:instancePath+"/k8sServicePort",schemaPath:"#/properties/k8sServicePort/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
else {
errors = _errs110;
if(vErrors !== null){
if(_errs110){
vErrors.length = _errs110;
}
else {
vErrors = null;
}
}
}
}
if(data.healthPort !== undefined){
if(!(validate76(data.healthPort, {instancePath:instancePath+"/healthPort",parentData:data,parentDataProperty:"healthPort",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
errors = vErrors.length;
}
}
if(data.monitoring !== undefined){
let data51 = data.monitoring;
if(data51 && typeof data51 == "object" && !Array.isArray(data51)){
if(data51.enabled === undefined){
const err123 = {instancePath:instancePath+"/monitoring",schemaPath:"#/properties/monitoring/required",keyword:"required",params:{missingProperty: "enabled"}};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
if(data51.port === undefined){
const err124 = {instancePath:instancePath+"/monitoring",schemaPath:"#/properties/monitoring/required",keyword:"required",params:{missingProperty: "port"}};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
if(data51.podMonitor === undefined){
const err125 = {instancePath:instancePath+"/monitoring",schemaPath:"#/properties/monitoring/required",keyword:"required",params:{missingProperty: "podMonitor"}};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
for(const key12 in data51){
if(!(((key12 === "enabled") || (key12 === "port")) || (key12 === "podMonitor"))){
const err126 = {instancePath:instancePath+"/monitoring",schemaPath:"#/properties/monitoring/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12}};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
if(data51.enabled !== undefined){
if(typeof data51.enabled !== "boolean"){
const err127 = {instancePath:instancePath+"/monitoring/enabled",schemaPath:"#/properties/monitoring/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
if(data51.port !== undefined){
if(!(validate76(data51.port, {instancePath:instancePath+"/monitoring/port",parentData:data51,parentDataProperty:"port",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
errors = vErrors.length;
}
}
if(data51.podMonitor !== undefined){
let data54 = data51.podMonitor;
if(data54 && typeof data54 == "object" && !Array.isArray(data54)){
if(data54.enabled === undefined){
const err128 = {instancePath:instancePath+"/monitoring/podMonitor",schemaPath:"#/properties/monitoring/properties/podMonitor/required",keyword:"required",params:{missingProperty: "enabled"}};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
if(data54.interval === undefined){
const err129 = {instancePath:instancePath+"/monitoring/podMonitor",schemaPath:"#/properties/monitoring/properties/podMonitor/required",keyword:"required",params:{missingProperty: "interval"}};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
for(const key13 in data54){
if(!(((key13 === "enabled") || (key13 === "interval")) || (key13 === "labels"))){
const err130 = {instancePath:instancePath+"/monitoring/podMonitor",schemaPath:"#/properties/monitoring/properties/podMonitor/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key13}};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
}
if(data54.enabled !== undefined){
if(typeof data54.enabled !== "boolean"){
const err131 = {instancePath:instancePath+"/monitoring/podMonitor/enabled",schemaPath:"#/properties/monitoring/properties/podMonitor/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
}
if(data54.interval !== undefined){
if(!(validate80(data54.interval, {instancePath:instancePath+"/monitoring/podMonitor/interval",parentData:data54,parentDataProperty:"interval",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
if(data54.labels !== undefined){
if(!(validate82(data54.labels, {instancePath:instancePath+"/monitoring/podMonitor/labels",parentData:data54,parentDataProperty:"labels",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate82.errors : vErrors.concat(validate82.errors);
errors = vErrors.length;
}
}
}
else {
const err132 = {instancePath:instancePath+"/monitoring/podMonitor",schemaPath:"#/properties/monitoring/properties/podMonitor/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
}
}
else {
const err133 = {instancePath:instancePath+"/monitoring",schemaPath:"#/properties/monitoring/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
}
if(data.resources !== undefined){
let data58 = data.resources;
if(data58 && typeof data58 == "object" && !Array.isArray(data58)){
for(const key14 in data58){
if(!((key14 === "requests") || (key14 === "limits"))){
const err134 = {instancePath:instancePath+"/resources",schemaPath:"#/properties/resources/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key14}};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
}
if(data58.requests !== undefined){
if(!(validate86(data58.requests, {instancePath:instancePath+"/resources/requests",parentData:data58,parentDataProperty:"requests",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data58.limits !== undefined){
if(!(validate86(data58.limits, {instancePath:instancePath+"/resources/limits",parentData:data58,parentDataProperty:"limits",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
}
else {
const err135 = {instancePath:instancePath+"/resources",schemaPath:"#/properties/resources/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
}
if(data.tolerations !== undefined){
let data61 = data.tolerations;
if(Array.isArray(data61)){
const len4 = data61.length;
for(let i8=0; i8<len4; i8++){
if(!(validate89(data61[i8], {instancePath:instancePath+"/tolerations/" + i8,parentData:data61,parentDataProperty:i8,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
}
else {
const err136 = {instancePath:instancePath+"/tolerations",schemaPath:"#/properties/tolerations/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
if(data.nodeSelector !== undefined){
if(!(validate82(data.nodeSelector, {instancePath:instancePath+"/nodeSelector",parentData:data,parentDataProperty:"nodeSelector",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate82.errors : vErrors.concat(validate82.errors);
errors = vErrors.length;
}
}
if(data.affinity !== undefined){
let data64 = data.affinity;
if(data64 && typeof data64 == "object" && !Array.isArray(data64)){
for(const key15 in data64){
if(!(((key15 === "nodeAffinity") || (key15 === "podAffinity")) || (key15 === "podAntiAffinity"))){
const err137 = {instancePath:instancePath+"/affinity",schemaPath:"#/properties/affinity/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key15}};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
if(data64.nodeAffinity !== undefined){
let data65 = data64.nodeAffinity;
if(data65 && typeof data65 == "object" && !Array.isArray(data65)){
}
else {
const err138 = {instancePath:instancePath+"/affinity/nodeAffinity",schemaPath:"#/properties/affinity/properties/nodeAffinity/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
}
if(data64.podAffinity !== undefined){
let data66 = data64.podAffinity;
if(data66 && typeof data66 == "object" && !Array.isArray(data66)){
}
else {
const err139 = {instancePath:instancePath+"/affinity/podAffinity",schemaPath:"#/properties/affinity/properties/podAffinity/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
if(data64.podAntiAffinity !== undefined){
let data67 = data64.podAntiAffinity;
if(data67 && typeof data67 == "object" && !Array.isArray(data67)){
}
else {
const err140 = {instancePath:instancePath+"/affinity/podAntiAffinity",schemaPath:"#/properties/affinity/properties/podAntiAffinity/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
}
}
else {
const err141 = {instancePath:instancePath+"/affinity",schemaPath:"#/properties/affinity/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
}
if(data.priorityClassName !== undefined){
if(!(validate62(data.priorityClassName, {instancePath:instancePath+"/priorityClassName",parentData:data,parentDataProperty:"priorityClassName",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data.updateStrategy !== undefined){
let data69 = data.updateStrategy;
if(data69 && typeof data69 == "object" && !Array.isArray(data69)){
if(data69.type === undefined){
const err142 = {instancePath:instancePath+"/updateStrategy",schemaPath:"#/properties/updateStrategy/required",keyword:"required",params:{missingProperty: "type"}};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
for(const key16 in data69){
if(!((key16 === "type") || (key16 === "rollingUpdate"))){
const err143 = {instancePath:instancePath+"/updateStrategy",schemaPath:"#/properties/updateStrategy/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key16}};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
}
if(data69.type !== undefined){
let data70 = data69.type;
if(typeof data70 !== "string"){
const err144 = {instancePath:instancePath+"/updateStrategy/type",schemaPath:"#/properties/updateStrategy/properties/type/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
if(!((data70 === "RollingUpdate") || (data70 === "OnDelete"))){
const err145 = {instancePath:instancePath+"/updateStrategy/type",schemaPath:"#/properties/updateStrategy/properties/type/enum",keyword:"enum",params:{allowedValues: schema19.properties.updateStrategy.properties.type.enum}};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
}
if(data69.rollingUpdate !== undefined){
let data71 = data69.rollingUpdate;
if(data71 && typeof data71 == "object" && !Array.isArray(data71)){
for(const key17 in data71){
if(!(key17 === "maxUnavailable")){
const err146 = {instancePath:instancePath+"/updateStrategy/rollingUpdate",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key17}};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
}
if(data71.maxUnavailable !== undefined){
let data72 = data71.maxUnavailable;
const _errs159 = errors;
let valid36 = false;
const _errs160 = errors;
if(!(((typeof data72 == "number") && (!(data72 % 1) && !isNaN(data72))) && (isFinite(data72)))){
const err147 = {instancePath:instancePath+"/updateStrategy/rollingUpdate/maxUnavailable",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/anyOf/0/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
if((typeof data72 == "number") && (isFinite(data72))){
if(data72 < 1 || isNaN(data72)){
const err148 = {instancePath:instancePath+"/updateStrategy/rollingUpdate/maxUnavailable",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
}
var _valid4 = _errs160 === errors;
valid36 = valid36 || _valid4;
const _errs162 = errors;
if(typeof data72 === "string"){
if(!pattern22.test(data72)){
const err149 = {instancePath:instancePath+"/updateStrategy/rollingUpdate/maxUnavailable",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/anyOf/1/pattern",keyword:"pattern",params:{pattern: "^([1-9][0-9]?|100)%$"}};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
else {
const err150 = {instancePath:instancePath+"/updateStrategy/rollingUpdate/maxUnavailable",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/anyOf/1/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
var _valid4 = _errs162 === errors;
valid36 = valid36 || _valid4;
if(!valid36){
const err151 = {instancePath:instancePath+"/updateStrategy/rollingUpdate/maxUnavailable",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
else {
errors = _errs159;
if(vErrors !== null){
if(_errs159){
vErrors.length = _errs159;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err152 = {instancePath:instancePath+"/updateStrategy/rollingUpdate",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
}
}
else {
const err153 = {instancePath:instancePath+"/updateStrategy",schemaPath:"#/properties/updateStrategy/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
}
if(data.podLabels !== undefined){
if(!(validate82(data.podLabels, {instancePath:instancePath+"/podLabels",parentData:data,parentDataProperty:"podLabels",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate82.errors : vErrors.concat(validate82.errors);
errors = vErrors.length;
}
}
if(data.podAnnotations !== undefined){
if(!(validate94(data.podAnnotations, {instancePath:instancePath+"/podAnnotations",parentData:data,parentDataProperty:"podAnnotations",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
if(data.commonLabels !== undefined){
if(!(validate82(data.commonLabels, {instancePath:instancePath+"/commonLabels",parentData:data,parentDataProperty:"commonLabels",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate82.errors : vErrors.concat(validate82.errors);
errors = vErrors.length;
}
}
if(data.commonAnnotations !== undefined){
if(!(validate94(data.commonAnnotations, {instancePath:instancePath+"/commonAnnotations",parentData:data,parentDataProperty:"commonAnnotations",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
if(data.extraEnv !== undefined){
let data77 = data.extraEnv;
if(Array.isArray(data77)){
const len5 = data77.length;
for(let i9=0; i9<len5; i9++){
let data78 = data77[i9];
if(data78 && typeof data78 == "object" && !Array.isArray(data78)){
if(data78.name === undefined){
const err154 = {instancePath:instancePath+"/extraEnv/" + i9,schemaPath:"#/properties/extraEnv/items/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
for(const key18 in data78){
if(!(((key18 === "name") || (key18 === "value")) || (key18 === "valueFrom"))){
const err155 = {instancePath:instancePath+"/extraEnv/" + i9,schemaPath:"#/properties/extraEnv/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key18}};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
}
if(data78.name !== undefined){
let data79 = data78.name;
if(typeof data79 === "string"){
if(!pattern24.test(data79)){
const err156 = {instancePath:instancePath+"/extraEnv/" + i9+"/name",schemaPath:"#/properties/extraEnv/items/properties/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_.-]*$"}};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
}
else {
const err157 = {instancePath:instancePath+"/extraEnv/" + i9+"/name",schemaPath:"#/properties/extraEnv/items/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
}
if(data78.value !== undefined){
if(typeof data78.value !== "string"){
const err158 = {instancePath:instancePath+"/extraEnv/" + i9+"/value",schemaPath:"#/properties/extraEnv/items/properties/value/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
}
if(data78.valueFrom !== undefined){
let data81 = data78.valueFrom;
if(data81 && typeof data81 == "object" && !Array.isArray(data81)){
}
else {
const err159 = {instancePath:instancePath+"/extraEnv/" + i9+"/valueFrom",schemaPath:"#/properties/extraEnv/items/properties/valueFrom/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
}
}
else {
const err160 = {instancePath:instancePath+"/extraEnv/" + i9,schemaPath:"#/properties/extraEnv/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
}
}
else {
const err161 = {instancePath:instancePath+"/extraEnv",schemaPath:"#/properties/extraEnv/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
}
if(data.hostAliases !== undefined){
let data82 = data.hostAliases;
if(Array.isArray(data82)){
const len6 = data82.length;
for(let i10=0; i10<len6; i10++){
let data83 = data82[i10];
if(data83 && typeof data83 == "object" && !Array.isArray(data83)){
if(data83.ip === undefined){
const err162 = {instancePath:instancePath+"/hostAliases/" + i10,schemaPath:"#/properties/hostAliases/items/required",keyword:"required",params:{missingProperty: "ip"}};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
if(data83.hostnames === undefined){
const err163 = {instancePath:instancePath+"/hostAliases/" + i10,schemaPath:"#/properties/hostAliases/items/required",keyword:"required",params:{missingProperty: "hostnames"}};
if(vErrors === null){
vErrors = [err163];
}
else {
vErrors.push(err163);
}
errors++;
}
for(const key19 in data83){
if(!((key19 === "ip") || (key19 === "hostnames"))){
const err164 = {instancePath:instancePath+"/hostAliases/" + i10,schemaPath:"#/properties/hostAliases/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key19}};
if(vErrors === null){
vErrors = [err164];
}
else {
vErrors.push(err164);
}
errors++;
}
}
if(data83.ip !== undefined){
let data84 = data83.ip;
if(typeof data84 === "string"){
if(!pattern25.test(data84)){
const err165 = {instancePath:instancePath+"/hostAliases/" + i10+"/ip",schemaPath:"#/properties/hostAliases/items/properties/ip/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f:.]+$"}};
if(vErrors === null){
vErrors = [err165];
}
else {
vErrors.push(err165);
}
errors++;
}
}
else {
const err166 = {instancePath:instancePath+"/hostAliases/" + i10+"/ip",schemaPath:"#/properties/hostAliases/items/properties/ip/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err166];
}
else {
vErrors.push(err166);
}
errors++;
}
}
if(data83.hostnames !== undefined){
let data85 = data83.hostnames;
if(Array.isArray(data85)){
const len7 = data85.length;
for(let i11=0; i11<len7; i11++){
if(typeof data85[i11] !== "string"){
const err167 = {instancePath:instancePath+"/hostAliases/" + i10+"/hostnames/" + i11,schemaPath:"#/properties/hostAliases/items/properties/hostnames/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err167];
}
else {
vErrors.push(err167);
}
errors++;
}
}
}
else {
const err168 = {instancePath:instancePath+"/hostAliases/" + i10+"/hostnames",schemaPath:"#/properties/hostAliases/items/properties/hostnames/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err168];
}
else {
vErrors.push(err168);
}
errors++;
}
}
}
else {
const err169 = {instancePath:instancePath+"/hostAliases/" + i10,schemaPath:"#/properties/hostAliases/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err169];
}
else {
vErrors.push(err169);
}
errors++;
}
}
}
else {
const err170 = {instancePath:instancePath+"/hostAliases",schemaPath:"#/properties/hostAliases/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err170];
}
else {
vErrors.push(err170);
}
errors++;
}
}
if(data.extraVolumes !== undefined){
let data87 = data.extraVolumes;
if(Array.isArray(data87)){
const len8 = data87.length;
for(let i12=0; i12<len8; i12++){
let data88 = data87[i12];
if(data88 && typeof data88 == "object" && !Array.isArray(data88)){
if(data88.name === undefined){
const err171 = {instancePath:instancePath+"/extraVolumes/" + i12,schemaPath:"#/properties/extraVolumes/items/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err171];
}
else {
vErrors.push(err171);
}
errors++;
}
if(data88.name !== undefined){
if(!(validate62(data88.name, {instancePath:instancePath+"/extraVolumes/" + i12+"/name",parentData:data88,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
}
else {
const err172 = {instancePath:instancePath+"/extraVolumes/" + i12,schemaPath:"#/properties/extraVolumes/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err172];
}
else {
vErrors.push(err172);
}
errors++;
}
}
}
else {
const err173 = {instancePath:instancePath+"/extraVolumes",schemaPath:"#/properties/extraVolumes/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err173];
}
else {
vErrors.push(err173);
}
errors++;
}
}
if(data.extraVolumeMounts !== undefined){
let data90 = data.extraVolumeMounts;
if(Array.isArray(data90)){
const len9 = data90.length;
for(let i13=0; i13<len9; i13++){
let data91 = data90[i13];
if(data91 && typeof data91 == "object" && !Array.isArray(data91)){
if(data91.name === undefined){
const err174 = {instancePath:instancePath+"/extraVolumeMounts/" + i13,schemaPath:"#/properties/extraVolumeMounts/items/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err174];
}
else {
vErrors.push(err174);
}
errors++;
}
if(data91.mountPath === undefined){
const err175 = {instancePath:instancePath+"/extraVolumeMounts/" + i13,schemaPath:"#/properties/extraVolumeMounts/items/required",keyword:"required",params:{missingProperty: "mountPath"}};
if(vErrors === null){
vErrors = [err175];
}
else {
vErrors.push(err175);
}
errors++;
}
if(data91.name !== undefined){
if(!(validate62(data91.name, {instancePath:instancePath+"/extraVolumeMounts/" + i13+"/name",parentData:data91,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data91.mountPath !== undefined){
if(typeof data91.mountPath !== "string"){
const err176 = {instancePath:instancePath+"/extraVolumeMounts/" + i13+"/mountPath",schemaPath:"#/properties/extraVolumeMounts/items/properties/mountPath/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err176];
}
else {
vErrors.push(err176);
}
errors++;
}
}
}
else {
const err177 = {instancePath:instancePath+"/extraVolumeMounts/" + i13,schemaPath:"#/properties/extraVolumeMounts/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err177];
}
else {
vErrors.push(err177);
}
errors++;
}
}
}
else {
const err178 = {instancePath:instancePath+"/extraVolumeMounts",schemaPath:"#/properties/extraVolumeMounts/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err178];
}
else {
vErrors.push(err178);
}
errors++;
}
}
if(data.podSecurityContext !== undefined){
let data94 = data.podSecurityContext;
if(data94 && typeof data94 == "object" && !Array.isArray(data94)){
}
else {
const err179 = {instancePath:instancePath+"/podSecurityContext",schemaPath:"#/properties/podSecurityContext/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err179];
}
else {
vErrors.push(err179);
}
errors++;
}
}
if(data.securityContext !== undefined){
let data95 = data.securityContext;
if(data95 && typeof data95 == "object" && !Array.isArray(data95)){
}
else {
const err180 = {instancePath:instancePath+"/securityContext",schemaPath:"#/properties/securityContext/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err180];
}
else {
vErrors.push(err180);
}
errors++;
}
}
if(data.serviceAccount !== undefined){
let data96 = data.serviceAccount;
if(data96 && typeof data96 == "object" && !Array.isArray(data96)){
if(data96.create === undefined){
const err181 = {instancePath:instancePath+"/serviceAccount",schemaPath:"#/properties/serviceAccount/required",keyword:"required",params:{missingProperty: "create"}};
if(vErrors === null){
vErrors = [err181];
}
else {
vErrors.push(err181);
}
errors++;
}
if(data96.name === undefined){
const err182 = {instancePath:instancePath+"/serviceAccount",schemaPath:"#/properties/serviceAccount/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err182];
}
else {
vErrors.push(err182);
}
errors++;
}
for(const key20 in data96){
if(!(((key20 === "create") || (key20 === "name")) || (key20 === "annotations"))){
const err183 = {instancePath:instancePath+"/serviceAccount",schemaPath:"#/properties/serviceAccount/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key20}};
if(vErrors === null){
vErrors = [err183];
}
else {
vErrors.push(err183);
}
errors++;
}
}
if(data96.create !== undefined){
if(typeof data96.create !== "boolean"){
const err184 = {instancePath:instancePath+"/serviceAccount/create",schemaPath:"#/properties/serviceAccount/properties/create/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err184];
}
else {
vErrors.push(err184);
}
errors++;
}
}
if(data96.name !== undefined){
let data98 = data96.name;
if(typeof data98 === "string"){
if(func2(data98) > 253){
const err185 = {instancePath:instancePath+"/serviceAccount/name",schemaPath:"#/properties/serviceAccount/properties/name/maxLength",keyword:"maxLength",params:{limit: 253}};
if(vErrors === null){
vErrors = [err185];
}
else {
vErrors.push(err185);
}
errors++;
}
if(!pattern26.test(data98)){
const err186 = {instancePath:instancePath+"/serviceAccount/name",schemaPath:"#/properties/serviceAccount/properties/name/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$"}};
if(vErrors === null){
vErrors = [err186];
}
else {
vErrors.push(err186);
}
errors++;
}
}
else {
const err187 = {instancePath:instancePath+"/serviceAccount/name",schemaPath:"#/properties/serviceAccount/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err187];
}
else {
vErrors.push(err187);
}
errors++;
}
}
if(data96.annotations !== undefined){
if(!(validate94(data96.annotations, {instancePath:instancePath+"/serviceAccount/annotations",parentData:data96,parentDataProperty:"annotations",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
}
else {
const err188 = {instancePath:instancePath+"/serviceAccount",schemaPath:"#/properties/serviceAccount/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err188];
}
else {
vErrors.push(err188);
}
errors++;
}
}
if(data.rbac !== undefined){
let data100 = data.rbac;
if(data100 && typeof data100 == "object" && !Array.isArray(data100)){
if(data100.create === undefined){
const err189 = {instancePath:instancePath+"/rbac",schemaPath:"#/properties/rbac/required",keyword:"required",params:{missingProperty: "create"}};
if(vErrors === null){
vErrors = [err189];
}
else {
vErrors.push(err189);
}
errors++;
}
for(const key21 in data100){
if(!(key21 === "create")){
const err190 = {instancePath:instancePath+"/rbac",schemaPath:"#/properties/rbac/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key21}};
if(vErrors === null){
vErrors = [err190];
}
else {
vErrors.push(err190);
}
errors++;
}
}
if(data100.create !== undefined){
if(typeof data100.create !== "boolean"){
const err191 = {instancePath:instancePath+"/rbac/create",schemaPath:"#/properties/rbac/properties/create/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err191];
}
else {
vErrors.push(err191);
}
errors++;
}
}
}
else {
const err192 = {instancePath:instancePath+"/rbac",schemaPath:"#/properties/rbac/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err192];
}
else {
vErrors.push(err192);
}
errors++;
}
}
if(data.resourceQuota !== undefined){
let data102 = data.resourceQuota;
if(data102 && typeof data102 == "object" && !Array.isArray(data102)){
if(data102.create === undefined){
const err193 = {instancePath:instancePath+"/resourceQuota",schemaPath:"#/properties/resourceQuota/required",keyword:"required",params:{missingProperty: "create"}};
if(vErrors === null){
vErrors = [err193];
}
else {
vErrors.push(err193);
}
errors++;
}
if(data102.pods === undefined){
const err194 = {instancePath:instancePath+"/resourceQuota",schemaPath:"#/properties/resourceQuota/required",keyword:"required",params:{missingProperty: "pods"}};
if(vErrors === null){
vErrors = [err194];
}
else {
vErrors.push(err194);
}
errors++;
}
for(const key22 in data102){
if(!((key22 === "create") || (key22 === "pods"))){
const err195 = {instancePath:instancePath+"/resourceQuota",schemaPath:"#/properties/resourceQuota/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key22}};
if(vErrors === null){
vErrors = [err195];
}
else {
vErrors.push(err195);
}
errors++;
}
}
if(data102.create !== undefined){
if(typeof data102.create !== "boolean"){
const err196 = {instancePath:instancePath+"/resourceQuota/create",schemaPath:"#/properties/resourceQuota/properties/create/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err196];
}
else {
vErrors.push(err196);
}
errors++;
}
}
if(data102.pods !== undefined){
let data104 = data102.pods;
if(typeof data104 === "string"){
if(func2(data104) > 16){
const err197 = {instancePath:instancePath+"/resourceQuota/pods",schemaPath:"#/properties/resourceQuota/properties/pods/maxLength",keyword:"maxLength",params:{limit: 16}};
if(vErrors === null){
vErrors = [err197];
}
else {
vErrors.push(err197);
}
errors++;
}
if(!pattern27.test(data104)){
const err198 = {instancePath:instancePath+"/resourceQuota/pods",schemaPath:"#/properties/resourceQuota/properties/pods/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]*[kM]?$"}};
if(vErrors === null){
vErrors = [err198];
}
else {
vErrors.push(err198);
}
errors++;
}
}
else {
const err199 = {instancePath:instancePath+"/resourceQuota/pods",schemaPath:"#/properties/resourceQuota/properties/pods/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err199];
}
else {
vErrors.push(err199);
}
errors++;
}
}
}
else {
const err200 = {instancePath:instancePath+"/resourceQuota",schemaPath:"#/properties/resourceQuota/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err200];
}
else {
vErrors.push(err200);
}
errors++;
}
}
if(data.extraObjects !== undefined){
let data105 = data.extraObjects;
if(Array.isArray(data105)){
const len10 = data105.length;
for(let i14=0; i14<len10; i14++){
let data106 = data105[i14];
if(data106 && typeof data106 == "object" && !Array.isArray(data106)){
if(data106.apiVersion === undefined){
const err201 = {instancePath:instancePath+"/extraObjects/" + i14,schemaPath:"#/properties/extraObjects/items/required",keyword:"required",params:{missingProperty: "apiVersion"}};
if(vErrors === null){
vErrors = [err201];
}
else {
vErrors.push(err201);
}
errors++;
}
if(data106.kind === undefined){
const err202 = {instancePath:instancePath+"/extraObjects/" + i14,schemaPath:"#/properties/extraObjects/items/required",keyword:"required",params:{missingProperty: "kind"}};
if(vErrors === null){
vErrors = [err202];
}
else {
vErrors.push(err202);
}
errors++;
}
if(data106.metadata === undefined){
const err203 = {instancePath:instancePath+"/extraObjects/" + i14,schemaPath:"#/properties/extraObjects/items/required",keyword:"required",params:{missingProperty: "metadata"}};
if(vErrors === null){
vErrors = [err203];
}
else {
vErrors.push(err203);
}
errors++;
}
if(data106.apiVersion !== undefined){
let data107 = data106.apiVersion;
if(typeof data107 === "string"){
if(func2(data107) < 1){
const err204 = {instancePath:instancePath+"/extraObjects/" + i14+"/apiVersion",schemaPath:"#/properties/extraObjects/items/properties/apiVersion/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err204];
}
else {
vErrors.push(err204);
}
errors++;
}
}
else {
const err205 = {instancePath:instancePath+"/extraObjects/" + i14+"/apiVersion",schemaPath:"#/properties/extraObjects/items/properties/apiVersion/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err205];
}
else {
vErrors.push(err205);
}
errors++;
}
}
if(data106.kind !== undefined){
let data108 = data106.kind;
if(typeof data108 === "string"){
if(!pattern28.test(data108)){
const err206 = {instancePath:instancePath+"/extraObjects/" + i14+"/kind",schemaPath:"#/properties/extraObjects/items/properties/kind/pattern",keyword:"pattern",params:{pattern: "^[A-Z][A-Za-z0-9]*$"}};
if(vErrors === null){
vErrors = [err206];
}
else {
vErrors.push(err206);
}
errors++;
}
}
else {
const err207 = {instancePath:instancePath+"/extraObjects/" + i14+"/kind",schemaPath:"#/properties/extraObjects/items/properties/kind/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err207];
}
else {
vErrors.push(err207);
}
errors++;
}
}
if(data106.metadata !== undefined){
let data109 = data106.metadata;
if(data109 && typeof data109 == "object" && !Array.isArray(data109)){
if(data109.name === undefined){
const err208 = {instancePath:instancePath+"/extraObjects/" + i14+"/metadata",schemaPath:"#/properties/extraObjects/items/properties/metadata/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err208];
}
else {
vErrors.push(err208);
}
errors++;
}
if(data109.name !== undefined){
let data110 = data109.name;
if(typeof data110 === "string"){
if(func2(data110) > 253){
const err209 = {instancePath:instancePath+"/extraObjects/" + i14+"/metadata/name",schemaPath:"#/properties/extraObjects/items/properties/metadata/properties/name/maxLength",keyword:"maxLength",params:{limit: 253}};
if(vErrors === null){
vErrors = [err209];
}
else {
vErrors.push(err209);
}
errors++;
}
if(!pattern29.test(data110)){
const err210 = {instancePath:instancePath+"/extraObjects/" + i14+"/metadata/name",schemaPath:"#/properties/extraObjects/items/properties/metadata/properties/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9]([A-Za-z0-9._:-]*[A-Za-z0-9])?$"}};
if(vErrors === null){
vErrors = [err210];
}
else {
vErrors.push(err210);
}
errors++;
}
}
else {
const err211 = {instancePath:instancePath+"/extraObjects/" + i14+"/metadata/name",schemaPath:"#/properties/extraObjects/items/properties/metadata/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err211];
}
else {
vErrors.push(err211);
}
errors++;
}
}
}
else {
const err212 = {instancePath:instancePath+"/extraObjects/" + i14+"/metadata",schemaPath:"#/properties/extraObjects/items/properties/metadata/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err212];
}
else {
vErrors.push(err212);
}
errors++;
}
}
}
else {
const err213 = {instancePath:instancePath+"/extraObjects/" + i14,schemaPath:"#/properties/extraObjects/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err213];
}
else {
vErrors.push(err213);
}
errors++;
}
}
}
else {
const err214 = {instancePath:instancePath+"/extraObjects",schemaPath:"#/properties/extraObjects/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err214];
}
else {
vErrors.push(err214);
}
errors++;
}
}
if(data.uninstall !== undefined){
let data111 = data.uninstall;
if(data111 && typeof data111 == "object" && !Array.isArray(data111)){
if(data111.disableFirst === undefined){
const err215 = {instancePath:instancePath+"/uninstall",schemaPath:"#/properties/uninstall/required",keyword:"required",params:{missingProperty: "disableFirst"}};
if(vErrors === null){
vErrors = [err215];
}
else {
vErrors.push(err215);
}
errors++;
}
if(data111.timeoutSeconds === undefined){
const err216 = {instancePath:instancePath+"/uninstall",schemaPath:"#/properties/uninstall/required",keyword:"required",params:{missingProperty: "timeoutSeconds"}};
if(vErrors === null){
vErrors = [err216];
}
else {
vErrors.push(err216);
}
errors++;
}
for(const key23 in data111){
if(!(((key23 === "disableFirst") || (key23 === "timeoutSeconds")) || (key23 === "tolerations"))){
const err217 = {instancePath:instancePath+"/uninstall",schemaPath:"#/properties/uninstall/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key23}};
if(vErrors === null){
vErrors = [err217];
}
else {
vErrors.push(err217);
}
errors++;
}
}
if(data111.disableFirst !== undefined){
if(typeof data111.disableFirst !== "boolean"){
const err218 = {instancePath:instancePath+"/uninstall/disableFirst",schemaPath:"#/properties/uninstall/properties/disableFirst/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err218];
}
else {
vErrors.push(err218);
}
errors++;
}
}
if(data111.timeoutSeconds !== undefined){
let data113 = data111.timeoutSeconds;
if(!(((typeof data113 == "number") && (!(data113 % 1) && !isNaN(data113))) && (isFinite(data113)))){
const err219 = {instancePath:instancePath+"/uninstall/timeoutSeconds",schemaPath:"#/properties/uninstall/properties/timeoutSeconds/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err219];
}
else {
vErrors.push(err219);
}
errors++;
}
if((typeof data113 == "number") && (isFinite(data113))){
if(data113 > 86400 || isNaN(data113)){
const err220 = {instancePath:instancePath+"/uninstall/timeoutSeconds",schemaPath:"#/properties/uninstall/properties/timeoutSeconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400}};
if(vErrors === null){
vErrors = [err220];
}
else {
vErrors.push(err220);
}
errors++;
}
if(data113 < 1 || isNaN(data113)){
const err221 = {instancePath:instancePath+"/uninstall/timeoutSeconds",schemaPath:"#/properties/uninstall/properties/timeoutSeconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}};
if(vErrors === null){
vErrors = [err221];
}
else {
vErrors.push(err221);
}
errors++;
}
}
}
if(data111.tolerations !== undefined){
let data114 = data111.tolerations;
if(Array.isArray(data114)){
const len11 = data114.length;
for(let i15=0; i15<len11; i15++){
if(!(validate89(data114[i15], {instancePath:instancePath+"/uninstall/tolerations/" + i15,parentData:data114,parentDataProperty:i15,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
}
else {
const err222 = {instancePath:instancePath+"/uninstall/tolerations",schemaPath:"#/properties/uninstall/properties/tolerations/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err222];
}
else {
vErrors.push(err222);
}
errors++;
}
}
}
else {
const err223 = {instancePath:instancePath+"/uninstall",schemaPath:"#/properties/uninstall/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err223];
}
else {
vErrors.push(err223);
}
errors++;
}
}
if(data.namespace !== undefined){
let data116 = data.namespace;
if(data116 && typeof data116 == "object" && !Array.isArray(data116)){
if(data116.create === undefined){
const err224 = {instancePath:instancePath+"/namespace",schemaPath:"#/properties/namespace/required",keyword:"required",params:{missingProperty: "create"}};
if(vErrors === null){
vErrors = [err224];
}
else {
vErrors.push(err224);
}
errors++;
}
for(const key24 in data116){
if(!(key24 === "create")){
const err225 = {instancePath:instancePath+"/namespace",schemaPath:"#/properties/namespace/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key24}};
if(vErrors === null){
vErrors = [err225];
}
else {
vErrors.push(err225);
}
errors++;
}
}
if(data116.create !== undefined){
if(typeof data116.create !== "boolean"){
const err226 = {instancePath:instancePath+"/namespace/create",schemaPath:"#/properties/namespace/properties/create/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err226];
}
else {
vErrors.push(err226);
}
errors++;
}
}
}
else {
const err227 = {instancePath:instancePath+"/namespace",schemaPath:"#/properties/namespace/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err227];
}
else {
vErrors.push(err227);
}
errors++;
}
}
if(data.namespaceOverride !== undefined){
let data118 = data.namespaceOverride;
if(typeof data118 === "string"){
if(!pattern30.test(data118)){
const err228 = {instancePath:instancePath+"/namespaceOverride",schemaPath:"#/properties/namespaceOverride/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)?$"}};
if(vErrors === null){
vErrors = [err228];
}
else {
vErrors.push(err228);
}
errors++;
}
}
else {
const err229 = {instancePath:instancePath+"/namespaceOverride",schemaPath:"#/properties/namespaceOverride/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err229];
}
else {
vErrors.push(err229);
}
errors++;
}
}
if(data.fullnameOverride !== undefined){
let data119 = data.fullnameOverride;
if(typeof data119 === "string"){
if(!pattern31.test(data119)){
const err230 = {instancePath:instancePath+"/fullnameOverride",schemaPath:"#/properties/fullnameOverride/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?)?$"}};
if(vErrors === null){
vErrors = [err230];
}
else {
vErrors.push(err230);
}
errors++;
}
}
else {
const err231 = {instancePath:instancePath+"/fullnameOverride",schemaPath:"#/properties/fullnameOverride/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err231];
}
else {
vErrors.push(err231);
}
errors++;
}
}
if(data.global !== undefined){
let data120 = data.global;
if(data120 && typeof data120 == "object" && !Array.isArray(data120)){
}
else {
const err232 = {instancePath:instancePath+"/global",schemaPath:"#/properties/global/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err232];
}
else {
vErrors.push(err232);
}
errors++;
}
}
if(data.enabled !== undefined){
if(typeof data.enabled !== "boolean"){
const err233 = {instancePath:instancePath+"/enabled",schemaPath:"#/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err233];
}
else {
vErrors.push(err233);
}
errors++;
}
}
}
else {
const err234 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err234];
}
else {
vErrors.push(err234);
}
errors++;
}
validate52.errors = vErrors;
return errors === 0;
}
validate52.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

