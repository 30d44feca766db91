import { hasFlag, type Invocation, lastValue } from '../cli/command.js';
import { type Io, report } from '../cli/io.js';
import { isOwnPolicy, isOwnSa } from '../datapath/index.js';
import { diagnostic, PodcloakError } from '../errors/index.js';
import { MAX_NODE_NUMBER } from '../keying/index.js';
import { AGENT_SOCKET } from '../manifests/names.js';
import {
  deletePolicy,
  deleteSa,
  dumpPolicies,
  dumpSas,
  type NetlinkRequest,
  type NetlinkSocket,
  type PolicyState,
  type SaState,
} from '../netlink/index.js';
import { agentClient } from './agent-client.js';
import { confirms } from './ask.js';
import { type Filter, fits, policyFits } from './filter.js';
import { reporting, withXfrm } from './run.js';
import { wipeKeys } from './wipe.js';

/**
 * `podcloak encrypt flush`. Without --policies it cannot open plaintext: a policy whose SA is gone
 * drops. The agent sees its SAs go, and makes new keys.
 */
export function flush(invocation: Invocation, io: Io): Promise<number> {
  return reporting(io, async () => {
    const filter = filterOf(invocation);
    const withPolicies = hasFlag(invocation, 'policies');
    return withXfrm(async (socket) => {
      const before = await find(socket, filter, withPolicies);
      if (!(await isRunning(lastValue(invocation, 'socket') ?? AGENT_SOCKET))) {
        report(io, [diagnostic('PC433', 'no agent answers on this node')]);
      }
      if (!hasFlag(invocation, 'force') && !confirms(io, consequenceOf(before, withPolicies))) {
        io.out('Nothing was deleted.\n');
        return 0;
      }
      // Anew: the question may have stood there for an hour.
      return remove(socket, await find(socket, filter, withPolicies), io, {
        all: withPolicies && filter.spi === undefined && filter.nodeNumber === undefined,
      });
    });
  });
}

interface Objects {
  readonly sas: readonly SaState[];
  readonly policies: readonly PolicyState[];
}

async function find(
  socket: NetlinkSocket,
  filter: Filter,
  withPolicies: boolean,
): Promise<Objects> {
  const sas = await socket.dump(dumpSas());
  wipeKeys(sas);
  const policies = withPolicies ? await socket.dump(dumpPolicies()) : [];
  return {
    sas: sas.filter((sa) => isOwnSa(sa) && fits(filter, sa)),
    policies: policies.filter((policy) => isOwnPolicy(policy) && policyFits(filter, policy)),
  };
}

/** The second sentence is that of cilium-dbg, where it is as true here. */
function consequenceOf({ sas, policies }: Objects, withPolicies: boolean): string {
  return withPolicies
    ? `Flushing ${sas.length} XFRM states and ${policies.length} policies can lead to transient connectivity interruption and plain-text pod-to-pod traffic.`
    : `Flushing ${sas.length} XFRM states drops the packets of these pairs, some seconds long, until the agent has made new keys. Nothing leaves in plaintext.`;
}

/**
 * SAs go first, so that the policies shut every pair; then what admits packets, and last what keeps
 * them from leaving in plaintext.
 */
async function remove(
  socket: NetlinkSocket,
  { sas, policies }: Objects,
  io: Io,
  { all }: { readonly all: boolean },
): Promise<number> {
  const isOut = ({ direction }: PolicyState): number => (direction === 'out' ? 1 : 0);
  const inOrder = [...policies].sort((a, b) => isOut(a) - isOut(b));
  const ofSas = await send(socket, sas.map(deleteSa));
  const ofPolicies = await send(socket, inOrder.map(deletePolicy));
  const refused = [...ofSas.refused, ...ofPolicies.refused];
  if (all && refused.length === 0) {
    io.out('All XFRM states and policies have been deleted.\n');
    return 0;
  }
  io.out(`Deleted ${ofSas.deleted} XFRM states.\nDeleted ${ofPolicies.deleted} XFRM policies.\n`);
  if (refused.length === 0) return 0;
  const codes = [...new Set(refused)].join(', ');
  report(io, [diagnostic('PC428', `${refused.length} could not be deleted (${codes})`)]);
  return 2;
}

async function send(
  socket: NetlinkSocket,
  requests: readonly NetlinkRequest[],
): Promise<{ deleted: number; refused: string[] }> {
  const outcomes = await socket.request(requests);
  // What is gone by now went by other hands: the agent is at work.
  const refused = outcomes.flatMap((outcome) =>
    outcome === undefined || ['ESRCH', 'ENOENT'].includes(outcome.code) ? [] : [outcome.code],
  );
  return { deleted: outcomes.filter((outcome) => outcome === undefined).length, refused };
}

async function isRunning(socket: string): Promise<boolean> {
  try {
    await agentClient(socket).status();
    return true;
  } catch (thrown) {
    // One of another version, or a slow one, runs all the same.
    return thrown instanceof PodcloakError && thrown.code !== 'PC425';
  }
}

/** @throws PodcloakError PC429 */
function filterOf(invocation: Invocation): Filter {
  const spi = numberOf(invocation, 'spi', 0xffff_ffff);
  const nodeNumber = numberOf(invocation, 'node-id', MAX_NODE_NUMBER);
  return {
    ...(spi === undefined ? {} : { spi }),
    ...(nodeNumber === undefined ? {} : { nodeNumber }),
  };
}

function numberOf(invocation: Invocation, name: string, greatest: number): number | undefined {
  const text = lastValue(invocation, name);
  if (text === undefined) return undefined;
  const number = /^(0x[0-9a-f]{1,8}|[0-9]{1,10})$/i.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= greatest) return number;
  throw new PodcloakError([
    diagnostic('PC429', `it must be from 1 to ${greatest}`, { place: { source: `--${name}` } }),
  ]);
}
