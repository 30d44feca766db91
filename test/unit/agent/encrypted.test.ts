import { describe, expect, it } from 'vitest';
import { EncryptedReport, type EncryptedView } from '../../../src/agent/encrypted.js';

type Pair = Parameters<EncryptedReport['look']>[0]['pairs'] extends Iterable<infer T> ? T : never;
const pair = (peer: string, outClosed: boolean, inClosed: boolean, peerSends = inClosed): Pair =>
  ({ peer, outClosed, inClosed, tunnels: [{ peerSends }] }) as unknown as Pair;
const closed = (peer: string) => pair(peer, true, true);
const VIEW: EncryptedView = {
  phase: 'Enforced',
  pairs: [closed('n2'), closed('n3')],
  peers: ['n2', 'n3'],
  phaseOf: () => 'Enforced',
};
const look = (change: Partial<EncryptedView>): boolean =>
  new EncryptedReport().look({ ...VIEW, ...change });

describe('whether a node encrypts with every peer', () => {
  it('is so when every pair is closed both ways', () => {
    expect(look({})).toBe(true);
    for (const one of [{ outClosed: false }, { inClosed: false }]) {
      expect(look({ pairs: [closed('n2'), { ...closed('n3'), ...one }] })).toBe(false);
    }
  });

  it('is not so with a peer whose record makes no pair, refused or not judged yet', () => {
    expect(look({ peers: ['n2', 'n3', 'n4'], phaseOf: () => undefined })).toBe(false);
  });

  it('is not so with a pair that was blocked from the start, before the peer has sent encrypted', () => {
    expect(look({ pairs: [closed('n2'), pair('n3', true, true, false)] })).toBe(false);
  });

  it('leaves out who is gone, and who is disabled', () => {
    const pairs = [closed('n2'), pair('n3', false, false)];
    expect(look({ pairs, peers: ['n2'] })).toBe(true);
    expect(look({ pairs, phaseOf: () => 'Disabled' })).toBe(true);
    // Shut towards it, it must not be the end of it.
    const shut = [pair('n3', true, false)];
    expect(look({ pairs: shut, phaseOf: () => 'Disabled' })).toBe(false);
  });

  it('is not so before the record says so, when it was said with peers that were still disabled', () => {
    const report = new EncryptedReport();
    expect(report.look({ ...VIEW, phase: 'Disabled', peers: [] })).toBe(false);
    const pairs = [pair('n2', false, false)];
    const before: EncryptedView = { ...VIEW, pairs, phaseOf: () => 'Disabled' };
    expect(report.look({ ...before, phase: 'Enabling' })).toBe(false);
    expect(report.look({ ...VIEW, pairs })).toBe(false);
    expect(report.look(VIEW)).toBe(true);
  });

  it('stays so when another node comes, until encryption is off', () => {
    const report = new EncryptedReport();
    const pairs = [closed('n2'), pair('n3', false, false)];
    expect(report.look(VIEW)).toBe(true);
    expect(report.look({ ...VIEW, pairs })).toBe(true);
    expect(report.look({ ...VIEW, pairs, phase: 'Disabled' })).toBe(false);
    expect(report.look({ ...VIEW, pairs })).toBe(false);
  });
});
