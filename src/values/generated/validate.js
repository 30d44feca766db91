// Generated from src/values/schema.json by `npm run generate`. Do not edit.
import func0_ from 'ajv/dist/runtime/equal.js';
const func0 = func0_.default ?? func0_;
import func2_ from 'ajv/dist/runtime/ucs2length.js';
const func2 = func2_.default ?? func2_;

export const validate = validate52;
const schema19 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"PodcloakValues","description":"Values of Podcloak. The names and defaults of the `encryption` block are those of Cilium's chart.","type":"object","additionalProperties":false,"required":["encryption","routingMode","ipv4NativeRoutingCIDR","ipv6NativeRoutingCIDR","image","imagePullSecrets","healthPort","monitoring","priorityClassName","updateStrategy","namespace","serviceAccount","rbac","resourceQuota","k8sServiceHost","k8sServicePort","namespaceOverride","fullnameOverride","uninstall"],"properties":{"encryption":{"title":"EncryptionValues","description":"Encryption of the pod traffic between nodes.","type":"object","additionalProperties":false,"required":["enabled","type","nodeEncryption","strictMode","ipsec"],"properties":{"enabled":{"description":"Encrypt pod traffic between nodes. `false` is a state of its own: the agents walk every pair of nodes back to plaintext and remove what they installed.","type":"boolean","default":false},"type":{"description":"How to encrypt. `ipsec` is ESP in tunnel mode.","type":"string","enum":["ipsec"],"default":"ipsec"},"nodeEncryption":{"description":"Encrypt traffic between the nodes themselves as well, but for what a cluster needs to start (API server, kubelet, neighbour discovery).","type":"boolean","default":false},"strictMode":{"title":"StrictModeValues","description":"Drop what would otherwise be in plaintext: before a pair of nodes is encrypted, and to nodes without an agent.","type":"object","additionalProperties":false,"required":["egress","ingress"],"properties":{"egress":{"title":"StrictEgressValues","description":"What pods send.","type":"object","additionalProperties":false,"required":["enabled","cidr","allowRemoteNodeIdentities"],"properties":{"enabled":{"description":"Drop what a node's pods send to the strict CIDRs, unless it leaves encrypted or stays on the node.","type":"boolean","default":false},"cidr":{"title":"a CIDR such as 10.244.0.0/16, or a list of such CIDRs","description":"The strict CIDR, or a list of them, IPv4 and IPv6, for both directions. Empty: those of `ipv4NativeRoutingCIDR` and `ipv6NativeRoutingCIDR` that are set.","anyOf":[{"$ref":"#/$defs/cidr"},{"type":"array","items":{"$ref":"#/$defs/cidr"},"uniqueItems":true}],"default":""},"allowRemoteNodeIdentities":{"description":"Let pods and known nodes whose addresses lie in the strict CIDRs talk in plaintext until the two nodes are encrypted.","type":"boolean","default":false}}},"ingress":{"title":"StrictIngressValues","description":"What pods receive.","type":"object","additionalProperties":false,"required":["enabled"],"properties":{"enabled":{"description":"Drop what comes to a node's pods from the strict CIDRs in plaintext, unless it is from the node itself.","type":"boolean","default":false}}}}},"ipsec":{"title":"IpsecValues","description":"Settings of `encryption.type=ipsec`.","type":"object","additionalProperties":false,"required":["interface","secretName","keyFile","mountPath","keyWatcher","keyRotationDuration"],"properties":{"interface":{"title":"the name of a network device, or a list of such names","description":"The device, or a list of devices, whose addresses are the tunnel's ends. Empty: the device of the default route.","anyOf":[{"$ref":"#/$defs/interfaceName"},{"type":"array","items":{"$ref":"#/$defs/interfaceName"},"uniqueItems":true}],"default":""},"secretName":{"description":"Name of the Secret that holds the key lines, in the agent's namespace.","$ref":"#/$defs/objectName","default":"cilium-ipsec-keys"},"keyFile":{"description":"Key of that Secret, which is also the file's name under `mountPath`.","$ref":"#/$defs/secretKey","default":"keys"},"mountPath":{"description":"Where the Secret is mounted in the agent's container.","$ref":"#/$defs/absolutePath","default":"/etc/ipsec"},"keyVolume":{"description":"Where the key file comes from instead of the Secret: a Kubernetes volume source, such as `hostPath` or `csi`, for keys that you distribute yourself. Empty: the Secret.","type":"object","additionalProperties":true,"default":{}},"keyWatcher":{"description":"Watch the key file and rotate when it changes, with no restart.","type":"boolean","default":true},"keyRotationDuration":{"description":"How long a confirmed pair of nodes may keep its previous key at most.","$ref":"#/$defs/duration","default":"5m"},"key":{"description":"Key lines to render as the Secret, as in Cilium's guide: `key-id+ algorithm key-in-hex icv-bits`. Give it with `--set-file encryption.ipsec.key=FILE` only. Empty: refer to the Secret that exists.","type":"string","maxLength":65536,"writeOnly":true,"default":""}}}}},"routingMode":{"description":"How the CNI carries packets between nodes. `native`: pod addresses are on the wire.","type":"string","enum":["native"],"default":"native"},"ipv4NativeRoutingCIDR":{"description":"The IPv4 range that holds the pods of all nodes, such as `10.244.0.0/16`. At least one of the two ranges is needed to enable encryption.","$ref":"#/$defs/cidr","default":""},"ipv6NativeRoutingCIDR":{"description":"The IPv6 range that holds the pods of all nodes, such as `fd00:10:244::/48`.","$ref":"#/$defs/cidr","default":""},"image":{"title":"ImageValues","description":"The agent's image.","type":"object","additionalProperties":false,"required":["repository","pullPolicy"],"properties":{"repository":{"title":"an image repository such as registry.example/team/podcloak, without a tag or digest","description":"Registry and repository, without a tag.","type":"string","pattern":"^[a-z0-9]+([._-]+[a-z0-9]+)*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$","maxLength":255,"default":"podcloak"},"tag":{"title":"an image tag: at most 128 letters, digits, '_', '.' and '-'","description":"Tag. Empty: this version of Podcloak.","type":"string","pattern":"^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$","default":""},"digest":{"title":"an image digest: sha256: and 64 lower-case hex digits","description":"Digest that pins the image, such as `sha256:` and 64 hex digits. It wins over the tag.","type":"string","pattern":"^(sha256:[0-9a-f]{64})?$","default":""},"pullPolicy":{"description":"When the kubelet pulls the image.","type":"string","enum":["Always","IfNotPresent","Never"],"default":"IfNotPresent"}}},"imagePullSecrets":{"description":"Secrets that hold the registry's credentials.","type":"array","uniqueItems":true,"items":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"description":"Name of the Secret, in the agent's namespace.","$ref":"#/$defs/objectName"}}},"default":[]},"k8sServiceHost":{"title":"a host name or an address, or nothing","description":"Host of the API server, for clusters whose service network does not work before the agents do. Empty: the `kubernetes` service.","type":"string","pattern":"^[A-Za-z0-9.:_-]*$","maxLength":253,"default":""},"k8sServicePort":{"title":"a port from 1 to 65535, or nothing","description":"Its port, with `k8sServiceHost` only. Empty: 443.","anyOf":[{"$ref":"#/$defs/port"},{"type":"string","pattern":"^([1-9][0-9]{0,4})?$"}],"default":""},"healthPort":{"description":"TCP port on loopback, on every node, for the agent's health and readiness.","$ref":"#/$defs/port","default":9989},"monitoring":{"title":"MonitoringValues","description":"Prometheus metrics of the agent.","type":"object","additionalProperties":false,"required":["enabled","port","podMonitor"],"properties":{"enabled":{"description":"Serve `/metrics` on every node.","type":"boolean","default":false},"port":{"description":"TCP port of `/metrics`, on the node's addresses.","$ref":"#/$defs/port","default":9988},"podMonitor":{"title":"PodMonitorValues","description":"A PodMonitor for the Prometheus operator, whose CRDs the cluster must have.","type":"object","additionalProperties":false,"required":["enabled","interval"],"properties":{"enabled":{"description":"Render the PodMonitor.","type":"boolean","default":false},"interval":{"description":"How often to scrape.","$ref":"#/$defs/prometheusDuration","default":"30s"},"labels":{"description":"Labels that your Prometheus selects PodMonitors by.","$ref":"#/$defs/labels","default":{}}}}}},"resources":{"title":"ResourcesValues","description":"Requests and limits of the agent's container.","type":"object","additionalProperties":false,"properties":{"requests":{"description":"What the scheduler reserves.","$ref":"#/$defs/quantities","default":{"cpu":"25m","memory":"128Mi"}},"limits":{"description":"What the kernel enforces. No CPU limit: throttling would slow a key change.","$ref":"#/$defs/quantities","default":{"memory":"512Mi"}}}},"tolerations":{"description":"Tolerations of the agent's pods. A node without an agent is a node whose pods talk in plaintext, so the default tolerates everything.","type":"array","items":{"$ref":"#/$defs/toleration"},"default":[{"operator":"Exists"}]},"nodeSelector":{"description":"Labels a node must have to run the agent.","$ref":"#/$defs/labels","default":{}},"affinity":{"title":"AffinityValues","description":"Affinity of the agent's pods. The default keeps them on Linux, on the two architectures of the image, and off virtual nodes, where a rollout would never end.","type":"object","additionalProperties":false,"properties":{"nodeAffinity":{"description":"A Kubernetes NodeAffinity.","type":"object","additionalProperties":true,"default":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"kubernetes.io/os","operator":"In","values":["linux"]},{"key":"kubernetes.io/arch","operator":"In","values":["amd64","arm64"]},{"key":"eks.amazonaws.com/compute-type","operator":"NotIn","values":["fargate"]},{"key":"type","operator":"NotIn","values":["virtual-kubelet"]},{"key":"liqo.io/type","operator":"NotIn","values":["virtual-node"]}]}]}}},"podAffinity":{"description":"A Kubernetes PodAffinity.","type":"object","additionalProperties":true},"podAntiAffinity":{"description":"A Kubernetes PodAntiAffinity.","type":"object","additionalProperties":true}}},"priorityClassName":{"description":"Priority class of the agent's pods.","$ref":"#/$defs/objectName","default":"system-node-critical"},"updateStrategy":{"title":"UpdateStrategyValues","description":"How a new version of the agent is rolled out.","type":"object","additionalProperties":false,"required":["type"],"properties":{"type":{"description":"`OnDelete` leaves it to you when each node's agent is replaced.","type":"string","enum":["RollingUpdate","OnDelete"],"default":"RollingUpdate"},"rollingUpdate":{"title":"RollingUpdateValues","description":"Bounds of a rolling update.","type":"object","additionalProperties":false,"properties":{"maxUnavailable":{"title":"a number of nodes from 1, or a share such as 10%","description":"Nodes, or a share of them, whose agent may be down at a time. Encryption goes on in the kernel meanwhile.","anyOf":[{"type":"integer","minimum":1},{"type":"string","pattern":"^([1-9][0-9]?|100)%$"}],"default":"10%"}}}}},"podLabels":{"description":"More labels for the agent's pods.","$ref":"#/$defs/labels","default":{}},"podAnnotations":{"description":"More annotations for the agent's pods.","$ref":"#/$defs/annotations","default":{}},"commonLabels":{"description":"More labels for every object and for the agent's pods.","$ref":"#/$defs/labels","default":{}},"commonAnnotations":{"description":"Annotations for every object; those of the agent's pods are `podAnnotations`.","$ref":"#/$defs/annotations","default":{}},"extraEnv":{"description":"More environment variables for the agent, as in a container's `env`.","type":"array","items":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"title":"a variable's name: letters, digits, '_', '.' and '-', no digit first","description":"Name of the variable.","type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_.-]*$"},"value":{"description":"Its value.","type":"string"},"valueFrom":{"description":"Where its value comes from: a Kubernetes EnvVarSource.","type":"object","additionalProperties":true}}},"default":[]},"hostAliases":{"description":"Lines for `/etc/hosts` of the agent's pods, as in a pod's `hostAliases`.","type":"array","items":{"type":"object","additionalProperties":false,"required":["ip","hostnames"],"properties":{"ip":{"title":"an IPv4 or IPv6 address","description":"The address.","type":"string","pattern":"^[0-9A-Fa-f:.]+$"},"hostnames":{"description":"Its names.","type":"array","items":{"type":"string"}}}},"default":[]},"extraVolumes":{"description":"More volumes for the agent's pods, as in a pod's `volumes`.","type":"array","items":{"type":"object","additionalProperties":true,"required":["name"],"properties":{"name":{"description":"Name of the volume.","$ref":"#/$defs/objectName"}}},"default":[]},"extraVolumeMounts":{"description":"Where the agent's container has them, as in a container's `volumeMounts`.","type":"array","items":{"type":"object","additionalProperties":true,"required":["name","mountPath"],"properties":{"name":{"description":"Name of the volume.","$ref":"#/$defs/objectName"},"mountPath":{"description":"The folder or file in the container.","type":"string"}}},"default":[]},"podSecurityContext":{"description":"Security context of the agent's pods, SELinux options among it.","type":"object","additionalProperties":true,"default":{"seccompProfile":{"type":"RuntimeDefault"}}},"securityContext":{"description":"Security context of the agent's container. It needs root and NET_ADMIN, and no more.","type":"object","additionalProperties":true,"default":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"],"add":["NET_ADMIN"]},"privileged":false,"readOnlyRootFilesystem":true,"runAsUser":0,"runAsGroup":0}},"serviceAccount":{"title":"ServiceAccountValues","description":"The agent's ServiceAccount.","type":"object","additionalProperties":false,"required":["create","name"],"properties":{"create":{"description":"Render it. `false`: it exists already.","type":"boolean","default":true},"name":{"title":"a Kubernetes object name, or nothing","description":"Its name. Empty: that of the other objects, `podcloak`.","type":"string","pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$","maxLength":253,"default":""},"annotations":{"description":"Annotations of it.","$ref":"#/$defs/annotations","default":{}}}},"rbac":{"title":"RbacValues","description":"What the agent may do at the API server.","type":"object","additionalProperties":false,"required":["create"],"properties":{"create":{"description":"Render the roles and their bindings. `false`: whoever installs has no right to make roles, and somebody else does.","type":"boolean","default":true}}},"resourceQuota":{"title":"ResourceQuotaValues","description":"A ResourceQuota that lets pods of `priorityClassName` run outside kube-system, where some clouds (GKE) ask for one.","type":"object","additionalProperties":false,"required":["create","pods"],"properties":{"create":{"description":"Render it.","type":"boolean","default":false},"pods":{"title":"a number of pods as a quantity, in quotes, such as \"500\" or 10k","description":"How many such pods the namespace may have: at least one a node. Written as Kubernetes does, 10k for 10000, no other tool meets a conflict.","type":"string","pattern":"^[1-9][0-9]*[kM]?$","maxLength":16,"default":"10k"}}},"extraObjects":{"description":"More objects, rendered as they are. In a cdk8s app add your own to the chart instead. Give each its namespace: `synth` knows which kinds have none as little as helm does.","type":"array","items":{"title":"a Kubernetes object with apiVersion, kind and metadata.name","type":"object","additionalProperties":true,"required":["apiVersion","kind","metadata"],"properties":{"apiVersion":{"description":"Its API group and version.","type":"string","minLength":1},"kind":{"title":"a kind such as NetworkPolicy","description":"Its kind.","type":"string","pattern":"^[A-Z][A-Za-z0-9]*$"},"metadata":{"description":"Its metadata.","type":"object","additionalProperties":true,"required":["name"],"properties":{"name":{"title":"a name without slashes and spaces","description":"Its name.","type":"string","pattern":"^[A-Za-z0-9]([A-Za-z0-9._:-]*[A-Za-z0-9])?$","maxLength":253}}}}},"default":[]},"uninstall":{"title":"UninstallValues","description":"What `helm uninstall` does before it deletes anything. Without helm there is no such moment, so `synth` renders nothing for it: `podcloak encryption disable --wait` does the same.","type":"object","additionalProperties":false,"required":["disableFirst","timeoutSeconds"],"properties":{"disableFirst":{"description":"Turn encryption off by a Job (a pre-delete hook), and wait until nothing of it is left in any kernel. When a node does not get there in time, nothing is deleted. `false`: `helm uninstall` leaves the kernels as they are, encrypting.","type":"boolean","default":false},"timeoutSeconds":{"title":"seconds, from 1 to 86400","description":"How long the Job waits for the nodes, in seconds. Helm waits for the Job as long as its own `--timeout` says, 5 minutes if it is not given: that should be a minute more.","type":"integer","minimum":1,"maximum":86400,"default":240},"tolerations":{"description":"Tolerations of the Job's pod, which runs on one of the agents' nodes. Not those of the agents: what tolerates everything may be put on a node that is down.","type":"array","items":{"$ref":"#/$defs/toleration"},"default":[{"key":"node-role.kubernetes.io/control-plane","operator":"Exists","effect":"NoSchedule"},{"key":"CriticalAddonsOnly","operator":"Exists"}]}}},"namespace":{"title":"NamespaceValues","description":"The agent's Namespace object.","type":"object","additionalProperties":false,"required":["create"],"properties":{"create":{"description":"Render the Namespace, with the Pod Security labels that the agent needs.","type":"boolean","default":false}}},"namespaceOverride":{"title":"a namespace: at most 63 lower-case letters, digits and '-', or nothing","description":"Namespace of all objects, in the place of `--namespace` (`synth`) or the release's (helm).","type":"string","pattern":"^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)?$","default":""},"fullnameOverride":{"title":"a name: at most 50 lower-case letters, digits and '-', or nothing","description":"Name of the objects that have a namespace, in the place of `podcloak`. Those without one keep their names, as there is one installation a cluster.","type":"string","pattern":"^([a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?)?$","default":""},"global":{"description":"Ignored. Charts that include this one pass it.","type":"object","additionalProperties":true},"enabled":{"description":"Ignored. Charts that include this one pass it.","type":"boolean"}},"$defs":{"toleration":{"type":"object","additionalProperties":false,"properties":{"key":{"description":"Taint key. Empty with `Exists`: every taint.","type":"string"},"operator":{"description":"How the key relates to the value.","type":"string","enum":["Exists","Equal"]},"value":{"description":"Taint value.","type":"string"},"effect":{"description":"Taint effect. Empty: all.","type":"string","enum":["","NoSchedule","PreferNoSchedule","NoExecute"]},"tolerationSeconds":{"description":"Seconds to stay, with `NoExecute`.","type":"integer"}}},"duration":{"title":"a duration with units, such as 90s, 5m or 1h30m","type":"string","pattern":"^([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h))+$","maxLength":64},"prometheusDuration":{"title":"a Prometheus duration, such as 30s or 1m","type":"string","pattern":"^(0|([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$","minLength":1,"maxLength":64},"cidr":{"title":"a CIDR such as 10.244.0.0/16, or nothing","type":"string","pattern":"^([0-9A-Fa-f:.]+/[0-9]{1,3})?$","maxLength":64},"interfaceName":{"title":"the name of a network device: at most 15 characters, no slash, colon, comma or space","type":"string","pattern":"^[^\t-\r /:,   - \u2028\u2029  　﻿]*$","maxLength":15},"objectName":{"title":"a Kubernetes object name: lower-case letters, digits, '-' and '.'","type":"string","pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$","maxLength":253},"secretKey":{"title":"a key of a Secret: letters, digits, '-', '_' and '.'","type":"string","pattern":"^[-_a-zA-Z0-9][-._a-zA-Z0-9]*$","maxLength":253},"absolutePath":{"title":"an absolute path without ':' or '..'","type":"string","pattern":"^(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$","maxLength":253},"port":{"title":"a port from 1 to 65535","type":"integer","minimum":1,"maximum":65535},"labels":{"title":"a map of Kubernetes labels (quote values such as \"true\" or \"1\")","type":"object","propertyNames":{"pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","maxLength":317},"additionalProperties":{"$ref":"#/$defs/labelValue"}},"labelValue":{"title":"a label value: at most 63 letters, digits, '-', '_' and '.', in quotes where YAML would read something else","type":"string","pattern":"^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$","maxLength":63},"annotations":{"title":"a map of strings (quote values such as \"true\" or \"1\")","type":"object","propertyNames":{"pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","maxLength":317},"additionalProperties":{"type":"string"}},"quantities":{"title":"a map of quantities, such as cpu: 25m","type":"object","additionalProperties":{"title":"a quantity such as 25m, 1 or 128Mi","anyOf":[{"type":"number","minimum":0},{"type":"string","pattern":"^[0-9]+(\\.[0-9]+)?([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$"}]}}}};
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

const schema21 = {"title":"the name of a network device: at most 15 characters, no slash, colon, comma or space","type":"string","pattern":"^[^\t-\r /:,   - \u2028\u2029  　﻿]*$","maxLength":15};
const pattern4 = new RegExp("^[^\t-\r /:,   - \u2028\u2029  　﻿]*$", "u");

function validate56(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate56.evaluated;
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
if(!pattern4.test(data)){
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
validate56.errors = vErrors;
return errors === 0;
}
validate56.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema22 = {"title":"a Kubernetes object name: lower-case letters, digits, '-' and '.'","type":"string","pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$","maxLength":253};
const pattern5 = new RegExp("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", "u");

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
if(!pattern5.test(data)){
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
validate59.errors = vErrors;
return errors === 0;
}
validate59.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema23 = {"title":"a key of a Secret: letters, digits, '-', '_' and '.'","type":"string","pattern":"^[-_a-zA-Z0-9][-._a-zA-Z0-9]*$","maxLength":253};
const pattern6 = new RegExp("^[-_a-zA-Z0-9][-._a-zA-Z0-9]*$", "u");

function validate61(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate61.evaluated;
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
if(!pattern6.test(data)){
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
validate61.errors = vErrors;
return errors === 0;
}
validate61.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema24 = {"title":"an absolute path without ':' or '..'","type":"string","pattern":"^(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$","maxLength":253};
const pattern7 = new RegExp("^(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$", "u");

function validate63(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate63.evaluated;
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
validate63.errors = vErrors;
return errors === 0;
}
validate63.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema25 = {"title":"a duration with units, such as 90s, 5m or 1h30m","type":"string","pattern":"^([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h))+$","maxLength":64};
const pattern8 = new RegExp("^([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h))+$", "u");

function validate65(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate65.evaluated;
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
if(!pattern8.test(data)){
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
validate65.errors = vErrors;
return errors === 0;
}
validate65.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema26 = {"title":"a port from 1 to 65535","type":"integer","minimum":1,"maximum":65535};

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
validate70.errors = vErrors;
return errors === 0;
}
validate70.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema27 = {"title":"a Prometheus duration, such as 30s or 1m","type":"string","pattern":"^(0|([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$","minLength":1,"maxLength":64};
const pattern14 = new RegExp("^(0|([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$", "u");

function validate74(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate74.evaluated;
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
if(!pattern14.test(data)){
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
validate74.errors = vErrors;
return errors === 0;
}
validate74.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema28 = {"title":"a map of Kubernetes labels (quote values such as \"true\" or \"1\")","type":"object","propertyNames":{"pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","maxLength":317},"additionalProperties":{"$ref":"#/$defs/labelValue"}};
const pattern15 = new RegExp("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$", "u");
const schema29 = {"title":"a label value: at most 63 letters, digits, '-', '_' and '.', in quotes where YAML would read something else","type":"string","pattern":"^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$","maxLength":63};
const pattern16 = new RegExp("^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$", "u");

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
if(!pattern16.test(data)){
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
validate77.errors = vErrors;
return errors === 0;
}
validate77.evaluated = {"dynamicProps":false,"dynamicItems":false};


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
if(!pattern15.test(key0)){
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
if(!(validate77(data[key1], {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate77.errors : vErrors.concat(validate77.errors);
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
validate76.errors = vErrors;
return errors === 0;
}
validate76.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema30 = {"title":"a map of quantities, such as cpu: 25m","type":"object","additionalProperties":{"title":"a quantity such as 25m, 1 or 128Mi","anyOf":[{"type":"number","minimum":0},{"type":"string","pattern":"^[0-9]+(\\.[0-9]+)?([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$"}]}};
const pattern17 = new RegExp("^[0-9]+(\\.[0-9]+)?([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$", "u");

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
if(!pattern17.test(data0)){
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
validate80.errors = vErrors;
return errors === 0;
}
validate80.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema31 = {"type":"object","additionalProperties":false,"properties":{"key":{"description":"Taint key. Empty with `Exists`: every taint.","type":"string"},"operator":{"description":"How the key relates to the value.","type":"string","enum":["Exists","Equal"]},"value":{"description":"Taint value.","type":"string"},"effect":{"description":"Taint effect. Empty: all.","type":"string","enum":["","NoSchedule","PreferNoSchedule","NoExecute"]},"tolerationSeconds":{"description":"Seconds to stay, with `NoExecute`.","type":"integer"}}};

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
const err3 = {instancePath:instancePath+"/operator",schemaPath:"#/properties/operator/enum",keyword:"enum",params:{allowedValues: schema31.properties.operator.enum}};
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
const err6 = {instancePath:instancePath+"/effect",schemaPath:"#/properties/effect/enum",keyword:"enum",params:{allowedValues: schema31.properties.effect.enum}};
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
validate83.errors = vErrors;
return errors === 0;
}
validate83.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema32 = {"title":"a map of strings (quote values such as \"true\" or \"1\")","type":"object","propertyNames":{"pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","maxLength":317},"additionalProperties":{"type":"string"}};

function validate88(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate88.evaluated;
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
if(!pattern15.test(key0)){
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
validate88.errors = vErrors;
return errors === 0;
}
validate88.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern9 = new RegExp("^[a-z0-9]+([._-]+[a-z0-9]+)*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$", "u");
const pattern10 = new RegExp("^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$", "u");
const pattern11 = new RegExp("^(sha256:[0-9a-f]{64})?$", "u");
const pattern12 = new RegExp("^[A-Za-z0-9.:_-]*$", "u");
const pattern13 = new RegExp("^([1-9][0-9]{0,4})?$", "u");
const pattern18 = new RegExp("^([1-9][0-9]?|100)%$", "u");
const pattern20 = new RegExp("^[A-Za-z_][A-Za-z0-9_.-]*$", "u");
const pattern21 = new RegExp("^[0-9A-Fa-f:.]+$", "u");
const pattern22 = new RegExp("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$", "u");
const pattern23 = new RegExp("^[1-9][0-9]*[kM]?$", "u");
const pattern24 = new RegExp("^[A-Z][A-Za-z0-9]*$", "u");
const pattern25 = new RegExp("^[A-Za-z0-9]([A-Za-z0-9._:-]*[A-Za-z0-9])?$", "u");
const pattern26 = new RegExp("^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)?$", "u");
const pattern27 = new RegExp("^([a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?)?$", "u");

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
for(const key2 in data4){
if(!((key2 === "egress") || (key2 === "ingress"))){
const err32 = {instancePath:instancePath+"/encryption/strictMode",schemaPath:"#/properties/encryption/properties/strictMode/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2}};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data4.egress !== undefined){
let data5 = data4.egress;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.enabled === undefined){
const err33 = {instancePath:instancePath+"/encryption/strictMode/egress",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/required",keyword:"required",params:{missingProperty: "enabled"}};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data5.cidr === undefined){
const err34 = {instancePath:instancePath+"/encryption/strictMode/egress",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/required",keyword:"required",params:{missingProperty: "cidr"}};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(data5.allowRemoteNodeIdentities === undefined){
const err35 = {instancePath:instancePath+"/encryption/strictMode/egress",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/required",keyword:"required",params:{missingProperty: "allowRemoteNodeIdentities"}};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
for(const key3 in data5){
if(!(((key3 === "enabled") || (key3 === "cidr")) || (key3 === "allowRemoteNodeIdentities"))){
const err36 = {instancePath:instancePath+"/encryption/strictMode/egress",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3}};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data5.enabled !== undefined){
if(typeof data5.enabled !== "boolean"){
const err37 = {instancePath:instancePath+"/encryption/strictMode/egress/enabled",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data5.cidr !== undefined){
let data7 = data5.cidr;
const _errs20 = errors;
let valid4 = false;
const _errs21 = errors;
if(!(validate53(data7, {instancePath:instancePath+"/encryption/strictMode/egress/cidr",parentData:data5,parentDataProperty:"cidr",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
var _valid0 = _errs21 === errors;
valid4 = valid4 || _valid0;
const _errs22 = errors;
if(Array.isArray(data7)){
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
if(!(validate53(data7[i0], {instancePath:instancePath+"/encryption/strictMode/egress/cidr/" + i0,parentData:data7,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
let i1 = data7.length;
let j0;
if(i1 > 1){
outer0:
for(;i1--;){
for(j0 = i1; j0--;){
if(func0(data7[i1], data7[j0])){
const err38 = {instancePath:instancePath+"/encryption/strictMode/egress/cidr",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/properties/cidr/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0}};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
break outer0;
}
}
}
}
}
else {
const err39 = {instancePath:instancePath+"/encryption/strictMode/egress/cidr",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/properties/cidr/anyOf/1/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
var _valid0 = _errs22 === errors;
valid4 = valid4 || _valid0;
if(!valid4){
const err40 = {instancePath:instancePath+"/encryption/strictMode/egress/cidr",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/properties/cidr/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
else {
errors = _errs20;
if(vErrors !== null){
if(_errs20){
vErrors.length = _errs20;
}
else {
vErrors = null;
}
}
}
}
if(data5.allowRemoteNodeIdentities !== undefined){
if(typeof data5.allowRemoteNodeIdentities !== "boolean"){
const err41 = {instancePath:instancePath+"/encryption/strictMode/egress/allowRemoteNodeIdentities",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/properties/allowRemoteNodeIdentities/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
else {
const err42 = {instancePath:instancePath+"/encryption/strictMode/egress",schemaPath:"#/properties/encryption/properties/strictMode/properties/egress/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data4.ingress !== undefined){
let data10 = data4.ingress;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.enabled === undefined){
const err43 = {instancePath:instancePath+"/encryption/strictMode/ingress",schemaPath:"#/properties/encryption/properties/strictMode/properties/ingress/required",keyword:"required",params:{missingProperty: "enabled"}};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
for(const key4 in data10){
if(!(key4 === "enabled")){
const err44 = {instancePath:instancePath+"/encryption/strictMode/ingress",schemaPath:"#/properties/encryption/properties/strictMode/properties/ingress/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4}};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data10.enabled !== undefined){
if(typeof data10.enabled !== "boolean"){
const err45 = {instancePath:instancePath+"/encryption/strictMode/ingress/enabled",schemaPath:"#/properties/encryption/properties/strictMode/properties/ingress/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
else {
const err46 = {instancePath:instancePath+"/encryption/strictMode/ingress",schemaPath:"#/properties/encryption/properties/strictMode/properties/ingress/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
else {
const err47 = {instancePath:instancePath+"/encryption/strictMode",schemaPath:"#/properties/encryption/properties/strictMode/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data0.ipsec !== undefined){
let data12 = data0.ipsec;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.interface === undefined){
const err48 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "interface"}};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if(data12.secretName === undefined){
const err49 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "secretName"}};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if(data12.keyFile === undefined){
const err50 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "keyFile"}};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
if(data12.mountPath === undefined){
const err51 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "mountPath"}};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
if(data12.keyWatcher === undefined){
const err52 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "keyWatcher"}};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(data12.keyRotationDuration === undefined){
const err53 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/required",keyword:"required",params:{missingProperty: "keyRotationDuration"}};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
for(const key5 in data12){
if(!((((((((key5 === "interface") || (key5 === "secretName")) || (key5 === "keyFile")) || (key5 === "mountPath")) || (key5 === "keyVolume")) || (key5 === "keyWatcher")) || (key5 === "keyRotationDuration")) || (key5 === "key"))){
const err54 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5}};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data12.interface !== undefined){
let data13 = data12.interface;
const _errs36 = errors;
let valid10 = false;
const _errs37 = errors;
if(!(validate56(data13, {instancePath:instancePath+"/encryption/ipsec/interface",parentData:data12,parentDataProperty:"interface",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var _valid1 = _errs37 === errors;
valid10 = valid10 || _valid1;
const _errs38 = errors;
if(Array.isArray(data13)){
const len1 = data13.length;
for(let i2=0; i2<len1; i2++){
if(!(validate56(data13[i2], {instancePath:instancePath+"/encryption/ipsec/interface/" + i2,parentData:data13,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
let i3 = data13.length;
let j1;
if(i3 > 1){
outer1:
for(;i3--;){
for(j1 = i3; j1--;){
if(func0(data13[i3], data13[j1])){
const err55 = {instancePath:instancePath+"/encryption/ipsec/interface",schemaPath:"#/properties/encryption/properties/ipsec/properties/interface/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j1}};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
break outer1;
}
}
}
}
}
else {
const err56 = {instancePath:instancePath+"/encryption/ipsec/interface",schemaPath:"#/properties/encryption/properties/ipsec/properties/interface/anyOf/1/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
var _valid1 = _errs38 === errors;
valid10 = valid10 || _valid1;
if(!valid10){
const err57 = {instancePath:instancePath+"/encryption/ipsec/interface",schemaPath:"#/properties/encryption/properties/ipsec/properties/interface/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
else {
errors = _errs36;
if(vErrors !== null){
if(_errs36){
vErrors.length = _errs36;
}
else {
vErrors = null;
}
}
}
}
if(data12.secretName !== undefined){
if(!(validate59(data12.secretName, {instancePath:instancePath+"/encryption/ipsec/secretName",parentData:data12,parentDataProperty:"secretName",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
if(data12.keyFile !== undefined){
if(!(validate61(data12.keyFile, {instancePath:instancePath+"/encryption/ipsec/keyFile",parentData:data12,parentDataProperty:"keyFile",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data12.mountPath !== undefined){
if(!(validate63(data12.mountPath, {instancePath:instancePath+"/encryption/ipsec/mountPath",parentData:data12,parentDataProperty:"mountPath",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
if(data12.keyVolume !== undefined){
let data18 = data12.keyVolume;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
}
else {
const err58 = {instancePath:instancePath+"/encryption/ipsec/keyVolume",schemaPath:"#/properties/encryption/properties/ipsec/properties/keyVolume/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data12.keyWatcher !== undefined){
if(typeof data12.keyWatcher !== "boolean"){
const err59 = {instancePath:instancePath+"/encryption/ipsec/keyWatcher",schemaPath:"#/properties/encryption/properties/ipsec/properties/keyWatcher/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data12.keyRotationDuration !== undefined){
if(!(validate65(data12.keyRotationDuration, {instancePath:instancePath+"/encryption/ipsec/keyRotationDuration",parentData:data12,parentDataProperty:"keyRotationDuration",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data12.key !== undefined){
let data21 = data12.key;
if(typeof data21 === "string"){
if(func2(data21) > 65536){
const err60 = {instancePath:instancePath+"/encryption/ipsec/key",schemaPath:"#/properties/encryption/properties/ipsec/properties/key/maxLength",keyword:"maxLength",params:{limit: 65536}};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
else {
const err61 = {instancePath:instancePath+"/encryption/ipsec/key",schemaPath:"#/properties/encryption/properties/ipsec/properties/key/type",keyword:"type",params:{type: "string"}};
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
const err62 = {instancePath:instancePath+"/encryption/ipsec",schemaPath:"#/properties/encryption/properties/ipsec/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
}
else {
const err63 = {instancePath:instancePath+"/encryption",schemaPath:"#/properties/encryption/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data.routingMode !== undefined){
let data22 = data.routingMode;
if(typeof data22 !== "string"){
const err64 = {instancePath:instancePath+"/routingMode",schemaPath:"#/properties/routingMode/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
if(!(data22 === "native")){
const err65 = {instancePath:instancePath+"/routingMode",schemaPath:"#/properties/routingMode/enum",keyword:"enum",params:{allowedValues: schema19.properties.routingMode.enum}};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
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
let data25 = data.image;
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
if(data25.repository === undefined){
const err66 = {instancePath:instancePath+"/image",schemaPath:"#/properties/image/required",keyword:"required",params:{missingProperty: "repository"}};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if(data25.pullPolicy === undefined){
const err67 = {instancePath:instancePath+"/image",schemaPath:"#/properties/image/required",keyword:"required",params:{missingProperty: "pullPolicy"}};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
for(const key6 in data25){
if(!((((key6 === "repository") || (key6 === "tag")) || (key6 === "digest")) || (key6 === "pullPolicy"))){
const err68 = {instancePath:instancePath+"/image",schemaPath:"#/properties/image/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6}};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data25.repository !== undefined){
let data26 = data25.repository;
if(typeof data26 === "string"){
if(func2(data26) > 255){
const err69 = {instancePath:instancePath+"/image/repository",schemaPath:"#/properties/image/properties/repository/maxLength",keyword:"maxLength",params:{limit: 255}};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
if(!pattern9.test(data26)){
const err70 = {instancePath:instancePath+"/image/repository",schemaPath:"#/properties/image/properties/repository/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]+([._-]+[a-z0-9]+)*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$"}};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
else {
const err71 = {instancePath:instancePath+"/image/repository",schemaPath:"#/properties/image/properties/repository/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data25.tag !== undefined){
let data27 = data25.tag;
if(typeof data27 === "string"){
if(!pattern10.test(data27)){
const err72 = {instancePath:instancePath+"/image/tag",schemaPath:"#/properties/image/properties/tag/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$"}};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
else {
const err73 = {instancePath:instancePath+"/image/tag",schemaPath:"#/properties/image/properties/tag/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data25.digest !== undefined){
let data28 = data25.digest;
if(typeof data28 === "string"){
if(!pattern11.test(data28)){
const err74 = {instancePath:instancePath+"/image/digest",schemaPath:"#/properties/image/properties/digest/pattern",keyword:"pattern",params:{pattern: "^(sha256:[0-9a-f]{64})?$"}};
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
const err75 = {instancePath:instancePath+"/image/digest",schemaPath:"#/properties/image/properties/digest/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data25.pullPolicy !== undefined){
let data29 = data25.pullPolicy;
if(typeof data29 !== "string"){
const err76 = {instancePath:instancePath+"/image/pullPolicy",schemaPath:"#/properties/image/properties/pullPolicy/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if(!(((data29 === "Always") || (data29 === "IfNotPresent")) || (data29 === "Never"))){
const err77 = {instancePath:instancePath+"/image/pullPolicy",schemaPath:"#/properties/image/properties/pullPolicy/enum",keyword:"enum",params:{allowedValues: schema19.properties.image.properties.pullPolicy.enum}};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
}
else {
const err78 = {instancePath:instancePath+"/image",schemaPath:"#/properties/image/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data.imagePullSecrets !== undefined){
let data30 = data.imagePullSecrets;
if(Array.isArray(data30)){
const len2 = data30.length;
for(let i4=0; i4<len2; i4++){
let data31 = data30[i4];
if(data31 && typeof data31 == "object" && !Array.isArray(data31)){
if(data31.name === undefined){
const err79 = {instancePath:instancePath+"/imagePullSecrets/" + i4,schemaPath:"#/properties/imagePullSecrets/items/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
for(const key7 in data31){
if(!(key7 === "name")){
const err80 = {instancePath:instancePath+"/imagePullSecrets/" + i4,schemaPath:"#/properties/imagePullSecrets/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7}};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data31.name !== undefined){
if(!(validate59(data31.name, {instancePath:instancePath+"/imagePullSecrets/" + i4+"/name",parentData:data31,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
}
else {
const err81 = {instancePath:instancePath+"/imagePullSecrets/" + i4,schemaPath:"#/properties/imagePullSecrets/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
let i5 = data30.length;
let j2;
if(i5 > 1){
outer2:
for(;i5--;){
for(j2 = i5; j2--;){
if(func0(data30[i5], data30[j2])){
const err82 = {instancePath:instancePath+"/imagePullSecrets",schemaPath:"#/properties/imagePullSecrets/uniqueItems",keyword:"uniqueItems",params:{i: i5, j: j2}};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
break outer2;
}
}
}
}
}
else {
const err83 = {instancePath:instancePath+"/imagePullSecrets",schemaPath:"#/properties/imagePullSecrets/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data.k8sServiceHost !== undefined){
let data33 = data.k8sServiceHost;
if(typeof data33 === "string"){
if(func2(data33) > 253){
const err84 = {instancePath:instancePath+"/k8sServiceHost",schemaPath:"#/properties/k8sServiceHost/maxLength",keyword:"maxLength",params:{limit: 253}};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
if(!pattern12.test(data33)){
const err85 = {instancePath:instancePath+"/k8sServiceHost",schemaPath:"#/properties/k8sServiceHost/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9.:_-]*$"}};
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
const err86 = {instancePath:instancePath+"/k8sServiceHost",schemaPath:"#/properties/k8sServiceHost/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data.k8sServicePort !== undefined){
let data34 = data.k8sServicePort;
const _errs76 = errors;
let valid19 = false;
const _errs77 = errors;
if(!(validate70(data34, {instancePath:instancePath+"/k8sServicePort",parentData:data,parentDataProperty:"k8sServicePort",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
var _valid2 = _errs77 === errors;
valid19 = valid19 || _valid2;
const _errs78 = errors;
if(typeof data34 === "string"){
if(!pattern13.test(data34)){
const err87 = {instancePath:instancePath+"/k8sServicePort",schemaPath:"#/properties/k8sServicePort/anyOf/1/pattern",keyword:"pattern",params:{pattern: "^([1-9][0-9]{0,4})?$"}};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
else {
const err88 = {instancePath:instancePath+"/k8sServicePort",schemaPath:"#/properties/k8sServicePort/anyOf/1/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
var _valid2 = _errs78 === errors;
valid19 = valid19 || _valid2;
if(!valid19){
const err89 = {instancePath:instancePath+"/k8sServicePort",schemaPath:"#/properties/k8sServicePort/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
else {
errors = _errs76;
if(vErrors !== null){
if(_errs76){
vErrors.length = _errs76;
}
else {
vErrors = null;
}
}
}
}
if(data.healthPort !== undefined){
if(!(validate70(data.healthPort, {instancePath:instancePath+"/healthPort",parentData:data,parentDataProperty:"healthPort",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
if(data.monitoring !== undefined){
let data36 = data.monitoring;
if(data36 && typeof data36 == "object" && !Array.isArray(data36)){
if(data36.enabled === undefined){
const err90 = {instancePath:instancePath+"/monitoring",schemaPath:"#/properties/monitoring/required",keyword:"required",params:{missingProperty: "enabled"}};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
if(data36.port === undefined){
const err91 = {instancePath:instancePath+"/monitoring",schemaPath:"#/properties/monitoring/required",keyword:"required",params:{missingProperty: "port"}};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
if(data36.podMonitor === undefined){
const err92 = {instancePath:instancePath+"/monitoring",schemaPath:"#/properties/monitoring/required",keyword:"required",params:{missingProperty: "podMonitor"}};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
for(const key8 in data36){
if(!(((key8 === "enabled") || (key8 === "port")) || (key8 === "podMonitor"))){
const err93 = {instancePath:instancePath+"/monitoring",schemaPath:"#/properties/monitoring/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8}};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
if(data36.enabled !== undefined){
if(typeof data36.enabled !== "boolean"){
const err94 = {instancePath:instancePath+"/monitoring/enabled",schemaPath:"#/properties/monitoring/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
if(data36.port !== undefined){
if(!(validate70(data36.port, {instancePath:instancePath+"/monitoring/port",parentData:data36,parentDataProperty:"port",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
if(data36.podMonitor !== undefined){
let data39 = data36.podMonitor;
if(data39 && typeof data39 == "object" && !Array.isArray(data39)){
if(data39.enabled === undefined){
const err95 = {instancePath:instancePath+"/monitoring/podMonitor",schemaPath:"#/properties/monitoring/properties/podMonitor/required",keyword:"required",params:{missingProperty: "enabled"}};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
if(data39.interval === undefined){
const err96 = {instancePath:instancePath+"/monitoring/podMonitor",schemaPath:"#/properties/monitoring/properties/podMonitor/required",keyword:"required",params:{missingProperty: "interval"}};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
for(const key9 in data39){
if(!(((key9 === "enabled") || (key9 === "interval")) || (key9 === "labels"))){
const err97 = {instancePath:instancePath+"/monitoring/podMonitor",schemaPath:"#/properties/monitoring/properties/podMonitor/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9}};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
if(data39.enabled !== undefined){
if(typeof data39.enabled !== "boolean"){
const err98 = {instancePath:instancePath+"/monitoring/podMonitor/enabled",schemaPath:"#/properties/monitoring/properties/podMonitor/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data39.interval !== undefined){
if(!(validate74(data39.interval, {instancePath:instancePath+"/monitoring/podMonitor/interval",parentData:data39,parentDataProperty:"interval",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate74.errors : vErrors.concat(validate74.errors);
errors = vErrors.length;
}
}
if(data39.labels !== undefined){
if(!(validate76(data39.labels, {instancePath:instancePath+"/monitoring/podMonitor/labels",parentData:data39,parentDataProperty:"labels",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
errors = vErrors.length;
}
}
}
else {
const err99 = {instancePath:instancePath+"/monitoring/podMonitor",schemaPath:"#/properties/monitoring/properties/podMonitor/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
}
else {
const err100 = {instancePath:instancePath+"/monitoring",schemaPath:"#/properties/monitoring/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
if(data.resources !== undefined){
let data43 = data.resources;
if(data43 && typeof data43 == "object" && !Array.isArray(data43)){
for(const key10 in data43){
if(!((key10 === "requests") || (key10 === "limits"))){
const err101 = {instancePath:instancePath+"/resources",schemaPath:"#/properties/resources/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10}};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
if(data43.requests !== undefined){
if(!(validate80(data43.requests, {instancePath:instancePath+"/resources/requests",parentData:data43,parentDataProperty:"requests",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
if(data43.limits !== undefined){
if(!(validate80(data43.limits, {instancePath:instancePath+"/resources/limits",parentData:data43,parentDataProperty:"limits",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
}
else {
const err102 = {instancePath:instancePath+"/resources",schemaPath:"#/properties/resources/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
if(data.tolerations !== undefined){
let data46 = data.tolerations;
if(Array.isArray(data46)){
const len3 = data46.length;
for(let i6=0; i6<len3; i6++){
if(!(validate83(data46[i6], {instancePath:instancePath+"/tolerations/" + i6,parentData:data46,parentDataProperty:i6,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
}
}
else {
const err103 = {instancePath:instancePath+"/tolerations",schemaPath:"#/properties/tolerations/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
if(data.nodeSelector !== undefined){
if(!(validate76(data.nodeSelector, {instancePath:instancePath+"/nodeSelector",parentData:data,parentDataProperty:"nodeSelector",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
errors = vErrors.length;
}
}
if(data.affinity !== undefined){
let data49 = data.affinity;
if(data49 && typeof data49 == "object" && !Array.isArray(data49)){
for(const key11 in data49){
if(!(((key11 === "nodeAffinity") || (key11 === "podAffinity")) || (key11 === "podAntiAffinity"))){
const err104 = {instancePath:instancePath+"/affinity",schemaPath:"#/properties/affinity/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11}};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
if(data49.nodeAffinity !== undefined){
let data50 = data49.nodeAffinity;
if(data50 && typeof data50 == "object" && !Array.isArray(data50)){
}
else {
const err105 = {instancePath:instancePath+"/affinity/nodeAffinity",schemaPath:"#/properties/affinity/properties/nodeAffinity/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
if(data49.podAffinity !== undefined){
let data51 = data49.podAffinity;
if(data51 && typeof data51 == "object" && !Array.isArray(data51)){
}
else {
const err106 = {instancePath:instancePath+"/affinity/podAffinity",schemaPath:"#/properties/affinity/properties/podAffinity/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
if(data49.podAntiAffinity !== undefined){
let data52 = data49.podAntiAffinity;
if(data52 && typeof data52 == "object" && !Array.isArray(data52)){
}
else {
const err107 = {instancePath:instancePath+"/affinity/podAntiAffinity",schemaPath:"#/properties/affinity/properties/podAntiAffinity/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
}
else {
const err108 = {instancePath:instancePath+"/affinity",schemaPath:"#/properties/affinity/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
if(data.priorityClassName !== undefined){
if(!(validate59(data.priorityClassName, {instancePath:instancePath+"/priorityClassName",parentData:data,parentDataProperty:"priorityClassName",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
if(data.updateStrategy !== undefined){
let data54 = data.updateStrategy;
if(data54 && typeof data54 == "object" && !Array.isArray(data54)){
if(data54.type === undefined){
const err109 = {instancePath:instancePath+"/updateStrategy",schemaPath:"#/properties/updateStrategy/required",keyword:"required",params:{missingProperty: "type"}};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
for(const key12 in data54){
if(!((key12 === "type") || (key12 === "rollingUpdate"))){
const err110 = {instancePath:instancePath+"/updateStrategy",schemaPath:"#/properties/updateStrategy/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12}};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
if(data54.type !== undefined){
let data55 = data54.type;
if(typeof data55 !== "string"){
const err111 = {instancePath:instancePath+"/updateStrategy/type",schemaPath:"#/properties/updateStrategy/properties/type/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
if(!((data55 === "RollingUpdate") || (data55 === "OnDelete"))){
const err112 = {instancePath:instancePath+"/updateStrategy/type",schemaPath:"#/properties/updateStrategy/properties/type/enum",keyword:"enum",params:{allowedValues: schema19.properties.updateStrategy.properties.type.enum}};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
if(data54.rollingUpdate !== undefined){
let data56 = data54.rollingUpdate;
if(data56 && typeof data56 == "object" && !Array.isArray(data56)){
for(const key13 in data56){
if(!(key13 === "maxUnavailable")){
const err113 = {instancePath:instancePath+"/updateStrategy/rollingUpdate",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key13}};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
if(data56.maxUnavailable !== undefined){
let data57 = data56.maxUnavailable;
const _errs125 = errors;
let valid28 = false;
const _errs126 = errors;
if(!(((typeof data57 == "number") && (!(data57 % 1) && !isNaN(data57))) && (isFinite(data57)))){
const err114 = {instancePath:instancePath+"/updateStrategy/rollingUpdate/maxUnavailable",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/anyOf/0/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
if((typeof data57 == "number") && (isFinite(data57))){
if(data57 < 1 || isNaN(data57)){
const err115 = {instancePath:instancePath+"/updateStrategy/rollingUpdate/maxUnavailable",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
var _valid3 = _errs126 === errors;
valid28 = valid28 || _valid3;
const _errs128 = errors;
if(typeof data57 === "string"){
if(!pattern18.test(data57)){
const err116 = {instancePath:instancePath+"/updateStrategy/rollingUpdate/maxUnavailable",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/anyOf/1/pattern",keyword:"pattern",params:{pattern: "^([1-9][0-9]?|100)%$"}};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
else {
const err117 = {instancePath:instancePath+"/updateStrategy/rollingUpdate/maxUnavailable",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/anyOf/1/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
var _valid3 = _errs128 === errors;
valid28 = valid28 || _valid3;
if(!valid28){
const err118 = {instancePath:instancePath+"/updateStrategy/rollingUpdate/maxUnavailable",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
else {
errors = _errs125;
if(vErrors !== null){
if(_errs125){
vErrors.length = _errs125;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err119 = {instancePath:instancePath+"/updateStrategy/rollingUpdate",schemaPath:"#/properties/updateStrategy/properties/rollingUpdate/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
}
else {
const err120 = {instancePath:instancePath+"/updateStrategy",schemaPath:"#/properties/updateStrategy/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
if(data.podLabels !== undefined){
if(!(validate76(data.podLabels, {instancePath:instancePath+"/podLabels",parentData:data,parentDataProperty:"podLabels",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
errors = vErrors.length;
}
}
if(data.podAnnotations !== undefined){
if(!(validate88(data.podAnnotations, {instancePath:instancePath+"/podAnnotations",parentData:data,parentDataProperty:"podAnnotations",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate88.errors : vErrors.concat(validate88.errors);
errors = vErrors.length;
}
}
if(data.commonLabels !== undefined){
if(!(validate76(data.commonLabels, {instancePath:instancePath+"/commonLabels",parentData:data,parentDataProperty:"commonLabels",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
errors = vErrors.length;
}
}
if(data.commonAnnotations !== undefined){
if(!(validate88(data.commonAnnotations, {instancePath:instancePath+"/commonAnnotations",parentData:data,parentDataProperty:"commonAnnotations",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate88.errors : vErrors.concat(validate88.errors);
errors = vErrors.length;
}
}
if(data.extraEnv !== undefined){
let data62 = data.extraEnv;
if(Array.isArray(data62)){
const len4 = data62.length;
for(let i7=0; i7<len4; i7++){
let data63 = data62[i7];
if(data63 && typeof data63 == "object" && !Array.isArray(data63)){
if(data63.name === undefined){
const err121 = {instancePath:instancePath+"/extraEnv/" + i7,schemaPath:"#/properties/extraEnv/items/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
for(const key14 in data63){
if(!(((key14 === "name") || (key14 === "value")) || (key14 === "valueFrom"))){
const err122 = {instancePath:instancePath+"/extraEnv/" + i7,schemaPath:"#/properties/extraEnv/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key14}};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
if(data63.name !== undefined){
let data64 = data63.name;
if(typeof data64 === "string"){
if(!pattern20.test(data64)){
const err123 = {instancePath:instancePath+"/extraEnv/" + i7+"/name",schemaPath:"#/properties/extraEnv/items/properties/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_.-]*$"}};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
else {
const err124 = {instancePath:instancePath+"/extraEnv/" + i7+"/name",schemaPath:"#/properties/extraEnv/items/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
if(data63.value !== undefined){
if(typeof data63.value !== "string"){
const err125 = {instancePath:instancePath+"/extraEnv/" + i7+"/value",schemaPath:"#/properties/extraEnv/items/properties/value/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
}
if(data63.valueFrom !== undefined){
let data66 = data63.valueFrom;
if(data66 && typeof data66 == "object" && !Array.isArray(data66)){
}
else {
const err126 = {instancePath:instancePath+"/extraEnv/" + i7+"/valueFrom",schemaPath:"#/properties/extraEnv/items/properties/valueFrom/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
}
else {
const err127 = {instancePath:instancePath+"/extraEnv/" + i7,schemaPath:"#/properties/extraEnv/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
}
else {
const err128 = {instancePath:instancePath+"/extraEnv",schemaPath:"#/properties/extraEnv/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
if(data.hostAliases !== undefined){
let data67 = data.hostAliases;
if(Array.isArray(data67)){
const len5 = data67.length;
for(let i8=0; i8<len5; i8++){
let data68 = data67[i8];
if(data68 && typeof data68 == "object" && !Array.isArray(data68)){
if(data68.ip === undefined){
const err129 = {instancePath:instancePath+"/hostAliases/" + i8,schemaPath:"#/properties/hostAliases/items/required",keyword:"required",params:{missingProperty: "ip"}};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
if(data68.hostnames === undefined){
const err130 = {instancePath:instancePath+"/hostAliases/" + i8,schemaPath:"#/properties/hostAliases/items/required",keyword:"required",params:{missingProperty: "hostnames"}};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
for(const key15 in data68){
if(!((key15 === "ip") || (key15 === "hostnames"))){
const err131 = {instancePath:instancePath+"/hostAliases/" + i8,schemaPath:"#/properties/hostAliases/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key15}};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
}
if(data68.ip !== undefined){
let data69 = data68.ip;
if(typeof data69 === "string"){
if(!pattern21.test(data69)){
const err132 = {instancePath:instancePath+"/hostAliases/" + i8+"/ip",schemaPath:"#/properties/hostAliases/items/properties/ip/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f:.]+$"}};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
}
else {
const err133 = {instancePath:instancePath+"/hostAliases/" + i8+"/ip",schemaPath:"#/properties/hostAliases/items/properties/ip/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
}
if(data68.hostnames !== undefined){
let data70 = data68.hostnames;
if(Array.isArray(data70)){
const len6 = data70.length;
for(let i9=0; i9<len6; i9++){
if(typeof data70[i9] !== "string"){
const err134 = {instancePath:instancePath+"/hostAliases/" + i8+"/hostnames/" + i9,schemaPath:"#/properties/hostAliases/items/properties/hostnames/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
}
}
else {
const err135 = {instancePath:instancePath+"/hostAliases/" + i8+"/hostnames",schemaPath:"#/properties/hostAliases/items/properties/hostnames/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
}
}
else {
const err136 = {instancePath:instancePath+"/hostAliases/" + i8,schemaPath:"#/properties/hostAliases/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
}
else {
const err137 = {instancePath:instancePath+"/hostAliases",schemaPath:"#/properties/hostAliases/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
if(data.extraVolumes !== undefined){
let data72 = data.extraVolumes;
if(Array.isArray(data72)){
const len7 = data72.length;
for(let i10=0; i10<len7; i10++){
let data73 = data72[i10];
if(data73 && typeof data73 == "object" && !Array.isArray(data73)){
if(data73.name === undefined){
const err138 = {instancePath:instancePath+"/extraVolumes/" + i10,schemaPath:"#/properties/extraVolumes/items/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
if(data73.name !== undefined){
if(!(validate59(data73.name, {instancePath:instancePath+"/extraVolumes/" + i10+"/name",parentData:data73,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
}
else {
const err139 = {instancePath:instancePath+"/extraVolumes/" + i10,schemaPath:"#/properties/extraVolumes/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
}
else {
const err140 = {instancePath:instancePath+"/extraVolumes",schemaPath:"#/properties/extraVolumes/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
}
if(data.extraVolumeMounts !== undefined){
let data75 = data.extraVolumeMounts;
if(Array.isArray(data75)){
const len8 = data75.length;
for(let i11=0; i11<len8; i11++){
let data76 = data75[i11];
if(data76 && typeof data76 == "object" && !Array.isArray(data76)){
if(data76.name === undefined){
const err141 = {instancePath:instancePath+"/extraVolumeMounts/" + i11,schemaPath:"#/properties/extraVolumeMounts/items/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
if(data76.mountPath === undefined){
const err142 = {instancePath:instancePath+"/extraVolumeMounts/" + i11,schemaPath:"#/properties/extraVolumeMounts/items/required",keyword:"required",params:{missingProperty: "mountPath"}};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
if(data76.name !== undefined){
if(!(validate59(data76.name, {instancePath:instancePath+"/extraVolumeMounts/" + i11+"/name",parentData:data76,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
if(data76.mountPath !== undefined){
if(typeof data76.mountPath !== "string"){
const err143 = {instancePath:instancePath+"/extraVolumeMounts/" + i11+"/mountPath",schemaPath:"#/properties/extraVolumeMounts/items/properties/mountPath/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
}
}
else {
const err144 = {instancePath:instancePath+"/extraVolumeMounts/" + i11,schemaPath:"#/properties/extraVolumeMounts/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
}
}
else {
const err145 = {instancePath:instancePath+"/extraVolumeMounts",schemaPath:"#/properties/extraVolumeMounts/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
}
if(data.podSecurityContext !== undefined){
let data79 = data.podSecurityContext;
if(data79 && typeof data79 == "object" && !Array.isArray(data79)){
}
else {
const err146 = {instancePath:instancePath+"/podSecurityContext",schemaPath:"#/properties/podSecurityContext/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
}
if(data.securityContext !== undefined){
let data80 = data.securityContext;
if(data80 && typeof data80 == "object" && !Array.isArray(data80)){
}
else {
const err147 = {instancePath:instancePath+"/securityContext",schemaPath:"#/properties/securityContext/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
}
if(data.serviceAccount !== undefined){
let data81 = data.serviceAccount;
if(data81 && typeof data81 == "object" && !Array.isArray(data81)){
if(data81.create === undefined){
const err148 = {instancePath:instancePath+"/serviceAccount",schemaPath:"#/properties/serviceAccount/required",keyword:"required",params:{missingProperty: "create"}};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
if(data81.name === undefined){
const err149 = {instancePath:instancePath+"/serviceAccount",schemaPath:"#/properties/serviceAccount/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
for(const key16 in data81){
if(!(((key16 === "create") || (key16 === "name")) || (key16 === "annotations"))){
const err150 = {instancePath:instancePath+"/serviceAccount",schemaPath:"#/properties/serviceAccount/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key16}};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
}
if(data81.create !== undefined){
if(typeof data81.create !== "boolean"){
const err151 = {instancePath:instancePath+"/serviceAccount/create",schemaPath:"#/properties/serviceAccount/properties/create/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
}
if(data81.name !== undefined){
let data83 = data81.name;
if(typeof data83 === "string"){
if(func2(data83) > 253){
const err152 = {instancePath:instancePath+"/serviceAccount/name",schemaPath:"#/properties/serviceAccount/properties/name/maxLength",keyword:"maxLength",params:{limit: 253}};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
if(!pattern22.test(data83)){
const err153 = {instancePath:instancePath+"/serviceAccount/name",schemaPath:"#/properties/serviceAccount/properties/name/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$"}};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
}
else {
const err154 = {instancePath:instancePath+"/serviceAccount/name",schemaPath:"#/properties/serviceAccount/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
}
if(data81.annotations !== undefined){
if(!(validate88(data81.annotations, {instancePath:instancePath+"/serviceAccount/annotations",parentData:data81,parentDataProperty:"annotations",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate88.errors : vErrors.concat(validate88.errors);
errors = vErrors.length;
}
}
}
else {
const err155 = {instancePath:instancePath+"/serviceAccount",schemaPath:"#/properties/serviceAccount/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
}
if(data.rbac !== undefined){
let data85 = data.rbac;
if(data85 && typeof data85 == "object" && !Array.isArray(data85)){
if(data85.create === undefined){
const err156 = {instancePath:instancePath+"/rbac",schemaPath:"#/properties/rbac/required",keyword:"required",params:{missingProperty: "create"}};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
for(const key17 in data85){
if(!(key17 === "create")){
const err157 = {instancePath:instancePath+"/rbac",schemaPath:"#/properties/rbac/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key17}};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
}
if(data85.create !== undefined){
if(typeof data85.create !== "boolean"){
const err158 = {instancePath:instancePath+"/rbac/create",schemaPath:"#/properties/rbac/properties/create/type",keyword:"type",params:{type: "boolean"}};
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
const err159 = {instancePath:instancePath+"/rbac",schemaPath:"#/properties/rbac/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
}
if(data.resourceQuota !== undefined){
let data87 = data.resourceQuota;
if(data87 && typeof data87 == "object" && !Array.isArray(data87)){
if(data87.create === undefined){
const err160 = {instancePath:instancePath+"/resourceQuota",schemaPath:"#/properties/resourceQuota/required",keyword:"required",params:{missingProperty: "create"}};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
if(data87.pods === undefined){
const err161 = {instancePath:instancePath+"/resourceQuota",schemaPath:"#/properties/resourceQuota/required",keyword:"required",params:{missingProperty: "pods"}};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
for(const key18 in data87){
if(!((key18 === "create") || (key18 === "pods"))){
const err162 = {instancePath:instancePath+"/resourceQuota",schemaPath:"#/properties/resourceQuota/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key18}};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
}
if(data87.create !== undefined){
if(typeof data87.create !== "boolean"){
const err163 = {instancePath:instancePath+"/resourceQuota/create",schemaPath:"#/properties/resourceQuota/properties/create/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err163];
}
else {
vErrors.push(err163);
}
errors++;
}
}
if(data87.pods !== undefined){
let data89 = data87.pods;
if(typeof data89 === "string"){
if(func2(data89) > 16){
const err164 = {instancePath:instancePath+"/resourceQuota/pods",schemaPath:"#/properties/resourceQuota/properties/pods/maxLength",keyword:"maxLength",params:{limit: 16}};
if(vErrors === null){
vErrors = [err164];
}
else {
vErrors.push(err164);
}
errors++;
}
if(!pattern23.test(data89)){
const err165 = {instancePath:instancePath+"/resourceQuota/pods",schemaPath:"#/properties/resourceQuota/properties/pods/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]*[kM]?$"}};
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
const err166 = {instancePath:instancePath+"/resourceQuota/pods",schemaPath:"#/properties/resourceQuota/properties/pods/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err166];
}
else {
vErrors.push(err166);
}
errors++;
}
}
}
else {
const err167 = {instancePath:instancePath+"/resourceQuota",schemaPath:"#/properties/resourceQuota/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err167];
}
else {
vErrors.push(err167);
}
errors++;
}
}
if(data.extraObjects !== undefined){
let data90 = data.extraObjects;
if(Array.isArray(data90)){
const len9 = data90.length;
for(let i12=0; i12<len9; i12++){
let data91 = data90[i12];
if(data91 && typeof data91 == "object" && !Array.isArray(data91)){
if(data91.apiVersion === undefined){
const err168 = {instancePath:instancePath+"/extraObjects/" + i12,schemaPath:"#/properties/extraObjects/items/required",keyword:"required",params:{missingProperty: "apiVersion"}};
if(vErrors === null){
vErrors = [err168];
}
else {
vErrors.push(err168);
}
errors++;
}
if(data91.kind === undefined){
const err169 = {instancePath:instancePath+"/extraObjects/" + i12,schemaPath:"#/properties/extraObjects/items/required",keyword:"required",params:{missingProperty: "kind"}};
if(vErrors === null){
vErrors = [err169];
}
else {
vErrors.push(err169);
}
errors++;
}
if(data91.metadata === undefined){
const err170 = {instancePath:instancePath+"/extraObjects/" + i12,schemaPath:"#/properties/extraObjects/items/required",keyword:"required",params:{missingProperty: "metadata"}};
if(vErrors === null){
vErrors = [err170];
}
else {
vErrors.push(err170);
}
errors++;
}
if(data91.apiVersion !== undefined){
let data92 = data91.apiVersion;
if(typeof data92 === "string"){
if(func2(data92) < 1){
const err171 = {instancePath:instancePath+"/extraObjects/" + i12+"/apiVersion",schemaPath:"#/properties/extraObjects/items/properties/apiVersion/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err171];
}
else {
vErrors.push(err171);
}
errors++;
}
}
else {
const err172 = {instancePath:instancePath+"/extraObjects/" + i12+"/apiVersion",schemaPath:"#/properties/extraObjects/items/properties/apiVersion/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err172];
}
else {
vErrors.push(err172);
}
errors++;
}
}
if(data91.kind !== undefined){
let data93 = data91.kind;
if(typeof data93 === "string"){
if(!pattern24.test(data93)){
const err173 = {instancePath:instancePath+"/extraObjects/" + i12+"/kind",schemaPath:"#/properties/extraObjects/items/properties/kind/pattern",keyword:"pattern",params:{pattern: "^[A-Z][A-Za-z0-9]*$"}};
if(vErrors === null){
vErrors = [err173];
}
else {
vErrors.push(err173);
}
errors++;
}
}
else {
const err174 = {instancePath:instancePath+"/extraObjects/" + i12+"/kind",schemaPath:"#/properties/extraObjects/items/properties/kind/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err174];
}
else {
vErrors.push(err174);
}
errors++;
}
}
if(data91.metadata !== undefined){
let data94 = data91.metadata;
if(data94 && typeof data94 == "object" && !Array.isArray(data94)){
if(data94.name === undefined){
const err175 = {instancePath:instancePath+"/extraObjects/" + i12+"/metadata",schemaPath:"#/properties/extraObjects/items/properties/metadata/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err175];
}
else {
vErrors.push(err175);
}
errors++;
}
if(data94.name !== undefined){
let data95 = data94.name;
if(typeof data95 === "string"){
if(func2(data95) > 253){
const err176 = {instancePath:instancePath+"/extraObjects/" + i12+"/metadata/name",schemaPath:"#/properties/extraObjects/items/properties/metadata/properties/name/maxLength",keyword:"maxLength",params:{limit: 253}};
if(vErrors === null){
vErrors = [err176];
}
else {
vErrors.push(err176);
}
errors++;
}
if(!pattern25.test(data95)){
const err177 = {instancePath:instancePath+"/extraObjects/" + i12+"/metadata/name",schemaPath:"#/properties/extraObjects/items/properties/metadata/properties/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9]([A-Za-z0-9._:-]*[A-Za-z0-9])?$"}};
if(vErrors === null){
vErrors = [err177];
}
else {
vErrors.push(err177);
}
errors++;
}
}
else {
const err178 = {instancePath:instancePath+"/extraObjects/" + i12+"/metadata/name",schemaPath:"#/properties/extraObjects/items/properties/metadata/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err178];
}
else {
vErrors.push(err178);
}
errors++;
}
}
}
else {
const err179 = {instancePath:instancePath+"/extraObjects/" + i12+"/metadata",schemaPath:"#/properties/extraObjects/items/properties/metadata/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err179];
}
else {
vErrors.push(err179);
}
errors++;
}
}
}
else {
const err180 = {instancePath:instancePath+"/extraObjects/" + i12,schemaPath:"#/properties/extraObjects/items/type",keyword:"type",params:{type: "object"}};
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
const err181 = {instancePath:instancePath+"/extraObjects",schemaPath:"#/properties/extraObjects/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err181];
}
else {
vErrors.push(err181);
}
errors++;
}
}
if(data.uninstall !== undefined){
let data96 = data.uninstall;
if(data96 && typeof data96 == "object" && !Array.isArray(data96)){
if(data96.disableFirst === undefined){
const err182 = {instancePath:instancePath+"/uninstall",schemaPath:"#/properties/uninstall/required",keyword:"required",params:{missingProperty: "disableFirst"}};
if(vErrors === null){
vErrors = [err182];
}
else {
vErrors.push(err182);
}
errors++;
}
if(data96.timeoutSeconds === undefined){
const err183 = {instancePath:instancePath+"/uninstall",schemaPath:"#/properties/uninstall/required",keyword:"required",params:{missingProperty: "timeoutSeconds"}};
if(vErrors === null){
vErrors = [err183];
}
else {
vErrors.push(err183);
}
errors++;
}
for(const key19 in data96){
if(!(((key19 === "disableFirst") || (key19 === "timeoutSeconds")) || (key19 === "tolerations"))){
const err184 = {instancePath:instancePath+"/uninstall",schemaPath:"#/properties/uninstall/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key19}};
if(vErrors === null){
vErrors = [err184];
}
else {
vErrors.push(err184);
}
errors++;
}
}
if(data96.disableFirst !== undefined){
if(typeof data96.disableFirst !== "boolean"){
const err185 = {instancePath:instancePath+"/uninstall/disableFirst",schemaPath:"#/properties/uninstall/properties/disableFirst/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err185];
}
else {
vErrors.push(err185);
}
errors++;
}
}
if(data96.timeoutSeconds !== undefined){
let data98 = data96.timeoutSeconds;
if(!(((typeof data98 == "number") && (!(data98 % 1) && !isNaN(data98))) && (isFinite(data98)))){
const err186 = {instancePath:instancePath+"/uninstall/timeoutSeconds",schemaPath:"#/properties/uninstall/properties/timeoutSeconds/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err186];
}
else {
vErrors.push(err186);
}
errors++;
}
if((typeof data98 == "number") && (isFinite(data98))){
if(data98 > 86400 || isNaN(data98)){
const err187 = {instancePath:instancePath+"/uninstall/timeoutSeconds",schemaPath:"#/properties/uninstall/properties/timeoutSeconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400}};
if(vErrors === null){
vErrors = [err187];
}
else {
vErrors.push(err187);
}
errors++;
}
if(data98 < 1 || isNaN(data98)){
const err188 = {instancePath:instancePath+"/uninstall/timeoutSeconds",schemaPath:"#/properties/uninstall/properties/timeoutSeconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}};
if(vErrors === null){
vErrors = [err188];
}
else {
vErrors.push(err188);
}
errors++;
}
}
}
if(data96.tolerations !== undefined){
let data99 = data96.tolerations;
if(Array.isArray(data99)){
const len10 = data99.length;
for(let i13=0; i13<len10; i13++){
if(!(validate83(data99[i13], {instancePath:instancePath+"/uninstall/tolerations/" + i13,parentData:data99,parentDataProperty:i13,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
}
}
else {
const err189 = {instancePath:instancePath+"/uninstall/tolerations",schemaPath:"#/properties/uninstall/properties/tolerations/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err189];
}
else {
vErrors.push(err189);
}
errors++;
}
}
}
else {
const err190 = {instancePath:instancePath+"/uninstall",schemaPath:"#/properties/uninstall/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err190];
}
else {
vErrors.push(err190);
}
errors++;
}
}
if(data.namespace !== undefined){
let data101 = data.namespace;
if(data101 && typeof data101 == "object" && !Array.isArray(data101)){
if(data101.create === undefined){
const err191 = {instancePath:instancePath+"/namespace",schemaPath:"#/properties/namespace/required",keyword:"required",params:{missingProperty: "create"}};
if(vErrors === null){
vErrors = [err191];
}
else {
vErrors.push(err191);
}
errors++;
}
for(const key20 in data101){
if(!(key20 === "create")){
const err192 = {instancePath:instancePath+"/namespace",schemaPath:"#/properties/namespace/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key20}};
if(vErrors === null){
vErrors = [err192];
}
else {
vErrors.push(err192);
}
errors++;
}
}
if(data101.create !== undefined){
if(typeof data101.create !== "boolean"){
const err193 = {instancePath:instancePath+"/namespace/create",schemaPath:"#/properties/namespace/properties/create/type",keyword:"type",params:{type: "boolean"}};
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
const err194 = {instancePath:instancePath+"/namespace",schemaPath:"#/properties/namespace/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err194];
}
else {
vErrors.push(err194);
}
errors++;
}
}
if(data.namespaceOverride !== undefined){
let data103 = data.namespaceOverride;
if(typeof data103 === "string"){
if(!pattern26.test(data103)){
const err195 = {instancePath:instancePath+"/namespaceOverride",schemaPath:"#/properties/namespaceOverride/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)?$"}};
if(vErrors === null){
vErrors = [err195];
}
else {
vErrors.push(err195);
}
errors++;
}
}
else {
const err196 = {instancePath:instancePath+"/namespaceOverride",schemaPath:"#/properties/namespaceOverride/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err196];
}
else {
vErrors.push(err196);
}
errors++;
}
}
if(data.fullnameOverride !== undefined){
let data104 = data.fullnameOverride;
if(typeof data104 === "string"){
if(!pattern27.test(data104)){
const err197 = {instancePath:instancePath+"/fullnameOverride",schemaPath:"#/properties/fullnameOverride/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?)?$"}};
if(vErrors === null){
vErrors = [err197];
}
else {
vErrors.push(err197);
}
errors++;
}
}
else {
const err198 = {instancePath:instancePath+"/fullnameOverride",schemaPath:"#/properties/fullnameOverride/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err198];
}
else {
vErrors.push(err198);
}
errors++;
}
}
if(data.global !== undefined){
let data105 = data.global;
if(data105 && typeof data105 == "object" && !Array.isArray(data105)){
}
else {
const err199 = {instancePath:instancePath+"/global",schemaPath:"#/properties/global/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err199];
}
else {
vErrors.push(err199);
}
errors++;
}
}
if(data.enabled !== undefined){
if(typeof data.enabled !== "boolean"){
const err200 = {instancePath:instancePath+"/enabled",schemaPath:"#/properties/enabled/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err200];
}
else {
vErrors.push(err200);
}
errors++;
}
}
}
else {
const err201 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err201];
}
else {
vErrors.push(err201);
}
errors++;
}
validate52.errors = vErrors;
return errors === 0;
}
validate52.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

