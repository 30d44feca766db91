import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AgentState, formatState, parseState } from '../../../src/agent/state.js';
import { StateFile } from '../../../src/agent/state-file.js';

const state: AgentState = {
  own: {
    clusterUID: 'c',
    nodeUID: 'n',
    nodeNumber: 7,
    epoch: 1_790_000_000,
    generation: 3,
    revision: 1,
    publishedPhase: 'Enforced',
    privateKeys: { 3: Buffer.alloc(32, 1).toString('base64') },
    checks: {},
    ends: ['192.0.2.1'],
    retired: [],
  },
  config: {
    enabled: true,
    type: 'wireguard',
    nodeEncryption: false,
    interfaces: [],
    secretName: 's',
    keyFile: 'keys',
    mountPath: '/etc/ipsec',
    keyWatcher: true,
    persistentKeepalive: 25,
  },
  podPrefixes: [],
  addresses: [],
  pairs: [],
};

describe('the state file', () => {
  let folder = '';
  const path = (): string => join(folder, 'state.json');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'podcloak-state-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gives back what was written, readable by its owner only, with nothing beside it', () => {
    expect(new StateFile(folder).read()).toEqual({ kind: 'nothing' });
    new StateFile(folder).write(state);
    expect(new StateFile(folder).read()).toEqual({ kind: 'state', state });
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['state.json']);
  });

  it('of before there was WireGuard is of IPsec', () => {
    const { type, persistentKeepalive, ...older } = state.config;
    const text = formatState({ ...state, config: older as AgentState['config'] });
    expect(text).not.toContain(type);
    expect(parseState(text)?.config).toEqual({ ...older, type: 'ipsec', persistentKeepalive: 0 });
  });

  it('is not written again when nothing has changed', () => {
    const file = new StateFile(folder);
    file.write(state);
    const before = statSync(path(), { bigint: true }).ino;
    file.write({ ...state });
    expect(statSync(path(), { bigint: true }).ino).toBe(before);
  });

  it('is refused when any byte of it is another, or it is cut short', () => {
    new StateFile(folder).write(state);
    const whole = readFileSync(path());
    for (let at = 0; at < whole.length; at += 17) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      writeFileSync(path(), damaged);
      expect(new StateFile(folder).read().kind, `byte ${at}`).toBe('unusable');
      writeFileSync(path(), whole.subarray(0, at));
      expect(new StateFile(folder).read().kind, `${at} bytes`).toBe('unusable');
    }
  });

  it('is refused when others may read or write it', () => {
    new StateFile(folder).write(state);
    chmodSync(path(), 0o640);
    expect(new StateFile(folder).read()).toMatchObject({ kind: 'unusable' });
  });

  it('outlives a write that was killed half way', () => {
    const file = new StateFile(folder);
    file.write(state);
    writeFileSync(`${path()}.next`, 'half');
    expect(new StateFile(folder).read()).toEqual({ kind: 'state', state });
    file.write({ ...state, addresses: ['192.0.2.1'] });
    expect(new StateFile(folder).read()).toMatchObject({ state: { addresses: ['192.0.2.1'] } });
  });

  it('is gone once it is wiped, also twice', () => {
    const file = new StateFile(folder);
    file.write(state);
    file.wipe();
    file.wipe();
    expect(new StateFile(folder).read()).toEqual({ kind: 'nothing' });
  });
});
