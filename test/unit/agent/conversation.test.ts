import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Conversation, type ConversationOptions } from '../../../src/agent/conversation.js';
import type { ProbeListener } from '../../../src/agent/probe-socket.js';
import type { Pair } from '../../../src/pairs/index.js';

const done: string[] = [];
let listener: ProbeListener;

vi.mock('../../../src/agent/probe-socket.js', () => ({
  ProbeSockets: class {
    constructor(given: ProbeListener) {
      listener = given;
    }
    bind(): void {}
    send(bytes: Uint8Array): void {
      done.push(`answer ${bytes[0]}`);
    }
    close(): void {}
  },
}));

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Each message is news of the pair that its first byte names, and is answered. */
function conversation(): Conversation {
  const pairs = new Map<string, Partial<Pair>>();
  for (const peer of ['1', '2', '3']) pairs.set(peer, { peer });
  const options = {
    talks: {
      receive: ([peer = 0]: Uint8Array) => ({
        answer: { bytes: new Uint8Array([peer]), local: '', remote: '' },
        news: { peer: `${peer}`, tunnelID: '', heard: 'probe' },
      }),
      hurry: () => {},
    },
    pairs: {
      values: () => pairs.values(),
      get: (peer: string) => pairs.get(peer),
      set: () => done.push('changed'),
    },
    engine: { confirm: (pair: Pair) => ({ ...pair }) },
    log: () => {},
    now: () => 0,
    saving: () => done.push('saved'),
    changed: () => {},
  };
  return new Conversation(options as unknown as ConversationOptions);
}

const hear = (peer: number): void => listener.message(new Uint8Array([peer]), '', '');

describe('a conversation with the peers', () => {
  beforeEach(() => {
    done.length = 0;
  });

  it('remembers once what several have said in a turn, and before it answers any of them', async () => {
    conversation();
    for (const peer of [1, 2, 3]) hear(peer);
    await turn();
    const changed = ['changed', 'changed', 'changed'];
    expect(done).toEqual([...changed, 'saved', 'answer 1', 'answer 2', 'answer 3']);
    hear(2);
    await turn();
    expect(done.slice(7)).toEqual(['changed', 'saved', 'answer 2']);
  });

  it('remembers nothing of what was said before it was closed: what was known is to be forgotten', async () => {
    const talk = conversation();
    hear(1);
    talk.close();
    await turn();
    expect(done).toEqual(['changed']);
  });
});
