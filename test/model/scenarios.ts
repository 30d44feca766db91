import type { Blow } from './blows.js';

/** What people, accidents and faults may do to the two nodes, and to what end all comes when they stop. */
export interface Scenario {
  /** A sentence for its test. */
  readonly title: string;
  /** Nodes that have just been enabled, or a pair that is encrypted, on key 1 or with keys 1 and 2. */
  readonly from: 'fresh' | 'encrypted' | 'encrypted, two keys';
  /** One list for each blow of a story: what it may be. */
  readonly blows: readonly (readonly Blow[])[];
  /** What must not be: with faults, packets are lost rightly. */
  readonly never: RegExp;
  /** Only when asked for. */
  readonly isDeep?: boolean;
}

const LOSS_OR_PLAINTEXT = /./;
const PLAINTEXT = /^(?!loss)/;

const KILL: Blow = { kind: 'kill' };
const ENABLE: Blow = { kind: 'enable' };
const DISABLE: Blow = { kind: 'disable' };
const KEYS = [[1, 2], [2], [2, 1], [1]].map((keyIDs): Blow => ({ kind: 'keys', keyIDs }));
const SWITCHED = [ENABLE, DISABLE, KILL];
const FAULTS: readonly Blow[] = [
  { kind: 'forget' },
  { kind: 'reboot' },
  { kind: 'lose an SA' },
  { kind: 'lose SAs' },
  { kind: 'lose policies' },
];

export const SCENARIOS: readonly Scenario[] = [
  {
    title: 'while encryption comes on, with a kill, another key or a change of mind at any moment',
    from: 'fresh',
    blows: [[KILL, DISABLE, ...KEYS.slice(0, 2)]],
    never: LOSS_OR_PLAINTEXT,
  },
  {
    title: 'while keys are changed on both, in any way',
    from: 'encrypted',
    blows: [KEYS, KEYS],
    never: LOSS_OR_PLAINTEXT,
  },
  {
    title: 'while a key is taken away and comes back',
    from: 'encrypted, two keys',
    blows: [KEYS.slice(1, 2), KEYS.slice(2, 3)],
    never: LOSS_OR_PLAINTEXT,
    isDeep: true,
  },
  {
    title: 'while encryption is disabled, or enabled again, or an agent is killed',
    from: 'encrypted',
    blows: [[DISABLE, KILL], SWITCHED],
    never: LOSS_OR_PLAINTEXT,
  },
  {
    title: 'when memory or what is in the kernel is lost',
    from: 'encrypted',
    blows: [FAULTS],
    never: PLAINTEXT,
  },
  {
    title: 'when a fault befalls a pair that comes on',
    from: 'fresh',
    blows: [FAULTS],
    never: PLAINTEXT,
    isDeep: true,
  },
  {
    title: 'when a node is gone for good while encryption comes on',
    from: 'fresh',
    blows: [[{ kind: 'leave' }]],
    never: PLAINTEXT,
  },
  {
    title: 'when SAs or memory are lost while encryption is disabled',
    from: 'encrypted',
    blows: [[DISABLE], [{ kind: 'lose SAs' }, { kind: 'forget' }], [{ kind: 'forget' }]],
    never: PLAINTEXT,
  },
  {
    title: 'when a key is revoked on both',
    from: 'encrypted',
    blows: [[{ kind: 'revoke' }], [{ kind: 'revoke' }]],
    never: PLAINTEXT,
  },
  {
    title: 'when a node is gone for good, and is forgotten',
    from: 'encrypted',
    blows: [[{ kind: 'leave' }], [{ kind: 'encrypt forget' }, DISABLE]],
    never: PLAINTEXT,
  },
  {
    title: 'while keys are changed on both and an agent is killed',
    from: 'encrypted',
    blows: [KEYS, KEYS, [KILL]],
    never: LOSS_OR_PLAINTEXT,
    isDeep: true,
  },
  {
    title: 'while keys are changed three times',
    from: 'encrypted',
    blows: [KEYS, KEYS, KEYS],
    never: LOSS_OR_PLAINTEXT,
    isDeep: true,
  },
  {
    title: 'while people cannot decide',
    from: 'encrypted',
    blows: [[DISABLE], SWITCHED, SWITCHED],
    never: LOSS_OR_PLAINTEXT,
    isDeep: true,
  },
  {
    title: 'when two faults come together',
    from: 'encrypted',
    blows: [FAULTS, [...FAULTS, KILL]],
    never: PLAINTEXT,
    isDeep: true,
  },
  {
    title: 'when a fault befalls a pair whose keys change',
    from: 'encrypted',
    blows: [KEYS, FAULTS],
    never: PLAINTEXT,
    isDeep: true,
  },
  {
    title: 'when a fault befalls a pair that is disabled',
    from: 'encrypted',
    blows: [[DISABLE], FAULTS, [DISABLE, ENABLE]],
    never: PLAINTEXT,
    isDeep: true,
  },
];
