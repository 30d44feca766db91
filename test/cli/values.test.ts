import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { podcloak, scratchFolder } from './podcloak.js';

const { write } = scratchFolder();
const EXAMPLE = 'examples/cilium-values.yaml';

describe('podcloak values', () => {
  it('prints the defaults as JSON, too', async () => {
    const { stdout } = await podcloak(['values', '-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ encryption: { enabled: false }, healthPort: 9989 });
  });
});

describe('podcloak values --from', () => {
  it('prints values that synth takes for what the Cilium file says', async () => {
    const { code, stdout, stderr } = await podcloak(['values', '--from', EXAMPLE]);
    const ours = await podcloak(['synth', '-f', '-'], { input: stdout });
    const theirs = await podcloak(['synth', '--allow-unknown', '-f', EXAMPLE]);

    expect(code).toBe(0);
    expect(ours.stdout).toBe(theirs.stdout);
    expect(stderr).toContain(`${EXAMPLE}:33:1: warning PC465: hubble: `);
    expect(parse(stdout)).toMatchObject({ encryption: { enabled: true }, routingMode: 'native' });
  });

  it('has all of it in JSON, and nothing on standard error', async () => {
    const { code, stdout, stderr } = await podcloak(['values', '--from', EXAMPLE, '-o', 'json']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      values: { encryption: { enabled: true } },
      report: expect.arrayContaining([
        expect.objectContaining({ code: 'PC465', path: 'hubble', source: EXAMPLE, line: 33 }),
      ]),
    });
  });

  it('reads standard input, as helm prints the values of a release', async () => {
    const input = 'encryption:\n  enabled: true\nipv4NativeRoutingCIDR: 10.0.0.0/8\n';
    const { stdout, stderr } = await podcloak(['values', '--from', '-'], { input });

    expect(parse(stdout)).toEqual(parse(input));
    expect(stderr).toContain('standard input: warning PC467: routingMode: ');
  });

  it('prints nothing where the values cannot be rendered', async () => {
    const file = write('no-range.yaml', 'encryption:\n  enabled: true\n');
    const outcome = await podcloak(['values', '--from', file]);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain('error PC201: ');

    const json = await podcloak(['values', '--from', file, '-o', 'json']);
    expect(json).toMatchObject({ code: 2, stderr: '' });
    expect(JSON.parse(json.stdout)).toMatchObject({ values: null });
  });

  it.each([
    ['a file that is not there', 'nowhere.yaml', 'PC110'],
    ['a file that is no YAML', write('bad.yaml', 'a: [\n'), 'PC113'],
  ])('refuses %s', async (_, file, code) => {
    const outcome = await podcloak(['values', '--from', file]);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain(`error ${code}: `);
  });
});
