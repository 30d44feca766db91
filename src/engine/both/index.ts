/** The engine that an agent has: IPsec and WireGuard, each tunnel by one of them. */
export { type BothActual, BothEngine, type BothParts, type BothWish } from './engine.js';
export { openEngine } from './open.js';
export { Pool, type PoolParts } from './pool.js';
export { type BothStep, inOrder, runsOf } from './steps.js';
