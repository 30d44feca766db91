import { type Diagnostic, diagnostic } from '../errors/index.js';
import type { Link } from '../netlink/index.js';
import { bypassingCni, exemptDevices, type ReadSetting } from './bypasses.js';
import type { NodeFacts } from './node-facts.js';

/** What this node is looked at for. */
export interface NodeLook {
  readonly nodeName: string;
  /** Something is to be encrypted. */
  readonly enabled: boolean;
  readonly facts: NodeFacts;
  readonly links: readonly Link[];
  /** Its Node was read, so that no prefix means that it has none. */
  readonly isNodeKnown: boolean;
  readonly hasPrefixes: boolean;
  readonly read: ReadSetting;
}

/** Under a name each: what is wrong with this node, or undefined where that is as it should be. */
export function nodeProblems(look: NodeLook): Record<string, Diagnostic | undefined> {
  const { facts, enabled } = look;
  const missing = facts.missing.map((name) => `Device ${name} does not exist`).join(', ');
  const [stray] = facts.strayPods;
  const hasNone = enabled && look.isNodeKnown && !look.hasPrefixes;
  const seems = stray === undefined ? '' : `; its pods seem to be of ${stray.cni}`;
  return {
    device: missing === '' ? undefined : diagnostic('PC706', missing),
    addresses:
      enabled && facts.ends.length === 0
        ? diagnostic('PC707', 'no global address on the devices of the tunnels')
        : undefined,
    prefixes: hasNone
      ? diagnostic('PC704', `Node ${look.nodeName} has no spec.podCIDRs${seems}`)
      : undefined,
    'stray pods':
      enabled && look.hasPrefixes && stray !== undefined
        ? diagnostic(
            'PC705',
            `${stray.address} lies outside of them, it seems to be of ${stray.cni}`,
          )
        : undefined,
    'exempt device': enabled ? exemptDevices(look.links, facts.devices, look.read) : undefined,
    'eBPF routing': enabled ? bypassingCni(look.links) : undefined,
  };
}
