import { networkInterfaces } from 'node:os';
import { hasFlag, type Invocation } from '../cli/command.js';
import type { Io } from '../cli/io.js';
import { isOwnPolicy, isOwnSa } from '../datapath/index.js';
import { dumpPolicies, dumpSas } from '../netlink/index.js';
import { reporting, withXfrm } from './run.js';
import { wipeKeys } from './wipe.js';
import { policyInfo, stateInfo } from './xfrm-info.js';

/** `podcloak encrypt dump-xfrm`. */
export function dumpXfrm(invocation: Invocation, io: Io): Promise<number> {
  return reporting(io, async () => {
    const all = hasFlag(invocation, 'all');
    const withPolicies = hasFlag(invocation, 'policies');
    const found = await withXfrm(async (socket) => ({
      sas: await socket.dump(dumpSas()),
      policies: withPolicies ? await socket.dump(dumpPolicies()) : [],
    }));
    const isLocal = localAddresses();
    const states = found.sas
      .filter((sa) => all || isOwnSa(sa))
      .map((sa) => stateInfo(sa, (address) => isLocal.has(address)));
    wipeKeys(found.sas);
    const policies = found.policies.filter((policy) => all || isOwnPolicy(policy)).map(policyInfo);
    io.out(`${JSON.stringify(withPolicies ? { states, policies } : states, null, 2)}\n`);
    return 0;
  });
}

function localAddresses(): ReadonlySet<string> {
  return new Set(
    Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address)),
  );
}
