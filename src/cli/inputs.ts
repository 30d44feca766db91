import { type Diagnostic, diagnostic } from '../errors/index.js';
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

/** Reads all values of a command line, as helm merges them. */
export function readInputs(invocation: Invocation, io: Io): Inputs {
  const sources: Source[] = [];
  const diagnostics: Diagnostic[] = [];
  let user: JsonObject = {};
  let stdin = 0;
  const readOnce = (path: string, maxBytes: number): string | undefined => {
    if (path === '-' && ++stdin > 1) {
      diagnostics.push(diagnostic('PC123', 'standard input was given twice'));
      return undefined;
    }
    const read = readText(io, path, maxBytes);
    if ('text' in read) return read.text;
    diagnostics.push(read.problem);
    return undefined;
  };

  for (const { value: path } of invocation.given.filter(({ name }) => name === 'values')) {
    const text = readOnce(path, MAX_VALUES_BYTES);
    if (text === undefined) continue;
    const parsed = parseYamlSource(inputName(path), text);
    diagnostics.push(...parsed.diagnostics);
    if (parsed.source === undefined) continue;
    sources.push(parsed.source);
    diagnostics.push(...keyInFile(parsed.source));
    user = merge(user, parsed.source.value);
  }

  for (const { text, label, mode } of setsOf(invocation)) {
    const read = (path: string) => readOnce(path, MAX_FILE_BYTES) ?? '';
    // Parsed twice: onto the values so far, since an index changes a list of them; and alone, to
    // know which paths this option is to blame for.
    const alone = parseSet(text, mode, {}, label);
    if ('diagnostic' in alone) {
      diagnostics.push(alone.diagnostic);
      continue;
    }
    const isKey = hasKey(alone.value);
    if (isKey && mode !== 'file') {
      diagnostics.push(
        diagnostic('PC122', 'a key on the command line', {
          path: KEY_PATH.join('.'),
          place: { source: label },
        }),
      );
      continue;
    }
    const onto = parseSet(text, mode, user, label, read);
    if ('diagnostic' in onto) diagnostics.push(onto.diagnostic);
    else user = onto.value;
    sources.push(plainSource(label, mode === 'file' ? 'set-file' : 'set', alone.value));
  }
  return { user, sources, diagnostics };
}

/** All options of the `--set` family in helm's order, each with a label that quotes nothing of it. */
function setsOf({ given }: Invocation): { text: string; label: string; mode: SetMode }[] {
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

/** RFC 1123 label, as the API server wants it. */
export function checkNamespace(namespace: string): Diagnostic[] {
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace)
    ? []
    : [
        diagnostic('PC408', 'the namespace is not a valid name', {
          place: { source: '--namespace' },
        }),
      ];
}
