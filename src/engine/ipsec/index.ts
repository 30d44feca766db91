/** The engine that encrypts with IPsec. */
export { IpsecEngine, type IpsecPair, type IpsecParts, type XfrmWish } from './engine.js';
export { type Closed6, Exemption } from './exemption.js';
export { describeXfrm, labelsOf, xfrmFigures } from './figures.js';
export { isMasqueraded } from './masqueraded.js';
export { SaKeys } from './tunnel-keys.js';
export { wearText } from './wear.js';
export { XfrmKernel } from './xfrm-kernel.js';
