/** A place in a text; both numbers count from 1, columns in UTF-16 code units as in editors. */
export interface LinePlace {
  readonly line: number;
  readonly column: number;
}

/**
 * Where the 0-based offsets of a text are. (The `LineCounter` of yaml misses the line ends that its
 * parser skips after a mistake, which is where places are needed.)
 */
export function lineIndex(text: string): (offset: number) => LinePlace {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
    starts.push(end + 1);
  }
  return (offset) => {
    const inside = Math.min(Math.max(offset, 0), text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: inside - (starts[low] ?? 0) + 1 };
  };
}
