// Loaded into each of the processes that are measured: says on SIGUSR2 what V8 and Node hold.
'use strict';
process.on('SIGUSR2', () => {
  const { rss, heapTotal, heapUsed, external, arrayBuffers } = process.memoryUsage();
  process.stderr.write(
    `memory ${JSON.stringify({ rss, heapTotal, heapUsed, external, arrayBuffers })}\n`,
  );
});
// From now on the signal is a question: before, it would end the process.
process.stderr.write('may be asked for its memory\n');
