import {
  chmodSync,
  existsSync,
  mkdirSync,
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
import { WireguardKeyFile } from '../../../../src/engine/wireguard/index.js';
import { removeFiles } from '../../../../src/node/clean-files.js';
import { deviceKey } from '../../../../src/wireguard/index.js';

const owner = { clusterUID: 'cluster-1', nodeUID: 'uid-a' };
const devices = [deviceKey(1, 900, 3), deviceKey(2, 901, 4)];

describe('the file of WireGuard’s keys', () => {
  let folder = '';
  const path = (): string => join(folder, 'wireguard.keys');
  const file = (): WireguardKeyFile => new WireguardKeyFile(folder);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'podcloak-wireguard-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const codeOf = (text: () => unknown): unknown => {
    const found = text();
    if (typeof found !== 'object' || found === null || !('problem' in found)) return found;
    return (found.problem as { code: string }).code;
  };

  it('gives back the keys after a restart, readable by its owner only', () => {
    expect(file().read(owner)).toEqual({ kind: 'nothing' });
    expect(file().write(owner, devices)).toBeUndefined();
    const found = file().read(owner);
    if (found.kind !== 'keys') throw new Error(found.kind);
    expect(found.devices).toEqual(devices);
    for (const [index, { keys }] of found.devices.entries()) {
      expect(keys.privateKey.equals(devices[index]?.keys.privateKey ?? keys.privateKey)).toBe(true);
    }
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['wireguard.keys']);
  });

  it('is refused with PC730 when any byte of it is another, or it is cut short or longer', () => {
    file().write(owner, devices);
    const whole = readFileSync(path());
    for (let at = 0; at < whole.length; at += 7) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      writeFileSync(path(), damaged);
      expect(
        codeOf(() => file().read(owner)),
        `byte ${at}`,
      ).toBe('PC730');
      writeFileSync(path(), whole.subarray(0, at));
      expect(
        codeOf(() => file().read(owner)),
        `${at} bytes`,
      ).toBe('PC730');
    }
    writeFileSync(path(), Buffer.concat([whole, Buffer.of(0)]));
    expect(codeOf(() => file().read(owner))).toBe('PC730');
  });

  it('is refused with PC731 when others may read it or it is no plain file', () => {
    file().write(owner, devices);
    chmodSync(path(), 0o640);
    expect(codeOf(() => file().read(owner))).toBe('PC731');
    rmSync(path());
    mkdirSync(path());
    expect(codeOf(() => file().read(owner))).toBe('PC731');
  });

  it('is refused with PC732 when it was copied from another node or is of another cluster', () => {
    file().write(owner, devices);
    expect(codeOf(() => file().read({ ...owner, nodeUID: 'uid-b' }))).toBe('PC732');
    expect(codeOf(() => file().read({ ...owner, clusterUID: 'cluster-2' }))).toBe('PC732');
  });

  it('says PC733 when it cannot be written, and names no key', () => {
    mkdirSync(path());
    writeFileSync(join(path(), 'in-the-way'), '');
    const problem = file().write(owner, devices);
    expect(problem).toMatchObject({ code: 'PC733' });
    expect(problem?.message).toMatch(/^the keys are not in the file \([A-Z]+\)$/);
  });

  it('is replaced whole, so that a retired key is not in it any more', () => {
    file().write(owner, devices);
    const [, second] = devices;
    file().write(owner, second === undefined ? [] : [second]);
    const found = file().read(owner);
    expect(found).toEqual({ kind: 'keys', devices: [second] });
  });

  it('goes when encryption is disabled, and when a node is cleaned up', () => {
    file().write(owner, devices);
    file().wipe();
    expect(file().read(owner)).toEqual({ kind: 'nothing' });
    file().write(owner, devices);
    writeFileSync(`${path()}.next`, 'half');
    expect(removeFiles(folder)).toEqual([path(), `${path()}.next`]);
    expect(existsSync(path())).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});
