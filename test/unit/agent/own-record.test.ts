import { describe, expect, it } from 'vitest';
import { openOwnRecord } from '../../../src/agent/own-record.js';
import { openRecord, sealRecord } from '../../../src/keying/index.js';
import { deviceOf, gcmLine, owner, wireguardRecordOf } from '../../keying/samples.js';

const lines = [gcmLine(3)];

describe('a node’s own record, where it knows of no Secret', () => {
  it('is believed without MACs', () => {
    const open = openRecord(wireguardRecordOf([], [deviceOf()]));
    expect(openOwnRecord(open, owner)?.record).toEqual(open);
  });

  it('is a trace of a Secret with MACs, unless it was disabled to the end', () => {
    const sealed = (phase: 'Enforced' | 'Disabled', keyIDs: number[]) =>
      sealRecord(
        wireguardRecordOf(
          keyIDs,
          keyIDs.map((keyID) => deviceOf({ keyID })),
          { phase },
        ),
        owner,
        lines,
      );
    expect(openOwnRecord(sealed('Enforced', [3]), owner)).toBeUndefined();
    expect(openOwnRecord(sealed('Disabled', [3]), owner)).toBeUndefined();
    expect(openOwnRecord(sealed('Enforced', []), owner)).toBeUndefined();
    expect(openOwnRecord(sealed('Disabled', []), owner)?.record.phase).toBe('Disabled');
  });

  it('is a trace of one where it cannot be read', () => {
    for (const spec of [undefined, {}, { protocolVersion: 9 }]) {
      expect(openOwnRecord(spec, owner)).toBeUndefined();
    }
  });
});
