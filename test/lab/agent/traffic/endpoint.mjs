// Runs in the guest, one in a namespace: all ends of numbered UDP and TCP flows that are there.
//
// Its argument says which, as JSON: { send: [{ flow, protocol, address, port, interval, size }],
// receive: [{ flow, protocol, address, port }] }. It prints `ready`; SIGUSR2 starts the senders, SIGINT
// stops them (`stopped`), SIGHUP prints a report, SIGTERM a last one when nothing came for a moment.
import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';

const { send, receive } = JSON.parse(process.argv[2]);
/** How long a connection is awaited, and how long nothing must come before the end; milliseconds. */
const RETRY = 300;
const QUIET = 400;
const say = (line) => process.stdout.write(`${line}\n`);
const marker = (flow, sequence) => `PODCLOAK-F${flow}-${sequence}.`;

const senders = send.map((spec) => ({ ...spec, sent: 0, errors: {}, connections: 0 }));
const receivers = receive.map((spec) => ({ ...spec, seen: new Map(), repeats: 0 }));
let lastArrival = 0;

function count(flow, code = 'unknown') {
  flow.errors[code] = (flow.errors[code] ?? 0) + 1;
}

function payload(flow) {
  flow.sent += 1;
  return Buffer.from(`${marker(flow.flow, flow.sent).padEnd(flow.size - 1, '.')}\n`);
}

function startUdp(flow) {
  const socket = createSocket(flow.address.includes(':') ? 'udp6' : 'udp4');
  socket.on('error', ({ code }) => count(flow, code));
  return () => {
    socket.send(payload(flow), flow.port, flow.address, (error) => {
      if (error) count(flow, error.code);
    });
  };
}

/** One connection; another when it breaks. What a broken one had not delivered is lost. */
function startTcp(flow) {
  let socket;
  const open = () => {
    socket = connect({ host: flow.address, port: flow.port, noDelay: true });
    socket.on('connect', () => {
      flow.connections += 1;
    });
    socket.on('error', ({ code }) => count(flow, code));
    socket.on('close', () => setTimeout(open, RETRY).unref());
  };
  open();
  return () => {
    const bytes = payload(flow);
    if (!socket.destroyed) socket.write(bytes);
  };
}

function arrived(flow, sequence) {
  lastArrival = Date.now();
  if (flow.seen.has(sequence)) flow.repeats += 1;
  flow.seen.set(sequence, true);
}

function takeAll(flow, text) {
  for (const [, number, sequence] of text.matchAll(/PODCLOAK-F(\d+)-(\d+)\./g)) {
    if (Number(number) === flow.flow) arrived(flow, Number(sequence));
  }
}

function listenUdp(flow) {
  const socket = createSocket(flow.address.includes(':') ? 'udp6' : 'udp4');
  socket.on('message', (message) => takeAll(flow, message.toString('latin1')));
  return new Promise((resolve) => socket.bind(flow.port, flow.address, resolve));
}

function listenTcp(flow) {
  const server = createServer((socket) => {
    let rest = '';
    socket.setEncoding('latin1').on('data', (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      for (const line of lines) takeAll(flow, line);
    });
    socket.on('error', () => {});
  });
  return new Promise((resolve) => server.listen(flow.port, flow.address, resolve));
}

/** Runs of consecutive numbers, to keep a report short: [first, last] each. */
function ranges(numbers) {
  const found = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else found.push([number, number]);
  }
  return found;
}

let reports = 0;
function report() {
  reports += 1;
  const sent = senders.map(({ flow, sent: number, errors, connections }) => {
    return { flow, sent: number, errors, connections };
  });
  const received = receivers.map(({ flow, seen, repeats }) => {
    return { flow, received: ranges(seen.keys()), repeats };
  });
  say(`report ${reports} ${JSON.stringify({ sent, received })}`);
}

const timers = [];
process.on('SIGUSR2', () => {
  for (const flow of senders) {
    const step = flow.protocol === 'udp' ? startUdp(flow) : startTcp(flow);
    timers.push(setInterval(step, flow.interval));
  }
  say('started');
});
process.on('SIGINT', () => {
  for (const timer of timers) clearInterval(timer);
  say('stopped');
});
process.on('SIGHUP', report);
process.on('SIGTERM', () => {
  lastArrival = Date.now();
  setInterval(() => {
    if (Date.now() - lastArrival < QUIET) return;
    report();
    process.exit(0);
  }, 50);
});
await Promise.all(
  receivers.map((flow) => (flow.protocol === 'udp' ? listenUdp(flow) : listenTcp(flow))),
);
// Signals alone do not keep a process alive.
setInterval(() => {}, 60_000);
say('ready');
