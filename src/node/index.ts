/**
 * What talks to a kernel or an API server: the second bundle, dist/agent.cjs, which the command loads when
 * asked for.
 */

export { runAgent } from '../agent/main.js';
export { clusterDiff, encryptionDisable, encryptionStatus } from '../cluster/index.js';
export { createSecret, fillSecret, keysStatus, revokeKey, rotateKeys } from '../rotation/index.js';
export { cleanup } from './cleanup.js';
export { dumpXfrm } from './dump-xfrm.js';
export { flush } from './flush.js';
export { forget } from './forget.js';
export { encryptionOnly, status } from './status.js';
