import { readInputs } from '../../src/cli/inputs.js';
import { type Diagnostic, isError } from '../../src/errors/index.js';
import { type JsonObject, merge } from '../../src/values/index.js';
import { withoutNulls } from '../../src/values/merge.js';

export type SetOption = 'set' | 'set-string' | 'set-json' | 'set-file';

/** A command line's values, in a form that helm takes as well. */
export interface Question {
  readonly defaults: JsonObject;
  /** Texts of values files, in the order of their `-f`. */
  readonly files: readonly string[];
  readonly options: readonly (readonly [SetOption, string])[];
  /** What `--set-file` finds: text by name. */
  readonly extraFiles: Readonly<Record<string, string>>;
}

/** The same as arguments of helm, without the `-f` that `mergedByHelm` adds itself. */
export function argsOf({ options }: Question): string[] {
  return options.map(([name, text]) => `--${name}=${text}`);
}

export type OurAnswer =
  | { readonly ok: true; readonly values: JsonObject }
  | { readonly ok: false; readonly problems: readonly Diagnostic[] };

/** What `podcloak synth` makes of these values before it validates them. */
export function mergedByUs({ defaults, files, options, extraFiles }: Question): OurAnswer {
  const texts = new Map(files.map((text, index) => [`values-${index}.yaml`, text]));
  for (const [name, text] of Object.entries(extraFiles)) texts.set(name, text);
  const given = [
    ...files.map((_, index) => ({ name: 'values', value: `values-${index}.yaml` })),
    ...options.map(([name, value]) => ({ name, value })),
  ];
  const { user, diagnostics } = readInputs(
    { given, arguments: [] },
    {
      out: () => undefined,
      err: () => undefined,
      outIsTerminal: false,
      errIsTerminal: false,
      readLine: () => undefined,
      read: (path) => {
        const text = texts.get(path);
        if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
        return new TextEncoder().encode(text);
      },
    },
  );
  const problems = diagnostics.filter(isError);
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, values: comparable(merge(defaults, user)) };
}

/**
 * Values in the form in which the two can be compared. Accepted difference: helm keeps a null whose
 * key has no default, and we drop it; there is nothing that it could mean. In lists both keep it.
 * And JSON has no negative zero.
 */
export function comparable(values: unknown): JsonObject {
  return withoutNulls(JSON.parse(JSON.stringify(values)) as JsonObject);
}
