import { type Diagnostic, diagnostic } from '../errors/index.js';
import { isNamespaceName } from '../manifests/names.js';
import {
  type JsonObject,
  merge,
  parseSet,
  parseYamlSource,
  plainSource,
  type SetMode,
  type Source,
} from '../values/index.js';
import type { Invocation, Option } from './command.js';
import { type Io, inputName, MAX_FILE_BYTES, MAX_VALUES_BYTES, readText } from './io.js';

/** The options that give values, in the order in which helm applies them, whatever was typed first. */
export const VALUE_OPTIONS: readonly Option[] = [
  {
    name: 'values',
    short: 'f',
    value: 'FILE',
    offer: 'file',
    summary:
      'Read values from a YAML file, or from standard input (-). May be repeated; later files win.',
  },
  {
    name: 'set-json',
    value: 'PATH=JSON',
    offer: 'value-path',
    summary: 'Set a value from JSON.',
  },
  {
    name: 'set',
    value: 'PATH=VALUE',
    offer: 'value-path',
    summary: 'Set values: a.b=1,c[0]=x,d={p,q}; null deletes a default. May be repeated.',
  },
  {
    name: 'set-string',
    value: 'PATH=TEXT',
    offer: 'value-path',
    summary: 'Set a value that stays a string.',
  },
  {
    name: 'set-file',
    value: 'PATH=FILE',
    offer: 'value-path',
    summary:
      'Set a value to the content of a file, or of standard input (-). The way to pass a key: --set-file encryption.ipsec.key=FILE.',
  },
];

/** Spellings that the guide uses for single values. */
export const VALUE_ALIASES: readonly (Option & { readonly path: string })[] = [
  {
    name: 'ipv4-native-routing-cidr',
    value: 'CIDR',
    path: 'ipv4NativeRoutingCIDR',
    summary: 'The same as --set ipv4NativeRoutingCIDR=CIDR.',
  },
  {
    name: 'ipv6-native-routing-cidr',
    value: 'CIDR',
    path: 'ipv6NativeRoutingCIDR',
    summary: 'The same as --set ipv6NativeRoutingCIDR=CIDR.',
  },
];

const MODES: readonly (readonly [string, SetMode])[] = [
  ['set-json', 'json'],
  ['set', 'typed'],
  ['set-string', 'string'],
  ['set-file', 'file'],
];

const KEY_PATH = ['encryption', 'ipsec', 'key'] as const;

export interface Inputs {
  /** Everything merged, nulls included. */
  readonly user: JsonObject;
  /** The same, apart, in the order of merging. */
  readonly sources: readonly Source[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Values of a command line, and of one more file at a time. */
export interface InputReader {
  /**
   * Everything merged as helm does.
   *
   * @param cluster a values file above those of `-f` and below the options
   */
  readonly read: (cluster?: string) => Inputs;
}

/** Reads all values of a command line, as helm merges them. */
export function readInputs(invocation: Invocation, io: Io): Inputs {
  return openInputs(invocation, io).read();
}

/**
 * Reads each input of a command line once, however many clusters they are for: standard input can be
 * read once only, and parsing YAML takes longer than rendering.
 */
export function openInputs(invocation: Invocation, io: Io): InputReader {
  const readFile = inputFiles(io);
  const files = invocation.given
    .filter(({ name }) => name === 'values')
    .map(({ value }) => valuesFile(value, readFile));
  const options = setsOf(invocation).map(setOption);
  const contents = new Map<string, { text?: string; diagnostics: readonly Diagnostic[] }>();

  const read = (cluster?: string): Inputs => {
    const all = cluster === undefined ? files : [...files, valuesFile(cluster, readFile)];
    const sources = all.flatMap(({ source }) => source ?? []);
    const diagnostics = all.flatMap((file) => file.diagnostics);
    let user = sources.reduce((below, { value }) => merge(below, value), {} as JsonObject);
    for (const { text, label, mode, alone, problem } of options) {
      if (alone === undefined) {
        diagnostics.push(problem);
        continue;
      }
      const readOnce = (path: string): string => {
        const key = `${label} ${path}`;
        const known = contents.get(key) ?? readFile(path, MAX_FILE_BYTES);
        contents.set(key, known);
        diagnostics.push(...known.diagnostics);
        return known.text ?? '';
      };
      // Onto the values so far, since an index changes a list of them.
      const onto = parseSet(text, mode, user, label, readOnce);
      if ('diagnostic' in onto) diagnostics.push(onto.diagnostic);
      else user = onto.value;
      sources.push(plainSource(label, mode === 'file' ? 'set-file' : 'set', alone));
    }
    return { user, sources, diagnostics };
  };
  return { read };
}

type FileReader = (
  path: string,
  maxBytes: number,
) => { text?: string; diagnostics: readonly Diagnostic[] };

function inputFiles(io: Io): FileReader {
  let stdin = 0;
  return (path, maxBytes) => {
    if (path === '-' && ++stdin > 1) {
      return { diagnostics: [diagnostic('PC123', 'standard input was given twice')] };
    }
    const read = readText(io, path, maxBytes);
    return 'text' in read ? { text: read.text, diagnostics: [] } : { diagnostics: [read.problem] };
  };
}

interface ValuesFile {
  readonly source?: Source;
  readonly diagnostics: readonly Diagnostic[];
}

function valuesFile(path: string, readFile: FileReader): ValuesFile {
  const { text, diagnostics } = readFile(path, MAX_VALUES_BYTES);
  if (text === undefined) return { diagnostics };
  const { source, diagnostics: found } = parseYamlSource(inputName(path), text);
  return source === undefined
    ? { diagnostics: found }
    : { source, diagnostics: [...found, ...keyInFile(source)] };
}

interface SetText {
  readonly text: string;
  /** Quotes nothing of the text. */
  readonly label: string;
  readonly mode: SetMode;
}

/** An option of the `--set` family, and what it alone says: the paths that it is to blame for. */
type SetOption = SetText &
  (
    | { readonly alone: JsonObject; readonly problem?: undefined }
    | { readonly alone?: undefined; readonly problem: Diagnostic }
  );

function setOption(option: SetText): SetOption {
  const { text, label, mode } = option;
  const parsed = parseSet(text, mode, {}, label);
  if ('diagnostic' in parsed) return { ...option, problem: parsed.diagnostic };
  if (!hasKey(parsed.value) || mode === 'file') return { ...option, alone: parsed.value };
  const problem = diagnostic('PC122', 'a key on the command line', {
    path: KEY_PATH.join('.'),
    place: { source: label },
  });
  return { ...option, problem };
}

/** All options of the `--set` family in helm's order, each with a label that quotes nothing of it. */
function setsOf({ given }: Invocation): SetText[] {
  const options = MODES.flatMap(([option, mode]) =>
    given
      .filter(({ name }) => name === option)
      .map(({ value }, index) => ({ text: value, label: ordinal(option, index), mode })),
  );
  const aliases = VALUE_ALIASES.flatMap(({ name, path }) =>
    given
      .filter((one) => one.name === name)
      .map(({ value }) => ({
        text: `${path}=${value.replaceAll(/[\\,]/g, '\\$&')}`,
        label: `--${name}`,
        mode: 'string' as const,
      })),
  );
  return [...options, ...aliases];
}

function ordinal(option: string, index: number): string {
  if (index === 0) return `--${option}`;
  const suffix = ['st', 'nd', 'rd'][index] ?? 'th';
  return `--${option} (${index + 1}${suffix})`;
}

function hasKey({ encryption }: JsonObject): boolean {
  const [, ipsec, key] = KEY_PATH;
  const block = typeof encryption === 'object' && encryption !== null ? encryption : {};
  const inner = (block as JsonObject)[ipsec];
  const found = typeof inner === 'object' && inner !== null ? (inner as JsonObject)[key] : null;
  return found !== null && found !== undefined && found !== '';
}

function keyInFile({ label, value, locate }: Source): Diagnostic[] {
  if (!hasKey(value)) return [];
  const place = { source: label, ...locate(KEY_PATH, 'key') };
  return [diagnostic('PC213', 'a key in a values file', { path: KEY_PATH.join('.'), place })];
}

export function checkNamespace(namespace: string): Diagnostic[] {
  return isNamespaceName(namespace)
    ? []
    : [
        diagnostic('PC408', 'the namespace is not a valid name', {
          place: { source: '--namespace' },
        }),
      ];
}
