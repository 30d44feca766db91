import type { ErrorCode } from './table.js';

/**
 * Why something is refused or warned about, where neither its title nor its remedy says it. For
 * `podcloak explain` and `docs/errors.md`; messages leave it out, as they are read often.
 */
export const REASONS: Partial<Readonly<Record<ErrorCode, string>>> = {
  PC101:
    'A misspelt key would be ignored without a word, and encryption could stay off while its values say that it is on.',
  PC106: 'As in helm, null deletes a default, and the manifests cannot be made without this value.',
  PC113:
    'The file is read as helm reads it, so that one file means the same to both. The message does not quote it, since it may be a key that was passed to the wrong option.',
  PC114:
    'Readers of YAML differ: some take the first, some the last, some refuse. The values would depend on the tool.',
  PC116: 'A few lines of aliases can stand for gigabytes, and an alias of itself has no end.',
  PC118: 'helm reads the first document only, so the others would be lost without a word.',
  PC122: 'Command lines are in the process list, in shell histories and in the logs of pipelines.',
  PC201:
    'Traffic to addresses outside of the pods’ range must stay as it is, so the range has to be known before anything is encrypted.',
  PC203:
    'It may be a host’s address that was meant to be a range; to guess could encrypt too much or too little.',
  PC206: 'The agent would be told another node, namespace or port than its manifests name.',
  PC207: 'A kubelet completes a short name with docker.io, where nobody publishes this image.',
  PC208: 'The DaemonSet’s selector and the agents’ own look-ups rely on these labels.',
  PC209: 'Both servers are on the host’s network, where a port can be bound once only.',
  PC210:
    'A Secret mounted there hides what the image or the kubelet has there, and the agent would not start.',
  PC211: 'Cilium’s image would start in the place of Podcloak’s agent.',
  PC213: 'Who can read the repository could decrypt traffic of nodes that still use the key.',
  PC214:
    'Applied, it would take over the labels of a namespace that everybody shares; deleted, it would take the namespace with it.',
  PC215:
    'A Secret that `kubectl create` made has another field manager, and server-side apply does not overwrite what another manager owns.',
  PC218:
    'Strict mode drops what is in plaintext within a range. Without one it would protect nothing.',
  PC219: 'The kernel counts it in seconds, and has 16 bits for it.',
  PC550: 'The agent’s own pod would be kept off the node, and the taint would stay there for good.',
  PC551:
    'Kubernetes, its cloud providers and other controllers keep such taints for what they mean. To remove one would undo a cordon, or let pods onto a node that is not initialized.',
  PC552:
    'Strict mode is there so that no pod talks in plaintext. Pods outside of its CIDRs do, until their pair of nodes is encrypted, and nothing would say so.',
  PC553:
    'Cilium’s charts had these names before strict mode had two directions, and dropped them in 1.20. One that is on, or holds a CIDR, counts under either name.',
  PC556:
    'The taint says that the node’s kernel holds what its agent wants. Without strict mode that lets a pair of nodes talk in plaintext until both have answered through their tunnel.',
  PC308: 'The key id in a packet’s SPI tells the receiver which key to use.',
  PC309: 'Encryption without authentication lets anyone on the wire change packets.',
  PC310: 'A key of one repeated byte or a plain count is guessed at once.',
  PC311: 'In Cilium’s guide the plus sign asks for a key of its own for each tunnel.',
  PC405: 'Terminals keep what they showed, and others may look on.',
  PC406: 'Files that somebody wrote by hand would be lost.',
  PC421:
    'Nodes that meet another key under the id that they use cannot talk to those with the old one.',
  PC424:
    'It talks to the kernel of the node that it runs on, which takes a native library that is in the image only.',
  PC432: 'Its agent may be alive and encrypt; to forget it would open its addresses to plaintext.',
  PC445:
    'A missing record proves nothing: it may have been deleted with its definition while the kernels go on encrypting.',
  PC446:
    'Agents that are deleted before they have walked back leave their policies in the kernels, on purpose.',
  PC448: 'It would put back at once whatever is deleted.',
  PC461: 'One would be written over the other, and a cluster would be left without an update.',
  PC464:
    'Manifests of several clusters in one stream would be applied to one cluster, all of them.',
  PC489: 'The agents do what their ConfigMap says, whoever wrote it last.',
  PC475: 'A key in its place would cut nodes that read it early off from those that read it late.',
  PC478:
    'Lines that somebody else has just written would be lost, and with them the key that nodes may already use.',
  PC480:
    'A line that a node still needs must stay; with every unfinished rotation one more would, of 15 at most.',
  PC484:
    'An apply writes what it was given. Agents would go back to the old key, or refuse it if its id has come back with other material.',
  PC540: 'Applied, it would take the place of a Secret whose keys are in use.',
  PC704: 'Without its prefixes other nodes do not know which addresses to encrypt to this one.',
  PC705: 'Policies select by pod prefix, so those pods’ packets match none of them.',
  PC710:
    'The same key id with other material would mean two keys under one name, and repeated nonces under AES-GCM give the plaintext away.',
  PC713:
    'A packet whose source the CNI has rewritten does not match the policy any more and would leave in plaintext.',
  PC715:
    'eBPF programs hand packets from device to device, past the point where the kernel looks for IPsec policies.',
  PC718:
    'The kernel skips IPsec on a device with disable_xfrm or disable_policy: plaintext out, plaintext accepted.',
  PC736:
    'For what a node itself sends over IPv6 no policy can name a device, so none blocks it when the route into a WireGuard device is gone.',
  PC738:
    'A greeting bears the time, and WireGuard takes none under a key that is not later than the latest it had: with a clock that was set back, a node is not heard until the clock has caught up.',
  PC739:
    'A node that went without by itself would be open to whatever peers are planted by who may write records, once somebody has taken its Secret away.',
  PC741:
    'A node has two WireGuard devices at most, each of one key id. While pairs are on two key ids that are out of the Secret, there is none for a third.',
};
