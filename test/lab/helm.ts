import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunResult, run } from './run.js';
import { requiredTool } from './tools.js';

export type HelmVersion = 3 | 4;

export interface HelmRunOptions {
  /** Text for standard input, which `-f -` reads. */
  readonly input?: string;
  /** What relative paths among the arguments are relative to; the chart's folder by default. */
  readonly cwd?: string;
}

/** `helm template` of a chart; nothing of the user's own helm configuration is seen. */
export function helmTemplateValues(
  version: HelmVersion,
  chartDir: string,
  args: readonly string[],
  { input = '', cwd = chartDir }: HelmRunOptions = {},
): Promise<RunResult> {
  const program = requiredTool(version === 3 ? 'helm3' : 'helm4');
  const env = { PATH: process.env.PATH, HOME: chartDir };
  return run(program, ['template', 'release', chartDir, ...args], { input, cwd, env });
}

/** A question to helm: what are the values of a chart, given all this? */
export interface HelmMerge {
  readonly version: HelmVersion;
  /** The chart's own values.yaml. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Texts of values files, each passed with `-f` before `args`, in this order. */
  readonly files?: readonly string[];
  /** For example `['--set', 'a.b=1']`. Relative paths, as of `--set-file`, are of `extraFiles`. */
  readonly args?: readonly string[];
  /** Other files that `args` name: text by file name. */
  readonly extraFiles?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** The merged values as JSON has them, or what helm wrote to standard error. */
export type HelmAnswer =
  | { readonly ok: true; readonly values: unknown }
  | { readonly ok: false; readonly error: string };

/** Ask the real helm how it merges values, with a chart whose only template prints them. */
export async function mergedByHelm({
  version,
  defaults,
  files = [],
  args = [],
  extraFiles = {},
  input = '',
}: HelmMerge): Promise<HelmAnswer> {
  const dir = mkdtempSync(join(tmpdir(), 'podcloak-helm-'));
  try {
    const chart = join(dir, 'chart');
    writeChart(chart, defaults);
    for (const [name, text] of Object.entries(extraFiles)) writeFileSync(join(dir, name), text);
    const fileArgs = files.flatMap((text, index) => {
      const name = `values-${index}.yaml`;
      writeFileSync(join(dir, name), text);
      return ['-f', name];
    });
    const options = { input, cwd: dir };
    const answer = await helmTemplateValues(version, chart, [...fileArgs, ...args], options);
    if (answer.code !== 0) return { ok: false, error: answer.stderr.trim() };
    return { ok: true, values: printedValues(answer.stdout) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function writeChart(dir: string, defaults: HelmMerge['defaults']): void {
  mkdirSync(join(dir, 'templates'), { recursive: true });
  writeFileSync(join(dir, 'Chart.yaml'), 'apiVersion: v2\nname: values\nversion: 0.0.1\n');
  writeFileSync(join(dir, 'values.yaml'), JSON.stringify(defaults));
  // Below a key, as a document that is an empty map would not be printed at all.
  writeFileSync(join(dir, 'templates', 'values.yaml'), '{"values":{{ .Values | toJson }}}\n');
}

/** The template's one line of JSON, which follows helm's `---` and `# Source:` lines. */
function printedValues(stdout: string): unknown {
  const printed: { values: unknown } = JSON.parse(stdout.slice(stdout.indexOf('{')));
  return printed.values;
}
