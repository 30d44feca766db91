/** Values of Cilium's chart as values of ours; pure. */

export { type Converted, fromCilium } from './convert.js';
export { COUNTERPARTS, type Counterpart } from './counterparts.js';
export { valuesFileText } from './text.js';
export { WITHOUT, type Without } from './without.js';
