/** What the records say of the encryption of a whole cluster, for people on their own machines. */
export { clusterDiff } from './cluster-diff.js';
export { encryptionDisable } from './encryption-disable.js';
export { encryptionStatus } from './encryption-status.js';
export { clusterJson } from './json.js';
export { type NodePicture, type NodeState, type Picture, pictureOf } from './picture.js';
export { clusterText } from './text.js';
