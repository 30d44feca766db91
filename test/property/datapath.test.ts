import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Desired,
  desired,
  diff,
  type InWish,
  isOwnPolicy,
  isOwnSa,
  type NodeWish,
  type OutWish,
  type PairWish,
  STAGES,
  type TunnelWish,
} from '../../src/datapath/index.js';
import { newPolicy, newSa, type Policy } from '../../src/netlink/index.js';
import { ModelKernel, policyKeyOf } from '../unit/datapath/model-kernel.js';
import { NODE, pair, tunnel, withoutKeys } from '../unit/datapath/samples.js';
import { GCM_SA, OUT_POLICY, prefix, selector } from '../unit/netlink/samples.js';

/** A pair with 0–3 tunnels, in any state that one can be in. */
function anyPair(peer: number): fc.Arbitrary<PairWish> {
  const subset = fc.uniqueArray(fc.constantFrom(0, 1, 2), { maxLength: 3 });
  const prefixes = fc.subarray(
    ['a.0/24', 'b.0/25', 'c.7/32'].map((text) =>
      prefix(`10.24${peer}.${text.replace(/^\w/, (letter) => String(letter.charCodeAt(0)))}`),
    ),
  );
  return fc
    .record({
      generations: subset,
      data: fc.nat(2),
      probe: fc.option(fc.nat(2), { nil: undefined }),
      out: fc.constantFrom<OutWish['kind']>('plain', 'block', 'protect'),
      in: fc.constantFrom<InWish>('plain', 'block', 'optional', 'required'),
      prefixes,
    })
    .map(({ generations, data, probe, out, in: arriving, prefixes: more }): PairWish => {
      const tunnels = generations.map((generation) => tunnel(peer, generation));
      const one = (index: number): TunnelWish | undefined => tunnels[index % tunnels.length];
      const sends = one(data);
      const probing = probe === undefined ? undefined : one(probe);
      const bare = pair(peer);
      return {
        ...bare,
        podPrefixes: [...bare.podPrefixes, ...more],
        tunnels,
        out:
          out !== 'protect'
            ? { kind: out }
            : sends === undefined
              ? { kind: 'block' }
              : { kind: out, tunnel: sends },
        in: arriving,
        ...(probing === undefined ? {} : { probe: probing }),
      };
    });
}

const anyNode: fc.Arbitrary<NodeWish> = fc.boolean().map((nodeEncryption) => {
  return { ...NODE, nodeEncryption };
});
const anyWish = fc
  .tuple(anyNode, fc.subarray([2, 3, 4]))
  .chain(([node, peers]) =>
    fc.tuple(...peers.map(anyPair)).map((pairs) => desired(node, pairs as PairWish[])),
  );

/** The wish as an agent has it that has sent those SAs already. */
function knowing(wish: Desired, kernel: ModelKernel): Desired {
  const spis = new Set(kernel.actual.sas.map(({ destination, spi }) => `${destination} ${spi}`));
  const has = ({ local, remote, inbound, outbound }: TunnelWish): boolean =>
    spis.has(`${local} ${inbound.spi}`) && spis.has(`${remote} ${outbound.spi}`);
  return { ...wish, tunnels: wish.tunnels.map((one) => (has(one) ? withoutKeys(one) : one)) };
}

/** What others have in the kernel: the same selectors and SPIs too. */
function withForeign(): ModelKernel {
  const kernel = new ModelKernel();
  const foreign = [
    newSa(GCM_SA),
    newPolicy(OUT_POLICY),
    newPolicy({
      ...OUT_POLICY,
      direction: 'in',
      selector: selector('10.244.2.0/24', '10.244.1.0/24'),
    }),
  ];
  for (const request of foreign) expect(kernel.send(request)).toBeUndefined();
  return kernel;
}

const own = (kernel: ModelKernel): readonly Policy[] => kernel.actual.policies.filter(isOwnPolicy);
const outOf = (kernel: ModelKernel): ReadonlyMap<string, Policy> =>
  new Map(
    own(kernel)
      .filter(({ direction }) => direction === 'out')
      .map((policy) => [policyKeyOf(policy), policy]),
  );
/** Whether what it lets pass must be ESP, or nothing passes. */
const closes = ({ action, templates }: Policy): boolean =>
  action === 'block' || templates.some(({ optional }) => !optional);
const danglingIn = (kernel: ModelKernel): string[] => {
  const { sas } = kernel.actual;
  const has = ({ templates }: Policy): boolean =>
    templates.every(({ destination, spi, reqid }) =>
      sas.some(
        (sa) =>
          sa.spi === spi && sa.reqid === reqid && Buffer.compare(sa.destination, destination) === 0,
      ),
    );
  return [...outOf(kernel)].filter(([, policy]) => !has(policy)).map(([key]) => key);
};

const twoWishes = fc.tuple(anyWish, anyWish);

/** Both wishes, the kernel after the first one, and the steps to the second. */
function between(before: Desired, after: Desired) {
  const kernel = withForeign();
  kernel.apply(diff(kernel.actual, before).steps);
  const aim = knowing(after, kernel);
  return { kernel, aim, ...diff(kernel.actual, aim) };
}

describe('the difference between kernel and wish', () => {
  it('is empty once it was applied, and no step of it is refused', () => {
    fc.assert(
      fc.property(twoWishes, ([before, after]) => {
        const { kernel, aim, steps, lost, taken } = between(before, after);
        expect([lost, taken]).toEqual([[], []]);
        kernel.apply(steps);
        const again = diff(kernel.actual, aim);
        expect(again).toEqual({ steps: [], lost: [], taken: [] });
      }),
    );
  });

  it('leads to what the wish alone leads to, from wherever it starts', () => {
    fc.assert(
      fc.property(twoWishes, ([before, after]) => {
        const { kernel, steps } = between(before, after);
        kernel.apply(steps);
        const fresh = withForeign();
        fresh.apply(diff(fresh.actual, after).steps);
        expect(kernel.contents).toEqual(fresh.contents);
      }),
    );
  });

  it('converges after an agent was ended in the middle, at any step', () => {
    fc.assert(
      fc.property(twoWishes, fc.nat(), ([before, after], at) => {
        const { kernel, aim, steps } = between(before, after);
        const done = steps.length === 0 ? 0 : at % steps.length;
        kernel.apply(steps.slice(0, done));
        const rest = diff(kernel.actual, aim);
        expect(rest.steps.map(({ about }) => about)).toEqual(
          steps.slice(done).map(({ about }) => about),
        );
        kernel.apply(rest.steps);
        expect(diff(kernel.actual, aim).steps).toEqual([]);
      }),
    );
  });

  it('tells an agent without the keys which tunnels are not whole, and sends nothing of them', () => {
    fc.assert(
      fc.property(twoWishes, fc.nat(), ([before, after], at) => {
        const { kernel, steps } = between(before, after);
        kernel.apply(steps.slice(0, steps.length === 0 ? 0 : at % steps.length));
        const forgetful = { ...after, tunnels: after.tunnels.map(withoutKeys) };
        const { steps: rest, lost, taken } = diff(kernel.actual, forgetful);
        const there = new Set(kernel.actual.sas.map(({ spi, reqid }) => `${reqid} ${spi}`));
        const isWhole = ({ reqid, inbound, outbound }: TunnelWish): boolean =>
          there.has(`${reqid} ${inbound.spi}`) && there.has(`${reqid} ${outbound.spi}`);
        expect(lost).toEqual(forgetful.tunnels.filter((one) => !isWhole(one)));
        expect(taken).toEqual([]);
        expect(rest.filter(({ stage }) => stage.startsWith('add '))).toEqual([]);
      }),
    );
  });
});

describe('after every single step', () => {
  /** Checks a claim about the kernel at each moment on the way. */
  function atEachMoment(
    claim: (moment: ModelKernel, before: ModelKernel, end: ModelKernel) => void,
  ): void {
    fc.assert(
      fc.property(twoWishes, ([first, second]) => {
        const { kernel, steps } = between(first, second);
        const before = kernel.fork();
        const end = kernel.fork();
        end.apply(steps);
        for (const step of steps) {
          kernel.apply([step]);
          claim(kernel, before, end);
        }
      }),
    );
  }

  it('what was closed and stays closed has a policy that lets nothing out in plaintext', () => {
    atEachMoment((moment, before, end) => {
      const now = outOf(moment);
      const last = outOf(end);
      for (const [key, policy] of outOf(before)) {
        const then = last.get(key);
        if (then === undefined || !closes(policy) || !closes(then)) continue;
        const there = now.get(key);
        expect(there && closes(there)).toBe(true);
      }
    });
  });

  it('no outbound policy pins an SA that is not there', () => {
    atEachMoment((moment) => expect(danglingIn(moment)).toEqual([]));
  });

  it('inbound refuses nothing that it took before until our own data has moved', () => {
    atEachMoment((moment, before, end) => {
      const closed = (kernel: ModelKernel): string[] =>
        own(kernel)
          .filter((policy) => policy.direction !== 'out' && closes(policy))
          .map(policyKeyOf);
      const then = new Set(closed(before));
      if (closed(moment).some((key) => !then.has(key))) expect(isMoved(moment, end)).toBe(true);
    });
  });

  it('no SA is gone while any policy is still to change', () => {
    atEachMoment((moment, before, end) => {
      const spis = (kernel: ModelKernel) =>
        new Set(kernel.actual.sas.filter(isOwnSa).map(({ spi, reqid }) => `${reqid} ${spi}`));
      const now = spis(moment);
      if ([...spis(before)].every((one) => now.has(one))) return;
      expect(samePolicies(moment, end)).toBe(true);
    });
  });

  it('what others have is untouched', () => {
    const foreign = ({ actual }: ModelKernel) => [
      actual.sas.filter((sa) => !isOwnSa(sa)),
      actual.policies.filter((policy) => !isOwnPolicy(policy)),
    ];
    const untouched = foreign(withForeign());
    atEachMoment((moment) => expect(foreign(moment)).toEqual(untouched));
  });

  it('is of a stage that comes no earlier than the step before', () => {
    fc.assert(
      fc.property(twoWishes, ([before, after]) => {
        const ranks = between(before, after).steps.map(({ stage }) => STAGES.indexOf(stage));
        expect(ranks).toEqual([...ranks].sort((one, other) => one - other));
      }),
    );
  });
});

/** Whether all outbound policies but those that only go are as they will be. */
function isMoved(moment: ModelKernel, end: ModelKernel): boolean {
  const now = outOf(moment);
  return [...outOf(end)].every(([key, policy]) => same(now.get(key), policy));
}

function samePolicies(moment: ModelKernel, end: ModelKernel): boolean {
  const last = new Map(own(end).map((policy) => [policyKeyOf(policy), policy]));
  const now = own(moment);
  return (
    now.length === last.size && now.every((policy) => same(last.get(policyKeyOf(policy)), policy))
  );
}

function same(one: Policy | undefined, other: Policy): boolean {
  return textOf(one) === textOf(other);
}

const texts = new WeakMap<Policy, string>();

function textOf(policy: Policy | undefined): string {
  if (policy === undefined) return '';
  const known = texts.get(policy);
  if (known !== undefined) return known;
  const plain = (_: string, value: unknown): unknown =>
    typeof value === 'bigint' ? String(value) : value instanceof Uint8Array ? [...value] : value;
  const text = JSON.stringify(policy, plain);
  texts.set(policy, text);
  return text;
}
