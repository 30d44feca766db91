/** What applying manifests would change, from the objects before and after; pure. */
export { droppedFields } from './client-side.js';
export { type FieldChange, fieldChanges } from './fields.js';
export {
  type Conflict,
  type DiffDetails,
  isDifferent,
  type ObjectDiff,
  objectDiff,
  type ShownChange,
} from './object-diff.js';
export { type DiffSummary, summaryOf } from './summary.js';
export { diffText } from './text.js';
