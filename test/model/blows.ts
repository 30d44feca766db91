import { type Agent, forgotten, killed } from './agent.js';
import {
  actualOf,
  EMPTY_KERNEL,
  peerOf,
  withoutPolicies,
  withoutSa,
  withoutSas,
} from './kernels.js';
import { type Move, moved } from './move.js';
import { note } from './seen.js';
import { roundOf } from './steps.js';
import { agentOf, type Next, type World } from './world.js';

/** What may befall a node. */
export type Blow =
  | { readonly kind: 'enable' | 'disable' }
  | { readonly kind: 'keys'; readonly keyIDs: readonly number[] }
  | { readonly kind: 'kill' | 'forget' | 'reboot' | 'lose an SA' | 'lose SAs' | 'lose policies' }
  /** Its machine goes for good; and a person lets its peer forget it. */
  | { readonly kind: 'leave' | 'encrypt forget' }
  /** Key 1 is revoked, and key 2 takes its place. */
  | { readonly kind: 'revoke' };

/** What becomes of a world by a blow to a node, in each way that it may come. */
export function* blows(world: World, node: number, blow: Blow): Generator<Next> {
  const agent = agentOf(world, node);
  const { kind } = blow;
  if (agent.isGone) return;
  const hit = (next: Agent, what: string = kind, move: Partial<Move> = {}): Next =>
    moved(world, node, `[${what}]`, { agent: next, ...move });
  switch (kind) {
    case 'enable':
    case 'disable': {
      const enabled = kind === 'enable';
      if (agent.enabled !== enabled) yield hit({ ...agent, enabled, isSteady: false });
      return;
    }
    case 'keys': {
      const keyIDs = blow.keyIDs.filter((id) => !agent.revoked.includes(id));
      if (agent.keyIDs.join() === keyIDs.join()) return;
      yield hit({ ...agent, keyIDs, isSteady: false }, `keys ${keyIDs.join()}`);
      return;
    }
    case 'kill': {
      if (!agent.isUp) return;
      yield hit(killed(agent), 'kill', { forgets: 'all' });
      const { killed: all, kernels, violations } = roundOf(world.agents[node] ?? -1, 0);
      for (const [at, one] of all.entries()) {
        const move = {
          kernels: kernels.slice(0, at + 1),
          violations,
          forgets: 'all' as const,
          by: agent,
        };
        yield hit(one, `kill after message ${at + 1} of ${all.length} to the kernel`, move);
      }
      return;
    }
    case 'forget':
      yield hit(forgotten(agent), kind, { forgets: 'all' });
      return;
    case 'reboot': {
      const next = { ...forgotten(agent), kernel: EMPTY_KERNEL };
      yield hit(next, kind, { forgets: 'all', excused: true });
      return;
    }
    case 'lose an SA':
      for (const index of actualOf(agent.kernel).sas.keys()) {
        yield hit({ ...agent, kernel: withoutSa(agent.kernel, index) }, `${kind}: ${index}`);
      }
      return;
    case 'lose SAs':
      yield hit({ ...agent, kernel: withoutSas(agent.kernel) });
      return;
    case 'leave': {
      const next = { ...forgotten(agent), kernel: EMPTY_KERNEL, isGone: true };
      if (agentOf(world, peerOf(node)).isGone) return;
      yield hit(next, kind, { forgets: 'all', excused: true, store: null });
      return;
    }
    case 'encrypt forget': {
      if (!agent.isUp || !agent.isListed || !agentOf(world, peerOf(node)).isGone) return;
      const { peer: _, ...rest } = agent;
      const next = { ...rest, pairs: [] };
      note('end', agent, next);
      yield hit(next, kind, { forgets: 'all', excused: true });
      return;
    }
    case 'revoke':
      yield hit({ ...agent, keyIDs: [2], revoked: [1], isSteady: false });
      return;
    case 'lose policies':
      yield hit({ ...agent, kernel: withoutPolicies(agent.kernel) }, kind, { excused: true });
  }
}
