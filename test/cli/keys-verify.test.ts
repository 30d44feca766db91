import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newKeyLine } from '../../src/key-lines/index.js';
import { podcloak, scratchFolder } from './podcloak.js';

const scratch = scratchFolder();
const verify = (text: string, ...args: string[]) =>
  podcloak(['keys', 'verify', '-', ...args], { input: text });

describe('podcloak keys verify', () => {
  it('names id, algorithms and lengths of every line, and which one agents prefer', async () => {
    const lines = [
      newKeyLine(3, 'rfc4106-gcm-aes', randomBytes),
      newKeyLine(4, 'chacha20-poly1305', randomBytes),
    ];
    expect(await verify(`# ours\n${lines.join('\n')}\n`)).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        'Key id 3: rfc4106(gcm(aes)), key of 128 bits and a salt of 32, check value of 128 bits',
        'Key id 4: rfc7539esp(chacha20,poly1305), key of 256 bits and a salt of 32, check value of 128 bits',
        'Agents prefer the last line, key id 4.',
        '',
      ].join('\n'),
    });
  });

  it('takes a file, and warns of what could be better', async () => {
    const file = scratch.write('keys', newKeyLine(3, 'cbc-aes-sha512', randomBytes));
    const { code, stdout, stderr } = await podcloak(['keys', 'verify', file]);
    expect(code).toBe(0);
    expect(stdout).toContain('key of hmac(sha512) of 512 bits, key of cbc(aes) of 256 bits');
    expect(stderr).toContain(`${file}:1:1: warning PC472: key id 3: `);
  });

  it('ends with 2 where agents would refuse the file, and shows nothing of a key', async () => {
    const good = newKeyLine(3, 'rfc4106-gcm-aes', randomBytes);
    const bad = newKeyLine(3, 'gcm-256', randomBytes).replace(' 128', ' 129');
    const { code, stdout, stderr } = await verify(`${good}\n${bad}\n${bad.replace('3+', '4')}`);
    expect(code).toBe(2);
    expect(stderr).toContain('standard input:2:1: error PC307');
    expect(stderr).toContain('standard input:3:1: warning PC311');
    expect(`${stdout}${stderr}`).not.toMatch(/[0-9a-f]{8}/);
  });

  it('prints the same as JSON, on standard output alone', async () => {
    const { code, stdout, stderr } = await verify(
      `3 rfc4106(gcm(aes)) ${'ab'.repeat(20)} 96`,
      '-o',
      'json',
    );
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      valid: false,
      currentKeyID: null,
      keys: [],
      findings: [
        { code: 'PC311', severity: 'warning', line: 1 },
        { code: 'PC310', severity: 'error', line: 1 },
      ],
    });
  });

  it('needs a file that is there', async () => {
    expect((await podcloak(['keys', 'verify'])).stderr).toContain('error PC403');
    expect((await podcloak(['keys', 'verify', 'nowhere'])).stderr).toContain(
      'nowhere: error PC110',
    );
  });
});
