import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
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

/** Two nodes that have started, with one key; time goes on only in {@link pass}. */
export function twoNodes(make: () => Rig, type = 'ipsec') {
  const mountPath = mkdtempSync(join(tmpdir(), 'podcloak-keys-'));
  const setKeys = (...ids: number[]): void =>
    writeFileSync(join(mountPath, 'keys'), ids.map(line).join(''));
  setKeys(3);
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
    },
    [nodeObject(1), nodeObject(2)],
  );
  const nodes = [1, 2].map((number) => new LoopNode(number, make(), api));
  for (const node of nodes) node.start();
  running.push(...nodes);
  const [one, two] = nodes;
  if (one === undefined || two === undefined) throw new Error('two nodes were made');
  return { api, one, two, setKeys, revoke };
}

const running: LoopNode[] = [];

export function stopAll(): void {
  for (const node of running.splice(0)) node.stop();
}

export const pass = (seconds: number): Promise<unknown> =>
  vi.advanceTimersByTimeAsync(seconds * 1000);
