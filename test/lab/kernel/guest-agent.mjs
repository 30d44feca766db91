// Runs in the guest as its first process: starts programs for the host and sends back what they print.
// One JSON object a line, both ways, over a virtio serial port.
import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream, openSync, readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const port = readdirSync('/sys/class/virtio-ports').find(
  (name) => readFileSync(`/sys/class/virtio-ports/${name}/name`, 'utf8').trim() === 'podcloak',
);
// The kernel lets a port be opened once. Reading blocks one of libuv's threads, which is fine here.
const fd = openSync(`/dev/${port}`, 'r+');
const out = createWriteStream('', { fd });
const send = (message) => out.write(`${JSON.stringify(message)}\n`);
const running = new Map();

function start({ id, program, args, input, cwd, env }) {
  // A group of its own, so that a signal reaches all that it started.
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, detached: true });
  running.set(id, child);
  for (const stream of ['stdout', 'stderr']) {
    child[stream].setEncoding('utf8').on('data', (text) => send({ id, stream, text }));
  }
  child.on('error', (error) => {
    running.delete(id);
    send({ id, code: -1, error: error.message });
  });
  child.on('close', (code, signal) => {
    if (running.delete(id)) send({ id, code: code ?? -1, signal });
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
}

createInterface({ input: createReadStream('', { fd }) }).on('line', (line) => {
  const message = JSON.parse(line);
  if (message.program !== undefined) start(message);
  else if (message.signal !== undefined) {
    const child = running.get(message.id);
    try {
      if (child !== undefined) process.kill(-child.pid, message.signal);
    } catch {
      // It ended just now: its own message is on the way.
    }
  }
});
process.on('uncaughtException', (error) => {
  console.error(error);
  send({ fault: String(error) });
});
send({ ready: true });
