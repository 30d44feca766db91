import { withoutKeys } from '../errors/index.js';
import { type FieldChange, fieldChanges } from './fields.js';
import { withoutServerFields } from './server-fields.js';

/** What an apply would do to one object. */
export interface ObjectDiff {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly change: 'create' | 'change' | 'none';
  /** Of a `change` only. */
  readonly fields: readonly ShownChange[];
  readonly conflicts: readonly Conflict[];
  /** Why the API server could not be asked about an object that is to be created. */
  readonly unchecked?: string;
}

/** A field that another field manager owns with another value: apply would be refused. */
export interface Conflict {
  readonly manager: string;
  readonly field: string;
}

/** A change as it may be seen: of a Secret's values, only that they differ. */
export type ShownChange =
  | { readonly path: string; readonly before?: unknown; readonly after?: unknown }
  | { readonly path: string; readonly masked: true };

/** An object's identity, as far as a diff names it. */
interface Identity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** What the two versions of an object do not say. */
export interface DiffDetails {
  readonly conflicts?: readonly Conflict[];
  readonly unchecked?: string | undefined;
  /** Changes that the apply makes besides. */
  readonly dropped?: readonly FieldChange[];
}

/**
 * @param before as the API server has it, or undefined
 * @param after as it would be, or undefined where that could not be asked
 */
export function objectDiff(
  { apiVersion, kind, metadata: { name, namespace } }: Identity,
  before: unknown,
  after: unknown,
  more: DiffDetails = {},
): ObjectDiff {
  const found =
    before === undefined
      ? []
      : fieldChanges(withoutServerFields(before), withoutServerFields(after));
  const dropped = (more.dropped ?? []).filter(
    ({ path }) => !found.some((one) => one.path === path),
  );
  const changes = [...found, ...dropped];
  const kindOfChange = before === undefined ? 'create' : changes.length > 0 ? 'change' : 'none';
  return {
    ...{ apiVersion, kind, name },
    ...(namespace === undefined ? {} : { namespace }),
    change: kindOfChange,
    fields: changes.map((change) => shown(change, kind)),
    conflicts: (more.conflicts ?? []).map(({ manager, field }) => ({
      manager,
      field: withoutKeys(field),
    })),
    ...(more.unchecked === undefined ? {} : { unchecked: more.unchecked }),
  };
}

/** Whether there is something to tell. */
export function isDifferent({ change, conflicts }: ObjectDiff): boolean {
  return change !== 'none' || conflicts.length > 0;
}

/** All of a Secret that cannot hold a value of it. Not its annotations: kubectl keeps a copy there. */
const OPEN = /^(type|immutable|metadata\.labels)\b/;

function shown({ path, before, after }: FieldChange, kind: string): ShownChange {
  // A key may be anything, were it a name.
  const where = withoutKeys(path);
  if (kind === 'Secret' && !OPEN.test(path)) return { path: where, masked: true };
  return {
    path: where,
    ...(before === undefined ? {} : { before: presentable(before) }),
    ...(after === undefined ? {} : { after: presentable(after) }),
  };
}

/** Without whatever looks like a key, but with digests of images, which are the point of many a change. */
function presentable(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(/(?:sha256:)?[0-9a-f]{16,}/gi, (text) =>
      /^sha256:[0-9a-f]{64}$/.test(text) ? text : '…',
    );
  }
  if (Array.isArray(value)) return value.map(presentable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [withoutKeys(key), presentable(child)]),
  );
}
