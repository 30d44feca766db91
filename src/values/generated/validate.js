// Generated from src/values/schema.json by `npm run generate`. Do not edit.
import func2_ from 'ajv/dist/runtime/ucs2length.js';
const func2 = func2_.default ?? func2_;
import func0_ from 'ajv/dist/runtime/equal.js';
const func0 = func0_.default ?? func0_;

export const validate = validate52;
const schema19 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"PodcloakValues","description":"Values of Podcloak. The names and defaults of the `encryption` block are those of Cilium's chart.","type":"object","additionalProperties":false,"required":["encryption","routingMode","ipv4NativeRoutingCIDR","ipv6NativeRoutingCIDR","image","imagePullSecrets","healthPort","monitoring","priorityClassName","updateStrategy","namespace","serviceAccount","rbac","resourceQuota","k8sServiceHost","k8sServicePort","namespaceOverride","fullnameOverride","uninstall"],"properties":{"encryption":{"title":"EncryptionValues","description":"Encryption of the pod traffic between nodes.","type":"object","additionalProperties":false,"required":["enabled","type","nodeEncryption","strictMode","ipsec"],"properties":{"enabled":{"description":"Encrypt pod traffic between nodes. `false` is a state of its own: the agents walk every pair of nodes back to plaintext and remove what they installed.","type":"boolean","default":false},"type":{"description":"How to encrypt. `ipsec` is ESP in tunnel mode.","type":"string","enum":["ipsec"],"default":"ipsec"},"nodeEncryption":{"description":"Encrypt traffic between the nodes themselves as well, but for what a cluster needs to start (API server, kubelet, neighbour discovery).","type":"boolean","default":false},"strictMode":{"title":"StrictModeValues","description":"Drop what would otherwise be in plaintext: before a pair of nodes is encrypted, and to nodes without an agent.","type":"object","additionalProperties":false,"required":["egress","ingress","startupTaint"],"properties":{"enabled":{"description":"An older name of `encryption.strictMode.egress.enabled`.","type":"boolean","deprecated":true},"cidr":{"title":"a CIDR such as 10.244.0.0/16, or a list of such CIDRs","description":"An older name of `encryption.strictMode.egress.cidr`.","anyOf":[{"$ref":"#/$defs/cidr"},{"type":"array","items":{"title":"a CIDR such as 10.244.0.0/16","type":"string","pattern":"^[0-9A-Fa-f:.]+/[0-9]{1,3}$","maxLength":64},"uniqueItems":true}],"deprecated":true},"allowRemoteNodeIdentities":{"description":"An older name of `encryption.strictMode.egress.allowRemoteNodeIdentities`.","type":"boolean","deprecated":true},"egress":{"title":"StrictEgressValues","description":"What pods send.","type":"object","additionalProperties":false,"required":["enabled","cidr","allowRemoteNodeIdentities"],"properties":{"enabled":{"description":"Drop what a node's pods send to the strict CIDRs, unless it leaves encrypted or stays on the node.","type":"boolean","default":false},"cidr":{"title":"a CIDR such as 10.244.0.0/16, or a list of such CIDRs","description":"The strict CIDR, or a list of them, IPv4 and IPv6, for both directions. Empty: those of `ipv4NativeRoutingCIDR` and `ipv6NativeRoutingCIDR` that are set.","anyOf":[{"$ref":"#/$defs/cidr"},{"type":"array","items":{"$ref":"#/$defs/cidr"},"uniqueItems":true}],"default":""},"allowRemoteNodeIdentities":{"description":"Let pods and known nodes whose addresses lie in the strict CIDRs talk in plaintext until the two nodes are encrypted.","type":"boolean","default":false}}},"ingress":{"title":"StrictIngressValues","description":"What pods receive.","type":"object","additionalProperties":false,"required":["enabled"],"properties":{"enabled":{"description":"Drop what comes to a node's pods from the strict CIDRs in plaintext, unless it is from the node itself.","type":"boolean","default":false}}},"startupTaint":{"title":"StartupTaintValues","description":"A taint that keeps pods off a new node until strict mode is in its kernel. You have nodes registered with it; the agent removes it.","type":"object","additionalProperties":false,"required":["enabled","key"],"properties":{"enabled":{"description":"Let each agent remove this taint, and nothing else, from its own Node once the node's kernel holds what the agent wants. It never adds the taint.","type":"boolean","default":false},"key":{"description":"The taint's key, whatever its value and effect. Cluster Autoscaler knows those below `startup-taint.cluster-autoscaler.kubernetes.io/` by itself.","$ref":"#/$defs/taintKey","default":"podcloak.dev/agent-not-ready"}}}}},"ipsec":{"title":"IpsecValues","description":"Settings of `encryption.type=ipsec`.","type":"object","additionalProperties":false,"required":["interface","secretName","keyFile","mountPath","keyWatcher","keyRotationDuration"],"properties":{"interface":{"title":"the name of a network device, or a list of such names","description":"The device, or a list of devices, whose addresses are the tunnel's ends. Empty: the device of the default route.","anyOf":[{"$ref":"#/$defs/interfaceName"},{"type":"array","items":{"$ref":"#/$defs/interfaceName"},"uniqueItems":true}],"default":""},"secretName":{"description":"Name of the Secret that holds the key lines, in the agent's namespace.","$ref":"#/$defs/objectName","default":"cilium-ipsec-keys"},"keyFile":{"description":"Key of that Secret, which is also the file's name under `mountPath`.","$ref":"#/$defs/secretKey","default":"keys"},"mountPath":{"description":"Where the Secret is mounted in the agent's container.","$ref":"#/$defs/absolutePath","default":"/etc/ipsec"},"keyVolume":{"description":"Where the key file comes from instead of the Secret: a Kubernetes volume source, such as `hostPath` or `csi`, for keys that you distribute yourself. Empty: the Secret.","type":"object","additionalProperties":true,"default":{}},"keyWatcher":{"description":"Watch the key file and rotate when it changes, with no restart.","type":"boolean","default":true},"keyRotationDuration":{"description":"How long a confirmed pair of nodes may keep its previous key at most.","$ref":"#/$defs/duration","default":"5m"},"key":{"description":"Key lines to render as the Secret, as in Cilium's guide: `key-id+ algorithm key-in-hex icv-bits`. Give it with `--set-file encryption.ipsec.key=FILE` only. Empty: refer to the Secret that exists.","type":"string","maxLength":65536,"writeOnly":true,"default":""}}}}},"routingMode":{"description":"How the CNI carries packets between nodes. `native`: pod addresses are on the wire.","type":"string","enum":["native"],"default":"native"},"ipv4NativeRoutingCIDR":{"description":"The IPv4 range that holds the pods of all nodes, such as `10.244.0.0/16`. At least one of the two ranges is needed to enable encryption.","$ref":"#/$defs/cidr","default":""},"ipv6NativeRoutingCIDR":{"description":"The IPv6 range that holds the pods of all nodes, such as `fd00:10:244::/48`.","$ref":"#/$defs/cidr","default":""},"image":{"title":"ImageValues","description":"The agent's image.","type":"object","additionalProperties":false,"required":["repository","pullPolicy"],"properties":{"repository":{"title":"an image repository such as registry.example/team/podcloak, without a tag or digest","description":"Registry and repository, without a tag.","type":"string","pattern":"^[a-z0-9]+([._-]+[a-z0-9]+)*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$","maxLength":255,"default":"podcloak"},"tag":{"title":"an image tag: at most 128 letters, digits, '_', '.' and '-'","description":"Tag. Empty: this version of Podcloak.","type":"string","pattern":"^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$","default":""},"digest":{"title":"an image digest: sha256: and 64 lower-case hex digits","description":"Digest that pins the image, such as `sha256:` and 64 hex digits. It wins over the tag.","type":"string","pattern":"^(sha256:[0-9a-f]{64})?$","default":""},"pullPolicy":{"description":"When the kubelet pulls the image.","type":"string","enum":["Always","IfNotPresent","Never"],"default":"IfNotPresent"}}},"imagePullSecrets":{"description":"Secrets that hold the registry's credentials.","type":"array","uniqueItems":true,"items":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"description":"Name of the Secret, in the agent's namespace.","$ref":"#/$defs/objectName"}}},"default":[]},"k8sServiceHost":{"title":"a host name or an address, or nothing","description":"Host of the API server, for clusters whose service network does not work before the agents do. Empty: the `kubernetes` service.","type":"string","pattern":"^[A-Za-z0-9.:_-]*$","maxLength":253,"default":""},"k8sServicePort":{"title":"a port from 1 to 65535, or nothing","description":"Its port, with `k8sServiceHost` only. Empty: 443.","anyOf":[{"$ref":"#/$defs/port"},{"type":"string","pattern":"^([1-9][0-9]{0,4})?$"}],"default":""},"healthPort":{"description":"TCP port on loopback, on every node, for the agent's health and readiness.","$ref":"#/$defs/port","default":9989},"monitoring":{"title":"MonitoringValues","description":"Prometheus metrics of the agent.","type":"object","additionalProperties":false,"required":["enabled","port","podMonitor"],"properties":{"enabled":{"description":"Serve `/metrics` on every node.","type":"boolean","default":false},"port":{"description":"TCP port of `/metrics`, on the node's addresses.","$ref":"#/$defs/port","default":9988},"podMonitor":{"title":"PodMonitorValues","description":"A PodMonitor for the Prometheus operator, whose CRDs the cluster must have.","type":"object","additionalProperties":false,"required":["enabled","interval"],"properties":{"enabled":{"description":"Render the PodMonitor.","type":"boolean","default":false},"interval":{"description":"How often to scrape.","$ref":"#/$defs/prometheusDuration","default":"30s"},"labels":{"description":"Labels that your Prometheus selects PodMonitors by.","$ref":"#/$defs/labels","default":{}}}}}},"resources":{"title":"ResourcesValues","description":"Requests and limits of the agent's container.","type":"object","additionalProperties":false,"properties":{"requests":{"description":"What the scheduler reserves.","$ref":"#/$defs/quantities","default":{"cpu":"25m","memory":"128Mi"}},"limits":{"description":"What the kernel enforces. No CPU limit: throttling would slow a key change.","$ref":"#/$defs/quantities","default":{"memory":"512Mi"}}}},"tolerations":{"description":"Tolerations of the agent's pods. A node without an agent is a node whose pods talk in plaintext, so the default tolerates everything.","type":"array","items":{"$ref":"#/$defs/toleration"},"default":[{"operator":"Exists"}]},"nodeSelector":{"description":"Labels a node must have to run the agent.","$ref":"#/$defs/labels","default":{}},"affinity":{"title":"AffinityValues","description":"Affinity of the agent's pods. The default keeps them on Linux, on the two architectures of the image, and off virtual nodes, where a rollout would never end.","type":"object","additionalProperties":false,"properties":{"nodeAffinity":{"description":"A Kubernetes NodeAffinity.","type":"object","additionalProperties":true,"default":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"kubernetes.io/os","operator":"In","values":["linux"]},{"key":"kubernetes.io/arch","operator":"In","values":["amd64","arm64"]},{"key":"eks.amazonaws.com/compute-type","operator":"NotIn","values":["fargate"]},{"key":"type","operator":"NotIn","values":["virtual-kubelet"]},{"key":"liqo.io/type","operator":"NotIn","values":["virtual-node"]}]}]}}},"podAffinity":{"description":"A Kubernetes PodAffinity.","type":"object","additionalProperties":true},"podAntiAffinity":{"description":"A Kubernetes PodAntiAffinity.","type":"object","additionalProperties":true}}},"priorityClassName":{"description":"Priority class of the agent's pods.","$ref":"#/$defs/objectName","default":"system-node-critical"},"updateStrategy":{"title":"UpdateStrategyValues","description":"How a new version of the agent is rolled out.","type":"object","additionalProperties":false,"required":["type"],"properties":{"type":{"description":"`OnDelete` leaves it to you when each node's agent is replaced.","type":"string","enum":["RollingUpdate","OnDelete"],"default":"RollingUpdate"},"rollingUpdate":{"title":"RollingUpdateValues","description":"Bounds of a rolling update.","type":"object","additionalProperties":false,"properties":{"maxUnavailable":{"title":"a number of nodes from 1, or a share such as 10%","description":"Nodes, or a share of them, whose agent may be down at a time. Encryption goes on in the kernel meanwhile.","anyOf":[{"type":"integer","minimum":1},{"type":"string","pattern":"^([1-9][0-9]?|100)%$"}],"default":"10%"}}}}},"podLabels":{"description":"More labels for the agent's pods.","$ref":"#/$defs/labels","default":{}},"podAnnotations":{"description":"More annotations for the agent's pods.","$ref":"#/$defs/annotations","default":{}},"commonLabels":{"description":"More labels for every object and for the agent's pods.","$ref":"#/$defs/labels","default":{}},"commonAnnotations":{"description":"Annotations for every object; those of the agent's pods are `podAnnotations`.","$ref":"#/$defs/annotations","default":{}},"extraEnv":{"description":"More environment variables for the agent, as in a container's `env`.","type":"array","items":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"title":"a variable's name: letters, digits, '_', '.' and '-', no digit first","description":"Name of the variable.","type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_.-]*$"},"value":{"description":"Its value.","type":"string"},"valueFrom":{"description":"Where its value comes from: a Kubernetes EnvVarSource.","type":"object","additionalProperties":true}}},"default":[]},"hostAliases":{"description":"Lines for `/etc/hosts` of the agent's pods, as in a pod's `hostAliases`.","type":"array","items":{"type":"object","additionalProperties":false,"required":["ip","hostnames"],"properties":{"ip":{"title":"an IPv4 or IPv6 address","description":"The address.","type":"string","pattern":"^[0-9A-Fa-f:.]+$"},"hostnames":{"description":"Its names.","type":"array","items":{"type":"string"}}}},"default":[]},"extraVolumes":{"description":"More volumes for the agent's pods, as in a pod's `volumes`.","type":"array","items":{"type":"object","additionalProperties":true,"required":["name"],"properties":{"name":{"description":"Name of the volume.","$ref":"#/$defs/objectName"}}},"default":[]},"extraVolumeMounts":{"description":"Where the agent's container has them, as in a container's `volumeMounts`.","type":"array","items":{"type":"object","additionalProperties":true,"required":["name","mountPath"],"properties":{"name":{"description":"Name of the volume.","$ref":"#/$defs/objectName"},"mountPath":{"description":"The folder or file in the container.","type":"string"}}},"default":[]},"podSecurityContext":{"description":"Security context of the agent's pods, SELinux options among it.","type":"object","additionalProperties":true,"default":{"seccompProfile":{"type":"RuntimeDefault"}}},"securityContext":{"description":"Security context of the agent's container. It needs root and NET_ADMIN, and no more.","type":"object","additionalProperties":true,"default":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"],"add":["NET_ADMIN"]},"privileged":false,"readOnlyRootFilesystem":true,"runAsUser":0,"runAsGroup":0}},"serviceAccount":{"title":"ServiceAccountValues","description":"The agent's ServiceAccount.","type":"object","additionalProperties":false,"required":["create","name"],"properties":{"create":{"description":"Render it. `false`: it exists already.","type":"boolean","default":true},"name":{"title":"a Kubernetes object name, or nothing","description":"Its name. Empty: that of the other objects, `podcloak`.","type":"string","pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$","maxLength":253,"default":""},"annotations":{"description":"Annotations of it.","$ref":"#/$defs/annotations","default":{}}}},"rbac":{"title":"RbacValues","description":"What the agent may do at the API server.","type":"object","additionalProperties":false,"required":["create"],"properties":{"create":{"description":"Render the roles and their bindings. `false`: whoever installs has no right to make roles, and somebody else does.","type":"boolean","default":true}}},"resourceQuota":{"title":"ResourceQuotaValues","description":"A ResourceQuota that lets pods of `priorityClassName` run outside kube-system, where some clouds (GKE) ask for one.","type":"object","additionalProperties":false,"required":["create","pods"],"properties":{"create":{"description":"Render it.","type":"boolean","default":false},"pods":{"title":"a number of pods as a quantity, in quotes, such as \"500\" or 10k","description":"How many such pods the namespace may have: at least one a node. Written as Kubernetes does, 10k for 10000, no other tool meets a conflict.","type":"string","pattern":"^[1-9][0-9]*[kM]?$","maxLength":16,"default":"10k"}}},"extraObjects":{"description":"More objects, rendered as they are. In a cdk8s app add your own to the chart instead. Give each its namespace: `synth` knows which kinds have none as little as helm does.","type":"array","items":{"title":"a Kubernetes object with apiVersion, kind and metadata.name","type":"object","additionalProperties":true,"required":["apiVersion","kind","metadata"],"properties":{"apiVersion":{"description":"Its API group and version.","type":"string","minLength":1},"kind":{"title":"a kind such as NetworkPolicy","description":"Its kind.","type":"string","pattern":"^[A-Z][A-Za-z0-9]*$"},"metadata":{"description":"Its metadata.","type":"object","additionalProperties":true,"required":["name"],"properties":{"name":{"title":"a name without slashes and spaces","description":"Its name.","type":"string","pattern":"^[A-Za-z0-9]([A-Za-z0-9._:-]*[A-Za-z0-9])?$","maxLength":253}}}}},"default":[]},"uninstall":{"title":"UninstallValues","description":"What `helm uninstall` does before it deletes anything. Without helm there is no such moment, so `synth` renders nothing for it: `podcloak encryption disable --wait` does the same.","type":"object","additionalProperties":false,"required":["disableFirst","timeoutSeconds"],"properties":{"disableFirst":{"description":"Turn encryption off by a Job (a pre-delete hook), and wait until nothing of it is left in any kernel. When a node does not get there in time, nothing is deleted. `false`: `helm uninstall` leaves the kernels as they are, encrypting.","type":"boolean","default":false},"timeoutSeconds":{"title":"seconds, from 1 to 86400","description":"How long the Job waits for the nodes, in seconds. Helm waits for the Job as long as its own `--timeout` says, 5 minutes if it is not given: that should be a minute more.","type":"integer","minimum":1,"maximum":86400,"default":240},"tolerations":{"description":"Tolerations of the Job's pod, which runs on one of the agents' nodes. Not those of the agents: what tolerates everything may be put on a node that is down.","type":"array","items":{"$ref":"#/$defs/toleration"},"default":[{"key":"node-role.kubernetes.io/control-plane","operator":"Exists","effect":"NoSchedule"},{"key":"CriticalAddonsOnly","operator":"Exists"}]}}},"namespace":{"title":"NamespaceValues","description":"The agent's Namespace object.","type":"object","additionalProperties":false,"required":["create"],"properties":{"create":{"description":"Render the Namespace, with the Pod Security labels that the agent needs.","type":"boolean","default":false}}},"namespaceOverride":{"title":"a namespace: at most 63 lower-case letters, digits and '-', or nothing","description":"Namespace of all objects, in the place of `--namespace` (`synth`) or the release's (helm).","type":"string","pattern":"^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)?$","default":""},"fullnameOverride":{"title":"a name: at most 50 lower-case letters, digits and '-', or nothing","description":"Name of the objects that have a namespace, in the place of `podcloak`. Those without one keep their names, as there is one installation a cluster.","type":"string","pattern":"^([a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?)?$","default":""},"global":{"description":"Ignored. Charts that include this one pass it.","type":"object","additionalProperties":true},"enabled":{"description":"Ignored. Charts that include this one pass it.","type":"boolean"}},"$defs":{"toleration":{"type":"object","additionalProperties":false,"properties":{"key":{"description":"Taint key. Empty with `Exists`: every taint.","type":"string"},"operator":{"description":"How the key relates to the value.","type":"string","enum":["Exists","Equal"]},"value":{"description":"Taint value.","type":"string"},"effect":{"description":"Taint effect. Empty: all.","type":"string","enum":["","NoSchedule","PreferNoSchedule","NoExecute"]},"tolerationSeconds":{"description":"Seconds to stay, with `NoExecute`.","type":"integer"}}},"duration":{"title":"a duration with units, such as 90s, 5m or 1h30m","type":"string","pattern":"^([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h))+$","maxLength":64},"prometheusDuration":{"title":"a Prometheus duration, such as 30s or 1m","type":"string","pattern":"^(0|([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$","minLength":1,"maxLength":64},"cidr":{"title":"a CIDR such as 10.244.0.0/16, or nothing","type":"string","pattern":"^([0-9A-Fa-f:.]+/[0-9]{1,3})?$","maxLength":64},"interfaceName":{"title":"the name of a network device: at most 15 characters, no slash, colon, comma or space","type":"string","pattern":"^[^\t-\r /:,   - \u2028\u2029  　﻿]*$","maxLength":15},"objectName":{"title":"a Kubernetes object name: lower-case letters, digits, '-' and '.'","type":"string","pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$","maxLength":253},"secretKey":{"title":"a key of a Secret: letters, digits, '-', '_' and '.'","type":"string","pattern":"^[-_a-zA-Z0-9][-._a-zA-Z0-9]*$","maxLength":253},"absolutePath":{"title":"an absolute path without ':' or '..'","type":"string","pattern":"^(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$","maxLength":253},"port":{"title":"a port from 1 to 65535","type":"integer","minimum":1,"maximum":65535},"labels":{"title":"a map of Kubernetes labels (quote values such as \"true\" or \"1\")","type":"object","propertyNames":{"pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","maxLength":317},"additionalProperties":{"$ref":"#/$defs/labelValue"}},"taintKey":{"title":"a taint's key, such as podcloak.dev/agent-not-ready","type":"string","pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","maxLength":317},"labelValue":{"title":"a label value: at most 63 letters, digits, '-', '_' and '.', in quotes where YAML would read something else","type":"string","pattern":"^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$","maxLength":63},"annotations":{"title":"a map of strings (quote values such as \"true\" or \"1\")","type":"object","propertyNames":{"pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","maxLength":317},"additionalProperties":{"type":"string"}},"quantities":{"title":"a map of quantities, such as cpu: 25m","type":"object","additionalProperties":{"title":"a quantity such as 25m, 1 or 128Mi","anyOf":[{"type":"number","minimum":0},{"type":"string","pattern":"^[0-9]+(\\.[0-9]+)?([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$"}]}}}};
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

const schema27 = {"title":"a port from 1 to 65535","type":"integer","minimum":1,"maximum":65535};

function validate73(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate73.evaluated;
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
validate73.errors = vErrors;
return errors === 0;
}
validate73.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema28 = {"title":"a Prometheus duration, such as 30s or 1m","type":"string","pattern":"^(0|([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$","minLength":1,"maxLength":64};
const pattern16 = new RegExp("^(0|([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$", "u");

function validate77(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate77.evaluated;
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
if(!pattern16.test(data)){
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
validate77.errors = vErrors;
return errors === 0;
}
validate77.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema29 = {"title":"a map of Kubernetes labels (quote values such as \"true\" or \"1\")","type":"object","propertyNames":{"pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","maxLength":317},"additionalProperties":{"$ref":"#/$defs/labelValue"}};
const schema30 = {"title":"a label value: at most 63 letters, digits, '-', '_' and '.', in quotes where YAML would read something else","type":"string","pattern":"^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$","maxLength":63};
const pattern18 = new RegExp("^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$", "u");

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
if(!pattern18.test(data)){
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
validate80.errors = vErrors;
return errors === 0;
}
validate80.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate79(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate79.evaluated;
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
if(!(validate80(data[key1], {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
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
validate79.errors = vErrors;
return errors === 0;
}
validate79.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema31 = {"title":"a map of quantities, such as cpu: 25m","type":"object","additionalProperties":{"title":"a quantity such as 25m, 1 or 128Mi","anyOf":[{"type":"number","minimum":0},{"type":"string","pattern":"^[0-9]+(\\.[0-9]+)?([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$"}]}};
const pattern19 = new RegExp("^[0-9]+(\\.[0-9]+)?([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$", "u");

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
if(!pattern19.test(data0)){
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
validate83.errors = vErrors;
return errors === 0;
}
validate83.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema32 = {"type":"object","additionalProperties":false,"properties":{"key":{"description":"Taint key. Empty with `Exists`: every taint.","type":"string"},"operator":{"description":"How the key relates to the value.","type":"string","enum":["Exists","Equal"]},"value":{"description":"Taint value.","type":"string"},"effect":{"description":"Taint effect. Empty: all.","type":"string","enum":["","NoSchedule","PreferNoSchedule","NoExecute"]},"tolerationSeconds":{"description":"Seconds to stay, with `NoExecute`.","type":"integer"}}};

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
const err3 = {instancePath:instancePath+"/operator",schemaPath:"#/properties/operator/enum",keyword:"enum",params:{allowedValues: schema32.properties.operator.enum}};
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
const err6 = {instancePath:instancePath+"/effect",schemaPath:"#/properties/effect/enum",keyword:"enum",params:{allowedValues: schema32.properties.effect.enum}};
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
validate86.errors = vErrors;
return errors === 0;
}
validate86.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema33 = {"title":"a map of strings (quote values such as \"true\" or \"1\")","type":"object","propertyNames":{"pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","maxLength":317},"additionalProperties":{"type":"string"}};

function validate91(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate91.evaluated;
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
validate91.errors = vErrors;
return errors === 0;
}
validate91.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern4 = new RegExp("^[0-9A-Fa-f:.]+/[0-9]{1,3}$", "u");
const pattern11 = new RegExp("^[a-z0-9]+([._-]+[a-z0-9]+)*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$", "u");
const pattern12 = new RegExp("^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$", "u");
const pattern13 = new RegExp("^(sha256:[0-9a-f]{64})?$", "u");
const pattern14 = new RegExp("^[A-Za-z0-9.:_-]*$", "u");
const pattern15 = new RegExp("^([1-9][0-9]{0,4})?$", "u");
const pattern20 = new RegExp("^([1-9][0-9]?|100)%$", "u");
const pattern22 = new RegExp("^[A-Za-z_][A-Za-z0-9_.-]*$", "u");
const pattern23 = new RegExp("^[0-9A-Fa-f:.]+$", "u");
const pattern24 = new RegExp("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$", "u");
const pattern25 = new RegExp("^[1-9][0-9]*[kM]?$", "u");
const pattern26 = new RegExp("^[A-Z][A-Za-z0-9]*$", "u");
const pattern27 = new RegExp("^[A-Za-z0-9]([A-Za-z0-9._:-]*[A-Za-z0-9])?$", "u");
const pattern28 = new RegExp("^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)?$", "u");
const pattern29 = new RegExp("^([a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?)?$", "u");

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
for(const key1 in data0){
if(!(((((key1 === "enabled") || (key1 === "type")) || (key1 === "nodeEncryption")) || (key1 === "strictMode")) || (key1 === "ipsec"))){
const err25 = {instancePath:instancePath+"/encryption",schemaPath:"#/properties/encryption/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1}};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data0.enabled !== undefined){
if(typeof data0.enabled !== "boolean"){
const err26 = {instancePath:instancePath+"/encryption/enabled",schemaPath:"#/properties/encryption/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data0.type !== undefined){
let data2 = data0.type;
if(typeof data2 !== "string"){
const err27 = {instancePath:instancePath+"/encryption/type",schemaPath:"#/properties/encryption/properties/type/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(!(data2 === "ipsec")){
const err28 = {instancePath:instancePath+"/encryption/type",schemaPath:"#/properties/encryption/properties/type/enum",keyword:"enum",params:{allowedValues: schema19.properties.encryption.properties.type.enum}};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data0.nodeEncryption !== undefined){
if(typeof data0.nodeEncryption !== "boolean"){
const err29 = {instancePath:instancePath+"/encryption/nodeEncryption",schemaPath:"#/properties/encryption/properties/nodeEncryption/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data0.strictMode !== undefined){
let data4 = data0.strictMode;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.egress === undefined){
const err30 = {instancePath:instancePath+"/encryption/strictMode",schemaPath:"#/properties/encryption/properties/strictMode/required",keyword:"required",params:{missingProperty: "egress"}};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data4.ingress === undefined){
const err31 = {instancePath:instancePath+"/encryption/strictMode",schemaPath:"#/properties/encryption/properties/strictMode/required",keyword:"required",params:{missingProperty: "ingress"}};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(data4.startupTaint === undefined){
const err32 = {instancePath:instancePath+"/encryption/strictMode",schemaPath:"#/properties/encryption/properties/strictMode/required",keyword:"required",params:{missingProperty: "startupTaint"}};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
for(const key2 in data4){
if(!((((((key2 === "enabled") || (key2 === "cidr")) || (key2 === "allowRemoteNodeIdentities")) || (key2 === "egress")) || (key2 === "ingress")) || (key2 === "startupTaint"))){
const err33 = {instancePath:instancePath+"/encryption/strictMode",schemaPath:"#/properties/encryption/properties/strictMode/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2}};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data4.enabled !== undefined){
if(typeof data4.enabled !== "boolean"){
const err34 = {instancePath:instancePath+"/encryption/strictMode/enabled",schemaPath:"#/properties/encryption/properties/strictMode/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
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
const err35 = {instancePath:instancePath+"/encryption/strictMode/cidr/" + i0,schemaPath:"#/properties/encryption/properties/strictMode/properties/cidr/anyOf/1/items/maxLength",keyword:"maxLength",params:{limit: 64}};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(!pattern4.test(data7)){
const err36 = {instancePath:instancePath+"/encryption/strictMode/cidr/" + i0,schemaPath:"#/properties/encryption/properties/strictMode/properties/cidr/anyOf/1/items/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f:.]+/[0-9]{1,3}$"}};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/encryption/strictMode/cidr/" + i0,schemaPath:"#/properties/encryption/properties/strictMode/properties/cidr/anyOf/1/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
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
const err38 = {instancePath:instancePath+"/encryption/strictMode/cidr",schemaPath:"#/properties/encryption/properties/strictMode/properties/cidr/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0}};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err39 = {instancePath:instancePath+"/encryption/strictMode/cidr",schemaPath:"#/properties/encryption/properties/strictMode/properties/cidr/anyOf/1/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
var _valid0 = _errs19 === errors;
valid3 = valid3 || _valid0;
if(!valid3){
const err40 = {instancePath:instancePath+"/encryption/strictMode/cidr",schemaPath:"#/properties/encryption/properties/strictMode/properties/cidr/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
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
const err41 = {instancePath:instancePath+"/encryption/strictMode/allowRemoteNodeIdentities",schemaPath:"#/properties/encryption/properties/strictMode/properties/allowRemoteNodeIdentities/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data4.egress !== undefined){
let data9 = data4.egress;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.enabled === undefined){
const err42 = {instancePath:instancePath+"/encryption/strictMode/egress",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/required",keyword:"required",params:{missingProperty: "enabled"}};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if(data9.cidr === undefined){
const err43 = {instancePath:instancePath+"/encryption/strictMode/egress",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/required",keyword:"required",params:{missingProperty: "cidr"}};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if(data9.allowRemoteNodeIdentities === undefined){
const err44 = {instancePath:instancePath+"/encryption/strictMode/egress",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/required",keyword:"required",params:{missingProperty: "allowRemoteNodeIdentities"}};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
for(const key3 in data9){
if(!(((key3 === "enabled") || (key3 === "cidr")) || (key3 === "allowRemoteNodeIdentities"))){
const err45 = {instancePath:instancePath+"/encryption/strictMode/egress",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3}};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data9.enabled !== undefined){
if(typeof data9.enabled !== "boolean"){
const err46 = {instancePath:instancePath+"/encryption/strictMode/egress/enabled",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
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
const err47 = {instancePath:instancePath+"/encryption/strictMode/egress/cidr",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/properties/cidr/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j1}};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
break outer0;
}
}
}
}
}
else {
const err48 = {instancePath:instancePath+"/encryption/strictMode/egress/cidr",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/properties/cidr/anyOf/1/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
var _valid1 = _errs33 === errors;
valid8 = valid8 || _valid1;
if(!valid8){
const err49 = {instancePath:instancePath+"/encryption/strictMode/egress/cidr",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/properties/cidr/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
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
const err50 = {instancePath:instancePath+"/encryption/strictMode/egress/allowRemoteNodeIdentities",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/properties/allowRemoteNodeIdentities/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
else {
const err51 = {instancePath:instancePath+"/encryption/strictMode/egress",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data4.ingress !== undefined){
let data14 = data4.ingress;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(data14.enabled === undefined){
const err52 = {instancePath:instancePath+"/encryption/strictMode/ingress",schemaPath:"#/properties/encryption/properties/strictMode/properties/ingress/required",keyword:"required",params:{missingProperty: "enabled"}};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
for(const key4 in data14){
if(!(key4 === "enabled")){
const err53 = {instancePath:instancePath+"/encryption/strictMode/ingress",schemaPath:"#/properties/encryption/properties/strictMode/properties/ingress/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4}};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
if(data14.enabled !== undefined){
if(typeof data14.enabled !== "boolean"){
const err54 = {instancePath:instancePath+"/encryption/strictMode/ingress/enabled",schemaPath:"#/properties/encryption/properties/strictMode/properties/ingress/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
}
else {
const err55 = {instancePath:instancePath+"/encryption/strictMode/ingress",schemaPath:"#/properties/encryption/properties/strictMode/properties/ingress/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data4.startupTaint !== undefined){
let data16 = data4.startupTaint;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(data16.enabled === undefined){
const err56 = {instancePath:instancePath+"/encryption/strictMode/startupTaint",schemaPath:"#/properties/encryption/properties/strictMode/properties/startupTaint/required",keyword:"required",params:{missingProperty: "enabled"}};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if(data16.key === undefined){
const err57 = {instancePath:instancePath+"/encryption/strictMode/startupTaint",schemaPath:"#/properties/encryption/properties/strictMode/properties/startupTaint/required",keyword:"required",params:{missingProperty: "key"}};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
for(const key5 in data16){
if(!((key5 === "enabled") || (key5 === "key"))){
const err58 = {instancePath:instancePath+"/encryption/strictMode/startupTaint",schemaPath:"#/properties/encryption/properties/strictMode/properties/startupTaint/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5}};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data16.enabled !== undefined){
if(typeof data16.enabled !== "boolean"){
const err59 = {instancePath:instancePath+"/encryption/strictMode/startupTaint/enabled",schemaPath:"#/properties/encryption/properties/strictMode/properties/startupTaint/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
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
const err60 = {instancePath:instancePath+"/encryption/strictMode/startupTaint",schemaPath:"#/properties/encryption/properties/strictMode/properties/startupTaint/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
}
else {
const err61 = {instancePath:instancePath+"/encryption/strictMode",schemaPath:"#/properties/encryption/properties/strictMode/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
if(data0.ipsec !== undefined){
let data19 = data0.ipsec;
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
if(data19.interface === undefined){
const err62 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "interface"}};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
if(data19.secretName === undefined){
const err63 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "secretName"}};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
if(data19.keyFile === undefined){
const err64 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "keyFile"}};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
if(data19.mountPath === undefined){
const err65 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "mountPath"}};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
if(data19.keyWatcher === undefined){
const err66 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "keyWatcher"}};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if(data19.keyRotationDuration === undefined){
const err67 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "keyRotationDuration"}};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
for(const key6 in data19){
if(!((((((((key6 === "interface") || (key6 === "secretName")) || (key6 === "keyFile")) || (key6 === "mountPath")) || (key6 === "keyVolume")) || (key6 === "keyWatcher")) || (key6 === "keyRotationDuration")) || (key6 === "key"))){
const err68 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6}};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
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
const err69 = {instancePath:instancePath+"/encryption/ipsec/interface",schemaPath:"#/properties/encryption/properties/ipsec/properties/interface/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i5, j: j2}};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
break outer1;
}
}
}
}
}
else {
const err70 = {instancePath:instancePath+"/encryption/ipsec/interface",schemaPath:"#/properties/encryption/properties/ipsec/properties/interface/anyOf/1/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
var _valid2 = _errs55 === errors;
valid15 = valid15 || _valid2;
if(!valid15){
const err71 = {instancePath:instancePath+"/encryption/ipsec/interface",schemaPath:"#/properties/encryption/properties/ipsec/properties/interface/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
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
const err72 = {instancePath:instancePath+"/encryption/ipsec/keyVolume",schemaPath:"#/properties/encryption/properties/ipsec/properties/keyVolume/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data19.keyWatcher !== undefined){
if(typeof data19.keyWatcher !== "boolean"){
const err73 = {instancePath:instancePath+"/encryption/ipsec/keyWatcher",schemaPath:"#/properties/encryption/properties/ipsec/properties/keyWatcher/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
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
if(data19.key !== undefined){
let data28 = data19.key;
if(typeof data28 === "string"){
if(func2(data28) > 65536){
const err74 = {instancePath:instancePath+"/encryption/ipsec/key",schemaPath:"#/properties/encryption/properties/ipsec/properties/key/maxLength",keyword:"maxLength",params:{limit: 65536}};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
else {
const err75 = {instancePath:instancePath+"/encryption/ipsec/key",schemaPath:"#/properties/encryption/properties/ipsec/properties/key/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
}
else {
const err76 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
}
else {
const err77 = {instancePath:instancePath+"/encryption",schemaPath:"#/properties/encryption/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
if(data.routingMode !== undefined){
let data29 = data.routingMode;
if(typeof data29 !== "string"){
const err78 = {instancePath:instancePath+"/routingMode",schemaPath:"#/properties/routingMode/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
if(!(data29 === "native")){
const err79 = {instancePath:instancePath+"/routingMode",schemaPath:"#/properties/routingMode/enum",keyword:"enum",params:{allowedValues: schema19.properties.routingMode.enum}};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
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
let data32 = data.image;
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
if(data32.repository === undefined){
const err80 = {instancePath:instancePath+"/image",schemaPath:"#/properties/image/required",keyword:"required",params:{missingProperty: "repository"}};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
if(data32.pullPolicy === undefined){
const err81 = {instancePath:instancePath+"/image",schemaPath:"#/properties/image/required",keyword:"required",params:{missingProperty: "pullPolicy"}};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
for(const key7 in data32){
if(!((((key7 === "repository") || (key7 === "tag")) || (key7 === "digest")) || (key7 === "pullPolicy"))){
const err82 = {instancePath:instancePath+"/image",schemaPath:"#/properties/image/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7}};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
if(data32.repository !== undefined){
let data33 = data32.repository;
if(typeof data33 === "string"){
if(func2(data33) > 255){
const err83 = {instancePath:instancePath+"/image/repository",schemaPath:"#/properties/image/properties/repository/maxLength",keyword:"maxLength",params:{limit: 255}};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
if(!pattern11.test(data33)){
const err84 = {instancePath:instancePath+"/image/repository",schemaPath:"#/properties/image/properties/repository/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]+([._-]+[a-z0-9]+)*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$"}};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
else {
const err85 = {instancePath:instancePath+"/image/repository",schemaPath:"#/properties/image/properties/repository/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
if(data32.tag !== undefined){
let data34 = data32.tag;
if(typeof data34 === "string"){
if(!pattern12.test(data34)){
const err86 = {instancePath:instancePath+"/image/tag",schemaPath:"#/properties/image/properties/tag/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$"}};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
else {
const err87 = {instancePath:instancePath+"/image/tag",schemaPath:"#/properties/image/properties/tag/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
if(data32.digest !== undefined){
let data35 = data32.digest;
if(typeof data35 === "string"){
if(!pattern13.test(data35)){
const err88 = {instancePath:instancePath+"/image/digest",schemaPath:"#/properties/image/properties/digest/pattern",keyword:"pattern",params:{pattern: "^(sha256:[0-9a-f]{64})?$"}};
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
const err89 = {instancePath:instancePath+"/image/digest",schemaPath:"#/properties/image/properties/digest/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
if(data32.pullPolicy !== undefined){
let data36 = data32.pullPolicy;
if(typeof data36 !== "string"){
const err90 = {instancePath:instancePath+"/image/pullPolicy",schemaPath:"#/properties/image/properties/pullPolicy/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
if(!(((data36 === "Always") || (data36 === "IfNotPresent")) || (data36 === "Never"))){
const err91 = {instancePath:instancePath+"/image/pullPolicy",schemaPath:"#/properties/image/properties/pullPolicy/enum",keyword:"enum",params:{allowedValues: schema19.properties.image.properties.pullPolicy.enum}};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
}
else {
const err92 = {instancePath:instancePath+"/image",schemaPath:"#/properties/image/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
if(data.imagePullSecrets !== undefined){
let data37 = data.imagePullSecrets;
if(Array.isArray(data37)){
const len3 = data37.length;
for(let i6=0; i6<len3; i6++){
let data38 = data37[i6];
if(data38 && typeof data38 == "object" && !Array.isArray(data38)){
if(data38.name === undefined){
const err93 = {instancePath:instancePath+"/imagePullSecrets/" + i6,schemaPath:"#/properties/imagePullSecrets/items/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
for(const key8 in data38){
if(!(key8 === "name")){
const err94 = {instancePath:instancePath+"/imagePullSecrets/" + i6,schemaPath:"#/properties/imagePullSecrets/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8}};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
if(data38.name !== undefined){
if(!(validate62(data38.name, {instancePath:instancePath+"/imagePullSecrets/" + i6+"/name",parentData:data38,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
}
else {
const err95 = {instancePath:instancePath+"/imagePullSecrets/" + i6,schemaPath:"#/properties/imagePullSecrets/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
let i7 = data37.length;
let j3;
if(i7 > 1){
outer2:
for(;i7--;){
for(j3 = i7; j3--;){
if(func0(data37[i7], data37[j3])){
const err96 = {instancePath:instancePath+"/imagePullSecrets",schemaPath:"#/properties/imagePullSecrets/uniqueItems",keyword:"uniqueItems",params:{i: i7, j: j3}};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
break outer2;
}
}
}
}
}
else {
const err97 = {instancePath:instancePath+"/imagePullSecrets",schemaPath:"#/properties/imagePullSecrets/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
if(data.k8sServiceHost !== undefined){
let data40 = data.k8sServiceHost;
if(typeof data40 === "string"){
if(func2(data40) > 253){
const err98 = {instancePath:instancePath+"/k8sServiceHost",schemaPath:"#/properties/k8sServiceHost/maxLength",keyword:"maxLength",params:{limit: 253}};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
if(!pattern14.test(data40)){
const err99 = {instancePath:instancePath+"/k8sServiceHost",schemaPath:"#/properties/k8sServiceHost/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9.:_-]*$"}};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
else {
const err100 = {instancePath:instancePath+"/k8sServiceHost",schemaPath:"#/properties/k8sServiceHost/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
if(data.k8sServicePort !== undefined){
let data41 = data.k8sServicePort;
const _errs93 = errors;
let valid24 = false;
const _errs94 = errors;
if(!(validate73(data41, {instancePath:instancePath+"/k8sServicePort",parentData:data,parentDataProperty:"k8sServicePort",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
errors = vErrors.length;
}
var _valid3 = _errs94 === errors;
valid24 = valid24 || _valid3;
const _errs95 = errors;
if(typeof data41 === "string"){
if(!pattern15.test(data41)){
const err101 = {instancePath:instancePath+"/k8sServicePort",schemaPath:"#/properties/k8sServicePort/anyOf/1/pattern",keyword:"pattern",params:{pattern: "^([1-9][0-9]{0,4})?$"}};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
else {
const err102 = {instancePath:instancePath+"/k8sServicePort",schemaPath:"#/properties/k8sServicePort/anyOf/1/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
var _valid3 = _errs95 === errors;
valid24 = valid24 || _valid3;
if(!valid24){
const err103 = {instancePath:instancePath+"/k8sServicePort",schemaPath:"#/properties/k8sServicePort/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
else {
errors = _errs93;
if(vErrors !== null){
if(_errs93){
vErrors.length = _errs93;
}
else {
vErrors = null;
}
}
}
}
if(data.healthPort !== undefined){
if(!(validate73(data.healthPort, {instancePath:instancePath+"/healthPort",parentData:data,parentDataProperty:"healthPort",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
errors = vErrors.length;
}
}
if(data.monitoring !== undefined){
let data43 = data.monitoring;
if(data43 && typeof data43 == "object" && !Array.isArray(data43)){
if(data43.enabled === undefined){
const err104 = {instancePath:instancePath+"/monitoring",schemaPath:"#/properties/monitoring/required",keyword:"required",params:{missingProperty: "enabled"}};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
if(data43.port === undefined){
const err105 = {instancePath:instancePath+"/monitoring",schemaPath:"#/properties/monitoring/required",keyword:"required",params:{missingProperty: "port"}};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
if(data43.podMonitor === undefined){
const err106 = {instancePath:instancePath+"/monitoring",schemaPath:"#/properties/monitoring/required",keyword:"required",params:{missingProperty: "podMonitor"}};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
for(const key9 in data43){
if(!(((key9 === "enabled") || (key9 === "port")) || (key9 === "podMonitor"))){
const err107 = {instancePath:instancePath+"/monitoring",schemaPath:"#/properties/monitoring/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9}};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
if(data43.enabled !== undefined){
if(typeof data43.enabled !== "boolean"){
const err108 = {instancePath:instancePath+"/monitoring/enabled",schemaPath:"#/properties/monitoring/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
if(data43.port !== undefined){
if(!(validate73(data43.port, {instancePath:instancePath+"/monitoring/port",parentData:data43,parentDataProperty:"port",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
errors = vErrors.length;
}
}
if(data43.podMonitor !== undefined){
let data46 = data43.podMonitor;
if(data46 && typeof data46 == "object" && !Array.isArray(data46)){
if(data46.enabled === undefined){
const err109 = {instancePath:instancePath+"/monitoring/podMonitor",schemaPath:"#/properties/monitoring/properties/podMonitor/required",keyword:"required",params:{missingProperty: "enabled"}};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
if(data46.interval === undefined){
const err110 = {instancePath:instancePath+"/monitoring/podMonitor",schemaPath:"#/properties/monitoring/properties/podMonitor/required",keyword:"required",params:{missingProperty: "interval"}};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
for(const key10 in data46){
if(!(((key10 === "enabled") || (key10 === "interval")) || (key10 === "labels"))){
const err111 = {instancePath:instancePath+"/monitoring/podMonitor",schemaPath:"#/properties/monitoring/properties/podMonitor/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10}};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
if(data46.enabled !== undefined){
if(typeof data46.enabled !== "boolean"){
const err112 = {instancePath:instancePath+"/monitoring/podMonitor/enabled",schemaPath:"#/properties/monitoring/properties/podMonitor/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
if(data46.interval !== undefined){
if(!(validate77(data46.interval, {instancePath:instancePath+"/monitoring/podMonitor/interval",parentData:data46,parentDataProperty:"interval",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate77.errors : vErrors.concat(validate77.errors);
errors = vErrors.length;
}
}
if(data46.labels !== undefined){
if(!(validate79(data46.labels, {instancePath:instancePath+"/monitoring/podMonitor/labels",parentData:data46,parentDataProperty:"labels",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate79.errors : vErrors.concat(validate79.errors);
errors = vErrors.length;
}
}
}
else {
const err113 = {instancePath:instancePath+"/monitoring/podMonitor",schemaPath:"#/properties/monitoring/properties/podMonitor/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
}
else {
const err114 = {instancePath:instancePath+"/monitoring",schemaPath:"#/properties/monitoring/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
if(data.resources !== undefined){
let data50 = data.resources;
if(data50 && typeof data50 == "object" && !Array.isArray(data50)){
for(const key11 in data50){
if(!((key11 === "requests") || (key11 === "limits"))){
const err115 = {instancePath:instancePath+"/resources",schemaPath:"#/properties/resources/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11}};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
if(data50.requests !== undefined){
if(!(validate83(data50.requests, {instancePath:instancePath+"/resources/requests",parentData:data50,parentDataProperty:"requests",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
}
if(data50.limits !== undefined){
if(!(validate83(data50.limits, {instancePath:instancePath+"/resources/limits",parentData:data50,parentDataProperty:"limits",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
}
}
else {
const err116 = {instancePath:instancePath+"/resources",schemaPath:"#/properties/resources/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
if(data.tolerations !== undefined){
let data53 = data.tolerations;
if(Array.isArray(data53)){
const len4 = data53.length;
for(let i8=0; i8<len4; i8++){
if(!(validate86(data53[i8], {instancePath:instancePath+"/tolerations/" + i8,parentData:data53,parentDataProperty:i8,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
}
else {
const err117 = {instancePath:instancePath+"/tolerations",schemaPath:"#/properties/tolerations/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
if(data.nodeSelector !== undefined){
if(!(validate79(data.nodeSelector, {instancePath:instancePath+"/nodeSelector",parentData:data,parentDataProperty:"nodeSelector",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate79.errors : vErrors.concat(validate79.errors);
errors = vErrors.length;
}
}
if(data.affinity !== undefined){
let data56 = data.affinity;
if(data56 && typeof data56 == "object" && !Array.isArray(data56)){
for(const key12 in data56){
if(!(((key12 === "nodeAffinity") || (key12 === "podAffinity")) || (key12 === "podAntiAffinity"))){
const err118 = {instancePath:instancePath+"/affinity",schemaPath:"#/properties/affinity/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12}};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
if(data56.nodeAffinity !== undefined){
let data57 = data56.nodeAffinity;
if(data57 && typeof data57 == "object" && !Array.isArray(data57)){
}
else {
const err119 = {instancePath:instancePath+"/affinity/nodeAffinity",schemaPath:"#/properties/affinity/properties/nodeAffinity/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
if(data56.podAffinity !== undefined){
let data58 = data56.podAffinity;
if(data58 && typeof data58 == "object" && !Array.isArray(data58)){
}
else {
const err120 = {instancePath:instancePath+"/affinity/podAffinity",schemaPath:"#/properties/affinity/properties/podAffinity/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
if(data56.podAntiAffinity !== undefined){
let data59 = data56.podAntiAffinity;
if(data59 && typeof data59 == "object" && !Array.isArray(data59)){
}
else {
const err121 = {instancePath:instancePath+"/affinity/podAntiAffinity",schemaPath:"#/properties/affinity/properties/podAntiAffinity/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
}
else {
const err122 = {instancePath:instancePath+"/affinity",schemaPath:"#/properties/affinity/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
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
let data61 = data.updateStrategy;
if(data61 && typeof data61 == "object" && !Array.isArray(data61)){
if(data61.type === undefined){
const err123 = {instancePath:instancePath+"/updateStrategy",schemaPath:"#/properties/updateStrategy/required",keyword:"required",params:{missingProperty: "type"}};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
for(const key13 in data61){
if(!((key13 === "type") || (key13 === "rollingUpdate"))){
const err124 = {instancePath:instancePath+"/updateStrategy",schemaPath:"#/properties/updateStrategy/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key13}};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
if(data61.type !== undefined){
let data62 = data61.type;
if(typeof data62 !== "string"){
const err125 = {instancePath:instancePath+"/updateStrategy/type",schemaPath:"#/properties/updateStrategy/properties/type/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
if(!((data62 === "RollingUpdate") || (data62 === "OnDelete"))){
const err126 = {instancePath:instancePath+"/updateStrategy/type",schemaPath:"#/properties/updateStrategy/properties/type/enum",keyword:"enum",params:{allowedValues: schema19.properties.updateStrategy.properties.type.enum}};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
if(data61.rollingUpdate !== undefined){
let data63 = data61.rollingUpdate;
if(data63 && typeof data63 == "object" && !Array.isArray(data63)){
for(const key14 in data63){
if(!(key14 === "maxUnavailable")){
const err127 = {instancePath:instancePath+"/updateStrategy/rollingUpdate",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key14}};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
if(data63.maxUnavailable !== undefined){
let data64 = data63.maxUnavailable;
const _errs142 = errors;
let valid33 = false;
const _errs143 = errors;
if(!(((typeof data64 == "number") && (!(data64 % 1) && !isNaN(data64))) && (isFinite(data64)))){
const err128 = {instancePath:instancePath+"/updateStrategy/rollingUpdate/maxUnavailable",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/anyOf/0/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
if((typeof data64 == "number") && (isFinite(data64))){
if(data64 < 1 || isNaN(data64)){
const err129 = {instancePath:instancePath+"/updateStrategy/rollingUpdate/maxUnavailable",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
}
var _valid4 = _errs143 === errors;
valid33 = valid33 || _valid4;
const _errs145 = errors;
if(typeof data64 === "string"){
if(!pattern20.test(data64)){
const err130 = {instancePath:instancePath+"/updateStrategy/rollingUpdate/maxUnavailable",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/anyOf/1/pattern",keyword:"pattern",params:{pattern: "^([1-9][0-9]?|100)%$"}};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
}
else {
const err131 = {instancePath:instancePath+"/updateStrategy/rollingUpdate/maxUnavailable",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/anyOf/1/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
var _valid4 = _errs145 === errors;
valid33 = valid33 || _valid4;
if(!valid33){
const err132 = {instancePath:instancePath+"/updateStrategy/rollingUpdate/maxUnavailable",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
else {
errors = _errs142;
if(vErrors !== null){
if(_errs142){
vErrors.length = _errs142;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err133 = {instancePath:instancePath+"/updateStrategy/rollingUpdate",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
}
}
else {
const err134 = {instancePath:instancePath+"/updateStrategy",schemaPath:"#/properties/updateStrategy/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
}
if(data.podLabels !== undefined){
if(!(validate79(data.podLabels, {instancePath:instancePath+"/podLabels",parentData:data,parentDataProperty:"podLabels",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate79.errors : vErrors.concat(validate79.errors);
errors = vErrors.length;
}
}
if(data.podAnnotations !== undefined){
if(!(validate91(data.podAnnotations, {instancePath:instancePath+"/podAnnotations",parentData:data,parentDataProperty:"podAnnotations",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate91.errors : vErrors.concat(validate91.errors);
errors = vErrors.length;
}
}
if(data.commonLabels !== undefined){
if(!(validate79(data.commonLabels, {instancePath:instancePath+"/commonLabels",parentData:data,parentDataProperty:"commonLabels",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate79.errors : vErrors.concat(validate79.errors);
errors = vErrors.length;
}
}
if(data.commonAnnotations !== undefined){
if(!(validate91(data.commonAnnotations, {instancePath:instancePath+"/commonAnnotations",parentData:data,parentDataProperty:"commonAnnotations",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate91.errors : vErrors.concat(validate91.errors);
errors = vErrors.length;
}
}
if(data.extraEnv !== undefined){
let data69 = data.extraEnv;
if(Array.isArray(data69)){
const len5 = data69.length;
for(let i9=0; i9<len5; i9++){
let data70 = data69[i9];
if(data70 && typeof data70 == "object" && !Array.isArray(data70)){
if(data70.name === undefined){
const err135 = {instancePath:instancePath+"/extraEnv/" + i9,schemaPath:"#/properties/extraEnv/items/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
for(const key15 in data70){
if(!(((key15 === "name") || (key15 === "value")) || (key15 === "valueFrom"))){
const err136 = {instancePath:instancePath+"/extraEnv/" + i9,schemaPath:"#/properties/extraEnv/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key15}};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
if(data70.name !== undefined){
let data71 = data70.name;
if(typeof data71 === "string"){
if(!pattern22.test(data71)){
const err137 = {instancePath:instancePath+"/extraEnv/" + i9+"/name",schemaPath:"#/properties/extraEnv/items/properties/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_.-]*$"}};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
else {
const err138 = {instancePath:instancePath+"/extraEnv/" + i9+"/name",schemaPath:"#/properties/extraEnv/items/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
}
if(data70.value !== undefined){
if(typeof data70.value !== "string"){
const err139 = {instancePath:instancePath+"/extraEnv/" + i9+"/value",schemaPath:"#/properties/extraEnv/items/properties/value/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
if(data70.valueFrom !== undefined){
let data73 = data70.valueFrom;
if(data73 && typeof data73 == "object" && !Array.isArray(data73)){
}
else {
const err140 = {instancePath:instancePath+"/extraEnv/" + i9+"/valueFrom",schemaPath:"#/properties/extraEnv/items/properties/valueFrom/type",keyword:"type",params:{type: "object"}};
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
const err141 = {instancePath:instancePath+"/extraEnv/" + i9,schemaPath:"#/properties/extraEnv/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
}
}
else {
const err142 = {instancePath:instancePath+"/extraEnv",schemaPath:"#/properties/extraEnv/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
}
if(data.hostAliases !== undefined){
let data74 = data.hostAliases;
if(Array.isArray(data74)){
const len6 = data74.length;
for(let i10=0; i10<len6; i10++){
let data75 = data74[i10];
if(data75 && typeof data75 == "object" && !Array.isArray(data75)){
if(data75.ip === undefined){
const err143 = {instancePath:instancePath+"/hostAliases/" + i10,schemaPath:"#/properties/hostAliases/items/required",keyword:"required",params:{missingProperty: "ip"}};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
if(data75.hostnames === undefined){
const err144 = {instancePath:instancePath+"/hostAliases/" + i10,schemaPath:"#/properties/hostAliases/items/required",keyword:"required",params:{missingProperty: "hostnames"}};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
for(const key16 in data75){
if(!((key16 === "ip") || (key16 === "hostnames"))){
const err145 = {instancePath:instancePath+"/hostAliases/" + i10,schemaPath:"#/properties/hostAliases/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key16}};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
}
if(data75.ip !== undefined){
let data76 = data75.ip;
if(typeof data76 === "string"){
if(!pattern23.test(data76)){
const err146 = {instancePath:instancePath+"/hostAliases/" + i10+"/ip",schemaPath:"#/properties/hostAliases/items/properties/ip/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f:.]+$"}};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
}
else {
const err147 = {instancePath:instancePath+"/hostAliases/" + i10+"/ip",schemaPath:"#/properties/hostAliases/items/properties/ip/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
}
if(data75.hostnames !== undefined){
let data77 = data75.hostnames;
if(Array.isArray(data77)){
const len7 = data77.length;
for(let i11=0; i11<len7; i11++){
if(typeof data77[i11] !== "string"){
const err148 = {instancePath:instancePath+"/hostAliases/" + i10+"/hostnames/" + i11,schemaPath:"#/properties/hostAliases/items/properties/hostnames/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
}
}
else {
const err149 = {instancePath:instancePath+"/hostAliases/" + i10+"/hostnames",schemaPath:"#/properties/hostAliases/items/properties/hostnames/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
}
else {
const err150 = {instancePath:instancePath+"/hostAliases/" + i10,schemaPath:"#/properties/hostAliases/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
}
}
else {
const err151 = {instancePath:instancePath+"/hostAliases",schemaPath:"#/properties/hostAliases/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
}
if(data.extraVolumes !== undefined){
let data79 = data.extraVolumes;
if(Array.isArray(data79)){
const len8 = data79.length;
for(let i12=0; i12<len8; i12++){
let data80 = data79[i12];
if(data80 && typeof data80 == "object" && !Array.isArray(data80)){
if(data80.name === undefined){
const err152 = {instancePath:instancePath+"/extraVolumes/" + i12,schemaPath:"#/properties/extraVolumes/items/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
if(data80.name !== undefined){
if(!(validate62(data80.name, {instancePath:instancePath+"/extraVolumes/" + i12+"/name",parentData:data80,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
}
else {
const err153 = {instancePath:instancePath+"/extraVolumes/" + i12,schemaPath:"#/properties/extraVolumes/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
}
}
else {
const err154 = {instancePath:instancePath+"/extraVolumes",schemaPath:"#/properties/extraVolumes/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
}
if(data.extraVolumeMounts !== undefined){
let data82 = data.extraVolumeMounts;
if(Array.isArray(data82)){
const len9 = data82.length;
for(let i13=0; i13<len9; i13++){
let data83 = data82[i13];
if(data83 && typeof data83 == "object" && !Array.isArray(data83)){
if(data83.name === undefined){
const err155 = {instancePath:instancePath+"/extraVolumeMounts/" + i13,schemaPath:"#/properties/extraVolumeMounts/items/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
if(data83.mountPath === undefined){
const err156 = {instancePath:instancePath+"/extraVolumeMounts/" + i13,schemaPath:"#/properties/extraVolumeMounts/items/required",keyword:"required",params:{missingProperty: "mountPath"}};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
if(data83.name !== undefined){
if(!(validate62(data83.name, {instancePath:instancePath+"/extraVolumeMounts/" + i13+"/name",parentData:data83,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data83.mountPath !== undefined){
if(typeof data83.mountPath !== "string"){
const err157 = {instancePath:instancePath+"/extraVolumeMounts/" + i13+"/mountPath",schemaPath:"#/properties/extraVolumeMounts/items/properties/mountPath/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
}
}
else {
const err158 = {instancePath:instancePath+"/extraVolumeMounts/" + i13,schemaPath:"#/properties/extraVolumeMounts/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
}
}
else {
const err159 = {instancePath:instancePath+"/extraVolumeMounts",schemaPath:"#/properties/extraVolumeMounts/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
}
if(data.podSecurityContext !== undefined){
let data86 = data.podSecurityContext;
if(data86 && typeof data86 == "object" && !Array.isArray(data86)){
}
else {
const err160 = {instancePath:instancePath+"/podSecurityContext",schemaPath:"#/properties/podSecurityContext/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
}
if(data.securityContext !== undefined){
let data87 = data.securityContext;
if(data87 && typeof data87 == "object" && !Array.isArray(data87)){
}
else {
const err161 = {instancePath:instancePath+"/securityContext",schemaPath:"#/properties/securityContext/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
}
if(data.serviceAccount !== undefined){
let data88 = data.serviceAccount;
if(data88 && typeof data88 == "object" && !Array.isArray(data88)){
if(data88.create === undefined){
const err162 = {instancePath:instancePath+"/serviceAccount",schemaPath:"#/properties/serviceAccount/required",keyword:"required",params:{missingProperty: "create"}};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
if(data88.name === undefined){
const err163 = {instancePath:instancePath+"/serviceAccount",schemaPath:"#/properties/serviceAccount/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err163];
}
else {
vErrors.push(err163);
}
errors++;
}
for(const key17 in data88){
if(!(((key17 === "create") || (key17 === "name")) || (key17 === "annotations"))){
const err164 = {instancePath:instancePath+"/serviceAccount",schemaPath:"#/properties/serviceAccount/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key17}};
if(vErrors === null){
vErrors = [err164];
}
else {
vErrors.push(err164);
}
errors++;
}
}
if(data88.create !== undefined){
if(typeof data88.create !== "boolean"){
const err165 = {instancePath:instancePath+"/serviceAccount/create",schemaPath:"#/properties/serviceAccount/properties/create/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err165];
}
else {
vErrors.push(err165);
}
errors++;
}
}
if(data88.name !== undefined){
let data90 = data88.name;
if(typeof data90 === "string"){
if(func2(data90) > 253){
const err166 = {instancePath:instancePath+"/serviceAccount/name",schemaPath:"#/properties/serviceAccount/properties/name/maxLength",keyword:"maxLength",params:{limit: 253}};
if(vErrors === null){
vErrors = [err166];
}
else {
vErrors.push(err166);
}
errors++;
}
if(!pattern24.test(data90)){
const err167 = {instancePath:instancePath+"/serviceAccount/name",schemaPath:"#/properties/serviceAccount/properties/name/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$"}};
if(vErrors === null){
vErrors = [err167];
}
else {
vErrors.push(err167);
}
errors++;
}
}
else {
const err168 = {instancePath:instancePath+"/serviceAccount/name",schemaPath:"#/properties/serviceAccount/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err168];
}
else {
vErrors.push(err168);
}
errors++;
}
}
if(data88.annotations !== undefined){
if(!(validate91(data88.annotations, {instancePath:instancePath+"/serviceAccount/annotations",parentData:data88,parentDataProperty:"annotations",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate91.errors : vErrors.concat(validate91.errors);
errors = vErrors.length;
}
}
}
else {
const err169 = {instancePath:instancePath+"/serviceAccount",schemaPath:"#/properties/serviceAccount/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err169];
}
else {
vErrors.push(err169);
}
errors++;
}
}
if(data.rbac !== undefined){
let data92 = data.rbac;
if(data92 && typeof data92 == "object" && !Array.isArray(data92)){
if(data92.create === undefined){
const err170 = {instancePath:instancePath+"/rbac",schemaPath:"#/properties/rbac/required",keyword:"required",params:{missingProperty: "create"}};
if(vErrors === null){
vErrors = [err170];
}
else {
vErrors.push(err170);
}
errors++;
}
for(const key18 in data92){
if(!(key18 === "create")){
const err171 = {instancePath:instancePath+"/rbac",schemaPath:"#/properties/rbac/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key18}};
if(vErrors === null){
vErrors = [err171];
}
else {
vErrors.push(err171);
}
errors++;
}
}
if(data92.create !== undefined){
if(typeof data92.create !== "boolean"){
const err172 = {instancePath:instancePath+"/rbac/create",schemaPath:"#/properties/rbac/properties/create/type",keyword:"type",params:{type: "boolean"}};
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
const err173 = {instancePath:instancePath+"/rbac",schemaPath:"#/properties/rbac/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err173];
}
else {
vErrors.push(err173);
}
errors++;
}
}
if(data.resourceQuota !== undefined){
let data94 = data.resourceQuota;
if(data94 && typeof data94 == "object" && !Array.isArray(data94)){
if(data94.create === undefined){
const err174 = {instancePath:instancePath+"/resourceQuota",schemaPath:"#/properties/resourceQuota/required",keyword:"required",params:{missingProperty: "create"}};
if(vErrors === null){
vErrors = [err174];
}
else {
vErrors.push(err174);
}
errors++;
}
if(data94.pods === undefined){
const err175 = {instancePath:instancePath+"/resourceQuota",schemaPath:"#/properties/resourceQuota/required",keyword:"required",params:{missingProperty: "pods"}};
if(vErrors === null){
vErrors = [err175];
}
else {
vErrors.push(err175);
}
errors++;
}
for(const key19 in data94){
if(!((key19 === "create") || (key19 === "pods"))){
const err176 = {instancePath:instancePath+"/resourceQuota",schemaPath:"#/properties/resourceQuota/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key19}};
if(vErrors === null){
vErrors = [err176];
}
else {
vErrors.push(err176);
}
errors++;
}
}
if(data94.create !== undefined){
if(typeof data94.create !== "boolean"){
const err177 = {instancePath:instancePath+"/resourceQuota/create",schemaPath:"#/properties/resourceQuota/properties/create/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err177];
}
else {
vErrors.push(err177);
}
errors++;
}
}
if(data94.pods !== undefined){
let data96 = data94.pods;
if(typeof data96 === "string"){
if(func2(data96) > 16){
const err178 = {instancePath:instancePath+"/resourceQuota/pods",schemaPath:"#/properties/resourceQuota/properties/pods/maxLength",keyword:"maxLength",params:{limit: 16}};
if(vErrors === null){
vErrors = [err178];
}
else {
vErrors.push(err178);
}
errors++;
}
if(!pattern25.test(data96)){
const err179 = {instancePath:instancePath+"/resourceQuota/pods",schemaPath:"#/properties/resourceQuota/properties/pods/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]*[kM]?$"}};
if(vErrors === null){
vErrors = [err179];
}
else {
vErrors.push(err179);
}
errors++;
}
}
else {
const err180 = {instancePath:instancePath+"/resourceQuota/pods",schemaPath:"#/properties/resourceQuota/properties/pods/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err180];
}
else {
vErrors.push(err180);
}
errors++;
}
}
}
else {
const err181 = {instancePath:instancePath+"/resourceQuota",schemaPath:"#/properties/resourceQuota/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err181];
}
else {
vErrors.push(err181);
}
errors++;
}
}
if(data.extraObjects !== undefined){
let data97 = data.extraObjects;
if(Array.isArray(data97)){
const len10 = data97.length;
for(let i14=0; i14<len10; i14++){
let data98 = data97[i14];
if(data98 && typeof data98 == "object" && !Array.isArray(data98)){
if(data98.apiVersion === undefined){
const err182 = {instancePath:instancePath+"/extraObjects/" + i14,schemaPath:"#/properties/extraObjects/items/required",keyword:"required",params:{missingProperty: "apiVersion"}};
if(vErrors === null){
vErrors = [err182];
}
else {
vErrors.push(err182);
}
errors++;
}
if(data98.kind === undefined){
const err183 = {instancePath:instancePath+"/extraObjects/" + i14,schemaPath:"#/properties/extraObjects/items/required",keyword:"required",params:{missingProperty: "kind"}};
if(vErrors === null){
vErrors = [err183];
}
else {
vErrors.push(err183);
}
errors++;
}
if(data98.metadata === undefined){
const err184 = {instancePath:instancePath+"/extraObjects/" + i14,schemaPath:"#/properties/extraObjects/items/required",keyword:"required",params:{missingProperty: "metadata"}};
if(vErrors === null){
vErrors = [err184];
}
else {
vErrors.push(err184);
}
errors++;
}
if(data98.apiVersion !== undefined){
let data99 = data98.apiVersion;
if(typeof data99 === "string"){
if(func2(data99) < 1){
const err185 = {instancePath:instancePath+"/extraObjects/" + i14+"/apiVersion",schemaPath:"#/properties/extraObjects/items/properties/apiVersion/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err185];
}
else {
vErrors.push(err185);
}
errors++;
}
}
else {
const err186 = {instancePath:instancePath+"/extraObjects/" + i14+"/apiVersion",schemaPath:"#/properties/extraObjects/items/properties/apiVersion/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err186];
}
else {
vErrors.push(err186);
}
errors++;
}
}
if(data98.kind !== undefined){
let data100 = data98.kind;
if(typeof data100 === "string"){
if(!pattern26.test(data100)){
const err187 = {instancePath:instancePath+"/extraObjects/" + i14+"/kind",schemaPath:"#/properties/extraObjects/items/properties/kind/pattern",keyword:"pattern",params:{pattern: "^[A-Z][A-Za-z0-9]*$"}};
if(vErrors === null){
vErrors = [err187];
}
else {
vErrors.push(err187);
}
errors++;
}
}
else {
const err188 = {instancePath:instancePath+"/extraObjects/" + i14+"/kind",schemaPath:"#/properties/extraObjects/items/properties/kind/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err188];
}
else {
vErrors.push(err188);
}
errors++;
}
}
if(data98.metadata !== undefined){
let data101 = data98.metadata;
if(data101 && typeof data101 == "object" && !Array.isArray(data101)){
if(data101.name === undefined){
const err189 = {instancePath:instancePath+"/extraObjects/" + i14+"/metadata",schemaPath:"#/properties/extraObjects/items/properties/metadata/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err189];
}
else {
vErrors.push(err189);
}
errors++;
}
if(data101.name !== undefined){
let data102 = data101.name;
if(typeof data102 === "string"){
if(func2(data102) > 253){
const err190 = {instancePath:instancePath+"/extraObjects/" + i14+"/metadata/name",schemaPath:"#/properties/extraObjects/items/properties/metadata/properties/name/maxLength",keyword:"maxLength",params:{limit: 253}};
if(vErrors === null){
vErrors = [err190];
}
else {
vErrors.push(err190);
}
errors++;
}
if(!pattern27.test(data102)){
const err191 = {instancePath:instancePath+"/extraObjects/" + i14+"/metadata/name",schemaPath:"#/properties/extraObjects/items/properties/metadata/properties/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9]([A-Za-z0-9._:-]*[A-Za-z0-9])?$"}};
if(vErrors === null){
vErrors = [err191];
}
else {
vErrors.push(err191);
}
errors++;
}
}
else {
const err192 = {instancePath:instancePath+"/extraObjects/" + i14+"/metadata/name",schemaPath:"#/properties/extraObjects/items/properties/metadata/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err192];
}
else {
vErrors.push(err192);
}
errors++;
}
}
}
else {
const err193 = {instancePath:instancePath+"/extraObjects/" + i14+"/metadata",schemaPath:"#/properties/extraObjects/items/properties/metadata/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err193];
}
else {
vErrors.push(err193);
}
errors++;
}
}
}
else {
const err194 = {instancePath:instancePath+"/extraObjects/" + i14,schemaPath:"#/properties/extraObjects/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err194];
}
else {
vErrors.push(err194);
}
errors++;
}
}
}
else {
const err195 = {instancePath:instancePath+"/extraObjects",schemaPath:"#/properties/extraObjects/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err195];
}
else {
vErrors.push(err195);
}
errors++;
}
}
if(data.uninstall !== undefined){
let data103 = data.uninstall;
if(data103 && typeof data103 == "object" && !Array.isArray(data103)){
if(data103.disableFirst === undefined){
const err196 = {instancePath:instancePath+"/uninstall",schemaPath:"#/properties/uninstall/required",keyword:"required",params:{missingProperty: "disableFirst"}};
if(vErrors === null){
vErrors = [err196];
}
else {
vErrors.push(err196);
}
errors++;
}
if(data103.timeoutSeconds === undefined){
const err197 = {instancePath:instancePath+"/uninstall",schemaPath:"#/properties/uninstall/required",keyword:"required",params:{missingProperty: "timeoutSeconds"}};
if(vErrors === null){
vErrors = [err197];
}
else {
vErrors.push(err197);
}
errors++;
}
for(const key20 in data103){
if(!(((key20 === "disableFirst") || (key20 === "timeoutSeconds")) || (key20 === "tolerations"))){
const err198 = {instancePath:instancePath+"/uninstall",schemaPath:"#/properties/uninstall/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key20}};
if(vErrors === null){
vErrors = [err198];
}
else {
vErrors.push(err198);
}
errors++;
}
}
if(data103.disableFirst !== undefined){
if(typeof data103.disableFirst !== "boolean"){
const err199 = {instancePath:instancePath+"/uninstall/disableFirst",schemaPath:"#/properties/uninstall/properties/disableFirst/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err199];
}
else {
vErrors.push(err199);
}
errors++;
}
}
if(data103.timeoutSeconds !== undefined){
let data105 = data103.timeoutSeconds;
if(!(((typeof data105 == "number") && (!(data105 % 1) && !isNaN(data105))) && (isFinite(data105)))){
const err200 = {instancePath:instancePath+"/uninstall/timeoutSeconds",schemaPath:"#/properties/uninstall/properties/timeoutSeconds/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err200];
}
else {
vErrors.push(err200);
}
errors++;
}
if((typeof data105 == "number") && (isFinite(data105))){
if(data105 > 86400 || isNaN(data105)){
const err201 = {instancePath:instancePath+"/uninstall/timeoutSeconds",schemaPath:"#/properties/uninstall/properties/timeoutSeconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400}};
if(vErrors === null){
vErrors = [err201];
}
else {
vErrors.push(err201);
}
errors++;
}
if(data105 < 1 || isNaN(data105)){
const err202 = {instancePath:instancePath+"/uninstall/timeoutSeconds",schemaPath:"#/properties/uninstall/properties/timeoutSeconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}};
if(vErrors === null){
vErrors = [err202];
}
else {
vErrors.push(err202);
}
errors++;
}
}
}
if(data103.tolerations !== undefined){
let data106 = data103.tolerations;
if(Array.isArray(data106)){
const len11 = data106.length;
for(let i15=0; i15<len11; i15++){
if(!(validate86(data106[i15], {instancePath:instancePath+"/uninstall/tolerations/" + i15,parentData:data106,parentDataProperty:i15,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
}
else {
const err203 = {instancePath:instancePath+"/uninstall/tolerations",schemaPath:"#/properties/uninstall/properties/tolerations/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err203];
}
else {
vErrors.push(err203);
}
errors++;
}
}
}
else {
const err204 = {instancePath:instancePath+"/uninstall",schemaPath:"#/properties/uninstall/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err204];
}
else {
vErrors.push(err204);
}
errors++;
}
}
if(data.namespace !== undefined){
let data108 = data.namespace;
if(data108 && typeof data108 == "object" && !Array.isArray(data108)){
if(data108.create === undefined){
const err205 = {instancePath:instancePath+"/namespace",schemaPath:"#/properties/namespace/required",keyword:"required",params:{missingProperty: "create"}};
if(vErrors === null){
vErrors = [err205];
}
else {
vErrors.push(err205);
}
errors++;
}
for(const key21 in data108){
if(!(key21 === "create")){
const err206 = {instancePath:instancePath+"/namespace",schemaPath:"#/properties/namespace/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key21}};
if(vErrors === null){
vErrors = [err206];
}
else {
vErrors.push(err206);
}
errors++;
}
}
if(data108.create !== undefined){
if(typeof data108.create !== "boolean"){
const err207 = {instancePath:instancePath+"/namespace/create",schemaPath:"#/properties/namespace/properties/create/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err207];
}
else {
vErrors.push(err207);
}
errors++;
}
}
}
else {
const err208 = {instancePath:instancePath+"/namespace",schemaPath:"#/properties/namespace/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err208];
}
else {
vErrors.push(err208);
}
errors++;
}
}
if(data.namespaceOverride !== undefined){
let data110 = data.namespaceOverride;
if(typeof data110 === "string"){
if(!pattern28.test(data110)){
const err209 = {instancePath:instancePath+"/namespaceOverride",schemaPath:"#/properties/namespaceOverride/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)?$"}};
if(vErrors === null){
vErrors = [err209];
}
else {
vErrors.push(err209);
}
errors++;
}
}
else {
const err210 = {instancePath:instancePath+"/namespaceOverride",schemaPath:"#/properties/namespaceOverride/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err210];
}
else {
vErrors.push(err210);
}
errors++;
}
}
if(data.fullnameOverride !== undefined){
let data111 = data.fullnameOverride;
if(typeof data111 === "string"){
if(!pattern29.test(data111)){
const err211 = {instancePath:instancePath+"/fullnameOverride",schemaPath:"#/properties/fullnameOverride/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?)?$"}};
if(vErrors === null){
vErrors = [err211];
}
else {
vErrors.push(err211);
}
errors++;
}
}
else {
const err212 = {instancePath:instancePath+"/fullnameOverride",schemaPath:"#/properties/fullnameOverride/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err212];
}
else {
vErrors.push(err212);
}
errors++;
}
}
if(data.global !== undefined){
let data112 = data.global;
if(data112 && typeof data112 == "object" && !Array.isArray(data112)){
}
else {
const err213 = {instancePath:instancePath+"/global",schemaPath:"#/properties/global/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err213];
}
else {
vErrors.push(err213);
}
errors++;
}
}
if(data.enabled !== undefined){
if(typeof data.enabled !== "boolean"){
const err214 = {instancePath:instancePath+"/enabled",schemaPath:"#/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err214];
}
else {
vErrors.push(err214);
}
errors++;
}
}
}
else {
const err215 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err215];
}
else {
vErrors.push(err215);
}
errors++;
}
validate52.errors = vErrors;
return errors === 0;
}
validate52.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

