import { processIo } from './io.js';
import { programOf, runProgram } from './program.js';

const [, script = '', ...args] = process.argv;

void runProgram(programOf(script), args, processIo).then((code) => {
  // All output is written by now; nothing is left to wait for but the engine's own background tasks.
  process.exit(code);
});
