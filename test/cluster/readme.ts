import { readFileSync } from 'node:fs';

const README = new URL('../../README.md', import.meta.url);

/**
 * The block of the README that a user copies.
 * @param language of its fence
 * @param telling a text that only this block has, or matches
 * @throws Error when there is no such block, or more than one
 */
export function readmeBlock(language: string, telling: string | RegExp): string {
  const text = readFileSync(README, 'utf8');
  const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, fence, block]) => fence === language && matches(block ?? '', telling))
    .map(([, , block = '']) => block);
  const [block] = blocks;
  if (block === undefined || blocks.length > 1) {
    throw new Error(`README.md: ${blocks.length} blocks of ${language} with ${telling}, not one`);
  }
  return block;
}

function matches(block: string, telling: string | RegExp): boolean {
  return typeof telling === 'string' ? block.includes(telling) : telling.test(block);
}
