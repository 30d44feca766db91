import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunResult, run, runOrThrow } from '../lab/run.js';
import { makeScratch, type Scratch } from '../lab/scratch.js';
import { installedVersion, packTarball } from './tarball.js';

const example = join(import.meta.dirname, '../../examples/cdk8s-app');

/**
 * What the example asks for in ranges is installed in the versions of our lock file: `npm ci` left those
 * packages in npm's cache, so that only their descriptions are asked for, and another's release of these cannot
 * fail a test of ours.
 */
const BESIDE = [
  '@types/node',
  'cdk8s',
  'cdk8s-cli',
  'cdk8s-plus-27',
  'constructs',
  'typescript',
] as const;

/** A copy of the example as a project of its own, in which npm has installed the packed tarball. */
export class Cdk8sApp {
  readonly #scratch: Scratch = makeScratch('podcloak-cdk8s-app');
  readonly dir = join(this.#scratch.dir, 'app');

  async install(): Promise<void> {
    cpSync(example, this.dir, {
      recursive: true,
      filter: (path) => !/\/(node_modules|build|dist)$/.test(path),
    });
    const { path } = await packTarball(this.#scratch.dir);
    const versions = BESIDE.map((name) => `${name}@${installedVersion(name)}`);
    const options = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
    await runOrThrow('npm', ['install', ...options, path, ...versions], { cwd: this.dir });
  }

  /** Runs a program that npm has installed in the project. */
  program(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<RunResult> {
    return run(join(this.dir, 'node_modules/.bin', name), args, {
      cwd: this.dir,
      env: { ...process.env, ...env },
    });
  }

  /** Runs `cdk8s synth`, which would otherwise ask the registry for its newest version first. */
  synth(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<RunResult> {
    return this.program('cdk8s', ['synth', '--no-check-upgrade', ...args], env);
  }

  /** Runs JavaScript in the project, and returns what it printed. */
  node(args: readonly string[]): Promise<RunResult> {
    return run(process.execPath, args, { cwd: this.dir });
  }

  file(path: string): string {
    return join(this.dir, path);
  }

  read(path: string): string {
    return readFileSync(this.file(path), 'utf8');
  }

  remove(): Promise<void> {
    return this.#scratch.remove();
  }
}
