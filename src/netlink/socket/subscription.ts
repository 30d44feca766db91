import { NetlinkOverrunError, NetlinkParseError } from '../errors.js';
import { type NetlinkMessage, parseMessages } from '../wire/message.js';
import { loadKoffi, type PollHandle } from './koffi.js';
import { openTransport, type Protocol } from './libc.js';
import type { Transport } from './transport.js';

/** What can be subscribed to: `XFRM_EVENTS`, `ROUTE_EVENTS` and `EXEMPTION_EVENTS`. */
export interface EventSource<Event> {
  readonly protocol: Protocol;
  readonly groups: readonly number[];
  /** Reads one message; undefined for one that is no event. @throws NetlinkParseError */
  readonly parse: (message: NetlinkMessage) => Event | undefined;
}

/** Who is told. Called from the event loop, in the order of the kernel. */
export interface Listener<Event> {
  /** @param portId of the socket whose request caused it; 0 for the kernel itself */
  event(event: Event, portId: number): void;
  /**
   * Events were lost: NetlinkOverrunError when the buffer was full, NetlinkParseError when one could
   * not be read. The state must be dumped anew; the subscription goes on.
   */
  lost(reason: Error): void;
  /** The socket is of no use any more and was closed: subscribe anew, then dump. */
  broken(reason: Error): void;
}

export interface SubscribeOptions {
  /** Of the receive buffer, in bytes; 4 MiB unless given. */
  readonly receiveBuffer?: number;
  /**
   * The port of a socket whose own changes are not reported: reading thousands of events that tell
   * nothing new costs more than making the changes.
   */
  readonly exceptOf?: number;
}

export interface Subscription {
  /** No call to the listener follows. Until then the subscription keeps the process running. */
  close(): void;
}

/** Of one look at the socket, so that a flood of events does not keep the event loop. */
const DATAGRAMS_A_TURN = 64;
const XFRMNLGRP_ACQUIRE = 1;

/** As koffi stops to watch when its handle is collected as garbage. */
const watched = new Set<PollHandle>();

/**
 * Subscribes to events of the network namespace of this thread. Events from the moment that the
 * promise is fulfilled are delivered: subscribe first, then dump.
 *
 * @throws NetlinkSocketError when the socket cannot be made, such as EPERM without CAP_NET_ADMIN
 */
export async function subscribe<Event>(
  source: EventSource<Event>,
  listener: Listener<Event>,
  { receiveBuffer = 4 * 1024 * 1024, exceptOf }: SubscribeOptions = {},
): Promise<Subscription> {
  if (source.protocol === 'xfrm' && source.groups.includes(XFRMNLGRP_ACQUIRE)) {
    throw new RangeError('a listener to XFRMNLGRP_ACQUIRE makes the kernel add larval SAs');
  }
  const koffi = await loadKoffi();
  const transport = await openTransport(source.protocol, { receiveBuffer, groups: source.groups });
  let open = true;
  let scheduled = false;
  const close = (): void => {
    if (!open) return;
    open = false;
    // Before its descriptor, whose number may be another file's as soon as it is closed.
    handle.close();
    watched.delete(handle);
    transport.close();
  };
  const fail = (reason: Error): void => {
    close();
    listener.broken(reason);
  };
  const look = (): void => {
    for (let count = 0; open && count < DATAGRAMS_A_TURN; count += 1) {
      const found = receive(transport, source.parse, exceptOf);
      if (found.kind === 'nothing') return;
      if (found.kind === 'broken') fail(found.reason);
      else if (found.kind === 'lost') listener.lost(found.reason);
      else {
        for (const { event, portId } of found.events) if (open) listener.event(event, portId);
      }
    }
  };
  const wake = (status: number): void => {
    if (!open || scheduled) return;
    scheduled = true;
    // Not from here: Node settles no promises behind this callback, and throws no errors of it.
    setImmediate(() => {
      scheduled = false;
      look();
      // libuv stops to watch a socket with an error, such as that of a full buffer. Reading the
      // socket has cleared it; of a lasting one `receive` has told.
      if (status < 0 && open) handle.start({ readable: true }, wake);
    });
  };
  const handle = koffi.node.poll(transport.fd, { readable: true }, wake);
  watched.add(handle);
  return { close };
}

type Received<Event> =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'lost'; readonly reason: Error }
  | { readonly kind: 'broken'; readonly reason: Error }
  | { readonly kind: 'events'; readonly events: readonly Caused<Event>[] };

interface Caused<Event> {
  readonly event: Event;
  readonly portId: number;
}

function receive<Event>(
  transport: Transport,
  parse: EventSource<Event>['parse'],
  exceptOf: number | undefined,
): Received<Event> {
  try {
    const datagram = transport.receive();
    if (datagram === undefined) return { kind: 'nothing' };
    const events = parseMessages(datagram).flatMap((message): Caused<Event>[] => {
      const event = message.portId === exceptOf ? undefined : parse(message);
      return event === undefined ? [] : [{ event, portId: message.portId }];
    });
    return { kind: 'events', events };
  } catch (error) {
    const isLoss = error instanceof NetlinkOverrunError || error instanceof NetlinkParseError;
    const reason = error instanceof Error ? error : new Error(String(error));
    return isLoss ? { kind: 'lost', reason } : { kind: 'broken', reason };
  }
}
