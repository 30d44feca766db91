export { type KeyLine, type KeyLineProblem, type KeyMaterial, parseKeyLines } from './key-line.js';
export { KEY_ALGORITHMS, type KeyAlgorithm, newKeyLine } from './new-key-line.js';
export { formatRevoked, parseRevoked, type RevokedKey } from './revoked.js';
