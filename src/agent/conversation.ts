import type { Engine } from '../engine/index.js';
import { diagnostic } from '../errors/index.js';
import type { Log } from './log.js';
import type { PairTable } from './pair-table.js';
import { ProbeSockets } from './probe-socket.js';
import type { Problems } from './problems.js';
import type { Answer, Talks } from './talks.js';

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
  /** What was heard since the last turn: a large cluster's agents all talk at once. */
  #unsaved = false;
  #answers: Answer[] = [];
  #flush: NodeJS.Immediate | undefined;

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
    clearImmediate(this.#flush);
    this.#flush = undefined;
    this.#unsaved = false;
    this.#answers = [];
    this.#sockets.close();
  }

  #received(bytes: Uint8Array, local: string, remote: string): void {
    const { talks, pairs, engine, log, now, changed } = this.#options;
    const { answer, news, asked } = talks.receive(bytes, local, remote, pairs.values());
    if (asked !== undefined) pairs.disturb(asked);
    const pair = news && pairs.get(news.peer);
    const next = news && pair && engine.confirm(pair, news.tunnelID, news.heard);
    if (next !== undefined && next !== pair) {
      pairs.set(next);
      this.#unsaved = true;
    }
    if (answer !== undefined) this.#answers.push(answer);
    if (answer !== undefined || this.#unsaved) this.#flush ??= setImmediate(() => this.#answer());
    if (news === undefined || next === pair) return;
    if (news.heard === 'sending') pairs.heard(news.peer, now());
    talks.hurry(news.peer);
    log('info', `heard: ${news.heard}`, { peer: news.peer });
    changed();
  }

  /** What was answered is not said again: it must be remembered before. */
  #answer(): void {
    this.#flush = undefined;
    if (this.#unsaved) this.#options.saving();
    this.#unsaved = false;
    const answers = this.#answers;
    this.#answers = [];
    for (const { bytes, local, remote } of answers) this.#sockets.send(bytes, local, remote);
  }
}
