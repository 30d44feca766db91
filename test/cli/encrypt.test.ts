import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StatusServer, serveStatus } from '../../src/agent/status-server.js';
import { encryptionLine, type ForgetAnswer, statusText } from '../../src/status/index.js';
import { run } from '../lab/run.js';
import { TROUBLED, WIREGUARD } from '../unit/status/samples.js';
import { COMMAND, podcloak, scratchFolder } from './podcloak.js';

const { path: folder } = scratchFolder();
const socket = join(folder, 'agent.sock');
const AT = ['--socket', socket];
const forgotten: string[] = [];
let server: StatusServer;

const ANSWERS: Readonly<Record<string, ForgetAnswer>> = {
  gone: { outcome: 'forgotten', node: 'gone', podCIDRs: ['10.244.3.0/24', 'fd00:3::/64'] },
  alive: { outcome: 'alive', node: 'alive', reason: 'its record exists' },
};

beforeAll(async () => {
  server = await serveStatus(socket, {
    status: async () => TROUBLED,
    forget: async (node) => {
      forgotten.push(node);
      return ANSWERS[node] ?? { outcome: 'unknown', node };
    },
    problems: () => [],
  });
});
afterAll(() => server.close());

describe('podcloak encrypt status', () => {
  it('prints what the agent says', async () => {
    expect(await podcloak(['encrypt', 'status', ...AT])).toEqual({
      code: 0,
      stdout: statusText(TROUBLED),
      stderr: '',
    });
  });

  it('prints it as JSON in the shape of Cilium', async () => {
    const { stdout } = await podcloak(['encrypt', 'status', ...AT, '-o', 'json']);

    expect(JSON.parse(stdout)).toMatchObject({ mode: 'IPsec', ipsec: { 'keys-in-use': 4 } });
  });

  it('works under the name and in the words of cilium-dbg', async () => {
    const link = join(folder, 'cilium-dbg');
    symlinkSync(COMMAND, link);
    const ask = (...args: string[]) => run(process.execPath, [link, ...args]);

    expect((await ask('encrypt', 'status', ...AT)).stdout).toBe(statusText(TROUBLED));
    expect((await ask('status', ...AT)).stdout).toBe(`${encryptionLine(TROUBLED)}\n`);
    expect((await ask('--help')).stdout).toContain('\n  status ');
    expect((await ask('encrypt', '--help')).stdout).toContain('Usage: cilium-dbg encrypt COMMAND');
    expect((await ask('synth')).stderr).toContain('PC401');
  });

  it('prints the devices of WireGuard, as text and as JSON', async () => {
    const at = ['--socket', join(folder, 'wireguard.sock')];
    const forget = async (node: string) => ({ outcome: 'unknown', node }) as const;
    const other = await serveStatus(join(folder, 'wireguard.sock'), {
      ...{ status: async () => WIREGUARD, forget, problems: () => [] },
    });
    const text = await podcloak(['encrypt', 'status', ...at]);
    const { stdout } = await podcloak(['encrypt', 'status', ...at, '-o', 'json']);
    await other.close();

    expect(text).toEqual({ code: 0, stdout: statusText(WIREGUARD), stderr: '' });
    expect(text.stdout).toContain('Interface: podcloak_wg1\n');
    const { wireguard, podcloak: own } = JSON.parse(stdout);
    expect(own.interfaces).toEqual(WIREGUARD.interfaces);
    // By the clock of the one who asks: the agent tells ages.
    const [ago] = wireguard.interfaces[0].peers.map((peer: Record<string, string>) =>
      Date.parse(peer['last-handshake-time'] ?? ''),
    );
    expect(ago).toBeLessThanOrEqual(Date.now() - 75_000);
  });

  it('says that no agent runs here, and where to ask', async () => {
    const outcome = await podcloak(['encrypt', 'status', '--socket', join(folder, 'none.sock')]);

    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain('error PC425');
    expect(outcome.stderr).toContain('kubectl exec');
  });
});

describe('podcloak encrypt forget', () => {
  const forget = (args: readonly string[], input = '') =>
    podcloak(['encrypt', 'forget', ...args, ...AT], { input });

  it('asks, and does it when the answer is yes', async () => {
    forgotten.length = 0;
    expect(await forget(['gone'], 'y\n')).toEqual({
      code: 0,
      stdout: 'Forgot node gone: 10.244.3.0/24, fd00:3::/64 no longer blocked on this node.\n',
      stderr:
        'Forgetting node "gone" lets packets to and from its pod addresses pass in plaintext. ' +
        'Do you want to continue? [y/N] ',
    });
    expect(forgotten).toEqual(['gone']);
  });

  it.each(['n\n', '\n', 'yesterday\n'])('does nothing when the answer is %j', async (input) => {
    forgotten.length = 0;
    const { code, stdout, stderr } = await forget(['gone'], input);

    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Nothing was changed.\n' });
    expect(stderr).toMatch(/\[y\/N\] $/);
    expect(forgotten).toEqual([]);
  });

  it('does not take a script’s silence for an answer', async () => {
    forgotten.length = 0;
    const { code, stderr } = await forget(['gone']);

    expect(code).toBe(2);
    expect(stderr).toContain('error PC430');
    expect(forgotten).toEqual([]);
  });

  it('does not ask with --force', async () => {
    expect((await forget(['gone', '-f'])).stdout).toMatch(/^Forgot node gone/);
  });

  it('asks on standard error and answers in JSON with -o json', async () => {
    const json = async (node: string, input: string) => {
      const { code, stdout, stderr } = await forget([node, '-o', 'json'], input);
      return { code, answer: JSON.parse(stdout), stderr };
    };
    const podCIDRs = ['10.244.3.0/24', 'fd00:3::/64'];

    expect(await json('gone', 'y\n')).toEqual({
      code: 0,
      answer: { outcome: 'forgotten', node: 'gone', podCIDRs },
      stderr: expect.stringMatching(/\[y\/N\] $/),
    });
    expect(await json('gone', 'n\n')).toMatchObject({
      code: 0,
      answer: { outcome: 'declined', node: 'gone' },
    });
    expect(await json('typo', 'y\n')).toEqual({
      code: 2,
      answer: { outcome: 'unknown', node: 'typo' },
      stderr: expect.stringContaining('error PC431'),
    });
    expect(await json('alive', 'y\n')).toMatchObject({
      code: 2,
      answer: { outcome: 'alive', node: 'alive', reason: 'its record exists' },
    });
  });

  it('refuses a node that is not known, or not gone', async () => {
    const unknown = await forget(['typo', '-f']);
    const alive = await forget(['alive', '-f']);

    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toContain('error PC431');
    expect(alive).toMatchObject({ code: 2, stdout: '' });
    expect(alive.stderr).toContain('error PC432: node "alive" is not gone: its record exists');
  });
});

describe('podcloak encrypt idle', () => {
  it('waits until it is told to end, for pods whose work is done', async () => {
    const child = spawn(process.execPath, [COMMAND, 'encrypt', 'idle']);
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    child.kill('SIGTERM');

    expect(await ended).toEqual([0, null]);
  });
});

describe('the bundle of the node', () => {
  const dist = dirname(COMMAND);
  const outside = join(folder, 'outside');
  const ask = (...args: string[]) =>
    run(process.execPath, [join(outside, 'podcloak.cjs'), ...args]);

  beforeAll(() => {
    mkdirSync(outside);
    for (const name of ['podcloak.cjs', 'cli.cjs']) {
      copyFileSync(join(dist, name), join(outside, name));
    }
  });

  it('is not needed by other commands, nor for help', async () => {
    expect((await ask('keys', 'create')).code).toBe(0);
    expect((await ask('encrypt', 'flush', '--help')).code).toBe(0);
  });

  it('is asked for where it is missing', async () => {
    const outcome = await ask('encrypt', 'status');

    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain('error PC424: agent.cjs is not installed here');
  });

  it('works without koffi, but for what talks to the kernel', async () => {
    copyFileSync(join(dist, 'agent.cjs'), join(outside, 'agent.cjs'));

    expect((await ask('encrypt', 'status', ...AT)).stdout).toBe(statusText(TROUBLED));
    for (const command of ['dump-xfrm', 'flush', 'cleanup']) {
      expect((await ask('encrypt', command)).stderr).toContain(
        'error PC424: koffi is not installed here',
      );
    }
    rmSync(join(outside, 'agent.cjs'));
  });

  it('is not in the bundle of the other commands', () => {
    const cli = readFileSync(join(dist, 'cli.cjs'), 'utf8');

    expect(cli).not.toContain('xfrm_usersa_info');
    expect(cli).not.toContain('koffi');
  });
});
