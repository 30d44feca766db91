import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { cachePath, obtain, type Package } from '../../../scripts/image/download.mjs';
import { labDescribe } from '../lab-describe.js';
import { makeScratch, type Scratch } from '../scratch.js';
import type { Requirement } from '../tools.js';

const APT: Requirement = {
  name: 'apt',
  remedy: 'run these tests on Debian',
  lacking: () => (existsSync('/usr/lib/apt/apt-helper') ? undefined : 'no apt-helper'),
};
const BYTES = Buffer.from('a package');
const PACKAGE: Package = {
  from: 'debian',
  name: 'libfake',
  version: '1+deb1',
  path: 'pool/main/libf/libfake_1+deb1_all.deb',
  hash: `sha256:${createHash('sha256').update(BYTES).digest('hex')}`,
};

labDescribe('a package of the image', [APT], () => {
  let scratch: Scratch;
  let server: Server;
  let mirror: string;
  let served: Buffer | undefined;
  let asked: string[];
  const logged: string[] = [];
  const get = (mirrors: string[]): Promise<Buffer> =>
    obtain(PACKAGE, mirrors, (line) => logged.push(line));

  beforeAll(async () => {
    scratch = makeScratch('podcloak-download');
    vi.stubEnv('XDG_CACHE_HOME', scratch.dir);
    server = createServer(({ url = '' }, response) => {
      asked.push(url);
      response.statusCode = served === undefined ? 404 : 200;
      response.end(served);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}/debian`;
  });
  beforeEach(() => {
    asked = [];
    served = BYTES;
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    await once(server.close(), 'close');
    await scratch.remove();
  });

  it('is refused when its mirror has other bytes, and leaves nothing in the cache', async () => {
    served = Buffer.from('a package, changed');
    await expect(get([mirror])).rejects.toMatchObject({ name: 'Failure' });
    expect(readdirSync(join(cachePath(PACKAGE), '..'))).toEqual([]);
  });

  it('names the ways out when the version is gone', async () => {
    served = undefined;
    await expect(get([mirror])).rejects.toMatchObject({
      message: expect.stringContaining('libfake 1+deb1 cannot be had from'),
      remedy: expect.stringMatching(/--update-packages.*--debian-mirror URL/s),
    });
    await expect(get([])).rejects.toMatchObject({ message: expect.stringContaining('no mirror') });
  });

  it('is downloaded once, from the first mirror that has it', async () => {
    const gone = mirror.replace('/debian', '/gone');
    server.prependListener('request', ({ url = '' }) => {
      served = url.startsWith('/gone') ? undefined : BYTES;
    });
    expect(await get([gone, mirror])).toEqual(BYTES);
    expect(asked.at(-1)).toBe('/debian/pool/main/libf/libfake_1%2bdeb1_all.deb');
    asked = [];
    expect(await get([])).toEqual(BYTES);
    expect(asked).toEqual([]);
  });

  it('is downloaded again when the cache no longer has what it had', async () => {
    writeFileSync(cachePath(PACKAGE), 'broken');
    expect(await get([mirror])).toEqual(BYTES);
    expect(readFileSync(cachePath(PACKAGE))).toEqual(BYTES);
  });
});
