import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SettingFiles } from '../../../src/engine/wireguard/index.js';
import type { Link, NetlinkRequest, Route, Rule } from '../../../src/netlink/index.js';
import { parseRoute } from '../../../src/netlink/route/route.js';
import { parseRule } from '../../../src/netlink/route/rule.js';
import { deletionsOf, ownOf, restoreReverse } from '../../../src/node/clean-wireguard.js';
import { prefix } from '../netlink/samples.js';

const link = (index: number, name: string, kind: string): Link => {
  return { index, name, kind, flags: 1, mtu: 1420, hardwareAddress: new Uint8Array(0) };
};
const OWN_RULE: Rule = {
  ...{ family: 4, priority: 70, table: 51871, protocol: 148 },
  ...{ action: 1, flags: 0, tos: 0, others: [] },
};
const WAY: Route = {
  ...{ destination: prefix('10.244.2.0/24'), table: 51871, protocol: 148 },
  ...{ priority: 1, type: 1, scope: 253, tos: 0, nextHops: [{ ifindex: 7, weight: 1 }] },
};
const NO_WAY: Route = { ...WAY, priority: 0xffff_ffff, type: 7, scope: 0, nextHops: [] };

describe('what a node has of WireGuard’s', () => {
  it('is ours by name and kind, by our number, and by our tables', () => {
    const own = {
      devices: [link(7, 'podcloak_wg0', 'wireguard'), link(8, 'podcloak_wg1', 'wireguard')],
      rules: [OWN_RULE, { ...OWN_RULE, priority: 71, table: 51872, source: prefix('10.0.0.0/8') }],
      routes: [WAY, NO_WAY, { ...WAY, table: 51873 }],
    };
    const others = {
      devices: [link(2, 'wg0', 'wireguard'), link(9, 'podcloak_wg1', 'dummy')],
      rules: [
        { ...OWN_RULE, protocol: 3 },
        { ...OWN_RULE, table: 254 },
        { ...OWN_RULE, action: 6 },
        { ...OWN_RULE, others: [{ type: 10, payload: new Uint8Array(4) }] },
      ],
      routes: [
        { ...WAY, protocol: 3 },
        { ...WAY, table: 254 },
      ],
    };
    const both = {
      devices: [...others.devices, ...own.devices],
      rules: [...others.rules, ...own.rules],
      routes: [...others.routes, ...own.routes],
    };

    expect(ownOf(both)).toEqual(own);
    expect(ownOf(others)).toEqual({ devices: [], rules: [], routes: [] });
  });

  it('is deleted route by route, that which leads nowhere first, as the rules have gone before', () => {
    const { rules, routes, devices } = deletionsOf({
      devices: [link(7, 'podcloak_wg0', 'wireguard')],
      rules: [OWN_RULE],
      routes: [WAY, NO_WAY],
    });

    const received = (one: NetlinkRequest) => ({ ...one, sequence: 0, portId: 0 });
    expect(rules.map(received).map(parseRule)).toMatchObject([
      { priority: 70, table: 51871, protocol: 148 },
    ]);
    expect(routes.map(received).map(parseRoute)).toMatchObject([
      { priority: 0xffff_ffff, type: 7, destination: NO_WAY.destination },
      { priority: 1, type: 1, destination: WAY.destination },
    ]);
    expect(devices).toHaveLength(1);
  });
});

describe('filters against the reverse path', () => {
  let folder: string;
  const fileOf = (device: string): string => join(folder, 'net/ipv4/conf', device, 'rp_filter');
  const set = (device: string, value: string): void => {
    mkdirSync(join(folder, 'net/ipv4/conf', device), { recursive: true });
    writeFileSync(fileOf(device), `${value}\n`);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'podcloak-settings-'));
    set('all', '0');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const restored = (memory: Record<string, string>): string[] => {
    const said: string[] = [];
    restoreReverse(new SettingFiles(folder), memory, (line) => said.push(line));
    return said;
  };

  it('are put back where the agent had loosened them, once', () => {
    set('eth0', '2');
    set('eth1', '2');

    expect(restored({ eth0: '1' })).toEqual(['Set net/ipv4/conf/eth0/rp_filter back to 1.']);
    expect(readFileSync(fileOf('eth0'), 'utf8')).toBe('1');
    expect(readFileSync(fileOf('eth1'), 'utf8')).toBe('2\n');
    expect(restored({ eth0: '1' })).toEqual([]);
  });

  it('stay as somebody else has set them since, and are not looked for on a device that is gone', () => {
    set('eth0', '0');

    expect(restored({ eth0: '1', eth9: '1' })).toEqual([]);
    expect(readFileSync(fileOf('eth0'), 'utf8')).toBe('0\n');
  });

  it('that cannot be put back are an error that names them', () => {
    const readOnly = {
      read: () => new Map([['net/ipv4/conf/eth0/rp_filter', '2']]),
      write: () => {
        throw Object.assign(new Error('read-only'), { code: 'EROFS' });
      },
    };

    expect(() => restoreReverse(readOnly, { eth0: '1' }, () => {})).toThrow(
      'net/ipv4/conf/eth0/rp_filter stays 2 instead of 1: EROFS',
    );
  });
});
