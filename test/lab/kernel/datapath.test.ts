import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { labDescribe } from '../lab-describe.js';
import type { Held, NodeText, WishText } from './fixtures/hold-wish.js';
import { type Guest, guestNeeds, startGuest } from './guest.js';
import { addressesOf, buildTopology, type Topology } from './topology.js';

/** Readable on the wire only where nothing encrypts it. */
const MARKER = '504c41494e54455854'; // PLAINTEXT
const repository = new URL('../../..', import.meta.url).pathname;

const one = addressesOf(1);
const two = addressesOf(2);
const textOf = (number: number, end: 'node' | 'node6'): NodeText => {
  const { node, node6, podCidr, podCidr6 } = addressesOf(number);
  return {
    number,
    podPrefixes: [podCidr, podCidr6],
    addresses: [node, node6],
    end: end === 'node' ? node : node6,
  };
};

/** Each wish starts a Node in the emulated machine. */
vi.setConfig({ testTimeout: 600_000 });

labDescribe('what src/datapath makes of a kernel', guestNeeds, () => {
  let guest: Guest;
  let topology: Topology;
  let program: string;

  beforeAll(async () => {
    const bundle = await build({
      entryPoints: [new URL('fixtures/hold-wish.ts', import.meta.url).pathname],
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      external: ['koffi'],
      write: false,
      logLevel: 'warning',
    });
    program = bundle.outputFiles[0]?.text ?? '';
    guest = await startGuest();
    topology = await buildTopology(guest, 2);
  });
  afterAll(() => guest?.stop());

  /** Brings node `i` to the wish. */
  async function hold(
    i: number,
    wish: Omit<WishText, 'own' | 'peer' | 'nodeEncryption'>,
    { end = 'node', nodeEncryption = false }: Options = {},
  ): Promise<Held> {
    const own = textOf(i, end);
    const peer = textOf(3 - i, end);
    const running = topology.startOnNode(i, process.execPath, ['-'], {
      input: program,
      cwd: repository,
      env: { WISH: JSON.stringify({ ...wish, own, peer, nodeEncryption }) },
    });
    const { code, stdout, stderr } = await running.ended;
    if (code !== 0) throw new Error(`hold-wish ended with code ${code}: ${stderr}`);
    return JSON.parse(stdout) as Held;
  }
  interface Options {
    readonly end?: 'node' | 'node6';
    readonly nodeEncryption?: boolean;
  }
  const settled = { refused: [], again: [], lost: 0, taken: 0 };

  /** How many of three answers came. */
  async function answers(from: number, target: string, inPod = true): Promise<number> {
    const args = ['-c', '3', '-i', '0.2', '-W', '2', '-p', MARKER, target];
    const run = inPod ? topology.inPod : topology.onNode;
    const { stdout } = await run(from, 'ping', args);
    return Number(/(\d+) received/.exec(stdout)?.[1]);
  }

  /** What passed over the wire while something was done. */
  async function during(work: () => Promise<unknown>): Promise<string> {
    const wire = await topology.capture();
    await work();
    return wire.stop();
  }

  for (const end of ['node', 'node6'] as const) {
    describe(`with tunnels between ${end === 'node' ? 'IPv4' : 'IPv6'} addresses`, () => {
      const opened = { tunnels: [1], out: 'plain', in: 'optional', probes: 1 } as const;
      const closed = { ...opened, out: 'protect', sends: 1, in: 'required' } as const;
      afterAll(async () => {
        const gone = { tunnels: [], out: 'plain', in: 'plain', nothing: true } as const;
        expect(await hold(1, gone)).toMatchObject(settled);
        expect(await hold(2, gone)).toMatchObject(settled);
        for (const node of ['n1', 'n2']) {
          expect(await guest.script(`ip -n ${node} xfrm policy; ip -n ${node} xfrm state`)).toBe(
            '',
          );
        }
      });

      it('is what was asked for after one round, and a second one sends nothing', async () => {
        for (const i of [1, 2]) {
          const first = await hold(i, opened, { end });
          expect(first).toMatchObject(settled);
          expect(first.stages).not.toEqual([]);
          expect((await hold(i, opened, { end })).stages).toEqual([]);
        }
      });

      it('takes plaintext and ESP of both families where inbound is optional', async () => {
        expect(await answers(1, two.pod)).toBe(3);
        expect(await answers(1, two.pod6)).toBe(3);
        // One side sends as ESP, the other one in plaintext.
        const half = { ...opened, out: 'protect', sends: 1 } as const;
        expect(await hold(1, half, { end })).toMatchObject(settled);
        const seen = await during(async () => {
          expect(await answers(1, two.pod)).toBe(3);
          expect(await answers(1, two.pod6)).toBe(3);
          expect(await answers(1, two.node)).toBe(3);
        });
        expect(seen).not.toContain(`${one.pod} > ${two.pod}`);
        expect(seen).toContain(`${two.pod} > ${one.pod}`);
      });

      it('shows nothing readable on the wire where both ways are closed', async () => {
        for (const i of [1, 2]) expect(await hold(i, closed, { end })).toMatchObject(settled);
        const seen = await during(async () => {
          for (const target of [two.pod, two.pod6, two.node, two.node6]) {
            expect(await answers(1, target)).toBe(3);
          }
          expect(await answers(2, one.pod, false)).toBe(3);
        });
        expect(seen).toContain('ESP(spi=0x10100001');
        expect(seen).not.toContain('PLAINTEXT');
      });

      it('moves data to another tunnel by policies alone, beside the old one', async () => {
        const both = { ...closed, tunnels: [1, 2], sends: 2, probes: 2 } as const;
        for (const i of [1, 2]) {
          const step = { ...closed, tunnels: [1, 2], probes: 2 } as const;
          expect(await hold(i, step, { end })).toMatchObject(settled);
        }
        const moved = await hold(1, both, { end });
        expect(moved).toMatchObject(settled);
        expect(new Set(moved.stages)).toEqual(new Set(['set outbound policy']));
        const seen = await during(async () => expect(await answers(1, two.pod)).toBe(3));
        expect(seen).toContain('ESP(spi=0x10200001');
        expect(seen).toContain('ESP(spi=0x10100002');
        const dropped = await hold(1, { ...both, tunnels: [2] }, { end });
        expect(dropped.stages).toEqual(['delete SA', 'delete SA']);
        // Its SA is gone: what the peer still sends on the old tunnel does not arrive.
        expect(await answers(1, two.pod)).toBe(0);
        expect(await hold(2, { ...both, tunnels: [2] }, { end })).toMatchObject(settled);
        expect(await answers(1, two.pod)).toBe(3);
      });

      it('refuses plaintext from a peer that leaks it, and lets none out where it blocks', async () => {
        const blocked = { tunnels: [], out: 'block', in: 'required' } as const;
        expect(await hold(1, blocked, { end })).toMatchObject(settled);
        const seen = await during(async () => expect(await answers(1, two.pod)).toBe(0));
        expect(seen).not.toContain('PLAINTEXT');
        const plain = { tunnels: [], out: 'plain', in: 'plain', nothing: true } as const;
        await hold(2, plain);
        expect(await answers(2, one.pod)).toBe(0);
      });
    });
  }

  describe('with encryption between the nodes as well', () => {
    const closed = { tunnels: [3], out: 'protect', sends: 3, probes: 3, in: 'required' } as const;

    it('is stable, and encrypts what goes from node to node', async () => {
      for (const i of [1, 2]) {
        expect(await hold(i, closed, { nodeEncryption: true })).toMatchObject(settled);
        expect((await hold(i, closed, { nodeEncryption: true })).stages).toEqual([]);
      }
      const seen = await during(async () => {
        expect(await answers(1, two.node, false)).toBe(3);
        expect(await answers(1, two.node6, false)).toBe(3);
      });
      expect(seen).not.toContain('PLAINTEXT');
    });

    it('still resolves addresses of the other node', async () => {
      await guest.script('ip -n n1 neigh flush all; ip -n n2 neigh flush all');
      expect(await answers(1, two.node6, false)).toBe(3);
    });

    /** Says back what it hears, on both ports. */
    const echo = `
      const server = () => require('node:net').createServer((socket) => socket.pipe(socket));
      server().listen(6443, () => server().listen(7000, () => console.log('listening')));`;
    const ask = (host: string, port: number) => [
      '-c',
      `exec 3<>/dev/tcp/${host}/${port}; echo PLAINTEXT >&3; head -n 1 <&3`,
    ];

    it('leaves what nodes need to start as it is, and encrypts it for pods all the same', async () => {
      const server = topology.startOnNode(2, process.execPath, ['-e', echo]);
      try {
        await server.prints(/listening/);
        let fromNode = '';
        let fromPod = '';
        const between = await during(async () => {
          fromNode = (await topology.onNode(1, 'bash', ask(two.node, 6443))).stdout;
        });
        const pods = await during(async () => {
          fromPod = (await topology.inPod(1, 'bash', ask(two.node, 6443))).stdout;
        });
        const rest = await during(async () => {
          expect((await topology.onNode(1, 'bash', ask(two.node, 7000))).stdout).toBe(
            'PLAINTEXT\n',
          );
        });
        expect(fromNode).toBe('PLAINTEXT\n');
        expect(between).toContain('PLAINTEXT');
        expect(fromPod).toBe('PLAINTEXT\n');
        expect(pods).not.toContain('PLAINTEXT');
        expect(rest).not.toContain('PLAINTEXT');
      } finally {
        server.signal('SIGKILL');
      }
    });
  });
});
