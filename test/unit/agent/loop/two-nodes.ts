import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import {
  formatRevoked,
  type KeyLine,
  parseKeyLines,
  revokedNameOf,
} from '../../../../src/key-lines/index.js';
import { checkValue } from '../../../../src/keying/index.js';
import { Api } from './api.js';
import type { Rig } from './engines.js';
import { LoopNode, nodeObject } from './node.js';

/** A line with a key that looks like a random one. */
function line(id: number): string {
  const key = createHash('sha256').update(`key ${id}`).digest('hex').slice(0, 40);
  return `${id}+ rfc4106(gcm(aes)) ${key} 128\n`;
}

/** The Secret's lines with these ids, the last one current. */
export function linesOf(...ids: number[]): readonly KeyLine[] {
  return parseKeyLines(ids.map(line).join('')).keys;
}

/**
 * Two nodes that have started, with one key; time goes on only in {@link pass}.
 *
 * @param ids of the key lines; each node has a folder of its own where there are none
 */
export function twoNodes(make: () => Rig, type = 'ipsec', ids: readonly number[] = [3]) {
  const mountPath = mkdtempSync(join(tmpdir(), 'podcloak-keys-'));
  const setKeys = (...ids: number[]): void =>
    writeFileSync(join(mountPath, 'keys'), ids.map(line).join(''));
  if (ids.length > 0) setKeys(...ids);
  /** As `podcloak keys revoke` does: the line goes, and its material is named. */
  const revoke = (id: number, ...rest: number[]): void => {
    const revoked = linesOf(id).map((one) => {
      const check = Buffer.from(checkValue(one, 'cluster-uid')).toString('base64');
      return { keyID: id, check };
    });
    writeFileSync(join(mountPath, revokedNameOf('keys')), formatRevoked(revoked));
    setKeys(...rest);
  };
  const api = new Api(
    {
      'encryption.enabled': 'true',
      'encryption.type': type,
      'encryption.nodeEncryption': 'false',
      'encryption.ipsec.interface': 'eth0',
      'encryption.ipsec.secretName': 'keys',
      'encryption.ipsec.keyFile': 'keys',
      'encryption.ipsec.mountPath': mountPath,
      'encryption.ipsec.keyWatcher': 'true',
      'encryption.ipsec.keyRotationDuration': '1m',
      ...(ids.length > 0 ? {} : { 'encryption.wireguard.requireSecret': 'false' }),
    },
    [nodeObject(1), nodeObject(2), nodeObject(3)].slice(0, ids.length > 0 ? 2 : 3),
  );
  const folders = [1, 2].map(() =>
    ids.length > 0 ? mountPath : mkdtempSync(join(tmpdir(), 'podcloak-keys-')),
  );
  const nodes = folders.map((folder, at) => {
    return new LoopNode(at + 1, make(), api, { 'encryption.ipsec.mountPath': folder });
  });
  /** The kubelet of one node has brought the Secret, or taken it away. */
  const setKeysOf = (node: LoopNode, ...lines: number[]): void => {
    const path = join(node.config['encryption.ipsec.mountPath'] ?? '', 'keys');
    if (lines.length > 0) writeFileSync(path, lines.map(line).join(''));
    else rmSync(path, { force: true });
  };
  for (const node of nodes) node.start();
  running.push(...nodes);
  const [one, two] = nodes;
  if (one === undefined || two === undefined) throw new Error('two nodes were made');
  return { api, one, two, setKeys, setKeysOf, revoke };
}

const running: LoopNode[] = [];

export function stopAll(): void {
  for (const node of running.splice(0)) node.stop();
}

export const pass = (seconds: number): Promise<unknown> =>
  vi.advanceTimersByTimeAsync(seconds * 1000);
