import { commentedDefaults, SCHEMA, valuesTable } from '../values/index.js';
import { VERSION } from '../version.js';

/** The first line of each template that is generated. */
export const CHART_HEADER =
  '{{- /* Generated from src/manifests by `npm run chart`. Do not edit. */ -}}\n';

/** The defaults, with comments that helm-docs reads. */
export function chartValues(): string {
  return `# Generated from src/values/schema.json by \`npm run chart\`. Do not edit.\n\n${commentedDefaults()}`;
}

/**
 * The very schema of `synth`, under the older of the two drafts that it is written for: helms before
 * 3.18.5 know no newer one.
 */
export function chartSchema(): string {
  const { $schema: _, ...rest } = SCHEMA as Record<string, unknown>;
  const $schema = 'http://json-schema.org/draft-07/schema#';
  const $comment = 'Generated from src/values/schema.json by `npm run chart`. Do not edit.';
  const text = JSON.stringify({ $schema, $comment, ...rest }, null, 2);
  // Spaces that nobody could see stand in a pattern: Go's expressions have no \u, nor does its \s know them.
  const visible = text.replaceAll(
    /[^ -~\n]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${visible}\n`;
}

/** The chart's README with its table of values. */
export function chartReadme(written: string): string {
  return written
    .replace('version: VERSION', `version: ${VERSION}`)
    .replace('<!-- values -->', () => valuesTable());
}
