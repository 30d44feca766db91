const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** An amount of data for people, such as `1.5 KiB` (IEC 80000-13). */
export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  let text = '';
  let rest = bytes;
  for (const unit of UNITS) {
    rest /= 1024;
    text = `${rest.toFixed(1)} ${unit}`;
    // By what is printed: 1023.96 would read as 1024.0.
    if (Number(rest.toFixed(1)) < 1024) break;
  }
  return text;
}
