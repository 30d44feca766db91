import { NetlinkError, NetlinkOverrunError, NetlinkSocketError, type Refusal } from '../errors.js';
import {
  CONTROL,
  FLAG,
  messageSize,
  type NetlinkMessage,
  type NetlinkRequest,
  packMessages,
  parseMessages,
} from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { parseDone, parseErrorReply } from '../wire/reply.js';
import type { NetlinkTransaction } from '../wire/transaction.js';
import type { Transport } from './transport.js';

/** As many as were measured to be worth it; their refusals fit any receive buffer. */
const BATCH_MESSAGES = 64;
/** Well below the default send buffer (net.core.wmem_default, 208 KiB), which a send must fit. */
const BATCH_BYTES = 64 * 1024;
/** A state that changes during every one of so many dumps is not going to settle. */
const DUMP_ATTEMPTS = 10;

/**
 * Requests and their answers on one socket. Operations wait for each other, as answers would mix.
 * The kernel handles a request before `send` returns, so answers are read without waiting; between
 * batches and parts of a dump the event loop gets its turn.
 */
export class NetlinkSocket {
  readonly #transport: Transport;
  #sequence = 1;
  #last: Promise<unknown> = Promise.resolve();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The kernel's number of this socket: events that it caused carry it. */
  get portId(): number {
    return this.#transport.portId;
  }

  /**
   * Sends changes (no queries) in their order, in batches; one that is refused does not keep back the others.
   *
   * @returns for each request, in their order, undefined when done or why it was refused
   * @throws NetlinkOverrunError, NetlinkSocketError, NetlinkParseError: any of the requests may have
   *   been done
   */
  request(requests: readonly NetlinkRequest[]): Promise<(NetlinkError | undefined)[]> {
    return this.#alone(async () => {
      const outcomes: (NetlinkError | undefined)[] = [];
      for (const batch of batches(requests)) {
        const before = outcomes.length;
        for (const [index, refusal] of this.#requestBatch(batch).entries()) {
          outcomes.push(refusal && new NetlinkError(refusal, before + index));
        }
        await turn();
      }
      return outcomes;
    });
  }

  /**
   * Has all changes done, or none.
   *
   * @throws NetlinkError of the first change that was refused (its place among the changes), or of the
   *   whole (place 0), such as EPERM; NetlinkOverrunError, NetlinkSocketError, NetlinkParseError: the
   *   changes may have been done
   */
  transact(transaction: NetlinkTransaction): Promise<void> {
    return this.#alone(async () => this.#transactOnce(transaction));
  }

  /**
   * Asks for one object.
   *
   * @throws NetlinkError such as ENOENT, NetlinkOverrunError, NetlinkSocketError, NetlinkParseError
   */
  get<T>(query: NetlinkQuery<T>): Promise<T> {
    return this.#alone(async () => {
      const sequence = this.#send([query]);
      for (;;) {
        for (const message of this.#receive()) {
          if (message.sequence !== sequence) continue;
          const refusal = message.type === CONTROL.error ? parseErrorReply(message) : undefined;
          if (refusal !== undefined) throw new NetlinkError(refusal);
          const answer = query.parse(message);
          if (answer !== undefined) return answer;
        }
      }
    });
  }

  /**
   * Asks for all objects; anew when they changed meanwhile in a way that the kernel reports.
   *
   * @throws NetlinkError, NetlinkOverrunError, NetlinkParseError, or NetlinkSocketError (EINTR when
   *   no attempt was left alone)
   */
  dump<T>(query: NetlinkQuery<T>): Promise<T[]> {
    return this.#alone(async () => {
      for (let attempt = 0; attempt < DUMP_ATTEMPTS; attempt += 1) {
        const found = await this.#dumpOnce(query);
        if (found !== undefined) return found;
      }
      throw new NetlinkSocketError('dump', 'EINTR');
    });
  }

  /** Closes the socket at once; operations that are under way fail. */
  close(): void {
    this.#transport.close();
  }

  /**
   * The kernel handles the messages of a datagram one after another and reports each that it refuses,
   * asked or not. So the acknowledgement of the last one says that those before it, where nothing
   * came, were done; a report that finds no room is an overrun. Half the time of one for each.
   */
  #requestBatch(batch: readonly NetlinkRequest[]): (Refusal | undefined)[] {
    const last = batch.length - 1;
    const first = this.#send(
      batch.map(({ type, flags, body }, index) => ({
        type,
        flags: index === last ? flags | FLAG.ack : flags & ~FLAG.ack,
        body,
      })),
    );
    const outcomes = new Array<Refusal | undefined>(batch.length).fill(undefined);
    for (;;) {
      for (const message of this.#receive()) {
        const index = (message.sequence - first) >>> 0;
        // Others answer an operation that was given up.
        if (index > last || message.type !== CONTROL.error) continue;
        outcomes[index] = parseErrorReply(message);
        if (index === last) return outcomes;
      }
    }
  }

  /**
   * All answers are there when `send` returns: refusals of single changes, one of the first message
   * for the whole, and the acknowledgement. That alone says nothing: the kernel also acknowledges a
   * change that it takes back as another is refused. Not asked of the last message, which not all
   * kernels acknowledge (net/netfilter/nfnetlink.c).
   */
  #transactOnce({ begin, changes, end }: NetlinkTransaction): void {
    const last = changes.length;
    const first = this.#send([
      begin,
      ...changes.map((one, index) => ({
        ...one,
        flags: index === last - 1 ? one.flags | FLAG.ack : one.flags & ~FLAG.ack,
      })),
      end,
    ]);
    let isAcknowledged = false;
    for (;;) {
      const datagram = this.#transport.receive();
      if (datagram === undefined) break;
      for (const message of parseMessages(datagram)) {
        const place = (message.sequence - first) >>> 0;
        if (place > last + 1 || message.type !== CONTROL.error) continue;
        const refusal = parseErrorReply(message);
        if (refusal !== undefined) throw new NetlinkError(refusal, Math.max(0, place - 1));
        isAcknowledged ||= place === last;
      }
    }
    if (!isAcknowledged) throw new NetlinkSocketError('recv', 'ENOREPLY');
  }

  /** Undefined when it was interrupted. */
  async #dumpOnce<T>(query: NetlinkQuery<T>): Promise<T[] | undefined> {
    const found: T[] = [];
    const sequence = this.#send([query]);
    let interrupted = false;
    for (;;) {
      for (const message of this.#receive()) {
        if (message.sequence !== sequence) continue;
        interrupted ||= (message.flags & FLAG.dumpInterrupted) !== 0;
        if (message.type === CONTROL.error || message.type === CONTROL.done) {
          const parse = message.type === CONTROL.error ? parseErrorReply : parseDone;
          const refusal = parse(message);
          if (refusal !== undefined) throw new NetlinkError(refusal);
          return interrupted ? undefined : found;
        }
        const one = query.parse(message);
        if (one !== undefined) found.push(one);
      }
      await turn();
    }
  }

  /** Returns the sequence number of the first. */
  #send(requests: readonly NetlinkRequest[]): number {
    const first = this.#sequence;
    this.#sequence = (first + requests.length) >>> 0;
    this.#transport.send(packMessages(requests, first, this.portId));
    return first;
  }

  /** The messages of the next datagram. */
  #receive(): NetlinkMessage[] {
    const datagram = this.#transport.receive();
    if (datagram === undefined) throw new NetlinkSocketError('recv', 'ENOREPLY');
    return parseMessages(datagram);
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      try {
        return await work();
      } catch (error) {
        this.#drain();
        throw error;
      }
    });
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** Throws away what a failed operation left: the kernel refuses a dump (EBUSY) until one is read. */
  #drain(): void {
    for (;;) {
      try {
        if (this.#transport.receive() === undefined) return;
      } catch (error) {
        if (!(error instanceof NetlinkOverrunError)) return;
      }
    }
  }
}

function* batches(requests: readonly NetlinkRequest[]): Generator<NetlinkRequest[]> {
  let batch: NetlinkRequest[] = [];
  let bytes = 0;
  for (const request of requests) {
    const size = messageSize(request);
    if (batch.length === BATCH_MESSAGES || (batch.length > 0 && bytes + size > BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(request);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** Lets the event loop get to timers and other sockets. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
