import { hasFlag, type Invocation, lastValue } from '../cli/command.js';
import { type Io, report } from '../cli/io.js';
import { printJson, wantsJson } from '../cli/output.js';
import { diagnostic, PodcloakError } from '../errors/index.js';
import { MAX_NODE_NUMBER } from '../keying/index.js';
import { AGENT_SOCKET } from '../manifests/names.js';
import type { NetlinkSocket } from '../netlink/index.js';
import { confirms } from './ask.js';
import { type Filter, fits, policyFits } from './filter.js';
import { DECLINED, type Flushed, flushedJson, flushedText } from './flushed.js';
import { deletePolicies, deleteSas, findOwn, type OwnObjects } from './own-objects.js';
import { reporting, withXfrm } from './run.js';
import { isRunning } from './running.js';

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
        tell(invocation, io, DECLINED);
        return 0;
      }
      // Anew: the question may have stood there for an hour.
      const all = withPolicies && filter.spi === undefined && filter.nodeNumber === undefined;
      const found = await find(socket, filter, withPolicies);
      const flushed = await remove(socket, found, all);
      tell(invocation, io, flushed);
      if (flushed.refused === 0) return 0;
      const codes = flushed.reasons.join(', ');
      report(io, [diagnostic('PC428', `${flushed.refused} could not be deleted (${codes})`)]);
      return 2;
    });
  });
}

async function find(
  socket: NetlinkSocket,
  filter: Filter,
  withPolicies: boolean,
): Promise<OwnObjects> {
  const { sas, policies } = await findOwn(socket);
  return {
    sas: sas.filter((sa) => fits(filter, sa)),
    policies: withPolicies ? policies.filter((policy) => policyFits(filter, policy)) : [],
  };
}

/** The second sentence is that of cilium-dbg, where it is as true here. */
function consequenceOf({ sas, policies }: OwnObjects, withPolicies: boolean): string {
  return withPolicies
    ? `Flushing ${sas.length} XFRM states and ${policies.length} policies can lead to transient connectivity interruption and plain-text pod-to-pod traffic.`
    : `Flushing ${sas.length} XFRM states drops the packets of these pairs, some seconds long, until the agent has made new keys. Nothing leaves in plaintext.`;
}

/** SAs go first, so that the policies shut every pair. */
async function remove(
  socket: NetlinkSocket,
  { sas, policies }: OwnObjects,
  all: boolean,
): Promise<Flushed> {
  const ofSas = await deleteSas(socket, sas);
  const ofPolicies = await deletePolicies(socket, policies);
  const refused = [...ofSas.refused, ...ofPolicies.refused];
  return {
    outcome: all && refused.length === 0 ? 'all deleted' : 'deleted',
    states: ofSas.deleted,
    policies: ofPolicies.deleted,
    refused: refused.length,
    reasons: [...new Set(refused)],
  };
}

function tell(invocation: Invocation, io: Io, flushed: Flushed): void {
  if (wantsJson(invocation)) printJson(io, flushedJson(flushed));
  else io.out(flushedText(flushed));
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
