import type { Diagnostic } from '../../errors/index.js';
import type { EngineListener } from '../engine.js';
import { Exemption, IpsecEngine, type IpsecParts, XfrmKernel } from '../ipsec/index.js';
import { socketFault } from '../socket-fault.js';
import { DeviceKeys, SettingFiles, WireguardKernel, WireguardKeyFile } from '../wireguard/index.js';
import { BothEngine } from './engine.js';
import { Pool } from './pool.js';

/** Where an engine finds what it needs, besides the kernel. */
export interface EngineFiles {
  readonly readCounters: IpsecParts['readCounters'];
  /** Where private keys of WireGuard are kept. */
  readonly keyFolder: string;
  /** /proc/sys, or where it can be written. */
  readonly settingsFolder: string;
}

/** @returns what is missing instead, with its remedy */
export async function openEngine(
  listener: EngineListener,
  { readCounters, keyFolder, settingsFolder }: EngineFiles,
): Promise<BothEngine | Diagnostic> {
  const changed = (): void => listener.kernelChanged();
  try {
    const kernel = await XfrmKernel.open(changed);
    const exemption = new Exemption(() => {
      // The guard of IPv6 is in the same table.
      changed();
      listener.preparationChanged();
    });
    return new BothEngine({
      ipsec: new IpsecEngine({ kernel, exemption, readCounters }),
      pool: new Pool({
        open: () => WireguardKernel.open(changed),
        settings: new SettingFiles(settingsFolder),
        guard: exemption,
      }),
      keys: new DeviceKeys(new WireguardKeyFile(keyFolder)),
      listener,
    });
  } catch (thrown) {
    return socketFault(thrown);
  }
}
