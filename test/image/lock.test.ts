import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONFIG } from '../../scripts/image/build.mjs';
import { packagesOf, readPackages } from '../../scripts/image/packages.mjs';
import { PLATFORMS } from '../../scripts/image/platforms.mjs';
import { koffiVersion } from '../../scripts/image/update-packages.mjs';

describe('scripts/image/packages.json', () => {
  it('pins the same packages by hash for both platforms, with this repo’s Node and koffi', async () => {
    const [amd64, arm64] = await Promise.all(
      PLATFORMS.map((platform) => packagesOf(platform, koffiVersion())),
    );
    const names = (packages: { name: string }[] | undefined) =>
      packages?.map(({ name }) => name.replace(/x64$|arm64$/, 'CPU'));
    expect(names(amd64)).toEqual(names(arm64));
    for (const { hash } of [...(amd64 ?? []), ...(arm64 ?? [])]) {
      expect(hash).toMatch(/^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/);
    }
    expect(await readPackages()).toMatchObject({ suite: expect.stringMatching(/^[a-z]+$/) });
  });

  it('is refused when the repo has another koffi', async () => {
    const [platform] = PLATFORMS;
    if (platform === undefined) throw new Error('no platform');
    await expect(packagesOf(platform, '0.0.1')).rejects.toMatchObject({
      message: expect.stringContaining('@koromix/koffi-linux-x64'),
      remedy: expect.stringContaining('--update-packages'),
    });
  });
});

describe('templates/Containerfile', () => {
  it('runs the image as scripts/image does', () => {
    const text = readFileSync('templates/Containerfile', 'utf8').replaceAll(/\\\n\s*/g, '');
    const entrypoint = /^ENTRYPOINT (.*)$/m.exec(text)?.[1] ?? '[]';
    expect(JSON.parse(entrypoint)).toEqual(CONFIG.Entrypoint);
    for (const line of CONFIG.Env) expect(text).toContain(`ENV ${line}\n`);
    expect(text).toContain(`WORKDIR ${CONFIG.WorkingDir}\n`);
  });
});
