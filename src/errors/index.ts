export {
  type Diagnostic,
  diagnostic,
  formatDiagnostics,
  isError,
  type Place,
  PodcloakError,
} from './diagnostic.js';
export { show, typeName, withoutKeys } from './show.js';
export { ERRORS, type ErrorCode, type ErrorEntry } from './table.js';
