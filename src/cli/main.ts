import { processIo } from './io.js';
import { runProgram } from './program.js';

void runProgram(process.argv.slice(2), processIo).then((code) => {
  // All output is written by now; nothing is left to wait for but the engine's own background tasks.
  process.exit(code);
});
