import { describe, expect, it } from 'vitest';
import { KeyingError, MAX_DEVICE_GENERATION } from '../../../src/keying/index.js';
import {
  deviceKey,
  encodeKey,
  newestGeneration,
  nextDeviceGeneration,
  portOf,
  publishedDevice,
} from '../../../src/wireguard/index.js';
import { deviceOf } from '../../keying/samples.js';

describe('the key of a device', () => {
  it('is of the first generation in a new cluster, on Cilium’s port', () => {
    const generation = nextDeviceGeneration(newestGeneration([{}, { wireguard: [] }]), false);
    expect(deviceKey(generation, 900, undefined)).toMatchObject({
      ...{ generation: 1, epoch: 900, listenPort: 51_871 },
    });
  });

  it('is of the others’ newest generation for a node that comes back with nothing', () => {
    const records = [
      { wireguard: [deviceOf({ generation: 4 })] },
      { wireguard: [deviceOf({ generation: 5 }), deviceOf({ generation: 4 })] },
    ];
    expect(nextDeviceGeneration(newestGeneration(records), false)).toBe(5);
  });

  it('is of the next one where a device may be at work, so that both stand side by side', () => {
    expect(nextDeviceGeneration(5, true)).toBe(6);
    expect(nextDeviceGeneration(0, true)).toBe(1);
    expect(portOf(5)).toBe(51_871);
    expect(portOf(6)).toBe(51_872);
    expect(portOf(6, 40_000)).toBe(40_001);
  });

  it('has no generation after the last', () => {
    expect(nextDeviceGeneration(MAX_DEVICE_GENERATION, false)).toBe(MAX_DEVICE_GENERATION);
    expect(() => nextDeviceGeneration(MAX_DEVICE_GENERATION, true)).toThrow(KeyingError);
  });

  it('is published without its private part', () => {
    const device = deviceKey(1, 900, 3);
    expect(publishedDevice(device)).toEqual({
      ...{ generation: 1, epoch: 900, listenPort: 51_871, keyID: 3 },
      publicKey: encodeKey(device.keys.publicKey),
    });
    expect(publishedDevice(deviceKey(1, 900, undefined))).not.toHaveProperty('keyID');
  });
});
