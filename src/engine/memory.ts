import type { Thresholds } from '../datapath/index.js';

/** What an engine must know after a restart; plain JSON, in the state file. Each engine has names of its own. */
export interface EngineMemory {
  /** IPsec: the kernel's before ours. */
  readonly thresholds?: Thresholds;
  /** WireGuard: values of `rp_filter` from before they were loosened, by device. */
  readonly reverse?: Readonly<Record<string, string>>;
}
