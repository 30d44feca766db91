export {
  type AlgorithmFacts,
  adviceOn,
  algorithmNames,
  type KeyLineFacts,
  keyLineFacts,
} from './key-facts.js';
export { type KeyLine, type KeyLineProblem, type KeyMaterial, parseKeyLines } from './key-line.js';
export { KEY_ALGORITHMS, type KeyAlgorithm, keyAlgorithmOf, newKeyLine } from './new-key-line.js';
export { formatRevoked, parseRevoked, type RevokedKey, revokedNameOf } from './revoked.js';
