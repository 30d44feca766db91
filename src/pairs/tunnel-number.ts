import type { Tunnel } from './state.js';

/**
 * The 32 bits by which messages name one direction of a tunnel, in the order of RFC 4303's SPI: key id, lane,
 * generation and sender's node number. With IPsec an SA has it for its SPI.
 */
export function numberOf(tunnel: Tunnel, direction: 'inbound' | 'outbound'): number {
  return tunnel[direction].spi;
}
