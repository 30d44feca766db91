import type { Engine } from '../engine/index.js';
import { diagnostic } from '../errors/index.js';
import type { Log } from './log.js';
import type { PairTable } from './pair-table.js';
import { ProbeSockets } from './probe-socket.js';
import type { Problems } from './problems.js';
import type { Talks } from './talks.js';

export interface ConversationOptions {
  readonly talks: Talks;
  readonly pairs: PairTable;
  readonly engine: Pick<Engine, 'confirm'>;
  readonly problems: Problems;
  readonly log: Log;
  /** Milliseconds that never go back. */
  readonly now: () => number;
  /** Remembers the pairs as they are now. */
  readonly saving: () => void;
  /** A pair has changed. */
  readonly changed: () => void;
}

/** The messages with the peers, on the wire. */
export class Conversation {
  readonly #options: ConversationOptions;
  readonly #sockets: ProbeSockets;

  constructor(options: ConversationOptions) {
    this.#options = options;
    const { problems } = options;
    this.#sockets = new ProbeSockets({
      message: (bytes, remote, local) => this.#received(bytes, local, remote),
      bound: (local) => problems.end(`probe socket ${local}`),
      failed: (local, error) => {
        const { code } = error as NodeJS.ErrnoException;
        problems.begin(
          `probe socket ${local}`,
          diagnostic(
            code === 'EADDRINUSE' ? 'PC712' : 'PC717',
            `UDP port 9987 on ${local}: ${code}`,
          ),
        );
      },
    });
  }

  /** Sends what is due. */
  talk(now: number): void {
    const { pairs, talks } = this.#options;
    this.#sockets.bind([...new Set(pairs.tunnels.map(({ local }) => local))]);
    talks.keepOnly(pairs.peers);
    for (const { bytes, tunnel } of talks.due(now)) {
      this.#sockets.send(bytes, tunnel.local, tunnel.remote);
    }
  }

  close(): void {
    this.#sockets.close();
  }

  #received(bytes: Uint8Array, local: string, remote: string): void {
    const { talks, pairs, engine, log, now, saving, changed } = this.#options;
    const { answer, news, asked } = talks.receive(bytes, local, remote, pairs.values());
    if (asked !== undefined) pairs.disturb(asked);
    const pair = news && pairs.get(news.peer);
    const next = news && pair && engine.confirm(pair, news.tunnelID, news.heard);
    if (next !== undefined && next !== pair) {
      pairs.set(next);
      // What was answered is not said again: it must be remembered before.
      saving();
    }
    if (answer !== undefined) this.#sockets.send(answer.bytes, answer.local, answer.remote);
    if (news === undefined || next === pair) return;
    if (news.heard === 'sending') pairs.heard(news.peer, now());
    talks.hurry(news.peer);
    log('info', `heard: ${news.heard}`, { peer: news.peer });
    changed();
  }
}
