import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What a judge holds against an object. */
export interface Finding {
  readonly judge: string;
  /** The judge's own name of what it looked at. */
  readonly check: string;
  /** The judge's words. */
  readonly says: string;
  /** Kind and name, and a container's name behind them. */
  readonly object: string;
}

/** Entries of suppressions.yaml, which says what the fields are. */
interface Explained {
  readonly judge: string;
  readonly findings: readonly Readonly<Record<string, string>>[];
  readonly objects: readonly string[];
  readonly why: string;
}

interface Unasked {
  readonly judge: string;
  readonly unasked: readonly string[];
  readonly why: string;
}

type Entry = Explained | Unasked;

const FORMS = ['findings,judge,objects,why', 'judge,unasked,why'];

/**
 * The findings of a judge that suppressions.yaml explains. They are compared as they are: there are no
 * patterns, so that nothing slips through one.
 * @throws Error for an entry that lacks a field, has another one, or explains nothing
 */
export function explainedFindings(judge: string): Finding[] {
  return entriesOf(judge)
    .filter((entry) => 'findings' in entry)
    .flatMap(({ findings, objects }) =>
      findings
        .flatMap((finding) => Object.entries(finding))
        .flatMap(([check, says]) => objects.map((object) => ({ judge, check, says, object }))),
    );
}

/**
 * The checks for which a judge is not asked, by its own names.
 * @throws Error as {@link explainedFindings} does
 */
export function unasked(judge: string): string[] {
  return entriesOf(judge)
    .filter((entry) => 'unasked' in entry)
    .flatMap((entry) => entry.unasked);
}

function entriesOf(judge: string): Entry[] {
  const text = readFileSync(new URL('./suppressions.yaml', import.meta.url), 'utf8');
  const entries = parse(text) as Entry[];
  for (const entry of entries) mustExplain(entry);
  return entries.filter((entry) => entry.judge === judge);
}

function mustExplain(entry: Entry): void {
  const fields = Object.keys(entry).sort().join();
  if (!FORMS.includes(fields)) {
    throw new Error(`suppressions.yaml: an entry with ${fields}; instead of ${FORMS.join(' or ')}`);
  }
  if (entry.why.trim().length < 20) throw new Error('suppressions.yaml: a "why" that says nothing');
}

/** Those of the findings that are not among the others, each once. */
export function without(findings: readonly Finding[], others: readonly Finding[]): Finding[] {
  const left = new Map(findings.map((finding) => [keyOf(finding), finding]));
  for (const other of others) left.delete(keyOf(other));
  return [...left.values()];
}

function keyOf({ judge, check, says, object }: Finding): string {
  return JSON.stringify([judge, check, says, object]);
}
