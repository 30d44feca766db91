// `npm run demo`: two nodes in a kernel of their own, and a message between their pods as the wire shows it,
// before and after encryption is enabled; `npm run demo -- rotate`: another key under load. Needs what the
// kernel lab needs, and says so where that is missing.
import { runTypeScript } from './run-typescript.mjs';

await import('./build.mjs');
const { demo } = await runTypeScript('scripts/demo/demo.ts');
process.exitCode = await demo(process.argv.slice(2));
