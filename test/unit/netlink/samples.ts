import { type Prefix, parsePrefix } from '../../../src/net/index.js';
import {
  ALL_ALGORITHMS,
  ANY_PORT,
  freshReplay,
  IP_PROTOCOL,
  type Policy,
  SA_FLAG,
  type Sa,
  type Selector,
  type Template,
  XFRM_MODE,
} from '../../../src/netlink/index.js';

/** Netlink's view of the objects that `fixtures/capture` makes with iproute2. */
export function prefix(text: string): Prefix {
  const parsed = parsePrefix(text);
  if (parsed === undefined) throw new Error(`no prefix: ${text}`);
  return parsed;
}

/** The bytes of an address, IPv4 or IPv6. */
export function address(text: string): Uint8Array {
  return prefix(text.includes(':') ? `${text}/128` : `${text}/32`).address;
}

export function selector(source: string, destination: string): Selector {
  return {
    source: prefix(source),
    destination: prefix(destination),
    protocol: IP_PROTOCOL.any,
    sourcePort: ANY_PORT,
    destinationPort: ANY_PORT,
    ifindex: 0,
    user: 0,
  };
}

/** Bytes that count upwards. */
export function counting(size: number, from = 0): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => from + index);
}

export const GCM = { name: 'rfc4106(gcm(aes))', key: counting(20), icvBits: 128 };

export const GCM_SA: Sa = {
  source: address('10.0.0.1'),
  destination: address('10.0.0.2'),
  spi: 0x31234567,
  protocol: IP_PROTOCOL.esp,
  reqid: 17,
  mode: XFRM_MODE.tunnel,
  flags: SA_FLAG.esn,
  aead: GCM,
  replay: freshReplay(1024),
};

export const V4_TUNNEL: Template = {
  source: address('10.0.0.1'),
  destination: address('10.0.0.2'),
  spi: 0,
  protocol: IP_PROTOCOL.esp,
  reqid: 17,
  mode: XFRM_MODE.tunnel,
  optional: false,
  share: 0,
  allowed: ALL_ALGORITHMS,
};

export const OUT_POLICY: Policy = {
  direction: 'out',
  selector: selector('10.244.1.0/24', '10.244.2.0/24'),
  type: 0,
  priority: 100,
  action: 'allow',
  flags: 0,
  templates: [{ ...V4_TUNNEL, spi: 0x31234567 }],
};

/** A policy of UDP between ports, marked and on an XFRM interface. */
export const UDP_SELECTOR: Selector = {
  ...selector('10.1.0.0/16', '10.2.0.0/16'),
  protocol: IP_PROTOCOL.udp,
  sourcePort: { port: 53, mask: 0xffff },
  destinationPort: { port: 5353, mask: 0xffff },
};

export const REALM = { mark: { value: 0x10, mask: 0xff }, ifId: 7 };
