import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const PAGES = [
  'CONTRIBUTING.md',
  'README.md',
  'SECURITY.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

/** A heading's anchor, as GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function anchorsOf(page: string): Set<string> {
  const text = readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  return new Set([
    ...[...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading)),
    ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id),
  ]);
}

describe('the documents', () => {
  it.each(PAGES)('have no link that leads nowhere: %s', (page) => {
    const text = readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```/gm, '');
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [path = '', anchor] = target.split('#');
      const found = path === '' ? page : join(dirname(page), path);
      // Reading fails, and says which, where there is no such file.
      if (anchor !== undefined) expect(anchorsOf(found), target).toContain(anchor);
      else if (found.endsWith('.md')) readFileSync(found);
    }
  });

  it('are all in the list of docs/architecture.md', () => {
    const list = readFileSync('docs/architecture.md', 'utf8');
    for (const page of PAGES.filter((name) => name.startsWith('docs/'))) {
      const name = page.slice('docs/'.length);
      if (name !== 'architecture.md') expect(list).toContain(`(${name})`);
    }
  });
});
