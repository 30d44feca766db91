import { describe, expect, it } from 'vitest';
import {
  NetlinkError,
  NetlinkOverrunError,
  NetlinkParseError,
  type NetlinkQuery,
  type NetlinkRequest,
  NetlinkSocketError,
} from '../../../src/netlink/index.js';
import { NetlinkSocket } from '../../../src/netlink/socket/conversation.js';
import type { Transport } from '../../../src/netlink/socket/transport.js';
import {
  FLAG,
  type NetlinkMessage,
  packMessages,
  parseMessages,
} from '../../../src/netlink/wire/message.js';

/** What a kernel says to one message; an error is thrown in its place. */
type Reply = { readonly type: number; readonly flags?: number; readonly body: Uint8Array } | Error;

const CHANGE: NetlinkRequest = { type: 0x10, flags: 0x5, body: new Uint8Array(4) };
const QUERY: NetlinkQuery<number> = {
  type: 0x12,
  flags: 0x301,
  body: new Uint8Array(0),
  parse: ({ body }) => {
    if (body[0] === 0xee) throw new NetlinkParseError('bad');
    return body[0];
  },
};
const ack = (errno = 0): Reply => {
  const body = new Uint8Array(20);
  new DataView(body.buffer).setInt32(0, -errno, true);
  return { type: 2, flags: FLAG.capped, body };
};
const one = (value: number, flags = FLAG.multi as number): Reply => ({
  type: 0x10,
  flags,
  body: Uint8Array.of(value, 0, 0, 0),
});
const DONE: Reply = { type: 3, flags: FLAG.multi, body: new Uint8Array(4) };

describe('requests', () => {
  it('are sent 64 at a time, in their order, and each has its own outcome', async () => {
    let count = 0;
    const kernel = fakeKernel(() => {
      count += 1;
      return [ack(count === 3 || count === 100 ? 17 : 0)];
    });
    const outcomes = await new NetlinkSocket(kernel).request(Array(130).fill(CHANGE));
    expect(kernel.sizes).toEqual([64, 64, 2]);
    expect(outcomes).toHaveLength(130);
    const refused = outcomes.filter((outcome) => outcome !== undefined);
    expect(refused.map(({ index, code }) => [index, code])).toEqual([
      [2, 'EEXIST'],
      [99, 'EEXIST'],
    ]);
    expect(refused[0]).toBeInstanceOf(NetlinkError);
  });

  it('are sent fewer at a time when they are long', async () => {
    const kernel = fakeKernel(() => [ack()]);
    const long = { ...CHANGE, body: new Uint8Array(30_000) };
    await new NetlinkSocket(kernel).request([long, long, long, CHANGE]);
    expect(kernel.sizes).toEqual([2, 2]);
  });

  it('send nothing when there are none', async () => {
    const kernel = fakeKernel(() => []);
    expect(await new NetlinkSocket(kernel).request([])).toEqual([]);
    expect(kernel.sizes).toEqual([]);
  });

  it('fail when an acknowledgement is missing, and leave nothing for the next', async () => {
    const answers = [[ack(17)], [], [ack(2)]];
    const socket = new NetlinkSocket(fakeKernel(() => answers.shift() ?? []));
    const failed = socket.request([CHANGE, CHANGE]);
    await expect(failed).rejects.toEqual(new NetlinkSocketError('recv', 'ENOREPLY'));
    expect((await socket.request([CHANGE]))[0]?.code).toBe('ENOENT');
  });

  it('fail when the kernel dropped answers', async () => {
    const answers: Reply[][] = [[new NetlinkOverrunError(), ack()], [ack()]];
    const socket = new NetlinkSocket(fakeKernel(() => answers.shift() ?? []));
    await expect(socket.request([CHANGE])).rejects.toBeInstanceOf(NetlinkOverrunError);
    expect(await socket.request([CHANGE])).toEqual([undefined]);
  });

  it('made at once wait for each other', async () => {
    const kernel = fakeKernel(({ type }) => (type === CHANGE.type ? [ack()] : [one(7), DONE]));
    const socket = new NetlinkSocket(kernel);
    const all = [socket.request([CHANGE]), socket.dump(QUERY), socket.request([CHANGE, CHANGE])];
    expect(await Promise.all(all)).toEqual([[undefined], [7], [undefined, undefined]]);
  });
});

describe('a transaction', () => {
  const around = (type: number): NetlinkRequest => ({ type, flags: 0x1, body: new Uint8Array(4) });
  const transaction = (changes: number) => ({
    begin: around(0x20),
    changes: Array<NetlinkRequest>(changes).fill({ ...CHANGE, flags: 0x1 }),
    end: around(0x21),
  });

  it('is one datagram, and done when its last change is acknowledged', async () => {
    const asked: boolean[] = [];
    const kernel = fakeKernel(({ flags }) => {
      asked.push((flags & FLAG.ack) !== 0);
      return [ack()];
    });
    await new NetlinkSocket(kernel).transact(transaction(100));
    expect(kernel.sizes).toEqual([102]);
    expect(asked.lastIndexOf(true)).toBe(100);
    expect(asked.filter((one) => one)).toHaveLength(1);
  });

  it('fails with the first change that was refused, though the last is acknowledged', async () => {
    let count = 0;
    const kernel = fakeKernel(() => {
      count += 1;
      return [ack([2, 17][count - 3])];
    });
    const failed = new NetlinkSocket(kernel).transact(transaction(4));
    await expect(failed).rejects.toMatchObject({ code: 'ENOENT', index: 1 });
    expect(kernel.waiting()).toBe(0);
  });

  it('fails as a whole when its first message is refused', async () => {
    const kernel = fakeKernel(({ type }) => [type === 0x20 ? ack(1) : ack()]);
    const failed = new NetlinkSocket(kernel).transact(transaction(3));
    await expect(failed).rejects.toMatchObject({ code: 'EPERM', index: 0 });
  });

  it('fails when nothing says that it was done', async () => {
    const socket = new NetlinkSocket(fakeKernel(() => []));
    const missing = new NetlinkSocketError('recv', 'ENOREPLY');
    await expect(socket.transact(transaction(2))).rejects.toEqual(missing);
  });
});

describe('a dump', () => {
  it('is read to its end, over several datagrams', async () => {
    const socket = new NetlinkSocket(fakeKernel(() => [one(1), one(2), one(3), DONE]));
    expect(await socket.dump(QUERY)).toEqual([1, 2, 3]);
  });

  it('starts anew when it was interrupted', async () => {
    const answers = [
      [one(1), one(2, FLAG.multi | FLAG.dumpInterrupted), DONE],
      [one(1), one(3), { ...DONE, flags: FLAG.dumpInterrupted }],
      [one(1), one(4), DONE],
    ];
    const socket = new NetlinkSocket(fakeKernel(() => answers.shift() ?? []));
    expect(await socket.dump(QUERY)).toEqual([1, 4]);
  });

  it('is given up when it is interrupted every time', async () => {
    const kernel = fakeKernel(() => [{ ...DONE, flags: FLAG.dumpInterrupted }]);
    const dump = new NetlinkSocket(kernel).dump(QUERY);
    await expect(dump).rejects.toEqual(new NetlinkSocketError('dump', 'EINTR'));
    expect(kernel.sizes).toHaveLength(10);
  });

  it('fails as the kernel does, at its start or at its end', async () => {
    const body = new Uint8Array(4);
    new DataView(body.buffer).setInt32(0, -12, true);
    const answers = [[ack(1)], [one(1), { type: 3, body }]];
    const socket = new NetlinkSocket(fakeKernel(() => answers.shift() ?? []));
    await expect(socket.dump(QUERY)).rejects.toMatchObject({ code: 'EPERM' });
    await expect(socket.dump(QUERY)).rejects.toMatchObject({ code: 'ENOMEM' });
  });

  it('that cannot be read is read away, as the kernel allows no other before', async () => {
    const answers = [
      [one(1), one(0xee), one(2), DONE],
      [one(5), DONE],
    ];
    const kernel = fakeKernel(() => answers.shift() ?? []);
    const socket = new NetlinkSocket(kernel);
    await expect(socket.dump(QUERY)).rejects.toThrow('bad');
    expect(kernel.waiting()).toBe(0);
    expect(await socket.dump(QUERY)).toEqual([5]);
  });
});

describe('a question for one object', () => {
  it('has the object for an answer, or the error', async () => {
    const answers = [[one(9, 0)], [ack(3)]];
    const socket = new NetlinkSocket(fakeKernel(() => answers.shift() ?? []));
    expect(await socket.get(QUERY)).toBe(9);
    await expect(socket.get(QUERY)).rejects.toMatchObject({ code: 'ESRCH', index: 0 });
  });
});

/**
 * Answers each message with what it is told to, a datagram a reply; acknowledges, as the kernel does,
 * only where that is asked for.
 */
function fakeKernel(answer: (message: NetlinkMessage) => readonly Reply[]) {
  const queue: (Uint8Array | Error)[] = [];
  const sizes: number[] = [];
  const transport: Transport = {
    portId: 77,
    send(datagram) {
      const messages = parseMessages(datagram);
      sizes.push(messages.length);
      for (const message of messages) {
        for (const reply of answer(message)) {
          if (isAcknowledgement(reply) && !(message.flags & FLAG.ack)) continue;
          if (reply instanceof Error) queue.push(reply);
          else queue.push(packMessages([{ flags: 0, ...reply }], message.sequence, message.portId));
        }
      }
    },
    receive() {
      const next = queue.shift();
      if (next instanceof Error) throw next;
      return next;
    },
    close() {},
  };
  return { ...transport, sizes, waiting: () => queue.length };
}

function isAcknowledgement(reply: Reply): boolean {
  if (reply instanceof Error || reply.type !== 2) return false;
  return reply.body.subarray(0, 4).every((byte) => byte === 0);
}
