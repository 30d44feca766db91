import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../src/errors/index.js';
import { podcloak } from './podcloak.js';

describe('podcloak explain', () => {
  it('says what is wrong, why, when, and what to do', async () => {
    const { code, stdout, stderr } = await podcloak(['explain', 'PC201']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^PC201 \(error\)\nWhat {4}Encryption without a native routing CIDR\.\n/,
    );
    for (const part of ['\nWhy     ', '\nWhen    ', '\nRemedy  ']) expect(stdout).toContain(part);
    expect(stdout).toContain('--set ipv4NativeRoutingCIDR=10.244.0.0/16');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('takes a code in small letters, and the number alone', async () => {
    const { stdout } = await podcloak(['explain', 'PC105']);

    expect((await podcloak(['explain', 'pc105'])).stdout).toBe(stdout);
    expect((await podcloak(['explain', '105'])).stdout).toBe(stdout);
  });

  it('prints the same as JSON', async () => {
    const { stdout } = await podcloak(['explain', 'PC107', '-o', 'json']);

    expect(JSON.parse(stdout)).toEqual({
      code: 'PC107',
      severity: 'error',
      what: `${ERRORS.PC107.title}.`,
      when: expect.stringContaining('schema'),
      remedy: ERRORS.PC107.remedy,
    });
  });

  it('lists all codes when none is asked for', async () => {
    const text = await podcloak(['explain']);
    const json = await podcloak(['explain', '--output', 'json']);
    const codes = (JSON.parse(json.stdout) as { code: string }[]).map(({ code }) => code);

    expect(codes).toEqual(Object.keys(ERRORS));
    expect(text.stdout.trimEnd().split('\n')).toHaveLength(codes.length);
  });

  it.each([
    ['PC199', 'PC123'],
    ['PC300', 'PC301'],
    ['PC6', undefined],
    ['nonsense', undefined],
  ])('names the nearest code to %s, if there is one', async (text, nearest) => {
    const { code, stdout, stderr } = await podcloak(['explain', text]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('error PC460: ');
    expect(stderr).toContain(nearest === undefined ? 'lists all codes' : `explain ${nearest}.`);
  });
});
