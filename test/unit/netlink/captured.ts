import { readFileSync } from 'node:fs';
import { type NetlinkMessage, parseMessages } from '../../../src/netlink/wire/message.js';

/** What one command of iproute2, nft or wg said to the kernel, and the kernel to it. */
export interface Exchange {
  readonly command: string;
  readonly sent: readonly NetlinkMessage[];
  readonly received: readonly NetlinkMessage[];
}

type File = 'xfrm' | 'route' | 'change' | 'rules' | 'nftables' | 'wireguard';

/** The exchanges in a file that `fixtures/capture` wrote whose commands start so and have all words. */
export function exchanges(file: File, start: string, ...words: string[]): Exchange[] {
  const text = readFileSync(new URL(`./fixtures/${file}.txt`, import.meta.url), 'utf8');
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => parseExchange(part, file))
    .filter(({ command }) => command.startsWith(start))
    .filter(({ command }) => words.every((word) => command.includes(word)));
}

/** The only one of {@link exchanges}; when several start so, the one that is that and no more. */
export function exchange(file: File, start: string, ...words: string[]): Exchange {
  const found = exchanges(file, start, ...words);
  const [only] = found.length > 1 ? found.filter(({ command }) => command === start) : found;
  if (only === undefined) throw new Error(`${found.length} of: ${start}`);
  return only;
}

/** The first message of a type among those given. */
export function messageOf(messages: readonly NetlinkMessage[], type: number): NetlinkMessage {
  const found = messages.find((message) => message.type === type);
  if (found === undefined) throw new Error(`no message of type ${type}`);
  return found;
}

function parseExchange(text: string, file: File): Exchange {
  const [command = '', ...lines] = text.split('\n');
  const datagrams = (way: string): Buffer[] =>
    lines.filter((line) => line.startsWith(way)).map((line) => Buffer.from(line.slice(2), 'hex'));
  return {
    command,
    // iproute2 and wg send one message at a time, and some zeros that happen to stand behind it.
    sent: datagrams('> ').flatMap((bytes) =>
      parseMessages(file === 'nftables' ? bytes : bytes.subarray(0, bytes.readUInt32LE())),
    ),
    received: datagrams('< ').flatMap(parseMessages),
  };
}
