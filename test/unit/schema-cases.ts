/** A values file with one violation of the schema. */
interface Case {
  readonly about: string;
  readonly text: string;
  /** The first line of `text` is line 2 of the file, unless it is about the image. */
  /** Code, path and place. */
  readonly is: string;
  readonly says: string;
  readonly fix: string;
}

const REMOVE = 'Correct or remove it.';
const TYPE = 'Give a value of the type';
const QUOTES = 'Put the value in quotes in a file';

export const CASES: readonly Case[] = [
  {
    about: 'a name of the objects that is too long for that of a Job',
    text: `fullnameOverride: ${'a'.repeat(51)}\n`,
    is: 'PC104 fullnameOverride 0.yaml:2:19',
    says: 'must be a name: at most 50 lower-case letters',
    fix: 'Give a string of the form',
  },
  {
    about: 'a misspelt key',
    text: 'encryption:\n  enabledd: true\n',
    is: 'PC101 encryption.enabledd 0.yaml:3:3',
    says: 'unknown key; the nearest known key is encryption.enabled',
    fix: REMOVE,
  },
  {
    about: 'a key in the wrong place',
    text: 'keyFile: keys\n',
    is: 'PC101 keyFile 0.yaml:2:1',
    says: 'unknown key; the nearest known key is encryption.ipsec.keyFile',
    fix: REMOVE,
  },
  {
    about: 'an unknown key of a list item',
    text: 'tolerations:\n  - operator: Exists\n    efect: NoExecute\n',
    is: 'PC101 tolerations[0].efect 0.yaml:4:5',
    says: 'unknown key; the nearest known key is ',
    fix: REMOVE,
  },
  {
    about: 'a key that means something to JavaScript',
    text: 'constructor: 1\n',
    is: 'PC101 constructor 0.yaml:2:1',
    says: 'unknown key',
    fix: REMOVE,
  },
  {
    about: 'a string for a boolean',
    text: 'encryption:\n  enabled: "true"\n',
    is: 'PC102 encryption.enabled 0.yaml:3:12',
    says: 'must be true or false, not a string',
    fix: 'Write it without quotes in a file; on the command line use --set, not --set-string.',
  },
  {
    about: 'a string for a number',
    text: 'healthPort: "80"\n',
    is: 'PC102 healthPort 0.yaml:2:13',
    says: 'must be a port from 1 to 65535, not a string',
    fix: 'Write the number without quotes',
  },
  {
    about: 'a fraction for a whole number',
    text: 'healthPort: 80.5\n',
    is: 'PC102 healthPort 0.yaml:2:13',
    says: 'must be a port from 1 to 65535, not a number',
    fix: TYPE,
  },
  {
    about: 'a boolean for a string',
    text: 'priorityClassName: no\n',
    is: 'PC102 priorityClassName 0.yaml:2:20',
    says: "must be a Kubernetes object name: lower-case letters, digits, '-' and '.', not a boolean",
    fix: QUOTES,
  },
  {
    about: 'a number for a label value',
    text: 'podLabels:\n  version: 1.5\n',
    is: 'PC102 podLabels.version 0.yaml:3:12',
    says: 'in quotes where YAML would read something else, not a number',
    fix: QUOTES,
  },
  {
    about: 'a word for a map',
    text: 'encryption: ipsec\n',
    is: 'PC102 encryption 0.yaml:2:13',
    says: 'must be a map, not a string',
    fix: TYPE,
  },
  {
    about: 'a map for a list',
    text: 'extraEnv:\n  A: b\n',
    is: 'PC102 extraEnv 0.yaml:3:3',
    says: 'must be a list, not a map',
    fix: TYPE,
  },
  {
    about: 'a null in a list',
    text: 'tolerations: [~]\n',
    is: 'PC102 tolerations[0] 0.yaml:2:15',
    says: 'must be a map, not null',
    fix: TYPE,
  },
  {
    about: 'a map where strings and lists are allowed',
    text: 'encryption:\n  ipsec:\n    interface: {name: eth0}\n',
    is: 'PC102 encryption.ipsec.interface 0.yaml:4:16',
    says: 'must be the name of a network device, or a list of such names; it is {"name":"eth0"}',
    fix: TYPE,
  },
  {
    about: 'a boolean where numbers and strings are allowed',
    text: 'updateStrategy: {rollingUpdate: {maxUnavailable: yes}}\n',
    is: 'PC102 updateStrategy.rollingUpdate.maxUnavailable 0.yaml:2:50',
    says: 'must be a number of nodes from 1, or a share such as 10%; it is true',
    fix: TYPE,
  },
  {
    about: 'a number among names',
    text: 'encryption:\n  ipsec:\n    interface: [eth0, 1]\n',
    is: 'PC102 encryption.ipsec.interface[1] 0.yaml:4:23',
    says: 'must be the name of a network device',
    fix: QUOTES,
  },
  {
    about: 'an object in place of one of some words',
    text: 'encryption:\n  type: {toString: 1}\n',
    is: 'PC102 encryption.type 0.yaml:3:9',
    says: 'must be a string, not a map',
    fix: TYPE,
  },
  {
    about: 'a word that is not among those allowed',
    text: 'image:\n  repository: example.com/a\n  pullPolicy: always\n',
    is: 'PC103 image.pullPolicy 0.yaml:3:15',
    says: 'must be Always or IfNotPresent or Never; it is "always"',
    fix: 'Give one of the values in the message.',
  },
  {
    about: 'a type of Cilium that there is not',
    text: 'encryption: {type: ztunnel}\n',
    is: 'PC103 encryption.type 0.yaml:2:20',
    says: 'must be ipsec or wireguard; it is "ztunnel"',
    fix: 'Use --set encryption.type=ipsec or --set encryption.type=wireguard.',
  },
  {
    about: 'an overlay network',
    text: 'routingMode: tunnel\n',
    is: 'PC103 routingMode 0.yaml:2:14',
    says: 'must be native; it is "tunnel"',
    fix: 'Overlay networks',
  },
  {
    about: 'a malformed duration',
    text: 'encryption: {ipsec: {keyRotationDuration: 5 minutes}}\n',
    is: 'PC104 encryption.ipsec.keyRotationDuration 0.yaml:2:43',
    says: 'must be a duration with units, such as 90s, 5m or 1h30m; it is "5 minutes"',
    fix: 'Give a string of the form',
  },
  {
    about: 'a bad image digest',
    text: 'image: {repository: example.com/a, digest: "sha256:0123456789abcdef0123"}\n',
    is: 'PC104 image.digest 0.yaml:1:44',
    says: 'must be an image digest: sha256: and 64 lower-case hex digits; it is "sha256:…"',
    fix: 'Give a string of the form',
  },
  {
    about: 'a CIDR that is none at all',
    text: 'ipv4NativeRoutingCIDR: pods\n',
    is: 'PC104 ipv4NativeRoutingCIDR 0.yaml:2:24',
    says: 'must be a CIDR such as 10.244.0.0/16, or nothing; it is "pods"',
    fix: 'Give a string of the form',
  },
  {
    about: 'a malformed label name',
    text: 'podLabels:\n  "a b": x\n',
    is: 'PC104 podLabels."a b" 0.yaml:3:3',
    says: 'this key is not a valid name',
    fix: 'The map must be a map of Kubernetes labels',
  },
  {
    about: 'a malformed quantity',
    text: 'resources: {requests: {cpu: lots}}\n',
    is: 'PC104 resources.requests.cpu 0.yaml:2:29',
    says: 'must be a quantity such as 25m, 1 or 128Mi; it is "lots"',
    fix: 'Give a string of the form',
  },
  {
    about: 'a port out of range',
    text: 'healthPort: 65536\n',
    is: 'PC105 healthPort 0.yaml:2:13',
    says: 'must be a port from 1 to 65535; it is 65536',
    fix: 'Give a value within the bounds',
  },
  {
    about: 'too few nodes',
    text: 'updateStrategy: {rollingUpdate: {maxUnavailable: 0}}\n',
    is: 'PC105 updateStrategy.rollingUpdate.maxUnavailable 0.yaml:2:50',
    says: 'must be a number of nodes from 1, or a share such as 10%; it is 0',
    fix: 'Give a value within the bounds',
  },
  {
    about: 'a very long name',
    text: `priorityClassName: ${'a'.repeat(300_000)}\n`,
    is: 'PC105 priorityClassName 0.yaml:2:20',
    says: 'must have at most 253 characters',
    fix: 'Give a value within the bounds',
  },
  {
    about: 'a null where there is no default to fall back to',
    text: 'encryption: {ipsec: {secretName: null}}\n',
    is: 'PC106 encryption.ipsec.secretName 0.yaml:2:22',
    says: 'is needed, but null deleted it',
    fix: 'Remove the null, so that the default applies, or give a value.',
  },
  {
    about: 'a whole block left empty',
    text: 'encryption:\n',
    is: 'PC106 encryption 0.yaml:2:1',
    says: 'is needed, but null deleted it',
    fix: 'Remove the null',
  },
  {
    about: 'an item without what it needs',
    text: 'extraEnv:\n  - value: x\n',
    is: 'PC106 extraEnv[0].name 0.yaml:3:5',
    says: 'is needed',
    fix: 'Give it a value.',
  },
  {
    about: 'a Secret twice',
    text: 'imagePullSecrets:\n  - {name: a}\n  - {name: b}\n  - {name: a}\n',
    is: 'PC107 imagePullSecrets[2] 0.yaml:5:5',
    says: 'the same item stands at [0] already',
    fix: 'Remove one of the two.',
  },
  {
    about: 'an item twice',
    text: 'encryption: {ipsec: {interface: [eth0, eth1, eth0]}}\n',
    is: 'PC107 encryption.ipsec.interface[2] 0.yaml:2:46',
    says: 'the same item stands at [0] already',
    fix: 'Remove one of the two.',
  },
];
