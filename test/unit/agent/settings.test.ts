import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/agent/settings.js';

const POD = { NODE_NAME: 'n1', POD_NAMESPACE: 'kube-system' };

describe('the environment of the agent', () => {
  it('names the node and the namespace; the rest has defaults', () => {
    expect(readSettings(POD)).toEqual({
      ...{ nodeName: 'n1', namespace: 'kube-system', configMap: 'podcloak' },
      ...{ healthPort: 9989, metricsPort: undefined, jsonLog: false },
    });
  });

  it('names the ConfigMap where it is not the usual one', () => {
    const found = readSettings({ ...POD, PODCLOAK_CONFIG_MAP: 'net-podcloak' });
    expect(found).toMatchObject({ configMap: 'net-podcloak' });
  });

  it('may have ports and the format of the log', () => {
    const ports = { PODCLOAK_HEALTH_PORT: '1', PODCLOAK_METRICS_PORT: '65535' };
    expect(readSettings({ ...POD, ...ports, PODCLOAK_LOG_FORMAT: 'json' })).toMatchObject({
      ...{ healthPort: 1, metricsPort: 65_535, jsonLog: true },
    });
  });

  it.each([
    ['NODE_NAME', ''],
    ['POD_NAMESPACE', undefined],
    ['PODCLOAK_HEALTH_PORT', '0'],
    ['PODCLOAK_HEALTH_PORT', '65536'],
    ['PODCLOAK_METRICS_PORT', '99 '],
    ['PODCLOAK_METRICS_PORT', ''],
  ])('is refused (PC719) with %s=%s', (name, value) => {
    const found = readSettings({ ...POD, [name]: value });
    expect(found).toMatchObject({ problem: { code: 'PC719' } });
    expect('problem' in found && found.problem.message).toContain(name);
  });
});
