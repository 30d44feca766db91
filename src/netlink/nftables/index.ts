export { NO_SOURCES, type Sources } from './desired.js';
export { EXEMPTION_EVENTS, type ExemptionEvent } from './events.js';
export {
  ForeignTableError,
  type Guard,
  installExemption,
  isExemptionInstalled,
  ownerOfExemption,
  readGuard,
  removeExemption,
  setClosed,
} from './exemption.js';
