import { type ControlPlaneOptions, controlPlaneNeeds } from './control-plane.js';
import { labDescribe } from './lab-describe.js';
import { pinned, type Requirement, type ToolName } from './tools.js';

/** A minor of Kubernetes whose API server the tests have. */
export interface Minor {
  /** For example `1.35`. */
  readonly name: string;
  /** What comes after the dot, to compare. */
  readonly number: number;
  readonly apiServer: NonNullable<ControlPlaneOptions['apiServer']>;
}

/**
 * The oldest and the newest minor that the README claims. Only the API server differs, as that is who
 * accepts or refuses what is applied; kubectl, helm and the other servers are those of the newest.
 */
export const MINORS: readonly [oldest: Minor, newest: Minor] = [
  { ...minorOf('KUBERNETES_OLDEST'), apiServer: 'kube-apiserver-oldest' },
  { ...minorOf('KUBERNETES'), apiServer: 'kube-apiserver' },
];

/**
 * A `labDescribe` for each of {@link MINORS}, whose title ends with "on Kubernetes 1.…". The suite
 * starts its control planes with the options that it is given.
 */
export function describeOnEachMinor(
  title: string,
  options: ControlPlaneOptions,
  suite: (options: ControlPlaneOptions, minor: Minor) => void,
  needs: readonly (ToolName | Requirement)[] = [],
): void {
  for (const minor of MINORS) {
    const ofMinor = { ...options, apiServer: minor.apiServer };
    const all = [...controlPlaneNeeds(ofMinor), ...needs];
    labDescribe(`${title} on Kubernetes ${minor.name}`, all, () => suite(ofMinor, minor));
  }
}

function minorOf(variable: string): Pick<Minor, 'name' | 'number'> {
  const [major, minor] = pinned(variable).split('.');
  return { name: `${major}.${minor}`, number: Number(minor) };
}
