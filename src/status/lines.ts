/** As wide as Cilium pads what it prints. */
export const WIDTH = 26;

/** A title and what belongs to it; nothing where there is nothing to list. */
export function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [title, ...items.map((item) => `\t${plain(item)}`)];
}

/** On one line and without what a terminal might obey: names and reasons come from other machines. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
