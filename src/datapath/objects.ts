import {
  ALL_ALGORITHMS,
  type Direction,
  freshReplay,
  IP_PROTOCOL,
  type Policy,
  SA_FLAG,
  type Sa,
  type Selector,
  type Template,
  XFRM_MODE,
} from '../netlink/index.js';
import type { SaWish, TunnelWish } from './model.js';

/**
 * Priorities of our policies; the lowest number wins. Foreign ones of key daemons are far above; whoever
 * sets a lower one has the last word (iproute2 does, with 0, unless it is told another), and is named.
 * What has a pod at one end comes before the exemptions, which are for nodes: an API server's answer to a
 * pod would leave in plaintext else, and the pod's node refuse it. Strict mode comes last, for what none
 * of them is about, behind what is exempt from it. A passage through a device that encrypts comes before the
 * block that it is exempt from.
 */
export const PRIORITY = {
  probe: 16,
  passage: 18,
  pods: 20,
  exempt: 24,
  nodes: 32,
  local: 40,
  strict: 48,
} as const;

/** How far behind the newest a packet may arrive, in packets: as Cilium's, for many receive queues. */
const REPLAY_WINDOW = 1024;

/** An SA to install, with 64-bit sequence numbers (RFC 4304). */
export function saOf(tunnel: TunnelWish, direction: 'inbound' | 'outbound'): Sa | undefined {
  const { algorithms, spi }: SaWish = tunnel[direction];
  if (algorithms === undefined) return undefined;
  const [source, destination] =
    direction === 'inbound' ? [tunnel.remote, tunnel.local] : [tunnel.local, tunnel.remote];
  return {
    source,
    destination,
    spi,
    protocol: IP_PROTOCOL.esp,
    reqid: tunnel.reqid,
    mode: XFRM_MODE.tunnel,
    // Pods of either family through the one tunnel that the nodes' addresses allow.
    flags: SA_FLAG.esn | SA_FLAG.anyFamily,
    replay: freshReplay(REPLAY_WINDOW),
    ...algorithms,
  };
}

/** Sends packets through the very SA of this tunnel. */
export function pinned({ local, remote, reqid, outbound }: TunnelWish): Template {
  return { ...espOf(reqid), source: local, destination: remote, spi: outbound.spi };
}

/** Accepts packets that came through any SA of a pair, from whichever address: its reqid tells. */
export function anyOf(reqid: number, optional: boolean): Template {
  return { ...espOf(reqid), source: NOWHERE, destination: NOWHERE, spi: 0, optional };
}

const NOWHERE = new Uint8Array(4);

function espOf(reqid: number): Omit<Template, 'source' | 'destination' | 'spi'> {
  return {
    protocol: IP_PROTOCOL.esp,
    reqid,
    mode: XFRM_MODE.tunnel,
    optional: false,
    share: 0,
    allowed: ALL_ALGORITHMS,
  };
}

/** A policy that lets pass what its templates say. */
export function allow(
  direction: Direction,
  selector: Selector,
  priority: number,
  templates: readonly Template[],
): Policy {
  return { direction, selector, type: 0, priority, action: 'allow', flags: 0, templates };
}

/** A policy that lets nothing pass. */
export function block(direction: Direction, selector: Selector, priority: number): Policy {
  return { ...allow(direction, selector, priority, []), action: 'block' };
}
