/** Sixteen hex digits in a row may be a key; nothing that long belongs in a message. */
const LIKE_A_KEY = /[0-9a-f]{16,}/gi;
/** What a terminal might obey, or not show: JSON escapes only a part of it. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** What cutting in the middle of a pair leaves. */
const HALF = /[\ud800-\udbff]$/;
const LONGEST = 60;

/** A text with whatever looks like a key left out. */
export function withoutKeys(text: string): string {
  return text.replace(LIKE_A_KEY, '…');
}

/** A value as a message may quote it: short, on one line, and without anything like a key. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  const safe = withoutKeys(text).replace(INVISIBLE, '?');
  return safe.length > LONGEST ? `${safe.slice(0, LONGEST).replace(HALF, '')}…` : safe;
}

/** The type of a JSON value, as a person calls it. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'object':
      return 'a map';
    case 'string':
      return 'a string';
    case 'boolean':
      return 'a boolean';
    case 'number':
      return 'a number';
    default:
      return typeof value;
  }
}
