export { type Mark, recordWire, type Span, type Wire } from './capture.js';
export { esp, readable, shown, spis, type Tally, tally, wireguard } from './judge.js';
export { type Kind, type Marked, markerOf, type Packet } from './packet.js';
