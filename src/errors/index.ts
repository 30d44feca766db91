export { AREAS, type Area, areaOf } from './areas.js';
export {
  type Diagnostic,
  diagnostic,
  formatDiagnostics,
  isError,
  type Place,
  PodcloakError,
} from './diagnostic.js';
export { type Explanation, explain, nearestCode, parseCode } from './explanation.js';
export { REASONS } from './reasons.js';
export { show, typeName, withoutKeys } from './show.js';
export { ERRORS, type ErrorCode, type ErrorEntry } from './table.js';
