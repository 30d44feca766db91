import type { ErrorCode } from './table.js';

/** What the codes of one beginning have in common. */
export interface Area {
  /** How the codes begin; a longer beginning takes codes out of a shorter one. */
  readonly prefix: string;
  readonly title: string;
  /** When such a code is reported, and what has happened by then. */
  readonly when: string;
}

/** In the order of the codes; `docs/errors.md` has these as its headings. */
export const AREAS: readonly Area[] = [
  {
    prefix: 'PC1',
    title: 'Reading values',
    when: 'Found while values files and options were read and compared with the schema. Nothing was rendered or written.',
  },
  {
    prefix: 'PC2',
    title: 'Values that do not go together',
    when: 'Found after the schema, by rules about several values at once or about the place they are for. An error of them means that nothing was rendered.',
  },
  {
    prefix: 'PC3',
    title: 'Key lines',
    when: 'Found in the lines of the IPsec Secret, by `synth` before they are rendered or by an agent that reads the mounted file. The lines themselves are never quoted.',
  },
  {
    prefix: 'PC4',
    title: 'The command line',
    when: 'Found by a command that a person or a pipeline runs. With an error it has done nothing, unless its message says what.',
  },
  {
    prefix: 'PC5',
    title: 'The agent at the API server',
    when: 'Said by an agent that asks the API server, in its log and events. What is encrypted stays encrypted.',
  },
  {
    prefix: 'PC52',
    title: 'The Helm chart and its test',
    when: 'Found by the chart while helm renders it, by `synth` in the values that both have, or by what `helm test` runs.',
  },
  {
    prefix: 'PC54',
    title: 'The constructs',
    when: 'Thrown by a construct in a cdk8s app, which then renders nothing. The place is the path of the construct.',
  },
  {
    prefix: 'PC55',
    title: 'Strict mode, and when keys are made',
    when: 'Found in values by `synth`, by the chart, or by an agent in its ConfigMap, which then goes on with the configuration from before; or said by an agent about its own Node.',
  },
  {
    prefix: 'PC56',
    title: 'Keys that the cluster makes itself',
    when: 'Found in values by `synth` or by the chart, which then render nothing.',
  },
  {
    prefix: 'PC7',
    title: 'The agent on a node',
    when: 'Said by an agent about its own node: in its log, in `podcloak encrypt status`, in the status of its record and as an event.',
  },
  {
    prefix: 'PC9',
    title: 'Our own faults',
    when: 'Nothing that you gave is wrong, or Podcloak failed to see that it is.',
  },
];

/** The area of a code. Every code of the table has one, which a test holds. */
export function areaOf(code: ErrorCode): Area | undefined {
  return AREAS.filter(({ prefix }) => code.startsWith(prefix)).sort(
    (a, b) => b.prefix.length - a.prefix.length,
  )[0];
}
