import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { node24 } from '../../scripts/node24.mjs';
import { COMMAND } from '../cli/podcloak.js';
import { type ControlPlane, controlPlaneNeeds, startControlPlane } from './control-plane.js';
import { labDescribe } from './lab-describe.js';
import { type ApiObject, apply, identities, identity, untilServed } from './podcloak.js';
import { flawless, type RunResult, run, runOrThrow } from './run.js';
import { makeScratch, type Scratch } from './scratch.js';
import { onPath, type Requirement, requiredTool } from './tools.js';

const example = fileURLToPath(new URL('../../examples/fleet', import.meta.url));
const WORKFLOW = '.github/workflows/podcloak.yaml';

const needs: readonly Requirement[] = ['git', 'bash'].map((name) => ({
  name,
  remedy: `install Debian's package ${name}`,
  lacking: () => (onPath(name) === undefined ? 'not on PATH' : undefined),
}));

/** The example as a repository of its own, with `podcloak` on PATH. */
class Repository {
  readonly #scratch: Scratch = makeScratch('podcloak-fleet');
  readonly dir = join(this.#scratch.dir, 'repository');
  readonly temp = join(this.#scratch.dir, 'temp');
  readonly #bin = join(this.#scratch.dir, 'bin');

  constructor() {
    cpSync(example, this.dir, { recursive: true });
    mkdirSync(this.temp);
    mkdirSync(this.#bin);
    symlinkSync(COMMAND, join(this.#bin, 'podcloak'));
  }

  /** Runs a script as a runner of a pipeline does. */
  script(text: string, env: NodeJS.ProcessEnv = {}): Promise<RunResult> {
    return run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', text], {
      cwd: this.dir,
      env: { ...process.env, PATH: `${this.#bin}:${process.env.PATH}`, ...env },
    });
  }

  async git(...args: string[]): Promise<void> {
    const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
    await runOrThrow('git', [...who, ...args], { cwd: this.dir });
  }

  read(path: string): string {
    return readFileSync(join(this.dir, path), 'utf8');
  }

  remove(): Promise<void> {
    return this.#scratch.remove();
  }
}

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly name?: string; readonly run?: string }[] }>
  >;
}
type Pipeline = Readonly<Record<string, { readonly script: readonly string[] }>>;

labDescribe(
  'the example of a fleet’s repository',
  [...controlPlaneNeeds(), ...needs, 'argocd-crds', 'flux-crds'],
  () => {
    let plane: ControlPlane;
    let repository: Repository;
    beforeAll(async () => {
      repository = new Repository();
      plane = await startControlPlane();
    });
    afterAll(async () => {
      await plane?.stop();
      await repository?.remove();
    });

    /** The script of a step in the workflow's file. */
    const step = (job: string, name: string): string => {
      const { jobs } = parse(repository.read(WORKFLOW)) as Workflow;
      const found = jobs[job]?.steps.find((one) => one.name === name)?.run;
      if (found === undefined) throw new Error(`no step ${name} in the job ${job}`);
      return found;
    };
    const gitlab = (job: string): string => {
      const { script } = (parse(repository.read('.gitlab-ci.yml')) as Pipeline)[job] ?? {};
      if (script === undefined) throw new Error(`no job ${job}`);
      return script.join('\n');
    };
    const kustomize = async (path: string): Promise<string> => {
      const { stdout } = flawless(await plane.kubectl(['kustomize', join(repository.dir, path)]));
      return stdout;
    };

    it('is lint-clean, and renders a folder for each cluster, by the scripts of both pipelines', async () => {
      expect(await repository.script(step('check', 'Lint'))).toMatchObject({ code: 0, stderr: '' });
      expect(await repository.script(gitlab('lint'))).toMatchObject({
        code: 0,
        stdout: 'Nothing to report.\n',
      });
      expect(await repository.script(step('check', 'Render'))).toMatchObject({ code: 0 });
      expect(readdirSync(join(repository.dir, 'out')).sort()).toEqual(['east', 'west']);
      await repository.git('init', '--quiet');
      await repository.git('add', '.');
      await repository.git('commit', '--quiet', '--message', 'Render');
    });

    it('fails where what is committed is not what is rendered, files of a new cluster too', async () => {
      const compare = step('check', 'Compare with what is committed');
      expect((await repository.script(compare)).code).toBe(0);
      expect((await repository.script(gitlab('render'))).code).toBe(0);

      const north = join(repository.dir, 'clusters/north.yaml');
      writeFileSync(north, 'ipv4NativeRoutingCIDR: 10.3.0.0/16\n');
      const behind = await repository.script(gitlab('render'));
      expect(behind.code).not.toBe(0);
      expect(behind.stdout).toContain('out/north/kustomization.yaml');
      expect((await repository.script(compare)).code).not.toBe(0);
      await repository.git('reset', '--quiet', '--hard');
      await repository.git('clean', '--quiet', '-df');
    });

    it('writes findings for code scanning also when lint fails', async () => {
      const broken = step('check', 'Lint').replace('base.yaml', '<(echo "healthPort: 0")');
      expect((await repository.script(broken)).code).toBe(2);
      expect(JSON.parse(repository.read('podcloak.sarif'))).toMatchObject({ version: '2.1.0' });
    });

    it('has overlays that change what they say, and no other object', async () => {
      const manifests = await kustomize('out/east');
      for (const overlay of ['kustomize/east', 'argocd/east']) {
        expect(identities(await kustomize(overlay)).sort()).toEqual(identities(manifests).sort());
      }
      expect(await kustomize('kustomize/east')).toContain('dnsPolicy: ClusterFirstWithHostNet');

      const waves = parseAllDocuments(await kustomize('argocd/west')).map((document) => {
        const { kind, metadata } = document.toJS() as ApiObject & {
          metadata: { annotations?: Record<string, string> };
        };
        return [kind, metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? '0'];
      });
      expect(waves.filter(([, wave]) => wave !== '0')).toEqual([
        ['CustomResourceDefinition', '-1'],
        ['DaemonSet', '1'],
      ]);
    });

    it('has manifests of Argo CD and Flux that their own definitions take', async () => {
      for (const name of ['argocd-crds', 'flux-crds'] as const) {
        await plane.kubectl(['apply', '--server-side', '-f', requiredTool(name)]);
      }
      for (const kind of [
        'applicationsets.argoproj.io',
        'kustomizations.kustomize.toolkit.fluxcd.io',
        'gitrepositories.source.toolkit.fluxcd.io',
      ]) {
        await untilServed(plane, kind);
      }
      for (const name of ['argocd', 'flux-system']) await plane.kubectl(['create', 'ns', name]);
      for (const file of ['argocd/applicationset.yaml', 'flux/east.yaml']) {
        // Strict: a field that the definition does not know is refused.
        const args = ['apply', '--server-side', '--dry-run=server', '--validate=strict'];
        flawless(await plane.kubectl([...args, '-f', join(repository.dir, file)]));
        // So that the check above is seen to tell.
        const input = repository.read(file).replace('  interval:', '  intervall:');
        const wrong = input.replace('  goTemplate:', '  goTemplates:');
        const refused = await plane.kubectl([...args, '-f', '-'], { input: wrong });
        expect(refused.code).not.toBe(0);
      }
    });

    it('names in them only folders that there are, and every cluster', async () => {
      const clusters = readdirSync(join(repository.dir, 'clusters')).map((file) =>
        file.replace('.yaml', ''),
      );
      const folders = readdirSync(join(repository.dir, 'argocd'), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== 'waves')
        .map(({ name }) => name);
      expect(folders.sort()).toEqual(clusters.sort());
      for (const text of [repository.read(WORKFLOW), repository.read('.gitlab-ci.yml')]) {
        expect(text).toContain(`[${clusters.join(', ')}]`);
      }
      expect(repository.read('flux/east.yaml')).toContain('path: ./out/east');
    });

    it('shows in its pipelines what a merge would change, and fails only for errors', async () => {
      const kubeconfig = join(repository.temp, 'kubeconfig');
      const summary = join(repository.temp, 'summary');
      const content = readFileSync(plane.kubeconfig, 'utf8');
      const env = {
        RUNNER_TEMP: repository.temp,
        GITHUB_STEP_SUMMARY: summary,
        CLUSTER: 'east',
        KUBECONFIG: plane.kubeconfig,
      };
      const login = await repository.script(step('diff', 'Log in'), {
        ...env,
        KUBECONFIG_CONTENT: content,
      });
      expect(login).toEqual({ code: 0, stdout: '', stderr: '' });
      expect(readFileSync(kubeconfig, 'utf8')).toBe(content);

      expect((await repository.script(step('diff', 'Diff'), env)).code).toBe(0);
      expect(readFileSync(summary, 'utf8')).toMatch(/^### east\n```text\n\+ (.*\n)*14 to create/);
      expect((await repository.script(gitlab('diff'), env)).code).toBe(1);

      await apply(plane, await kustomize('out/east'));
      expect((await repository.script(gitlab('diff'), env)).code).toBe(0);

      writeFileSync(kubeconfig, 'clusters: []\n');
      const failed = await repository.script(step('diff', 'Diff'), env);
      expect(failed.code).not.toBe(0);
      expect(failed.stderr).toContain('error PC440: ');
    });

    it('is applied as the overlay for Argo CD is, without a warning', async () => {
      const manifests = await kustomize('argocd/east');
      const applied = await apply(plane, manifests);
      expect(applied.trim().split('\n')).toHaveLength(identities(manifests).length);
      const first = parseAllDocuments(manifests)[0]?.toJS() as ApiObject;
      expect(identity(first)).toContain('encryptionnodes.podcloak.dev');
    });
  },
);

labDescribe('the workflow for GitHub Actions', ['actionlint'], () => {
  it('is accepted by actionlint, which finds what is wrong with another', async () => {
    const actionlint = requiredTool('actionlint');
    const text = readFileSync(join(example, WORKFLOW), 'utf8');
    const lint = (input: string) => run(actionlint, ['-no-color', '-'], { input });

    expect(await lint(text)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await lint(text.replace('needs: check', 'needs: chekc'))).code).not.toBe(0);
  });
});

labDescribe('the pipeline for GitLab', ['gitlab-ci-local', ...needs], () => {
  let repository: Repository;
  beforeAll(async () => {
    repository = new Repository();
    await repository.git('init', '--quiet');
    await repository.git('add', '.');
    await repository.git('commit', '--quiet', '--message', 'Start');
  });
  afterAll(() => repository?.remove());

  const list = (): Promise<RunResult> =>
    // It needs Node 22.
    run(node24() ?? 'node', [requiredTool('gitlab-ci-local'), '--list'], { cwd: repository.dir });

  it('is accepted by GitLab’s own schema, which finds what is wrong with another', async () => {
    const { code, stdout, stderr } = await list();
    expect(stderr).toContain('json schema validated');
    expect(code).toBe(0);
    expect(stdout.match(/^\S+/gm)).toEqual(['name', 'lint', 'render', 'diff:', 'diff:']);

    const file = join(repository.dir, '.gitlab-ci.yml');
    writeFileSync(file, repository.read('.gitlab-ci.yml').replace('exit_codes:', 'exit_code:'));
    expect((await list()).code).not.toBe(0);
  });
});
