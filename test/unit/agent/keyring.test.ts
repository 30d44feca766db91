import { afterEach, describe, expect, it, vi } from 'vitest';
import { Keyring } from '../../../src/agent/keyring.js';
import { SaKeys } from '../../../src/engine/ipsec/index.js';

afterEach(() => vi.unstubAllGlobals());

const turn = (): Promise<void> =>
  new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe('the private keys of an agent', () => {
  it('are one a key id, the same after a restart', () => {
    const keyring = new Keyring(new SaKeys());
    keyring.setEphemerals([3, 4], {});
    const again = new Keyring(new SaKeys());
    again.setEphemerals([3, 4], keyring.privateKeys());
    expect(again.publicKeys()).toEqual(keyring.publicKeys());
  });

  it('are another after the id was gone: the one from before is not to be had again', () => {
    const keyring = new Keyring(new SaKeys());
    keyring.setEphemerals([3], {});
    const before = keyring.publicKeys().get(3);
    keyring.setEphemerals([], {});
    expect(keyring.privateKeys()).toEqual({});
    keyring.setEphemerals([3], {});
    expect(keyring.publicKeys().get(3)).not.toBe(before);
  });

  it('are collected once they are dropped, and only then is a collection asked for', async () => {
    // What the tests before have asked for is over.
    await turn();
    const gc = vi.fn();
    vi.stubGlobal('gc', gc);
    const keyring = new Keyring(new SaKeys());
    keyring.setEphemerals([3, 4], {});
    await turn();
    expect(gc).not.toHaveBeenCalled();
    keyring.setEphemerals([4], {});
    await turn();
    expect(gc).toHaveBeenCalledOnce();
  });
});
