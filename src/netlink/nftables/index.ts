export { EXEMPTION_EVENTS, type ExemptionEvent } from './events.js';
export {
  ForeignTableError,
  installExemption,
  isExemptionInstalled,
  removeExemption,
} from './exemption.js';
