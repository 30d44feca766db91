/** What a frame of the wire is, to a judge of encryption. The only place that decodes captures. */
import ipaddr from 'ipaddr.js';
import type { Frame } from './pcap.js';

/**
 * - `plain`: anything with a flow's marker in it, whatever carries it: also ESP without encryption, an
 *   overlay's packet, or an error that quotes one
 * - `esp`: ESP in IPv4 or IPv6, its fragments included
 * - `neighbour`: what finds neighbours and routers: ARP, and ICMPv6 130–137 and 143
 * - `mark`: one of our moments
 * - `other`: all else, such as the agents' own messages
 */
export type Kind = 'plain' | 'esp' | 'neighbour' | 'mark' | 'other';

/** A readable marker: the flow's number, and the packet's where the marker carries it. */
export interface Marked {
  readonly flow: number;
  readonly sequence: number | undefined;
}

export interface Packet {
  readonly kind: Kind;
  /** Microseconds since 1970 by the guest's clock: for people, as {@link Kind} `mark` is for tests. */
  readonly time: number;
  /** Bytes of the whole frame on the wire. */
  readonly length: number;
  readonly source: string;
  readonly destination: string;
  /** The protocol above IP; -1 for what is not IP. */
  readonly protocol: number;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly esp?: { readonly spi: number; readonly sequence: number };
  /** The markers of flows that can be read in it. */
  readonly marked: readonly Marked[];
  /** The text of a `mark`. */
  readonly mark?: string;
  /** One line for people. */
  readonly summary: string;
}

/** What begins every packet of a flow; see {@link markerOf}. */
const MARKER = /PODCLOAK-F(\d{1,5})-(?:(\d+)\.)?/g;
const MARK = /PODCLOAK-MARK-([\w-]+)\./;

/** The readable text of a flow's packet. Without a number it is 16 bytes at most, as ping's pattern. */
export function markerOf(flow: number, sequence?: number): string {
  return `PODCLOAK-F${flow}-${sequence === undefined ? '' : `${sequence}.`}`;
}

/** The readable text of a moment; `name` is of letters, digits and dashes. */
export function markOf(name: string): string {
  return `PODCLOAK-MARK-${name}.`;
}

const ETHERTYPE = { ipv4: 0x0800, arp: 0x0806, ipv6: 0x86dd } as const;
const TCP = 6;
const UDP = 17;
const ESP = 50;
const ICMP6 = 58;
const NAMES = new Map([
  [1, 'icmp'],
  [TCP, 'tcp'],
  [UDP, 'udp'],
  [ESP, 'esp'],
  [ICMP6, 'icmp6'],
]);

/** Never throws: what is cut short or unknown is `other`, unless a marker can be read in it. */
export function decode(frame: Frame): Packet {
  const { bytes, time, length } = frame;
  const text = bytes.toString('latin1');
  const layers = decodeLayers(bytes);
  const found = [...text.matchAll(MARKER)].map(([, flow, sequence]) => ({
    flow: Number(flow),
    sequence: sequence === undefined ? echoSequence(bytes, layers) : Number(sequence),
  }));
  const marked = withoutRepeats(found);
  const mark = MARK.exec(text)?.[1];
  const kind = kindOf(layers, marked, mark);
  const { payload: _, ...rest } = layers;
  return {
    kind,
    time,
    length,
    ...rest,
    marked,
    ...(mark === undefined ? {} : { mark }),
    summary: summaryOf(kind, layers, marked, length),
  };
}

type Layers = Pick<
  Packet,
  'source' | 'destination' | 'protocol' | 'sourcePort' | 'destinationPort' | 'esp'
> & {
  /** Where what IP carries begins; -1 where it is another fragment than the first, or no IP. */
  readonly payload: number;
  readonly icmpType?: number;
  readonly isArp?: boolean;
};

const nothing: Layers = { source: '', destination: '', protocol: -1, payload: -1 };

function decodeLayers(bytes: Buffer): Layers {
  const type = u16(bytes, 12);
  if (type === ETHERTYPE.ipv4) return withPayload(bytes, decodeIpv4(bytes));
  if (type === ETHERTYPE.ipv6) return withPayload(bytes, decodeIpv6(bytes));
  return type === ETHERTYPE.arp ? { ...nothing, isArp: true } : nothing;
}

/** RFC 791, after the 14 bytes of Ethernet. */
function decodeIpv4(bytes: Buffer): Layers {
  const header = ((bytes[14] ?? 0) & 0x0f) * 4;
  const isLater = (u16(bytes, 20) & 0x1fff) !== 0;
  return {
    source: address(bytes, 26, 4),
    destination: address(bytes, 30, 4),
    protocol: bytes[23] ?? -1,
    payload: isLater ? -1 : 14 + header,
  };
}

/** RFC 8200: over the extension headers that are there, to what they carry. */
function decodeIpv6(bytes: Buffer): Layers {
  const ends = { source: address(bytes, 22, 16), destination: address(bytes, 38, 16) };
  let protocol = bytes[20] ?? -1;
  let payload = 54;
  // Hop-by-hop, routing, fragment and destination options.
  while ([0, 43, 44, 60].includes(protocol) && payload + 8 <= bytes.length) {
    const isFragment = protocol === 44;
    protocol = bytes[payload] ?? -1;
    if (isFragment && (u16(bytes, payload + 2) & 0xfff8) !== 0) {
      return { ...ends, protocol, payload: -1 };
    }
    payload += isFragment ? 8 : 8 + (bytes[payload + 1] ?? 0) * 8;
  }
  return { ...ends, protocol, payload };
}

function withPayload(bytes: Buffer, layers: Layers): Layers {
  const { protocol, payload } = layers;
  if (payload < 0 || payload + 8 > bytes.length) return layers;
  if (protocol === UDP || protocol === TCP) {
    const [sourcePort, destinationPort] = [u16(bytes, payload), u16(bytes, payload + 2)];
    return { ...layers, sourcePort, destinationPort };
  }
  if (protocol === ESP) {
    const [spi, sequence] = [bytes.readUInt32BE(payload), bytes.readUInt32BE(payload + 4)];
    return { ...layers, esp: { spi, sequence } };
  }
  return protocol === ICMP6 ? { ...layers, icmpType: bytes[payload] ?? -1 } : layers;
}

/** ping's own number of a packet, which its pattern cannot carry. */
function echoSequence(bytes: Buffer, { protocol, payload }: Layers): number | undefined {
  const isIcmp = protocol === 1 || protocol === ICMP6;
  return isIcmp && payload >= 0 ? u16(bytes, payload + 6) : undefined;
}

/** ping fills a packet by repeating its pattern. */
function withoutRepeats(marked: readonly Marked[]): Marked[] {
  return [...new Map(marked.map((one) => [`${one.flow} ${one.sequence}`, one])).values()];
}

function kindOf(layers: Layers, marked: readonly Marked[], mark: string | undefined): Kind {
  if (marked.length > 0) return 'plain';
  if (mark !== undefined) return 'mark';
  if (layers.protocol === ESP) return 'esp';
  const { isArp, icmpType = -1 } = layers;
  const isNeighbour = isArp || (icmpType >= 130 && icmpType <= 137) || icmpType === 143;
  return isNeighbour ? 'neighbour' : 'other';
}

function summaryOf(kind: Kind, layers: Layers, marked: readonly Marked[], length: number): string {
  const { source, destination, sourcePort, destinationPort, esp, protocol, isArp } = layers;
  if (isArp) return 'arp';
  const end = (ip: string, port?: number) => (port === undefined ? ip : `${ip} port ${port}`);
  const flows = marked.map(({ flow, sequence }) => ` flow ${flow} #${sequence ?? '?'}`).join('');
  const spi = esp === undefined ? '' : ` spi 0x${esp.spi.toString(16)} #${esp.sequence}`;
  const name = protocol < 0 ? 'not IP' : (NAMES.get(protocol) ?? `protocol ${protocol}`);
  const ends = `${end(source, sourcePort)} > ${end(destination, destinationPort)}`;
  return `${kind}: ${name} ${ends}${spi}${flows}, ${length} bytes`;
}

function u16(bytes: Buffer, at: number): number {
  return at + 2 <= bytes.length ? bytes.readUInt16BE(at) : 0;
}

function address(bytes: Buffer, at: number, size: number): string {
  const part = bytes.subarray(at, at + size);
  return part.length === size ? ipaddr.fromByteArray([...part]).toString() : '';
}
