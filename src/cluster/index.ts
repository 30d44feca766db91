/** What the records say of the encryption of a whole cluster, for people on their own machines. */
export { clusterDiff } from './cluster-diff.js';
export { type CurrentKey, currentKeyOf, waitingText } from './current-key.js';
export { parseDuration } from './duration.js';
export { encryptionDisable } from './encryption-disable.js';
export { encryptionStatus } from './encryption-status.js';
export { failureOf, noAnswer, notInstalled } from './failure.js';
export { devicesOf, fieldsOf, keyIDsOf, listOf } from './fields.js';
export { clusterJson } from './json.js';
export { type Known, Observation } from './observation.js';
export { type NodePicture, type NodeState, type Picture, pictureOf } from './picture.js';
export { stillWaiting } from './report-disabled.js';
export { clusterText, namesText, plain } from './text.js';
