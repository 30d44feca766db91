// The benches: each compares us with others in one run and prints ratios. None is a test, as none of
// them may fail because a machine is slow.
//   npm run bench                       lists them
//   npm run bench NAME [ARGUMENT]       runs one
import { spawnSync } from 'node:child_process';
import { startVitest } from 'vitest/node';

/** Those that need the lab run under vitest, as the lab's helpers do. */
const benches = {
  synth: { says: 'rendering, beside an empty Node and `helm template`; ARGUMENT: rounds' },
  fleet: { says: '`synth --each`, beside `helm template` of each cluster; ARGUMENT: clusters' },
  kernel: {
    says: 'SAs and policies of many peers, beside `ip -batch` and Go; ARGUMENT: peers',
    lab: true,
  },
  wireguard: {
    says: 'a WireGuard device of many peers, beside `wg`; ARGUMENT: peers',
    lab: true,
  },
  'wireguard-throughput': {
    says: 'TCP of a pair through WireGuard, beside a device by hand; ARGUMENT: rounds',
    lab: true,
  },
  memory: { says: 'the agent, beside an informer and an empty Node; ARGUMENT: peers', lab: true },
  api: { says: 'bytes at the API server of a rotation; ARGUMENT: nodes', lab: true },
  rotate: { says: 'a rotation in a simulated cluster; ARGUMENT: nodes', lab: true },
  'rotate-lab': { says: 'a rotation of real agents; ARGUMENT: nodes', lab: true },
  image: { says: 'compressed sizes of both platforms' },
};

const [name, argument] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name ?? '') ? benches[name] : undefined;
if (bench === undefined) {
  const lines = Object.entries(benches).map(([one, { says }]) => `  ${one.padEnd(20)} ${says}`);
  console.log(`npm run bench NAME [ARGUMENT]\n\n${lines.join('\n')}`);
  process.exitCode = name === undefined ? 0 : 2;
} else if (bench.lab) await inTheLab(`bench/${name}/`);
else {
  const args = argument === undefined ? [] : [argument];
  const { status } = spawnSync(process.execPath, [`bench/${name}.mjs`, ...args], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}

async function inTheLab(folder) {
  if (argument !== undefined) process.env.BENCH_ARGUMENT = argument;
  const vitest = await startVitest('test', [folder], {
    config: false,
    watch: false,
    // Ended from outside, it must not leave a guest behind: a process of its own would go on alone.
    pool: 'threads',
    include: ['bench/**/*.bench.ts'],
    // Emulated, on whatever machine: it takes as long as it takes.
    testTimeout: 0,
    hookTimeout: 0,
    disableConsoleIntercept: true,
    reporters: ['default'],
  });
  await vitest.close();
}
