/**
 * How long a rotation takes in a large cluster, and what it costs, with the agents' own state machines on simulated
 * time: bench/rotate/sim-agent.ts. What an agent computes is measured first, on this machine; the rest is in costs.ts.
 */
import { it } from 'vitest';
import { labDescribe } from '../../test/lab/lab-describe.js';
import { enterFreshNamespace, NETWORK_NAMESPACE } from '../../test/lab/netlink/namespace.js';
import { argumentOr, printTable } from '../table.js';
import { API, type Costs, TEN_GIGABIT } from './costs.js';
import { measureComputing, measureKernel, measureRoundTrip } from './measure.js';
import { lines, type Rotation, simulate } from './rotation.js';

const SIZES = process.env.BENCH_ARGUMENT === undefined ? [100, 1000, 5000] : [argumentOr(100)];
/** Of what is left to chance: the same for all. */
const SEED = 1;

labDescribe('a rotation in a simulated cluster', [NETWORK_NAMESPACE], () => {
  it('takes so long', async () => {
    const costs = await measured();
    const { apiBytes: _, ...rest } = costs;
    printTable(
      ['cost', 'ms'],
      Object.entries(rest).map(([name, value]) => [name, value.toFixed(4)]),
    );
    for (const nodes of SIZES) {
      for (const isSpread of [false, true]) {
        const found = await simulate(nodes, costs, isSpread, SEED);
        const kubelets = isSpread ? 'in their own time' : 'all at once';
        console.log(`\n${nodes} nodes, kubelets ${kubelets}\n`);
        printTable(['what', 'figure'], rowsOf(found));
      }
    }
  });
});

async function measured(): Promise<Costs> {
  const computing = await measureComputing(lines(3, 4));
  const roundTrip = await measureRoundTrip();
  const leave = enterFreshNamespace();
  try {
    return { ...computing, ...(await measureKernel()), ...API, apiBytes: TEN_GIGABIT, roundTrip };
  } finally {
    leave();
  }
}

function rowsOf(found: Rotation): string[][] {
  const seconds = (time: number): string => `${(time / 1000).toFixed(1)} s`;
  const { probe, answer, sending } = found.messages;
  const all = probe + answer + sending;
  const several = ([least, most]: readonly [number, number]): string =>
    least === most ? `${least}` : `${least}–${most}`;
  return [
    ['simulated', `${found.pairs} pairs: all of ${found.whole} nodes`],
    ['the last key file is there', seconds(found.filesAt)],
    ['half of the pairs’ ends send under the new key', seconds(found.halfAt)],
    ['all do', seconds(found.switchedAt)],
    ['all nodes have said so in their records', seconds(found.saidAt)],
    ['the old SAs are gone', seconds(found.oldGoneAt)],
    ['messages a pair', all.toFixed(1)],
    ['of them probes, answers, sendings', [probe, answer, sending].map(fixed).join(', ')],
    ['dropped by a full socket', `${found.dropped}`],
    ['messages a node', `${Math.round((all * (found.nodes - 1)) / 2)}`],
    ['netlink messages a node', `${Math.round(found.kernelMessages)}`],
    ['rounds of an agent', `${Math.round(found.rounds)}`],
    ['its computing', seconds(found.busy)],
    ['writes of a record a node', several(found.recordWrites)],
    ['writes of a status a node', several(found.statusWrites)],
  ];
}

const fixed = (value: number): string => value.toFixed(2);
