import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Metrics } from '../../../src/agent/metrics.js';
import { xfrmFigures } from '../../../src/engine/ipsec/index.js';
import { wireguardFigures } from '../../../src/engine/wireguard/index.js';
import { ERRORS } from '../../../src/errors/index.js';
import { XFRM_COUNTERS } from '../../../src/status/index.js';
import { HEALTHY, TROUBLED, WIREGUARD } from '../status/samples.js';

const TEXT = readFileSync('docs/monitoring.md', 'utf8');

const STATUS = {
  ...HEALTHY,
  peers: TROUBLED.peers,
  xfrmCounters: Object.fromEntries(Object.keys(XFRM_COUNTERS).map((name) => [name, 1])),
};

/** All that an agent can tell, so that no series is missing. */
const rendered = (): Promise<string> =>
  new Metrics().render({
    status: STATUS,
    figures: [
      ...xfrmFigures({ sas: [], policies: [] }, STATUS, () => true),
      ...wireguardFigures(WIREGUARD.interfaces),
    ],
    isReady: true,
    kernelWrites: 0,
    problems: Object.keys(ERRORS),
  });

/** Names of labels by metric, in the order of the series. */
function labelsByMetric(text: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [, name = '', labels = ''] of text.matchAll(/^(podcloak_\w+)(?:\{(.*)\})? /gm)) {
    found[name] = [...labels.matchAll(/(?:^|,)(\w+)="/g)].map(([, label = '']) => label);
  }
  return found;
}

describe('docs/monitoring.md', () => {
  it('lists exactly the metrics that there are, with their labels', async () => {
    const rows = [...TEXT.matchAll(/^\| `(podcloak_\w+)` \|([^|]*)\|/gm)];
    const listed = rows.map(([, name = '', cell = '']) => {
      // Values of a label stand behind a colon: `direction`: `in`, `out`.
      const names = cell.includes(':') ? [cell.split(':')[0] ?? ''] : cell.split(',');
      return [name, names.map((one) => one.replaceAll('`', '').trim()).filter((one) => one !== '')];
    });
    expect(Object.fromEntries(listed)).toEqual(labelsByMetric(await rendered()));
  });

  it('lists the values of labels that have few', async () => {
    const text = await rendered();
    for (const [, name = '', label = '', cell = ''] of TEXT.matchAll(
      /^\| `(podcloak_\w+)` \| `(\w+)`: ([^|]*) \|/gm,
    )) {
      const values = text.matchAll(new RegExp(`^${name}\\{${label}="([^"]*)"\\}`, 'gm'));
      const listed = [...cell.matchAll(/`(\w+)`/g)].map(([, value]) => value);
      expect(listed.sort()).toEqual([...values].map(([, value]) => value).sort());
    }
  });

  it('names in its alerts no metric and no label’s value that does not exist', async () => {
    const text = await rendered();
    const alerts = TEXT.slice(TEXT.indexOf('groups:'), TEXT.indexOf('## Health'));
    const names = [...alerts.matchAll(/podcloak_\w+/g)].map(([name]) => name);
    const labels = [...alerts.matchAll(/\b(state|error|type)=~?"([^"]+)"/g)].flatMap(
      ([, label = '', values = '']) => values.split('|').map((value) => `${label}="${value}"`),
    );
    expect(names.length).toBeGreaterThan(5);
    expect(labels.length).toBeGreaterThan(5);
    for (const part of [...names, ...labels]) expect(text).toContain(part);
  });

  it('has each alert that its table names, and none besides', () => {
    const table = [...TEXT.matchAll(/^\| `podcloak_.* \| ([^|]*) \|$/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    const alerts = [...TEXT.matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
    // Prometheus itself says that an agent is gone.
    expect([...table, 'AgentGone'].sort()).toEqual(alerts.sort());
  });
});
