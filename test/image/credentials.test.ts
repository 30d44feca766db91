import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { credentialsFor } from '../../scripts/image/credentials.mjs';

const folder = mkdtempSync(join(tmpdir(), 'podcloak-credentials-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
/** An environment whose home has this docker configuration. */
function home(config: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  count += 1;
  const path = join(folder, `home-${count}`);
  mkdirSync(join(path, '.docker'), { recursive: true });
  writeFileSync(join(path, '.docker', 'config.json'), config);
  return { HOME: path, PATH: process.env.PATH, ...more };
}
const auth = (pair: string): object => ({ auth: Buffer.from(pair).toString('base64') });

describe('credentials', () => {
  it('are those that docker login has kept', async () => {
    const env = home(
      JSON.stringify({
        auths: { 'r.example:5000': auth('me:a:b'), 'https://index.docker.io/v1/': auth('hub:h') },
      }),
    );
    expect(await credentialsFor('r.example:5000', env)).toEqual({ user: 'me', password: 'a:b' });
    expect(await credentialsFor('docker.io', env)).toEqual({ user: 'hub', password: 'h' });
    expect(await credentialsFor('other.example', env)).toBeUndefined();
    expect(await credentialsFor('r.example', { HOME: join(folder, 'none') })).toBeUndefined();
  });

  it('are those of podman and buildah too', async () => {
    const file = join(folder, 'auth.json');
    writeFileSync(file, JSON.stringify({ auths: { 'r.example': auth('pod:man') } }));
    const env = home('{}', { REGISTRY_AUTH_FILE: file });
    expect(await credentialsFor('r.example', env)).toEqual({ user: 'pod', password: 'man' });
  });

  it('may be a token in their place', async () => {
    const entry = { ...auth('me:'), identitytoken: 'refresh' };
    const env = home(JSON.stringify({ auths: { 'r.example': entry } }));
    expect(await credentialsFor('r.example', env)).toMatchObject({ refreshToken: 'refresh' });
  });

  it('come from a helper where one is named, which may know none', async () => {
    const program = join(folder, 'docker-credential-ours');
    writeFileSync(
      program,
      `#!/bin/sh
read -r server
[ "$1 $server" = "get r.example" ] && echo '{"Username":"helped","Secret":"s"}'
`,
    );
    chmodSync(program, 0o755);
    const path = `${folder}:${process.env.PATH}`;
    const env = home(JSON.stringify({ credsStore: 'ours' }), { PATH: path });
    expect(await credentialsFor('r.example', env)).toEqual({ user: 'helped', password: 's' });
    expect(await credentialsFor('other.example', env)).toBeUndefined();
    const gone = home(JSON.stringify({ credHelpers: { 'r.example': 'gone' } }));
    await expect(credentialsFor('r.example', gone)).rejects.toThrow(/docker-credential-gone/);
  });

  it('are never quoted from a file that cannot be read', async () => {
    const env = home('{"auths": {"r.example": {"auth": "c2VjcmV0"}');
    const error = await credentialsFor('r.example', env).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('is not JSON');
    expect(String(error)).not.toContain('c2VjcmV0');
  });
});
