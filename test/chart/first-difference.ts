/** Where two pieces of plain data differ first, and how, or nothing: for values too large to print. */
export function firstDifference(got: unknown, wanted: unknown, path = ''): string | undefined {
  if (Object.is(got, wanted)) return undefined;
  if (isTree(got) && isTree(wanted) && Array.isArray(got) === Array.isArray(wanted)) {
    const keys = [...new Set([...Object.keys(got), ...Object.keys(wanted)])];
    for (const key of keys) {
      const found = firstDifference(own(got, key), own(wanted, key), `${path}/${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return `${path}: got ${shown(got)}, wanted ${shown(wanted)}`;
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function own(tree: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(tree, key) ? tree[key] : undefined;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 300);
}
