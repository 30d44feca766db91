import { describe, expect, it } from 'vitest';
import { KubeError, onceAKind, persistently } from '../../../src/kube/index.js';

const AWAY = new KubeError('PC501', 'away', { reason: 'ECONNREFUSED' });
const FORBIDDEN = new KubeError('PC503', 'forbidden', { status: 403 });

/** Fails with each of these, then answers. */
function failing(...errors: KubeError[]) {
  let attempts = 0;
  const attempt = async (): Promise<string> => {
    attempts += 1;
    const error = errors[attempts - 1];
    if (error !== undefined) throw error;
    return 'answer';
  };
  return { attempt, count: () => attempts };
}

function persistence(patience = 60_000) {
  const told: string[] = [];
  const deadline = performance.now() + patience;
  return { told, persist: persistently({ deadline, interrupted: (reason) => told.push(reason) }) };
}

describe('a request that is tried until it is answered', () => {
  it('goes on over trouble that passes, and tells of it once', async () => {
    const { told, persist } = persistence();
    expect(await persist(failing(AWAY, AWAY).attempt)).toBe('answer');
    expect(await persist(failing(AWAY).attempt)).toBe('answer');
    expect(told).toEqual(['away']);
  });

  it('fails at once with what does not pass', async () => {
    const { told, persist } = persistence();
    const { attempt, count } = failing(FORBIDDEN);
    await expect(persist(attempt)).rejects.toBe(FORBIDDEN);
    expect(count()).toBe(1);
    expect(told).toEqual([]);
    const fault = new Error('ours');
    await expect(persist(() => Promise.reject(fault))).rejects.toBe(fault);
  });

  it('fails with the last trouble when there is no time for another attempt', async () => {
    const { persist } = persistence(0);
    const { attempt, count } = failing(AWAY);
    await expect(persist(attempt)).rejects.toBe(AWAY);
    expect(count()).toBe(1);
  });
});

describe('trouble told once a kind', () => {
  it('is of one kind with one code and one reason, whatever its words', () => {
    const told: string[] = [];
    const tell = onceAKind((reason) => told.push(reason));
    tell(AWAY);
    tell(new KubeError('PC501', 'GET /other: away', { reason: 'ECONNREFUSED' }));
    tell(new KubeError('PC501', 'no name', { reason: 'ENOTFOUND' }));
    tell(AWAY);
    expect(told).toEqual(['away', 'no name']);
  });
});
