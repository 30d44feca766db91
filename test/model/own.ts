import { saysTheSame } from '../../src/agent/own.js';
import { mayFallSilent, nextPhase } from '../../src/agent/publisher.js';
import type { AuthenticRecord } from '../../src/keying/index.js';
import { mayBeEncrypted, type OwnEnd } from '../../src/pairs/index.js';
import { ownEnd, type RecordText, record } from '../unit/pairs/samples.js';
import { type Agent, type Own, recordText } from './agent.js';
import { Interned } from './interned.js';
import { numberOf } from './kernels.js';

/** All that were ever written: equal ones are the same object. */
export const records = new Interned<AuthenticRecord>(recordText);

/** Node 0 is a, node 1 is b. */
export const nameOf = (node: number): string => (node === 0 ? 'a' : 'b');

/** Its record, as it last saw it, says that nothing of it is encrypted. */
export function isQuiet({ published }: Agent): boolean {
  return (
    published === undefined ||
    (published.record.phase === 'Disabled' && published.record.keys.length === 0)
  );
}

/** As `firstOwn`: an agent that remembers nothing. */
export function begun(agent: Agent): Agent {
  const { published } = agent;
  const epoch = agent.clock + 1;
  const own: Own = {
    ...{ epoch, keyIDs: [], retired: [] },
    ...(published === undefined ? {} : { publishedPhase: published.record.phase }),
    ...(published !== undefined && mayBeEncrypted(published.record) ? { lostMemoryAt: epoch } : {}),
  };
  return { ...agent, clock: epoch, own, isSteady: false };
}

/** As `renewed`. */
export function renewed(agent: Agent): Agent {
  const { own, clock } = agent;
  if (own === undefined) return agent;
  const epoch = clock + 1;
  return { ...agent, clock: epoch, own: { ...own, epoch, retired: [] }, isSteady: false };
}

/** As `#withKeys` of src/agent/identity.ts: private keys for the lines and for tunnels that are there. */
export function withKeys(agent: Agent, inTunnels: ReadonlySet<number>): Agent {
  const { own, keyIDs, enabled } = agent;
  if (own === undefined) return agent;
  const ids = [...new Set([...keyIDs, ...own.keyIDs.filter((id) => inTunnels.has(id))])].sort();
  const hasComeBack = enabled && keyIDs.some((id) => own.retired.includes(id));
  const gone = own.keyIDs.filter((id) => !ids.includes(id));
  const next = hasComeBack ? renewed(agent) : agent;
  const { own: its = own } = next;
  const retired = [...new Set([...its.retired, ...gone])].sort();
  return { ...next, own: { ...its, keyIDs: ids, retired } };
}

/** @throws Error before it knows who it is */
export function endOf(agent: Agent): OwnEnd {
  return ownEnd(textOf(agent));
}

/** The record that should be at the API server; undefined when it is, or that cannot be known. */
export function toPublish(agent: Agent): AuthenticRecord | undefined {
  const { own, pairs, peer, published, enabled, isListed } = agent;
  if (own === undefined || !isListed) return undefined;
  const confirmed = pairs.some(
    ({ tunnels, outClosed }) => outClosed || tunnels.some((one) => one.confirmed),
  );
  const phase = nextPhase(own.publishedPhase, !enabled, confirmed);
  const phaseOf = (name: string) => (peer?.owner.nodeName === name ? peer.record.phase : undefined);
  const isSilent = phase === 'Disabled' && mayFallSilent(pairs, phaseOf);
  const next = {
    ...record({
      ...textOf(agent),
      phase,
      ...(isSilent ? { keyIDs: [], addresses: [], podPrefixes: [] } : {}),
      revision: (published?.record.epoch === own.epoch ? published.record.revision : 0) + 1,
    }),
    // Whether it names keys or not, each line of the key file vouches for it.
    provenKeyIDs: [...agent.keyIDs].sort(),
  };
  const isThere =
    published !== undefined &&
    saysTheSame(published.record, next.record) &&
    published.provenKeyIDs.join() === next.provenKeyIDs.join();
  return isThere ? undefined : records.get(records.idOf(next));
}

function textOf({ node, own, keyIDs }: Agent): RecordText {
  if (own === undefined) throw new Error('the node does not know who it is');
  const { epoch } = own;
  // Epochs begin at 1, so that generations of the two do not meet by chance.
  const place = { name: nameOf(node), number: numberOf(node) };
  return { ...place, epoch, generation: epoch % 32, keyIDs };
}
