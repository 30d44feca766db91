import { unexpected } from './kube-error.js';

const NEWLINE = 0x0a;

/** Far above what etcd stores of one object (1.5 MiB by default). */
const LONGEST = 16 * 1024 * 1024;

/**
 * The lines of a stream, without their newline. What follows the last newline is dropped: it is half an
 * event, of a connection that broke.
 *
 * @throws KubeError PC509 on a line of more than 16 MiB
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let begun: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      // Joined before they are decoded: a character may be split between two chunks.
      const line = Buffer.concat([...begun, chunk.subarray(start, end)]).toString('utf8');
      begun = [];
      length = 0;
      start = end + 1;
      if (line !== '') yield line;
    }
    if (start < chunk.length) begun.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > LONGEST) throw unexpected('a line of more than 16 MiB');
  }
}
