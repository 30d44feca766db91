export { EXEMPTION_EVENTS, type ExemptionEvent } from './events.js';
export {
  ForeignTableError,
  installExemption,
  isExemptionInstalled,
  ownerOfExemption,
  removeExemption,
} from './exemption.js';
