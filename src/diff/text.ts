import { show } from '../errors/index.js';
import type { Paint } from '../text/colour.js';
import { isDifferent, type ObjectDiff, type ShownChange } from './object-diff.js';
import { summaryOf } from './summary.js';

/** A diff for people: what is different, field by field, and how much is not. */
export function diffText(all: readonly ObjectDiff[], paint: Paint): string {
  const lines = all
    .filter(isDifferent)
    .flatMap((one) => [
      headline(one, paint),
      ...one.fields.map((field) => `    ${fieldText(field)}`),
      ...one.conflicts.map(
        ({ manager, field }) => `    ${paint('error', 'conflict')}: ${field} belongs to ${manager}`,
      ),
      ...(one.unchecked === undefined ? [] : [`    not checked: ${one.unchecked}`]),
    ]);
  const { create, change, none, conflicts } = summaryOf(all);
  const counts = [
    `${create} to create`,
    `${change} to change`,
    `${none} as they should be`,
    ...(conflicts > 0 ? [`${conflicts} with conflicts`] : []),
  ];
  return `${[...lines, counts.join(', ')].join('\n')}\n`;
}

function headline({ change, kind, namespace, name }: ObjectDiff, paint: Paint): string {
  const what = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  if (change === 'create') return paint('added', `+ ${what}`);
  return change === 'change' ? paint('changed', `~ ${what}`) : `! ${what}`;
}

function fieldText(field: ShownChange): string {
  if ('masked' in field) return `${field.path}: differs (values of a Secret are not shown)`;
  return `${field.path}: ${side(field.before)} -> ${side(field.after)}`;
}

/** Digests are cut to what a message may hold, and is enough to tell two apart. */
function side(value: unknown): string {
  if (value === undefined) return '(none)';
  return show(shortDigests(value));
}

function shortDigests(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}/g, '$1…');
}
