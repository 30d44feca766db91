import { enable } from './enable.js';
import { rotate } from './rotate.js';
import { stage } from './stage.js';

const SHOWS = {
  enable: { says: 'a message between two pods as the wire shows it, before and after', of: enable },
  rotate: { says: 'another key under load, and what is lost meanwhile: nothing', of: rotate },
};

/** Shows what Podcloak does. @returns the exit code: 1 where it cannot run here, 2 where it is not known */
export async function demo([name = 'enable', ...rest]: readonly string[]): Promise<number> {
  const show = Object.entries(SHOWS).find(([one]) => one === name)?.[1];
  if (show !== undefined && rest.length === 0) return await stage(show.of());
  const lines = Object.entries(SHOWS).map(([one, { says }]) => `  ${one.padEnd(8)}${says}\n`);
  const asked = name === '--help' || name === '-h';
  const out = asked ? process.stdout : process.stderr;
  out.write(`npm run demo -- [NAME]\n\n${lines.join('')}`);
  return asked ? 0 : 2;
}
