import { OWNER_MARK, peerOfReqid } from '../keying/index.js';
import type { Prefix } from '../net/index.js';
import {
  ALL_ALGORITHMS,
  dumpPolicies,
  dumpSas,
  IP_PROTOCOL,
  type NetlinkQuery,
  type NetlinkSocket,
  type Policy,
  type PolicyState,
  type SaState,
  type Selector,
  type Template,
} from '../netlink/index.js';
import { addressKey, prefixKey } from './identity.js';

/** What the kernel holds. */
export interface Actual {
  readonly sas: readonly SaState[];
  readonly policies: readonly Policy[];
}

/** What of the kernel's is ours: SAs by their request id, policies by their mark. */
export function ownOf({ sas, policies }: Actual): Actual {
  return { sas: sas.filter(isOwnSa), policies: policies.filter(isOwnPolicy) };
}

export function isOwnSa({ protocol, reqid }: Pick<SaState, 'protocol' | 'reqid'>): boolean {
  return protocol === IP_PROTOCOL.esp && peerOfReqid(reqid) !== undefined;
}

export function isOwnPolicy({ selector }: Pick<Policy, 'selector'>): boolean {
  return selector.user === OWNER_MARK;
}

/** Reads all of the kernel's SAs and policies. @throws as `NetlinkSocket.dump` */
export async function readActual(socket: NetlinkSocket): Promise<Actual> {
  const sas = await socket.dump(mapped(dumpSas(), withoutBitmap));
  return { sas, policies: await socket.dump(mapped(dumpPolicies(), sharing())) };
}

function mapped<T, R>(query: NetlinkQuery<T>, map: (found: T) => R): NetlinkQuery<R> {
  const parse: NetlinkQuery<R>['parse'] = (message) => {
    const found = query.parse(message);
    return found === undefined ? undefined : map(found);
  };
  return { ...query, parse };
}

/** Its bitmap is more than all else of an SA. */
function withoutBitmap({ replay, ...sa }: SaState): SaState {
  return replay === undefined ? sa : { ...sa, replay: { ...replay, bitmap: NO_WORDS } };
}

const NO_WORDS: readonly number[] = [];

/**
 * Keeps of policies what a difference is about, and of equal parts one: thousands of policies have few
 * prefixes and templates, and took ten times the memory.
 */
function sharing(): (policy: PolicyState) => Policy {
  const prefixes = new Map<string, Prefix>();
  const selectors = new Map<string, Selector>();
  const allTemplates = new Map<string, readonly Template[]>();
  return ({ direction, selector, type, priority, action, flags, templates, mark, ifId }) => {
    const { source, destination } = selector;
    return {
      direction,
      selector: shared(selectors, selectorKey(selector), {
        ...selector,
        source: shared(prefixes, prefixKey(source), source),
        destination: shared(prefixes, prefixKey(destination), destination),
      }),
      type,
      priority,
      action,
      flags,
      templates: templates.every(isUsual)
        ? shared(allTemplates, templates.map(templateKey).join(), templates)
        : templates,
      ...(mark === undefined ? {} : { mark }),
      ...(ifId === undefined ? {} : { ifId }),
    };
  };
}

function shared<T>(known: Map<string, T>, key: string, value: T): T {
  const one = known.get(key);
  if (one !== undefined) return one;
  known.set(key, value);
  return value;
}

function selectorKey(selector: Selector): string {
  const { source, destination, protocol, ifindex, user } = selector;
  const ports = [selector.sourcePort, selector.destinationPort].map(
    ({ port, mask }) => `${port}/${mask}`,
  );
  return `${prefixKey(source)} ${prefixKey(destination)} ${protocol} ${ports} ${ifindex} ${user}`;
}

function isUsual({ allowed }: Template): boolean {
  return allowed === ALL_ALGORITHMS;
}

function templateKey(template: Template): string {
  const { source, destination, spi, protocol, reqid, mode, optional, share } = template;
  const ends = addressKey(source) + addressKey(destination);
  return `${ends} ${spi} ${protocol} ${reqid} ${mode} ${optional} ${share}`;
}
