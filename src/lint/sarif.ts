import { isAbsolute, relative, resolve, sep } from 'node:path';
import { type Diagnostic, type ErrorCode, explain } from '../errors/index.js';
import { VERSION } from '../version.js';
import { type Finding, findingOf } from './json.js';

/** What places are told apart by. */
export interface SarifOptions {
  /** The values files that were read: sources of that name are files, all others are not. */
  readonly files: readonly string[];
  /** The folder that relative paths in the log start from; most often the checkout. */
  readonly folder: string;
}

/**
 * Findings as a SARIF log (version 2.1.0, OASIS), as code scanning takes it: a rule for each code that
 * was found, with what `podcloak explain` says, and a place for each finding.
 */
export function sarifLog(found: readonly Diagnostic[], options: SarifOptions): object {
  const codes = [...new Set(found.map(({ code }) => code))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'podcloak', semanticVersion: VERSION, rules: codes.map(ruleOf) } },
        // Our columns count as editors and JavaScript do.
        columnKind: 'utf16CodeUnits',
        results: found.map((one) => resultOf(findingOf(one), codes, options)),
      },
    ],
  };
}

function ruleOf(code: ErrorCode): object {
  const { severity, what, why, when, remedy } = explain(code);
  const reason = why ?? when;
  return {
    id: code,
    shortDescription: { text: what },
    fullDescription: { text: reason },
    help: {
      text: `${reason}\n\n${remedy}`,
      markdown: `${reason}\n\n**What to do:** ${remedy}`,
    },
    defaultConfiguration: { level: severity },
  };
}

function resultOf(finding: Finding, codes: readonly ErrorCode[], options: SarifOptions): object {
  const { code, severity, message, remedy, path, source } = finding;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: `${path === undefined ? '' : `${path}: `}${message}\n${remedy}` },
    locations: locationsOf(finding, options),
    // The same finding a few lines further down is no new one.
    partialFingerprints: { 'podcloakFinding/v1': [code, source ?? '', path ?? ''].join(' ') },
  };
}

/**
 * A finding of an option or a default is shown at the last file, as a whole: code scanning drops what
 * has no file.
 */
function locationsOf(finding: Finding, { files, folder }: SarifOptions): object[] {
  const { path, source, line, column } = finding;
  const isFile = source !== undefined && files.includes(source);
  const file = isFile ? source : files.at(-1);
  const region = {
    ...(line === undefined ? {} : { startLine: line }),
    ...(line === undefined || column === undefined ? {} : { startColumn: column }),
  };
  const physical =
    file === undefined
      ? {}
      : {
          physicalLocation: {
            artifactLocation: artifactOf(file, folder),
            ...(isFile && line !== undefined ? { region } : {}),
          },
        };
  const name = path ?? (isFile ? undefined : source);
  const logical =
    name === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: name, kind: 'member' }] };
  const location = { ...physical, ...logical };
  return Object.keys(location).length === 0 ? [] : [location];
}

/** RFC 3986: relative to the folder where that can be, since a checkout has another path elsewhere. */
function artifactOf(file: string, folder: string): object {
  const whole = resolve(folder, file);
  const below = relative(folder, whole);
  const isBelow = !below.startsWith('..') && !isAbsolute(below);
  const uri = (isBelow ? below : whole).split(sep).map(encodeURIComponent).join('/');
  return isBelow ? { uri, uriBaseId: '%SRCROOT%' } : { uri: `file://${uri}` };
}
