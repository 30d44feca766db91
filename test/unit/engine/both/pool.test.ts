import { describe, expect, it } from 'vitest';
import { Pool } from '../../../../src/engine/both/index.js';
import { ModelNetwork } from './model-network.js';
import { asked, BARE, NODE, Rig } from './rig.js';

function counted() {
  const { parts } = new ModelNetwork();
  const count = { opened: 0, closed: 0, refused: 0 };
  const pool = new Pool({
    ...parts,
    open: async () => {
      if (count.refused > 0) {
        count.refused -= 1;
        throw new Error('no socket');
      }
      count.opened += 1;
      const kernel = await parts.open();
      return { ...kernel, close: () => (count.closed += 1) };
    },
  });
  return { pool, count };
}

describe('WireGuard’s part of the kernel', () => {
  it('is opened once, however many look at the same time', async () => {
    const { pool, count } = counted();
    await Promise.all([pool.read([]), pool.wake(), pool.read(['eth0']), pool.find()]);
    expect(count.opened).toBe(1);
    pool.close();
    await Promise.resolve();
    expect(count.closed).toBe(1);
  });

  it('is opened again where it could not be', async () => {
    const { pool, count } = counted();
    count.refused = 1;
    await expect(pool.wake()).rejects.toThrow('no socket');
    await pool.wake();
    expect([count.opened, pool.isAwake]).toEqual([1, true]);
  });

  it('is not looked at while nothing of ours is there, nor wanted', async () => {
    const { pool } = counted();
    expect(await pool.read([])).toBeUndefined();
    expect(pool.isAwake).toBe(false);
    await pool.wake();
    expect(await pool.read([])).toMatchObject({ devices: [], routes: [], rules: [] });
    pool.rest();
    expect(await pool.read([])).toBeUndefined();
  });

  it('takes what is gone already for deleted, and nothing else', async () => {
    const { parts } = new ModelNetwork();
    const request = { type: 0, flags: 0, body: new Uint8Array(0) };
    const codes = ['ESRCH', 'EPERM', 'ESRCH'];
    const pool = new Pool({
      ...parts,
      open: async () => ({
        ...(await parts.open()),
        request: async () => codes.map((code) => Object.assign(new Error(code), { code }) as never),
      }),
    });
    const about = ['delete route a', 'delete route b', 'set route c'];
    const found = await pool.apply(about.map((one) => ({ by: 'route', about: one, request })));
    expect(found.map((error) => error?.message)).toEqual([undefined, 'EPERM', 'ESRCH']);
  });
});

describe('a loosened rp_filter', () => {
  it('is put back by the next agent, when one died after the last device had gone', async () => {
    const rig = new Rig();
    const path = 'net/ipv4/conf/eth0/rp_filter';
    rig.network.settings.set(path, '2');
    rig.engine.remember({ reverse: { eth0: '1' } });
    await rig.engine.ask(asked({ enabled: false }));
    const actual = await rig.engine.read();
    const planned = [{ pair: BARE, best: undefined, probe: undefined }];
    const { steps } = rig.engine.diff(actual, rig.engine.desired(NODE, planned));
    expect(await rig.engine.apply(steps)).toEqual([]);
    expect(rig.network.setting(path)).toBe('1');
  });
});
