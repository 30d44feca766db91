import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { podcloak, scratchFolder } from './podcloak.js';

const { path: folder, write } = scratchFolder();
const SECRET = 'deadbeefcafe0123456789abcdefdeadbeefcafe';
const bad = write(
  'bad values.yaml',
  'encryption:\n  enabeld: true\nipv4NativeRoutingCIDR: 10.244.1.0/16\n',
);
const warned = write(
  'warned.yaml',
  'monitoring:\n  port: 9000\nimage:\n  repository: r.example/p\n',
);
const good = write('good.yaml', 'image:\n  repository: r.example/podcloak\n');

/** Run in the folder of the files, as in a checkout. */
const lint = (...args: string[]) => podcloak(['lint', ...args], { cwd: folder });

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/sarif-2.1.0.schema.json'), 'utf8'),
) as object;
// Its formats are those of URIs and times; ours are looked at below.
const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
  schema,
);

interface SarifLog {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly object[];
    }[];
  }[];
}

async function sarif(...args: string[]): Promise<SarifLog['runs'][number]> {
  const { stdout, stderr } = await lint(...args, '-o', 'sarif');
  expect(stderr).toBe('');
  const log = JSON.parse(stdout) as SarifLog;
  expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
  const [run] = log.runs;
  if (run === undefined) throw new Error('no run in the log');
  return run;
}

describe('podcloak lint', () => {
  it('lists everything that is wrong, with places and remedies, and ends with 2', async () => {
    const { code, stdout, stderr } = await lint('-f', bad);

    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(stdout).toContain(`${bad}:2:3: error PC101: encryption.enabeld: `);
    expect(stdout).toContain(`${bad}:3:24: error PC203: ipv4NativeRoutingCIDR: `);
    expect(stdout).toContain('    fix: Write 10.244.0.0/16.');
    expect(stdout).toMatch(/\n2 errors, 1 warning\n$/);
  });

  it('ends with 0 for warnings, unless it is told to be strict', async () => {
    const outcome = await lint('-f', warned);

    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toMatch(/warning PC204: .*\n.*\n1 warning\n$/);
    expect(await lint('-f', warned, '--strict')).toEqual({ ...outcome, code: 2 });
    expect(await lint('-f', good, '--strict')).toEqual({
      code: 0,
      stdout: 'Nothing to report.\n',
      stderr: '',
    });
  });

  it('prints the same findings as JSON', async () => {
    const { code, stdout } = await lint('-f', bad, '-o', 'json');

    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [
        { code: 'PC101', severity: 'error', path: 'encryption.enabeld', source: bad, line: 2 },
        { code: 'PC203', line: 3, column: 24, remedy: 'Write 10.244.0.0/16.' },
        { code: 'PC207', severity: 'warning', path: 'image.repository' },
      ],
      summary: { errors: 2, warnings: 1 },
    });
  });

  it('prints them as SARIF, with a rule for each code and a region for each place', async () => {
    const { tool, results } = await sarif('-f', 'bad values.yaml');

    expect(tool.driver.rules.map(({ id }) => id)).toEqual(['PC101', 'PC203', 'PC207']);
    for (const { ruleId, ruleIndex } of results) {
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    }
    expect(results[1]).toMatchObject({
      ruleId: 'PC203',
      level: 'error',
      message: { text: expect.stringContaining('Write 10.244.0.0/16.') },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'bad%20values.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 3, startColumn: 24 },
          },
          logicalLocations: [{ fullyQualifiedName: 'ipv4NativeRoutingCIDR' }],
        },
      ],
    });
  });

  it('shows in SARIF what no file says at the last file, as code scanning drops it otherwise', async () => {
    const { results } = await sarif('-f', good, '--set', 'healthPort=0');

    expect(results).toHaveLength(1);
    expect(results[0]?.locations).toEqual([
      {
        physicalLocation: { artifactLocation: { uri: 'good.yaml', uriBaseId: '%SRCROOT%' } },
        logicalLocations: [{ fullyQualifiedName: 'healthPort', kind: 'member' }],
      },
    ]);
  });

  it('names files outside of the folder by their whole path', async () => {
    const { stdout } = await podcloak(['lint', '-f', bad, '-o', 'sarif'], { cwd: '/' });
    expect(stdout).toContain('"uriBaseId"');
    const elsewhere = await podcloak(['lint', '-f', bad, '-o', 'sarif'], {
      cwd: join(import.meta.dirname),
    });
    expect(elsewhere.stdout).toContain(`"uri": "file://${folder}/bad%20values.yaml"`);
  });

  it('is valid SARIF without any finding, and without any file', async () => {
    expect((await sarif('-f', good)).results).toEqual([]);
    expect((await sarif('--set', 'healthPort=0')).results).toHaveLength(2);
  });

  it.each([['json'], ['sarif']])('holds no key in %s, wherever one was put', async (format) => {
    const values = write(
      'keyed.yaml',
      `encryption:\n  ${SECRET}: ${SECRET}\nhealthPort: ${SECRET}\n`,
    );
    const { stdout, stderr } = await lint('-f', values, '-o', format);

    expect(stdout + stderr).not.toContain(SECRET.slice(0, 16));
    expect(stdout).toContain('PC101');
  });

  it('checks all clusters of a fleet, and says once what they share', async () => {
    const base = write(
      'base.yaml',
      'encryption:\n  enabled: true\nimage:\n  repository: podcloak\n',
    );
    const a = write('a.yaml', 'ipv4NativeRoutingCIDR: 10.1.0.0/16\n');
    const b = write('b.yaml', 'healthPort: many\n');
    const { code, stdout } = await lint('-f', base, '--each', a, b, '-o', 'json');
    const { findings } = JSON.parse(stdout) as { findings: { code: string; source: string }[] };

    expect(code).toBe(2);
    expect(findings.map(({ code: one, source }) => [one, source])).toEqual([
      ['PC207', base],
      ['PC102', b],
      ['PC201', b],
    ]);
  });

  it('reports a file that cannot be read as a finding', async () => {
    const { code, stdout } = await lint('-f', 'nowhere.yaml');

    expect(code).toBe(2);
    expect(stdout).toContain('nowhere.yaml: error PC110: ');
  });
});
