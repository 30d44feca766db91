import { stringify } from 'yaml';
import { wrap } from '../text/wrap.js';
import { currentProperties, leavesOf, SCHEMA, type SchemaNode } from './schema.js';

/** All values with their defaults, each under a comment in helm-docs style, as a values file. */
export function commentedDefaults(): string {
  return `${nodes(SCHEMA, 0).join('\n')}\n`;
}

const WIDTH = 96;

function nodes(node: SchemaNode, depth: number): string[] {
  const indent = '  '.repeat(depth);
  return currentProperties(node)
    .flatMap(([key, child]) => {
      const comment = wrap(`-- ${child.description ?? ''}`, WIDTH - indent.length).map(
        (line) => `${indent}# ${line}`,
      );
      const isGroup = child.properties !== undefined;
      const value = isGroup
        ? [`${indent}${key}:`, ...nodes(child, depth + 1)]
        : child.default === undefined
          ? [`${indent}# ${key}:`]
          : stringify({ [key]: child.default }, { lineWidth: 0 })
              .trimEnd()
              .split('\n')
              .map((line) => indent + line);
      return [...(depth === 0 ? ['', ...comment] : comment), ...value];
    })
    .slice(depth === 0 ? 1 : 0);
}

/** The table of values for the README, in Markdown. */
export function valuesTable(): string {
  const rows = leavesOf().map(({ path, node }) => {
    const standard = node.default === undefined ? '' : `\`${JSON.stringify(node.default)}\``;
    const shown = standard.length > 60 ? 'see `podcloak values`' : standard;
    const allowed =
      node.enum === undefined ? '' : ` One of ${node.enum.map((one) => `\`${one}\``).join(', ')}.`;
    return `| \`${path.join('.')}\` | ${escapeCell(shown)} | ${escapeCell((node.description ?? '') + allowed)} |`;
  });
  return ['| Value | Default | What it does |', '|---|---|---|', ...rows].join('\n');
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
