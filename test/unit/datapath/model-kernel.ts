import { expect } from 'vitest';
import type { Actual, Step } from '../../../src/datapath/index.js';
import type { NetlinkRequest, PolicyId, PolicyState, SaState } from '../../../src/netlink/index.js';
import { isLarval } from '../../../src/netlink/index.js';
import { attributesBehind } from '../../../src/netlink/wire/attributes.js';
import { Reader } from '../../../src/netlink/wire/reader.js';
import { MESSAGE } from '../../../src/netlink/xfrm/constants.js';
import { POLICY_ID_SIZE, POLICY_SIZE, readPolicy } from '../../../src/netlink/xfrm/policy.js';
import { readRealm } from '../../../src/netlink/xfrm/realm.js';
import { readSa, SA_SIZE } from '../../../src/netlink/xfrm/sa.js';
import { SA_ID_SIZE } from '../../../src/netlink/xfrm/sa-messages.js';
import { readPolicySelector } from '../../../src/netlink/xfrm/selector.js';

/** The order of XFRM_POLICY_IN, _OUT, _FWD. */
const DIRECTIONS = ['in', 'out', 'fwd'] as const;

/**
 * So much of the kernel's XFRM as a difference is about: it reads the very bytes of the requests, and
 * knows objects by what the kernel knows them by. For tests of pure code only; what the kernel itself
 * does is tested in test/lab/kernel/datapath.test.ts.
 */
export class ModelKernel {
  #sas = new Map<string, SaState>();
  #policies = new Map<string, PolicyState>();

  get actual(): Actual {
    return { sas: [...this.#sas.values()], policies: [...this.#policies.values()] };
  }

  /** A copy that goes its own way. */
  fork(): ModelKernel {
    const copy = new ModelKernel();
    copy.#sas = new Map(this.#sas);
    copy.#policies = new Map(this.#policies);
    return copy;
  }

  /** All that is in it, in an order of its own. */
  get contents(): unknown {
    return [[...this.#sas].sort(byKey), [...this.#policies].sort(byKey)];
  }

  /** Removes an SA, as an administrator does. */
  lose(sa: SaState): void {
    this.#sas.delete(saKeyOf(sa));
  }

  /** Removes all policies, as `ip xfrm policy flush` does. */
  loseAllPolicies(): void {
    this.#policies.clear();
  }

  /** Puts an SA there as it is. */
  put(sa: SaState): void {
    this.#sas.set(saKeyOf(sa), sa);
  }

  /** Sends all; fails the test where the kernel would refuse one. */
  apply(steps: readonly Step[]): void {
    const refused = steps.flatMap((step) => {
      const code = this.send(step.request);
      return code === undefined ? [] : [`${step.about}: ${code}`];
    });
    expect(refused).toEqual([]);
  }

  /** @returns the kernel's refusal */
  send({ type, body }: NetlinkRequest): string | undefined {
    if (type === MESSAGE.newSa || type === MESSAGE.updateSa) {
      const sa = readSa(body, attributesBehind(body, SA_SIZE));
      const there = this.#sas.get(saKeyOf(sa));
      if (type === MESSAGE.newSa && there !== undefined) return 'EEXIST';
      if (type === MESSAGE.updateSa && there === undefined) return 'ESRCH';
      if (there === undefined || isLarval(there)) this.#sas.set(saKeyOf(sa), sa);
      return undefined;
    }
    if (type === MESSAGE.deleteSa) {
      const reader = new Reader(body, SA_ID_SIZE, 'xfrm_usersa_id');
      const isV4 = reader.u16(20) === 2;
      const id = {
        destination: reader.bytes(0, isV4 ? 4 : 16),
        spi: reader.be32(16),
        protocol: reader.u8(22),
        ...readRealm(attributesBehind(body, SA_ID_SIZE)),
      };
      return this.#sas.delete(saKeyOf(id)) ? undefined : 'ESRCH';
    }
    if (type === MESSAGE.newPolicy || type === MESSAGE.updatePolicy) {
      const policy = readPolicy(body, attributesBehind(body, POLICY_SIZE));
      const key = policyKeyOf(policy);
      if (type === MESSAGE.newPolicy && this.#policies.has(key)) return 'EEXIST';
      this.#policies.set(key, policy);
      return undefined;
    }
    if (type === MESSAGE.deletePolicy) {
      const reader = new Reader(body, POLICY_ID_SIZE, 'xfrm_userpolicy_id');
      const direction = DIRECTIONS[reader.u8(60)];
      if (direction === undefined) return 'EINVAL';
      const realm = readRealm(attributesBehind(body, POLICY_ID_SIZE));
      const id = { direction, selector: readPolicySelector(reader, 0), type: 0, ...realm };
      return this.#policies.delete(policyKeyOf(id)) ? undefined : 'ENOENT';
    }
    return 'EINVAL';
  }
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

function saKeyOf({ destination, spi, protocol, mark }: Parameters<typeof idOf>[0]): string {
  return idOf({ destination, spi, protocol, ...(mark === undefined ? {} : { mark }) });
}

function idOf(id: Pick<SaState, 'destination' | 'spi' | 'protocol' | 'mark'>): string {
  return JSON.stringify([[...id.destination], id.spi, id.protocol, id.mark ?? 0]);
}

const keys = new WeakMap<PolicyId, string>();

/** All of the selector counts, `user` too. */
export function policyKeyOf(id: PolicyId): string {
  const key = keys.get(id) ?? makeKey(id);
  keys.set(id, key);
  return key;
}

function makeKey({ direction, selector, type, mark, ifId }: PolicyId): string {
  const plain = (_: string, value: unknown): unknown =>
    value instanceof Uint8Array ? [...value] : value;
  return JSON.stringify([direction, selector, type, mark ?? 0, ifId ?? 0], plain);
}
