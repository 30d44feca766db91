/** The cluster's key lines: made, changed and looked at by people's commands, through the API server. */
export { createSecret, type NewSecret } from './create.js';
export { type FirstKey, fillSecret } from './fill.js';
export { revokeKey } from './revoke.js';
export { type RotateRequest, rotateKeys } from './rotate.js';
export { keysStatus, type StatusForm } from './status.js';
