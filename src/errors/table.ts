/**
 * Every message of Podcloak that a person may want to look up: `docs/errors.md` is generated from
 * this table. A code never changes its meaning and is never used again.
 *
 * 1xx: reading values; 2xx: values that do not go together; 3xx: key lines; 4xx: the command line;
 * 5xx: the agent at the API server; 7xx: the agent on a node; 9xx: our own faults.
 */
export interface ErrorEntry {
  readonly severity: 'error' | 'warning';
  /** What is wrong, as a heading. */
  readonly title: string;
  /** What to do, in the words that the message uses when it knows nothing more precise. */
  readonly remedy: string;
}

const error = (title: string, remedy: string): ErrorEntry => ({ severity: 'error', title, remedy });
const warning = (title: string, remedy: string): ErrorEntry => ({
  severity: 'warning',
  title,
  remedy,
});

export const ERRORS = {
  PC101: error(
    'A key that Podcloak does not know',
    'Correct or remove it. `podcloak values` lists all keys. For a whole Cilium values file: --allow-unknown.',
  ),
  PC102: error('A value of the wrong type', 'Give a value of the type that the message names.'),
  PC103: error('A value that is not among those allowed', 'Give one of the values in the message.'),
  PC104: error('A malformed string', 'Give a string of the form that the message names.'),
  PC105: error('A value out of range', 'Give a value within the bounds in the message.'),
  PC106: error(
    'A value that must be there is missing, or was deleted with null',
    'Remove the null, so that the default applies, or give a value.',
  ),
  PC107: error('The same item twice in a list', 'Remove one of the two.'),
  PC110: error('A file does not exist', 'Check the path.'),
  PC111: error(
    'A file cannot be read',
    'Give the path of a regular file that you have the right to read.',
  ),
  PC112: error(
    'A file is not UTF-8',
    'Save it as UTF-8, for instance with `iconv -f UTF-16 -t UTF-8`.',
  ),
  PC113: error('A values file is not YAML', 'Correct the syntax at the place in the message.'),
  PC114: error(
    'The same key twice in one map',
    'Keep one of the two: the YAML standard has no rule for which one counts.',
  ),
  PC115: error('A tab where YAML wants spaces', 'Indent with spaces.'),
  PC116: error(
    'An alias that contains itself, too many aliases, or values nested too deeply',
    'Write the value out instead of the alias.',
  ),
  PC117: error(
    'A values file that is not a map',
    'Write `key: value` lines at the top level of the file.',
  ),
  PC118: error(
    'More than one YAML document in a values file',
    'Split the file and pass each part with its own -f.',
  ),
  PC119: error('A file is too large', 'Values have at most 1 MiB, key files at most 64 KiB.'),
  PC120: error(
    'A --set option that does not parse',
    "Write path=value; separate several by commas; escape a literal ',' or '.' with a backslash.",
  ),
  PC121: error(
    'A --set-json option whose value is not JSON',
    'Write path=JSON, and quote it for the shell: --set-json \'tolerations=[{"operator":"Exists"}]\'.',
  ),
  PC122: error(
    'A key on the command line',
    'Other users of the machine can read command lines. Pass the key in a file: --set-file encryption.ipsec.key=FILE.',
  ),
  PC123: error(
    'Standard input read twice',
    'Only one -f - or --set-file …=- can be given. Save one of them to a file.',
  ),

  PC201: error(
    'Encryption without a native routing CIDR',
    "Give the range of your cluster's pods: --set ipv4NativeRoutingCIDR=10.244.0.0/16, or ipv6NativeRoutingCIDR, or both.",
  ),
  PC202: error('A CIDR that is malformed or of the wrong family', 'Correct the CIDR.'),
  PC203: error(
    'A CIDR with host bits',
    'Give the first address of the range, as the message shows.',
  ),
  PC204: warning(
    'A value without effect in this configuration',
    'Remove it, or set what the message names.',
  ),
  PC205: error('The same environment variable twice in extraEnv', 'Keep one of the two.'),
  PC206: error(
    'An environment variable in extraEnv that Podcloak sets itself',
    'Remove it from extraEnv.',
  ),
  PC207: warning(
    'An image reference without a registry',
    'Nodes look for it on Docker Hub unless it is loaded on each of them. Push it to a registry and set image.repository=REGISTRY/podcloak, or load it: `kind load docker-image`, `k3d image import`, `ctr -n k8s.io images import`.',
  ),
  PC208: error(
    'A label that Podcloak sets itself',
    "Remove it: the agent's pods are found by these labels.",
  ),
  PC209: error('The same port twice', 'Give healthPort and monitoring.port different values.'),
  PC210: error(
    "A mount path that would hide the agent's own files",
    'Choose another encryption.ipsec.mountPath, such as /etc/ipsec.',
  ),
  PC211: error(
    "Another project's image",
    "Remove the image block of the Cilium values file, or set image.repository to Podcloak's image.",
  ),
  PC212: warning(
    'An unknown key was ignored',
    'Nothing to do, if it belongs to another chart. Without --allow-unknown it is an error.',
  ),
  PC213: warning(
    'A key in a values file',
    'Values files end up in version control. Keep the key in a file of its own and pass --set-file encryption.ipsec.key=FILE.',
  ),
  PC214: error(
    'A Namespace object for a namespace that Kubernetes makes itself',
    'Leave namespace.create false for kube-system, default, kube-public and kube-node-lease.',
  ),
  PC215: warning(
    'The Secret is rendered, and may exist already',
    'If apply reports a conflict, because the Secret was made by `kubectl create`: either leave the key out and refer to the existing Secret, or take it over with `kubectl apply --server-side --force-conflicts`.',
  ),
  PC216: error(
    'A toleration that Kubernetes refuses',
    'With operator Exists give no value; without a key the operator must be Exists.',
  ),
  PC217: error(
    'An environment variable with two values',
    'Keep either value or valueFrom: the API server refuses both.',
  ),
  PC218: error(
    'Strict mode without a CIDR',
    'Give the range of the pods as ipv4NativeRoutingCIDR or ipv6NativeRoutingCIDR, or another one as encryption.strictMode.egress.cidr.',
  ),
  PC219: error(
    'A keepalive that WireGuard cannot count',
    'Give encryption.wireguard.persistentKeepalive whole seconds up to 65535, such as 25s, or 0s for none.',
  ),

  PC301: error('No key line', 'Write one line: key-id+ algorithm key-in-hex icv-bits.'),
  PC302: error(
    'A key id that is not a number from 1 to 15',
    'Begin the line with a key id from 1 to 15 and a plus sign, such as 3+.',
  ),
  PC303: error(
    'A key line with the wrong number of fields',
    'Write `key-id+ algorithm key icv-bits` (AEAD) or `key-id+ auth-algorithm auth-key encryption-algorithm encryption-key`.',
  ),
  PC304: error(
    'A malformed algorithm name',
    "Write the kernel's name of the algorithm, such as rfc4106(gcm(aes)); see /proc/crypto.",
  ),
  PC305: error('A key that is not hexadecimal', 'Write the key as hex digits, two for each byte.'),
  PC306: error(
    'A key of the wrong length for its algorithm',
    'Make a key of the length in the message.',
  ),
  PC307: error(
    'An integrity check value of the wrong length',
    'Give the length in bits, such as 128.',
  ),
  PC308: error('The same key id twice', 'Give each line a key id of its own.'),
  PC309: error(
    'An algorithm that does not encrypt or does not authenticate',
    'Use rfc4106(gcm(aes)).',
  ),
  PC310: error(
    'A key without randomness',
    'Make a random key: `head -c 20 /dev/urandom | xxd -p -c 64`.',
  ),
  PC311: warning(
    'A key id without a plus sign',
    'Write it with a plus sign, such as 3+. Podcloak derives a key for every tunnel all the same; a key shared by all tunnels is unsafe (GHSA-pwqm-x5x6-5586).',
  ),
  PC312: warning('An algorithm that is no longer considered safe', 'Use rfc4106(gcm(aes)).'),
  PC313: error(
    'A key that is too short',
    'Make a key of at least 16 bytes, which is 32 hex digits.',
  ),

  PC401: error('An unknown command', '`podcloak --help` lists the commands.'),
  PC402: error('An unknown option', 'Append --help to the command to list its options.'),
  PC403: error('An option without its value', 'Append --help to the command to see its form.'),
  PC404: error('An unexpected argument', 'Append --help to the command to see its form.'),
  PC405: error(
    'A Secret would be printed on a terminal',
    'Pipe it to `kubectl apply --server-side -f -`, write it with --output DIR, or add --force to see it.',
  ),
  PC406: error(
    'The output folder holds files that Podcloak did not write',
    'Choose another folder, or remove the files in the message.',
  ),
  PC407: error('The output cannot be written', 'Check the path and your rights to write there.'),
  PC408: error(
    'A malformed namespace',
    "Give lower-case letters, digits and '-', at most 63 characters.",
  ),
  PC420: error(
    "An option's value that is not among those allowed",
    'Give one of the values in the message.',
  ),
  PC421: warning(
    'A new key must not replace one in use',
    'Send it to `kubectl create -f -`, which refuses if the Secret exists. `kubectl apply -f -` would replace the key of a running cluster without asking.',
  ),
  PC422: error('A key id out of range', 'Give a key id from 1 to 15, such as --key-id 3.'),
  PC423: error(
    'A malformed name of a Secret',
    "Give lower-case letters, digits, '-' and '.', at most 253 characters.",
  ),
  PC424: error(
    "A command that needs the agent's image",
    'Run it in the pod of the node in question: `kubectl -n kube-system exec POD -- podcloak encrypt …`; `kubectl -n kube-system get pods -l app.kubernetes.io/name=podcloak -o wide` lists the pods.',
  ),
  PC425: error(
    'No agent runs here',
    "Run it in the agent's pod, by `kubectl exec`. In that pod the agent is still starting, or it has just ended: see `kubectl logs`.",
  ),
  PC426: error(
    'The agent did not answer in time, broke off, or failed to',
    'Try again. If it stays so, see `kubectl logs` of its pod; what is wrong with the node is told beside this where the agent says so.',
  ),
  PC427: error(
    'An answer of the agent that this command does not understand',
    'Use the command of the same version as the agent: the one in its own pod.',
  ),
  PC428: error(
    'The kernel refused',
    "Run it as root with CAP_NET_ADMIN, as the agent's container has it.",
  ),
  PC429: error(
    'A number that is malformed or out of range',
    'Give a number in decimal, or in hexadecimal with 0x.',
  ),
  PC430: error(
    'A question that nobody answered',
    'Answer it (in a pod: `kubectl exec -it`), or add --force to go on without one (--yes for `encryption disable`).',
  ),
  PC431: error(
    'The agent knows no such node',
    'Check the name: `podcloak encrypt status` lists the nodes that are not encrypted.',
  ),
  PC432: error(
    'A node that is still there cannot be forgotten',
    'Delete its Node and its record first: `kubectl delete node NODE`.',
  ),
  PC433: warning(
    'Nothing will be rebuilt, as no agent runs here',
    'Start the agent of this node; until then packets to the pairs in question are dropped.',
  ),

  PC440: error(
    'No usable kubeconfig',
    'Name one: --kubeconfig FILE, or KUBECONFIG, or ~/.kube/config; --context NAME picks a context of it (`kubectl config get-contexts`).',
  ),
  PC441: error(
    'The API server cannot be reached, or does not answer as it should',
    'Check that `kubectl get nodes` works with the same kubeconfig and context, then try again.',
  ),
  PC442: error(
    'The API server does not accept your credentials',
    'Log in again, as for kubectl: `kubectl auth whoami` must work with the same kubeconfig and context.',
  ),
  PC443: error(
    'You may not read the records',
    'Ask for the right to get, list and watch nodes and encryptionnodes.podcloak.dev: `kubectl auth can-i list encryptionnodes.podcloak.dev`.',
  ),
  PC444: error(
    'Podcloak is not installed in this cluster',
    'Check the context. To install it: `podcloak synth … | kubectl apply --server-side -f -`.',
  ),
  PC445: warning(
    'Without records nobody can tell whether nodes still encrypt',
    'If Podcloak was deleted while encryption was enabled, its policies are still in the nodes’ kernels. `podcloak synth --cleanup` renders what removes them: docs/removal.md.',
  ),
  PC446: error(
    'Not every node is disabled yet',
    'Do not delete Podcloak yet. Check that encryption.enabled=false was applied, and look at the nodes in the list: `kubectl get encryptionnodes`, and the logs of their agents. A node that is gone for good: `kubectl delete node NODE`. Then wait again, or longer: --timeout 30m.',
  ),
  PC447: error('A malformed duration', 'Write a number and a unit: 90s, 5m, 1h30m.'),
  PC448: error(
    'An agent runs on this node',
    'Delete Podcloak first (`kubectl delete -f`); this node is then cleaned up at the next attempt. To turn encryption off, render with encryption.enabled=false and apply instead.',
  ),
  PC449: error(
    'Something of Podcloak is still on this node',
    'It is tried again. If it stays so, see whether an agent runs on this node, and what the message names.',
  ),

  PC460: error('A code that Podcloak does not have', '`podcloak explain` lists all codes.'),
  PC461: error(
    'Two clusters of one name',
    'Name the files of --each differently: a cluster is called by its file’s name without its ending, in whatever folder.',
  ),
  PC462: error(
    'A file of --each whose name cannot be a cluster’s',
    'Begin the file’s name with a letter or digit, and use letters, digits, ".", "_" and "-" only; "manifests" is taken.',
  ),
  PC463: error(
    'Another run writes to the same folder',
    'Wait until it is done, or give each run an output folder of its own.',
  ),
  PC464: error(
    'Many clusters on one output',
    'Add --output DIR: each cluster gets a folder of its own there.',
  ),
  PC465: warning(
    'A value of Cilium without a counterpart',
    'Nothing to do: Podcloak has nothing of the kind, and Cilium keeps its own values file.',
  ),
  PC466: warning('A value of Cilium that has another form here', 'Check that it is what you want.'),
  PC467: warning(
    'A setting of Cilium that Podcloak does not do, or needs to be otherwise',
    'See what the message names before you enable encryption.',
  ),
  PC468: error(
    'You may not ask what an apply would change',
    'Ask for the rights to get and patch these objects, as for the apply itself: `kubectl auth can-i patch daemonsets -n NAMESPACE`.',
  ),
  PC469: error(
    'The API server would refuse an object',
    'Correct the values. The message has the API server’s own words.',
  ),
  PC470: warning(
    'Fields that another field manager owns',
    'Give the other manager’s value, or let it go of the field; `kubectl apply --server-side --force-conflicts` takes it over.',
  ),
  PC471: error(
    'The cluster lacks a kind or a namespace',
    'Make the namespace (`kubectl create namespace`, or namespace.create=true), or install what defines the kind, such as the Prometheus operator for a PodMonitor.',
  ),
  PC472: warning(
    'Authentication and encryption by two algorithms',
    'Nothing has to be done: it is safe. AES-GCM does both in one pass and takes less of a CPU: `podcloak keys rotate --algorithm rfc4106-gcm-aes`.',
  ),
  PC473: warning(
    'A short integrity check value',
    'Write 128 as the last field: a forged packet passes a shorter one more often (RFC 4106, section 6).',
  ),
  PC474: warning(
    'An algorithm that Podcloak does not know',
    'Check its name and the length of its key against /proc/crypto of a node; an agent whose kernel lacks it says so (PC702).',
  ),
  PC475: error(
    'The Secret is there already',
    'To change its key, `podcloak keys rotate`: it keeps the old one until all nodes have the new one.',
  ),
  PC476: error(
    'There is no such Secret',
    'Check --namespace and --name, or make it: `podcloak keys create --write`.',
  ),
  PC477: error(
    'A Secret whose key file cannot be used',
    'Correct the Secret’s key file, or name the right one: --key-file. `podcloak keys verify` says what is wrong with a file.',
  ),
  PC478: error(
    'The Secret was changed by somebody else at the same time',
    'Nothing of theirs was overwritten. Look at it with `podcloak keys status`, then try again.',
  ),
  PC479: error(
    'You may not read or write the Secret',
    'Ask for the right to get and patch it, and for `keys create --write` to create it: `kubectl auth can-i patch secret/cilium-ipsec-keys -n NAMESPACE`.',
  ),
  PC480: error(
    'A rotation is unfinished',
    'Wait for the nodes in the list: `podcloak keys rotate --finish --wait`; `podcloak keys status` says how far it is. A node that is gone for good: `kubectl delete node NODE`. To go on without them: --despite-unfinished.',
  ),
  PC481: error(
    'Not every node has the new key yet',
    'The old key is still there, so nothing is lost. Look at the nodes in the list and wait on: `podcloak keys rotate --finish --wait --timeout 30m`.',
  ),
  PC482: error(
    'No key id is free',
    'Finish the rotation before: `podcloak keys rotate --finish --wait`.',
  ),
  PC483: error(
    'A key line of a kind that is not made here',
    'Name what the new line shall be: --algorithm rfc4106-gcm-aes.',
  ),
  PC484: warning(
    'An apply may undo the rotation',
    'Take the key out of what is applied (encryption.ipsec.key, or a manifest of the Secret), or rotate there: `podcloak keys rotate -o yaml`.',
  ),
  PC485: error('Options that do not go together', 'Leave out one of the two.'),
  PC486: error(
    'The API server refuses the Secret',
    'See the message: an immutable Secret must be deleted and made anew; agents keep the key that they have meanwhile.',
  ),
  PC487: error(
    'There is no configuration of the agents where it was looked for',
    'Name the namespace that Podcloak is in: --namespace NAME, and --config-map NAME with fullnameOverride. `kubectl get configmaps -A -l app.kubernetes.io/part-of=podcloak` finds it.',
  ),
  PC488: error(
    'You may not change the configuration of the agents',
    'Ask for the right to get and patch that ConfigMap: `kubectl auth can-i patch configmaps/podcloak -n NAMESPACE`. Or set encryption.enabled=false in the values, and let whoever applies them do so.',
  ),
  PC489: error(
    'Encryption was enabled again meanwhile',
    'Something applies the configuration by itself, such as Argo CD, Flux or a pipeline. Set encryption.enabled=false where it takes the values from, then wait: `podcloak encryption status --wait-disabled`.',
  ),

  PC490: error(
    'No such key line',
    'See which there are: `podcloak keys status`. What is under a key that has left the Secret goes by itself once its pairs have another, after keyRotationDuration.',
  ),
  PC491: warning(
    'A scheduled rotation was skipped',
    'Nothing: the run after it tries again, and the key in use stays. If every run is skipped, look at the nodes in the list: `podcloak keys status`. A node that is gone for good: `kubectl delete node NODE`.',
  ),
  PC492: warning(
    'The event of a scheduled rotation could not be written',
    'The rotation itself went as the log says. Forbidden: with rbac.create=false give the CronJob’s ServiceAccount `create` on events (events.k8s.io) in its namespace.',
  ),
  PC493: error(
    'There is no Secret that could be filled',
    'Apply it first, without data: `podcloak synth --set encryption.ipsec.secret.generate=true` renders it. Or make it with its key: `podcloak keys create --write`.',
  ),

  PC501: error(
    'The API server cannot be reached',
    "Check the node's route to the API server and that its certificate is of the CA that the agent was given. The agent goes on trying; what is encrypted stays encrypted.",
  ),
  PC502: error(
    "The API server does not accept the agent's credentials",
    'Check that the ServiceAccount and the pod still exist; the kubelet renews the token file.',
  ),
  PC503: error(
    'The API server forbids a request of the agent',
    'Apply the manifests of this version again: the ClusterRole, the Roles and the admission policy belong together. An agent may write the record of its own node only.',
  ),
  PC504: error(
    'The API server does not know the kind',
    'Apply the manifests of this version: the CustomResourceDefinition encryptionnodes.podcloak.dev is missing.',
  ),
  PC505: error('An object does not exist', 'Nothing to do: the agent makes its record anew.'),
  PC506: error(
    'An object was changed by somebody else at the same time',
    'Nothing to do: the agent reads it again. If it goes on, look who else writes the records: `kubectl get encryptionnode NODE -o yaml --show-managed-fields`.',
  ),
  PC507: error(
    'The API server refuses an object as invalid',
    'Apply the manifests of this version: its CustomResourceDefinition is of another one.',
  ),
  PC508: error(
    'The API server is overloaded or failing',
    "Look at the API server's own health. The agent goes on trying, less and less often.",
  ),
  PC509: error(
    'An unexpected answer of the API server',
    'Check whether a proxy stands between the node and the API server.',
  ),
  PC510: error(
    'No usable configuration of the API server',
    'In a pod, leave automountServiceAccountToken on; elsewhere set KUBECONFIG to a kubeconfig file.',
  ),
  PC511: error(
    'The API server has forgotten what the agent saw last',
    'Nothing to do: the agent lists everything anew.',
  ),

  PC520: error(
    'A value that helm cannot print',
    'Helm would change it, or leave out the whole block that it is in, without a word. Remove the control characters U+007F to U+009F, U+FFFE and U+FFFF, and keys of more than 1000 characters.',
  ),
  PC521: error(
    'Not every node encrypts yet',
    'Look at the nodes in the list: `kubectl get encryptionnodes`, and the logs of their agents. A node without a record has no agent that ran: pods there talk in plaintext. Wait longer: --timeout 30m.',
  ),
  PC522: error(
    'A volume under a name that is taken',
    'Give each of extraVolumes a name of its own, other than ipsec-keys, state and network-settings. For keys that come from elsewhere than the Secret set encryption.ipsec.keyVolume.',
  ),

  PC540: error(
    'A Secret without a key line',
    'Give its lines as encryption.ipsec.key, such as `readFileSync(path, "utf8")` of a file outside the repository; or leave IpsecSecret out, and make the Secret by `podcloak keys create`.',
  ),
  PC541: error(
    'A construct outside of any chart',
    'Give a cdk8s Chart as its scope, or a construct within one: new Podcloak(new Chart(app, "podcloak"), "podcloak", values).',
  ),
  PC542: error(
    'Values that are not an object',
    'Give an object of the type PodcloakValues, or nothing for the defaults.',
  ),

  PC550: error(
    'Tolerations that keep the agent off a node with the startup taint',
    'Add to tolerations: {key: KEY, operator: Exists}, with the key of encryption.strictMode.startupTaint, or leave tolerations at the default.',
  ),
  PC551: error(
    "A startup taint of Kubernetes' own",
    'Give a key of your own as encryption.strictMode.startupTaint.key: one below kubernetes.io or k8s.io means something to others, but for startup-taint.cluster-autoscaler.kubernetes.io/NAME.',
  ),
  PC552: error(
    'Strict CIDRs that do not cover the range of the pods',
    'Leave encryption.strictMode.egress.cidr empty, which takes ipv4NativeRoutingCIDR and ipv6NativeRoutingCIDR, or add to it what the message names.',
  ),
  PC553: warning(
    "An older name of strict mode's values",
    'Write encryption.strictMode.egress.enabled, .cidr and .allowRemoteNodeIdentities.',
  ),
  PC554: error(
    'Two strict CIDRs that differ, under the older and the newer name',
    'Keep encryption.strictMode.egress.cidr and remove encryption.strictMode.cidr.',
  ),
  PC555: warning(
    'The startup taint is still on the node',
    'The message has the reason, and the agent tries again. Forbidden: with rbac.create=false give its ServiceAccount `patch` on nodes; the admission policy podcloak-own-taint refuses all but the key of encryption.strictMode.startupTaint. By hand: `kubectl taint nodes NODE KEY-`.',
  ),
  PC556: warning(
    'A startup taint without strict mode',
    'Set encryption.strictMode.egress.enabled and encryption.strictMode.ingress.enabled: else pods that start once the taint is gone talk in plaintext until their pair of nodes is encrypted.',
  ),
  PC557: error(
    'A range of a schedule that ends before it begins',
    'Write the smaller number first, or two ranges: 22-23,0-5 in the place of 22-5.',
  ),
  PC558: error(
    'A key that is rendered beside one that the cluster makes itself',
    'Remove encryption.ipsec.key: every apply would bring that key back, and undo a rotation. To give the key yourself, set encryption.ipsec.secret.generate=false and leave encryption.ipsec.rotation.schedule empty.',
  ),
  PC559: error(
    'A key volume beside a Secret that Podcloak is to write',
    'Remove encryption.ipsec.keyVolume. Keys that come from elsewhere are made and rotated there: set encryption.ipsec.secret.generate=false and leave encryption.ipsec.rotation.schedule empty.',
  ),
  PC560: error(
    'A time zone that depends on where the controller runs',
    'Give a name of the IANA database, such as Etc/UTC or Europe/Berlin.',
  ),
  PC561: error(
    'Scheduled rotations that no agent would take up',
    'Set encryption.ipsec.keyWatcher=true, or leave encryption.ipsec.rotation.schedule empty and rotate when you restart the agents.',
  ),
  PC562: error(
    'A name that is too long for a CronJob',
    'Give fullnameOverride at most 45 characters: with -rotate behind it, it must fit into 52.',
  ),

  PC701: error(
    'The kernel cannot do ESP',
    'Load the modules on the node: `modprobe -a xfrm_user esp4 esp6`, and make that lasting in /etc/modules-load.d. Some images block them in /etc/modprobe.d.',
  ),
  PC702: error(
    'The kernel does not have an algorithm of the key file',
    'Load its module on the node (for AES-GCM: `modprobe -a gcm seqiv ctr ghash_generic drbg`), or use another algorithm: `podcloak keys create --help` lists some.',
  ),
  PC703: error(
    'The agent may not change the kernel’s tables',
    'Run it with the capability NET_ADMIN on the host’s network, as the rendered DaemonSet does.',
  ),
  PC704: error(
    'This node has no pod prefix',
    'Podcloak takes the prefixes from Node.spec.podCIDRs. Let the controller manager allocate them (--allocate-node-cidrs), or use a CNI that does. AWS VPC CNI and Calico’s own IPAM do not.',
  ),
  PC705: error(
    'Pods on this node have addresses outside its pod prefixes',
    'Their traffic would leave in plaintext. Use the CNI’s host-local or Kubernetes IPAM, so that pods get addresses from Node.spec.podCIDRs.',
  ),
  PC706: warning(
    'A device of encryption.ipsec.interface does not exist',
    'Set encryption.ipsec.interface to the name of a device of the node (`ip link`), or leave it empty for that of the default route.',
  ),
  PC707: error(
    'This node has no address that a tunnel could end at',
    'Set encryption.ipsec.interface to the device with the address that other nodes reach this one at.',
  ),
  PC708: error(
    'The key file is missing',
    'Create the Secret in the agent’s own namespace: `podcloak keys create | kubectl create -f -`. With encryption.ipsec.secret.generate a Job does: look at it with `kubectl get jobs -A -l app.kubernetes.io/component=keys`.',
  ),
  PC709: error(
    'The key file cannot be used',
    'Correct the Secret. Until then the keys from before stay in use.',
  ),
  PC710: error(
    'Other key material under a key id that is in use',
    'Give the new key the next key id (after 15 comes 1): under the same id nonces could repeat.',
  ),
  PC711: warning(
    'The state file was refused',
    'Nothing: this node takes new keys beside the old ones. If it comes again, see who else writes to /run/podcloak.',
  ),
  PC712: error(
    'A port is in use',
    'End the other program, or set healthPort or monitoring.port to a free one. The agents’ own port is UDP 9987.',
  ),
  PC713: error(
    'Encrypted traffic cannot be kept from a CNI’s masquerading',
    'Load the modules on the node: `modprobe -a nf_tables nft_chain_nat nft_nat nf_conntrack_netlink`; the kernel must be 5.2 or later. Until our table is there no new pair is encrypted.',
  ),
  PC714: error(
    'The ConfigMap is damaged or missing',
    'Apply the output of `podcloak synth` again. Until then the configuration from before stays in use.',
  ),
  PC715: warning(
    'A CNI that may carry packets past IPsec is at work',
    'Podcloak needs packets to take the kernel’s own way between devices. Cilium: set bpf.hostLegacyRouting=true, or use its own encryption. Calico: use its iptables or nftables data plane.',
  ),
  PC717: error(
    'The kernel refused a change',
    'The message has the kernel’s reason. The agent tries again.',
  ),
  PC718: error(
    'A device is exempt from IPsec by a setting of its own',
    'Set it to 0 (`sysctl -w`), and look in /etc/sysctl.d for who set it.',
  ),
  PC719: error(
    'The environment of the agent is incomplete',
    'Run it by the DaemonSet that `podcloak synth` renders: it sets NODE_NAME and POD_NAMESPACE.',
  ),
  PC720: warning(
    'The Secret still holds a key that was revoked',
    'Take its line out of the Secret: `podcloak keys revoke` does both. The agent does not use it.',
  ),
  PC721: error(
    'The list of revoked keys cannot be read',
    'Correct it: a key id and a check value a line, as `podcloak keys revoke` writes them. Until then the list from before holds.',
  ),
  PC722: warning(
    'An SA has used so many of its sequence numbers that its key should go',
    'Rotate: `podcloak keys rotate --wait`. New SAs begin at 1. Nothing is lost until the numbers end.',
  ),
  PC730: warning(
    'The file with this node’s WireGuard keys is damaged',
    'Nothing: this node makes a new key of the next generation beside the old one. If it comes again, see who else writes to /run/podcloak.',
  ),
  PC731: warning(
    'The file with this node’s WireGuard keys is not its agent’s alone',
    'Find out who made it so: who could read it may have the old key. This node makes a new one of the next generation and replaces the file.',
  ),
  PC732: warning(
    'The file with WireGuard keys is of another node or cluster',
    'Nothing: this node makes keys of its own. Keep /run/podcloak out of images and of what is copied between machines.',
  ),
  PC733: error(
    'The file with this node’s WireGuard keys cannot be written',
    'Make room in /run, and see that /run/podcloak is mounted writable. Until then no new key is used, as a restart would lose it.',
  ),
  PC734: error(
    'The kernel has no WireGuard',
    'Load it: `modprobe wireguard` (CONFIG_WIREGUARD, Linux 5.6 or later), or use encryption.type=ipsec. Until then nothing new is encrypted, and what was stays shut.',
  ),
  PC736: error(
    'What a node sends over IPv6 cannot be kept from leaving in plaintext',
    'Load the modules on the node: `modprobe -a nf_tables nft_chain_nat nft_nat`; the kernel must be 5.2 or later. Until our table is there only the routes keep that traffic in the tunnel.',
  ),
  PC737: error(
    'The UDP port of a WireGuard device is in use',
    'Find who has it (`ss -ulnp` on the node; `wg show all listen-port` for devices), such as Cilium’s own WireGuard, and end it. Until then this node’s pairs with WireGuard stay shut, or as they were.',
  ),
  PC738: warning(
    'Peers may refuse the greetings of a WireGuard device',
    'Nothing: this node makes a new key of the next generation beside the old one. If it comes again, see who sets the clock back (`chronyc tracking`, the hardware clock), or deletes the device; and whether UDP 51871 and 51872 pass.',
  ),
  PC739: error(
    'This node has had a Secret, and it is gone',
    'Bring the Secret back, or make one with a key id that no record has (`podcloak keys create --key-id`). To do without one for good, disable encryption first, wait until all nodes have, and delete the Secret then.',
  ),
  PC740: warning(
    'IPsec needs a Secret',
    'Make it: `podcloak keys create --write`. All pairs then move to IPsec. Or set encryption.type=wireguard again.',
  ),
  PC741: warning(
    'The Secret’s last key waits for a WireGuard device',
    'Nothing, if all pairs are on one key id (`podcloak encrypt status -o json`): they are just leaving the one before. If pairs stay on several, a key left the Secret before all nodes had it: make the Secret end with it again, wait with `podcloak keys status`, and then add the new one. If that key is lost, reboot the nodes of the pairs on the oldest key id, one at a time.',
  ),
  PC901: error(
    'A fault of Podcloak itself',
    'Please report it with the command you ran. PODCLOAK_DEBUG=1 prints where it happened.',
  ),
} as const satisfies Record<string, ErrorEntry>;

/** The stable code of a message. */
export type ErrorCode = keyof typeof ERRORS;
