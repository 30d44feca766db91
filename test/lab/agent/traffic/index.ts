export { addressAt, type Flow, type FlowReport, type FlowSpec, type Place } from './flow.js';
export { type Ground, topologyGround } from './ground.js';
export { startTraffic, type Traffic } from './traffic.js';
