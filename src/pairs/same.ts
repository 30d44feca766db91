import type { Pair } from './state.js';

/** Whether two states of a pair say the same. Tunnels are compared by identity, as they are replaced. */
export function isSamePair(one: Pair, other: Pair): boolean {
  if (one === other) return true;
  const { podPrefixes, addresses, tunnels, spent, mark, ...rest } = one;
  return (
    areSame(podPrefixes, other.podPrefixes) &&
    areSame(addresses, other.addresses) &&
    areSame(tunnels, other.tunnels) &&
    areSame(spent, other.spent) &&
    JSON.stringify(mark) === JSON.stringify(other.mark) &&
    rest.peer === other.peer &&
    rest.reqid === other.reqid &&
    rest.sendsOn === other.sendsOn &&
    rest.outClosed === other.outClosed &&
    rest.inClosed === other.inClosed
  );
}

function areSame<T>(one: readonly T[], other: readonly T[]): boolean {
  return (
    one === other || (one.length === other.length && one.every((item, at) => item === other[at]))
  );
}
