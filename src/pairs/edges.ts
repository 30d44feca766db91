import type { PeerState } from '../status/index.js';
import type { Situation } from './step.js';

/** What people see of a pair; `none`: nothing is known of the peer. */
export type Word = PeerState | 'none';

/**
 * What takes a pair along an edge: the kernel as a new agent finds it, the peer's record, `step`, an answer in
 * the tunnel, what is not in the kernel any more or must not be, or that there is nothing left to look after.
 */
export type Cause = 'kernel' | 'record' | 'step' | 'answer' | 'loss' | 'end';

/** One way from one word to another, as the state machine takes it. */
export interface Edge {
  readonly from: Word;
  readonly to: Word;
  readonly by: Cause;
  /** What must be so in the round that takes it, where something must. */
  readonly given?: Partial<Pick<Situation, 'disabled' | 'enforced' | 'peerPhase' | 'gone'>>;
  /** For the diagram. */
  readonly why: string;
}

const CLOSES = { disabled: false, enforced: true, peerPhase: 'Enforced' } as const;

/**
 * All edges between words that there are. The diagram in docs/pair-states.md is made of them, and test/model
 * finds each of them in what two agents may come to, and no other.
 */
export const EDGES: readonly Edge[] = [
  { from: 'none', to: 'plaintext', by: 'record', why: 'the peer’s first record' },
  {
    from: 'none',
    to: 'blocked',
    by: 'record',
    why: 'the same after a reboot,<br/>both records Enforced',
  },
  {
    from: 'none',
    to: 'plaintext',
    by: 'kernel',
    why: 'found in the kernel,<br/>no state file',
  },
  { from: 'none', to: 'blocked', by: 'kernel', why: 'found there, without its SAs' },
  { from: 'none', to: 'switching', by: 'kernel', why: 'found there' },
  { from: 'none', to: 'encrypted', by: 'kernel', why: 'found there' },
  {
    ...{ from: 'plaintext', to: 'switching', by: 'step', given: CLOSES },
    why: 'a probe was answered,<br/>both records Enforced',
  },
  {
    ...{ from: 'plaintext', to: 'encrypted', by: 'step', given: CLOSES },
    why: 'the same, and the peer<br/>sends on a tunnel already',
  },
  {
    ...{ from: 'switching', to: 'encrypted', by: 'step', given: { disabled: false } },
    why: 'the peer sends on a<br/>tunnel, for 2 s',
  },
  { from: 'switching', to: 'blocked', by: 'loss', why: 'our SAs are gone' },
  {
    from: 'encrypted',
    to: 'blocked',
    by: 'loss',
    why: 'our SAs are gone, or<br/>their key is revoked',
  },
  {
    ...{ from: 'encrypted', to: 'blocked', by: 'step', given: { disabled: false, gone: true } },
    why: 'the node is gone, for 5 min',
  },
  {
    from: 'blocked',
    to: 'encrypted',
    by: 'answer',
    why: 'a probe on a new<br/>tunnel was answered',
  },
  {
    ...{ from: 'switching', to: 'blocked', by: 'step', given: { disabled: false, gone: true } },
    why: 'the node is gone, for 5 min',
  },
  {
    ...{ from: 'blocked', to: 'switching', by: 'answer' },
    why: 'the same, where plaintext<br/>was still taken',
  },
  {
    from: 'encrypted',
    to: 'switching',
    by: 'step',
    given: { disabled: true },
    why: 'disabled here',
  },
  {
    ...{ from: 'encrypted', to: 'plaintext', by: 'step' },
    given: { disabled: true, peerPhase: 'Disabled' },
    why: 'disabled here, and<br/>the peer said so before',
  },
  {
    ...{ from: 'encrypted', to: 'plaintext', by: 'step', given: { disabled: true, gone: true } },
    why: 'disabled here, and it is gone',
  },
  {
    ...{ from: 'switching', to: 'plaintext', by: 'step' },
    given: { disabled: true, peerPhase: 'Disabled' },
    why: 'disabled here, and<br/>the peer says so too',
  },
  {
    ...{ from: 'switching', to: 'plaintext', by: 'step', given: { disabled: true, gone: true } },
    why: 'disabled here, and it is gone',
  },
  {
    ...{ from: 'blocked', to: 'plaintext', by: 'step' },
    given: { disabled: true, peerPhase: 'Disabled' },
    why: 'disabled here, and<br/>the peer says so too',
  },
  {
    ...{ from: 'blocked', to: 'plaintext', by: 'step', given: { disabled: true, gone: true } },
    why: 'disabled here, and it is gone',
  },
  {
    from: 'plaintext',
    to: 'none',
    by: 'end',
    given: { disabled: true },
    why: 'disabled, and all said',
  },
  { from: 'plaintext', to: 'none', by: 'end', given: { gone: true }, why: 'the node is gone' },
  { from: 'blocked', to: 'none', by: 'end', why: 'encrypt forget' },
  { from: 'encrypted', to: 'none', by: 'end', why: 'encrypt forget, within 5 min' },
];

/** Whether a round in such a situation may take that edge. */
export function permits({ given = {} }: Edge, situation: Partial<Situation>): boolean {
  return Object.entries(given).every(
    ([name, value]) => situation[name as keyof Situation] === value,
  );
}
