/** Where the lab's programs are, and what to do about one that is missing. Knows nothing of vitest. */
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Something that a lab needs of the machine. A lab with needs of its own writes its own. */
export interface Requirement {
  readonly name: string;
  /** What to do when it is missing. */
  readonly remedy: string;
  /** Why it cannot be used here; undefined when it can. */
  readonly lacking: () => string | undefined;
}

/** A requirement that this machine does not meet. */
export interface Missing {
  readonly name: string;
  readonly reason: string;
  readonly remedy: string;
}

interface BuiltTool {
  /** The folder below the cache's `bin`, which names the version. */
  readonly folder: string;
  readonly file: string;
  /** Something to read, not to run. */
  readonly isData?: true;
}

/** Programs, and definitions of others' kinds, that `test/lab/setup` builds. */
const builtTools = {
  'kube-apiserver': kubernetes('kube-apiserver'),
  'kube-controller-manager': kubernetes('kube-controller-manager'),
  'kube-scheduler': kubernetes('kube-scheduler'),
  'kube-proxy': kubernetes('kube-proxy'),
  kubectl: kubernetes('kubectl'),
  kubelet: kubernetes('kubelet'),
  'kube-apiserver-oldest': kubernetes('kube-apiserver', 'KUBERNETES_OLDEST'),
  helm3: { folder: `helm3-${pinned('HELM3')}`, file: 'helm' },
  helm4: { folder: `helm4-${pinned('HELM4')}`, file: 'helm' },
  'kube-score': { folder: `kube-score-${pinned('KUBE_SCORE')}`, file: 'kube-score' },
  actionlint: { folder: `actionlint-${pinned('ACTIONLINT')}`, file: 'actionlint' },
  'gitlab-ci-local': { folder: `gitlab-ci-local-${pinned('GITLAB_CI_LOCAL')}`, file: 'index.js' },
  'argocd-crds': { folder: `argocd-${pinned('ARGOCD')}`, file: 'crds.yaml', isData: true },
  'flux-crds': { folder: `flux-${pinned('FLUX')}`, file: 'crds.yaml', isData: true },
} as const satisfies Record<string, BuiltTool>;

/** Programs that `test/lab/setup` installs, and the Debian package of each. */
const packagedTools = { etcd: 'etcd-server', openssl: 'openssl' } as const;

export type ToolName = keyof typeof builtTools | keyof typeof packagedTools;

/** The absolute path of a tool that can be run, or undefined when it is missing. */
export function toolPath(name: ToolName): string | undefined {
  if (isPackaged(name)) return onPath(name);
  const path = builtPath(name);
  const { isData }: BuiltTool = builtTools[name];
  return (isData ? existsSync(path) : isExecutable(path)) ? path : undefined;
}

/**
 * The absolute path of a tool.
 * @throws Error naming the remedy when it is missing.
 */
export function requiredTool(name: ToolName): string {
  const path = toolPath(name);
  if (path === undefined) throw new Error(missingTools([name]).map(describeMissing).join('\n'));
  return path;
}

/** A tool as a requirement. */
export function tool(name: ToolName): Requirement {
  const lacking = (): string | undefined => {
    if (toolPath(name) !== undefined) return undefined;
    return isPackaged(name) ? 'not on PATH' : `not built at ${builtPath(name)}`;
  };
  const setup = `run test/lab/setup ${name}`;
  const remedy = isPackaged(name)
    ? `${setup} as root, or install Debian's ${packagedTools[name]}`
    : setup;
  return { name, remedy, lacking };
}

/** What this machine lacks of what is asked for, in the order asked for. */
export function missingOf(needs: readonly Requirement[]): Missing[] {
  return needs.flatMap(({ name, remedy, lacking }) => {
    const reason = lacking();
    return reason === undefined ? [] : [{ name, reason, remedy }];
  });
}

/** {@link missingOf} for tools. */
export function missingTools(names: readonly ToolName[]): Missing[] {
  return missingOf(names.map(tool));
}

/** One line for people: the form that `test/lab/setup --check` prints too. */
export function describeMissing({ name, reason, remedy }: Missing): string {
  return `${name}: ${reason}: ${remedy}`;
}

function kubernetes(file: string, version = 'KUBERNETES'): BuiltTool {
  return { folder: `kubernetes-${pinned(version)}`, file };
}

function builtPath(name: keyof typeof builtTools): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const { folder, file } = builtTools[name];
  return join(cache, 'podcloak-lab', 'bin', folder, file);
}

function isPackaged(name: ToolName): name is keyof typeof packagedTools {
  return Object.hasOwn(packagedTools, name);
}

/** The absolute path of a program on PATH. */
export function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The version that versions.env, which setup reads too, pins. */
export function pinned(name: string): string {
  const text = readFileSync(new URL('./versions.env', import.meta.url), 'utf8');
  const version = new RegExp(`^${name}=(.+)$`, 'm').exec(text)?.[1];
  if (version === undefined) throw new Error(`test/lab/versions.env: no line ${name}=…: add one`);
  return version;
}
