/** A values file that one cross-check does not like. */
interface Case {
  readonly about: string;
  readonly text: string;
  /** Code, path and place. */
  readonly is: string;
  readonly says: string;
  readonly fix: string;
}

// The first line of each text is line 2 of its file.
export const ERRORS: readonly Case[] = [
  {
    about: 'encryption without the range of the pods',
    text: 'encryption: {enabled: true}\n',
    is: 'PC201 ipv4NativeRoutingCIDR',
    says: 'encryption.enabled=true needs the range of the pods',
    fix: '--set ipv4NativeRoutingCIDR=10.244.0.0/16',
  },
  {
    about: 'a length that is too large',
    text: 'ipv4NativeRoutingCIDR: 10.244.0.0/33\n',
    is: 'PC202 ipv4NativeRoutingCIDR 0.yaml:2:24',
    says: '"10.244.0.0/33" is not an address and a length up to 32',
    fix: 'Correct the CIDR.',
  },
  {
    about: 'octets that may be octal',
    text: 'ipv4NativeRoutingCIDR: 010.244.0.0/16\n',
    is: 'PC202 ipv4NativeRoutingCIDR 0.yaml:2:24',
    says: 'is not an address',
    fix: 'Correct the CIDR.',
  },
  {
    about: 'a range of the other family',
    text: 'ipv4NativeRoutingCIDR: "fd00::/48"\n',
    is: 'PC202 ipv4NativeRoutingCIDR 0.yaml:2:24',
    says: '"fd00::/48" is an IPv6 range; this is the IPv4 one',
    fix: 'Give it as ipv6NativeRoutingCIDR.',
  },
  {
    about: 'the same the other way round',
    text: 'ipv6NativeRoutingCIDR: 10.0.0.0/8\n',
    is: 'PC202 ipv6NativeRoutingCIDR 0.yaml:2:24',
    says: '"10.0.0.0/8" is an IPv4 range; this is the IPv6 one',
    fix: 'Give it as ipv4NativeRoutingCIDR.',
  },
  {
    about: 'host bits',
    text: 'ipv6NativeRoutingCIDR: "fd00::1/48"\n',
    is: 'PC203 ipv6NativeRoutingCIDR 0.yaml:2:24',
    says: '"fd00::1/48" has bits set behind its length',
    fix: 'Write fd00::/48.',
  },
  {
    about: 'a variable twice',
    text: 'extraEnv:\n  - {name: A, value: "1"}\n  - {name: A, value: "2"}\n',
    is: 'PC205 extraEnv[1].name 0.yaml:4:12',
    says: 'A stands in the list already',
    fix: 'Keep one of the two.',
  },
  {
    about: 'a variable of ours',
    text: 'extraEnv: [{name: NODE_NAME, value: x}]\n',
    is: 'PC206 extraEnv[0].name 0.yaml:2:19',
    says: 'Podcloak sets NODE_NAME itself',
    fix: 'Remove it from extraEnv.',
  },
  {
    about: 'a label of ours',
    text: 'podLabels:\n  app.kubernetes.io/name: mine\n',
    is: 'PC208 podLabels."app.kubernetes.io/name" 0.yaml:3:27',
    says: 'Podcloak sets the label app.kubernetes.io/name',
    fix: 'Remove it',
  },
  {
    about: 'the same port twice',
    text: 'healthPort: 9999\nmonitoring: {enabled: true, port: 9999}\n',
    is: 'PC209 monitoring.port 0.yaml:3:35',
    says: 'healthPort is 9999 as well',
    fix: 'Give healthPort and monitoring.port different values.',
  },
  {
    about: 'a mount over a folder of the agent',
    text: 'encryption: {ipsec: {mountPath: /run/podcloak/keys}}\n',
    is: 'PC210 encryption.ipsec.mountPath 0.yaml:2:33',
    says: '/run/podcloak/keys would hide /run/podcloak',
    fix: 'such as /etc/ipsec',
  },
  {
    about: 'a mount over all of /etc',
    text: 'encryption: {ipsec: {mountPath: /etc}}\n',
    is: 'PC210 encryption.ipsec.mountPath 0.yaml:2:33',
    says: '/etc would hide what the image has in /etc',
    fix: 'such as /etc/ipsec',
  },
  {
    about: 'a Namespace that Kubernetes makes',
    text: 'namespace: {create: true}\n',
    is: 'PC214 namespace.create 0.yaml:2:21',
    says: 'Kubernetes makes the namespace kube-system itself',
    fix: 'Leave namespace.create false',
  },
  {
    about: 'a toleration with a value that nothing compares',
    text: 'tolerations: [{operator: Exists, key: a, value: b}]\n',
    is: 'PC216 tolerations[0] 0.yaml:2:15',
    says: 'operator Exists takes no value',
    fix: 'With operator Exists give no value',
  },
  {
    about: 'a toleration without a key',
    text: 'tolerations: [{operator: Exists}, {effect: NoSchedule}]\n',
    is: 'PC216 tolerations[1] 0.yaml:2:35',
    says: 'without a key the operator must be Exists',
    fix: 'without a key the operator must be Exists',
  },
  {
    about: 'a toleration with seconds that nothing counts',
    text: 'tolerations: [{operator: Exists, tolerationSeconds: 5}]\n',
    is: 'PC216 tolerations[0] 0.yaml:2:15',
    says: 'tolerationSeconds needs the effect NoExecute',
    fix: 'Set effect: NoExecute, or remove tolerationSeconds.',
  },
  {
    about: 'a toleration of the Job before an uninstall',
    text: 'uninstall: {tolerations: [{effect: NoSchedule}]}\n',
    is: 'PC216 uninstall.tolerations[0] 0.yaml:2:27',
    says: 'without a key the operator must be Exists',
    fix: 'without a key the operator must be Exists',
  },
  {
    about: 'a key line that does not parse',
    text: 'encryption: {ipsec: {key: "3+ rfc4106(gcm(aes)) xyz 128"}}\n',
    is: 'PC305 encryption.ipsec.key 0.yaml:2:27',
    says: 'line 1: the key of rfc4106(gcm(aes)) is not hex',
    fix: 'Write the key as hex digits, two for each byte.',
  },
  {
    about: 'a strict CIDR that is none',
    text: 'encryption: {strictMode: {egress: {cidr: "fd00::/129"}}}\n',
    is: 'PC202 encryption.strictMode.egress.cidr 0.yaml:2:42',
    says: '"fd00::/129" is not an address and a length up to 128',
    fix: 'Correct the CIDR.',
  },
  {
    about: 'host bits of a strict CIDR in a list',
    text: 'encryption: {strictMode: {egress: {cidr: [10.0.0.0/8, 10.1.1.1/16]}}}\n',
    is: 'PC203 encryption.strictMode.egress.cidr[1] 0.yaml:2:55',
    says: '"10.1.1.1/16" has bits set behind its length',
    fix: 'Write 10.1.0.0/16.',
  },
  {
    about: 'a strict CIDR that leaves half of the pods out',
    text: 'encryption: {enabled: true, strictMode: {egress: {enabled: true, cidr: 10.244.0.0/17}}}\nipv4NativeRoutingCIDR: 10.244.0.0/16\n',
    is: 'PC552 encryption.strictMode.egress.cidr 0.yaml:2:72',
    says: '10.244.128.0/17 of ipv4NativeRoutingCIDR is not covered: what pods send there may leave a node in plaintext',
    fix: 'Leave encryption.strictMode.egress.cidr empty',
  },
  {
    about: 'a strict CIDR of one family only',
    text: 'encryption: {enabled: true, strictMode: {egress: {enabled: true, cidr: [10.0.0.0/8]}, ingress: {enabled: true}}}\nipv4NativeRoutingCIDR: 10.244.0.0/16\nipv6NativeRoutingCIDR: fd00::/48\n',
    is: 'PC552 encryption.strictMode.egress.cidr 0.yaml:2:72',
    says: 'fd00::/48 of ipv6NativeRoutingCIDR is not covered: what pods send there may leave a node in plaintext, and what comes from pods there is taken in plaintext',
    fix: 'or add to it what the message names',
  },
  {
    about: 'a startup taint that the agent does not tolerate',
    text: 'encryption: {strictMode: {startupTaint: {enabled: true}}}\ntolerations: [{key: a, operator: Exists}]\n',
    is: 'PC550 tolerations 0.yaml:3:14',
    says: 'none of them tolerates podcloak.dev/agent-not-ready with every effect',
    fix: '{key: KEY, operator: Exists}',
  },
  {
    about: 'a startup taint that the agent tolerates with one effect only',
    text: 'encryption: {strictMode: {startupTaint: {enabled: true, key: a}}}\ntolerations: [{key: a, operator: Exists, effect: NoSchedule}, {key: a}]\n',
    is: 'PC550 tolerations 0.yaml:3:14',
    says: 'none of them tolerates a with every effect',
    fix: 'or leave tolerations at the default',
  },
  {
    about: "a startup taint of Kubernetes' own",
    text: 'encryption: {strictMode: {startupTaint: {key: node.kubernetes.io/unschedulable}}}\n',
    is: 'PC551 encryption.strictMode.startupTaint.key 0.yaml:2:47',
    says: 'node.kubernetes.io/unschedulable is not yours to remove',
    fix: 'Give a key of your own',
  },
];

export const WARNINGS: readonly Case[] = [
  {
    about: 'a Job that only helm would run',
    text: 'uninstall: {disableFirst: true}\n',
    is: 'PC204 uninstall.disableFirst 0.yaml:2:27',
    says: 'has no effect without helm',
    fix: 'podcloak encryption disable --wait',
  },
  {
    about: 'metrics that are off: the port',
    text: 'monitoring: {port: 1}\n',
    is: 'PC204 monitoring.port 0.yaml:2:20',
    says: 'has no effect while monitoring.enabled is false',
    fix: 'Remove it, or set what the message names.',
  },
  {
    about: 'metrics that are off: the PodMonitor',
    text: 'monitoring: {podMonitor: {enabled: true}}\n',
    is: 'PC204 monitoring.podMonitor.enabled 0.yaml:2:36',
    says: 'has no effect while monitoring.enabled is false',
    fix: 'Remove it',
  },
  {
    about: 'a rolling update of pods that are not rolled',
    text: 'updateStrategy: {type: OnDelete, rollingUpdate: {maxUnavailable: 1}}\n',
    is: 'PC204 updateStrategy.rollingUpdate 0.yaml:2:49',
    says: 'has no effect with updateStrategy.type=OnDelete',
    fix: 'Remove it',
  },
  {
    about: 'the duration of rotations that never begin',
    text: 'encryption: {ipsec: {keyWatcher: false, keyRotationDuration: 1m}}\n',
    is: 'PC204 encryption.ipsec.keyRotationDuration 0.yaml:2:62',
    says: 'has no effect while keyWatcher is false',
    fix: 'Remove it',
  },
  {
    about: 'strict mode of what is not encrypted',
    text: 'encryption: {strictMode: {ingress: {enabled: true}}}\nipv4NativeRoutingCIDR: 10.0.0.0/8\n',
    is: 'PC204 encryption.strictMode.ingress.enabled 0.yaml:2:46',
    says: 'has no effect while encryption.enabled is false',
    fix: 'Remove it',
  },
  {
    about: 'the range of a strict mode that is off',
    text: 'encryption: {enabled: true, strictMode: {egress: {cidr: 10.0.0.0/8}}}\nipv4NativeRoutingCIDR: 10.0.0.0/8\n',
    is: 'PC204 encryption.strictMode.egress.cidr 0.yaml:2:57',
    says: 'has no effect while strict mode is off in both directions',
    fix: 'Remove it',
  },
  {
    about: 'an exemption from a strict mode that is off',
    text: 'encryption: {enabled: true, strictMode: {ingress: {enabled: true}, egress: {allowRemoteNodeIdentities: true}}}\nipv4NativeRoutingCIDR: 10.0.0.0/8\n',
    is: 'PC204 encryption.strictMode.egress.allowRemoteNodeIdentities 0.yaml:2:104',
    says: 'has no effect while encryption.strictMode.egress.enabled is false',
    fix: 'Remove it',
  },
  {
    about: 'a startup taint behind which nothing is blocked',
    text: 'encryption: {enabled: true, strictMode: {startupTaint: {enabled: true}}}\nipv4NativeRoutingCIDR: 10.0.0.0/8\n',
    is: 'PC556 encryption.strictMode.startupTaint.enabled 0.yaml:2:66',
    says: 'nothing is blocked once the taint is gone: strict mode is off',
    fix: 'Set encryption.strictMode.egress.enabled',
  },
];
