import { describe, expect, it } from 'vitest';
import { isKeyless, mayBeEncrypted } from '../../../src/pairs/index.js';
import { deviceOf, recordOf, wireguardRecordOf } from '../../keying/samples.js';

const disabled = { phase: 'Disabled' } as const;

describe('a record of a node that walks back', () => {
  it('names a key until nothing is sent under it: without a Secret that is a device', () => {
    expect(isKeyless(recordOf([3], disabled))).toBe(false);
    expect(isKeyless(wireguardRecordOf([], [deviceOf()], disabled))).toBe(false);
    expect(isKeyless(wireguardRecordOf([], [], disabled))).toBe(true);
    expect(isKeyless(recordOf([], disabled))).toBe(true);
  });

  it('tells so long that its pairs may be encrypted', () => {
    expect(mayBeEncrypted(wireguardRecordOf([], [deviceOf()], disabled))).toBe(true);
    expect(mayBeEncrypted(wireguardRecordOf([], [], disabled))).toBe(false);
    expect(mayBeEncrypted(wireguardRecordOf([], [deviceOf()], { phase: 'Enabling' }))).toBe(false);
  });
});
