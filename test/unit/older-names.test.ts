import { describe, expect, it } from 'vitest';
import { defaultsOf } from '../../src/values/index.js';
import { brief, QUIET, resolveFiles } from './resolve.js';

const START = `${QUIET}encryption:\n  enabled: true\n  strictMode: `;
const RANGE = 'ipv4NativeRoutingCIDR: 10.244.0.0/16\n';
const of = (strictMode: string, ...more: string[]) =>
  resolveFiles([`${START}${strictMode}\n${RANGE}`, ...more]);
const strictOf = (strictMode: string, ...more: string[]) =>
  of(strictMode, ...more).values?.encryption.strictMode;

describe('the older names of strict mode', () => {
  it('mean the newer ones, with a warning that has the place and the new spelling', () => {
    const text = '{enabled: true, cidr: [10.0.0.0/8], allowRemoteNodeIdentities: true}';
    const { values, diagnostics } = of(text);
    expect(values?.encryption.strictMode).toEqual({
      egress: { enabled: true, cidr: ['10.0.0.0/8'], allowRemoteNodeIdentities: true },
      ingress: { enabled: false },
      startupTaint: { enabled: false, key: 'podcloak.dev/agent-not-ready' },
    });
    expect(diagnostics.map(brief)).toEqual([
      'PC553 encryption.strictMode.enabled 0.yaml:4:16',
      'PC553 encryption.strictMode.cidr 0.yaml:4:31',
      'PC553 encryption.strictMode.allowRemoteNodeIdentities 0.yaml:4:51',
    ]);
    expect(diagnostics[0]).toMatchObject({
      severity: 'warning',
      message: 'an older name of encryption.strictMode.egress.enabled',
      remedy: 'Write encryption.strictMode.egress.enabled.',
    });
  });

  it.each([
    ['{enabled: true, egress: {enabled: false}}', { enabled: true }],
    ['{enabled: false, egress: {enabled: true}}', { enabled: true }],
    ['{cidr: "", egress: {enabled: true, cidr: 10.0.0.0/8}}', { cidr: '10.0.0.0/8' }],
    ['{cidr: 10.0.0.0/8, egress: {enabled: true, cidr: ""}}', { cidr: '10.0.0.0/8' }],
    ['{cidr: 10.0.0.0/8, egress: {enabled: true, cidr: [10.0.0.0/8]}}', { cidr: ['10.0.0.0/8'] }],
    ['{enabled: null, cidr: null}', { enabled: false, cidr: '' }],
  ])('give way to what says something, as Cilium has defaults for both: %s', (text, egress) => {
    expect(strictOf(text)).toMatchObject({ egress });
  });

  it('are refused with another CIDR than the newer one, be it of another file', () => {
    const { diagnostics, values } = of(
      '{enabled: true, cidr: 10.0.0.0/8}',
      'encryption: {strictMode: {egress: {cidr: 10.244.0.0/16}}}\n',
    );
    expect(values).toBeUndefined();
    expect(diagnostics.map(brief)).toContain('PC554 encryption.strictMode.cidr 0.yaml:4:31');
  });

  it('are checked as the newer ones, at the place where they stand', () => {
    const found = (text: string) => of(text).diagnostics.map(brief);
    expect(found('{enabled: true, cidr: [10.0.0.0/8, 10.0.0.1/8]}')).toContain(
      'PC203 encryption.strictMode.cidr[1] 0.yaml:4:50',
    );
    expect(found('{enabled: true, cidr: 10.244.0.0/17}')).toContain(
      'PC552 encryption.strictMode.cidr 0.yaml:4:37',
    );
    expect(found('{cidr: 10.0.0.0/8}')).toContain('PC204 encryption.strictMode.cidr 0.yaml:4:22');
    // helm would take it for one that says something.
    expect(found('{cidr: [""]}')).toEqual(['PC104 encryption.strictMode.cidr[0] 0.yaml:4:23']);
    expect(found('{enabled: "true"}')).toEqual(['PC102 encryption.strictMode.enabled 0.yaml:4:25']);
  });

  it('have no defaults: nobody is shown them', () => {
    expect(Object.keys((defaultsOf().encryption as { strictMode: object }).strictMode)).toEqual([
      ...['egress', 'ingress', 'startupTaint'],
    ]);
  });
});
