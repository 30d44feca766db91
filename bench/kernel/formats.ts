import type { Desired, TunnelWish } from '../../src/datapath/index.js';
import { formatAddress, formatPrefix } from '../../src/net/index.js';
import type { Algorithms, Policy } from '../../src/netlink/index.js';

/** As src/datapath asks for. */
const REPLAY_WINDOW = 1024;

/** An SA, as iproute2 and the Go program are told of it. */
interface SaText {
  readonly source: string;
  readonly destination: string;
  readonly spi: number;
  readonly reqid: number;
  readonly replayWindow: number;
  readonly algorithm: string;
  /** Hex. */
  readonly key: string;
  readonly icvBits: number;
}

interface PolicyText {
  readonly direction: string;
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  /** 0 for any. */
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly priority: number;
  readonly template: {
    readonly source: string;
    readonly destination: string;
    readonly spi: number;
    readonly reqid: number;
  };
}

/** What `ip -batch` reads. */
export function ipBatch(wish: Desired): string {
  return [...sasOf(wish).map(ipSa), ...wish.policies.map(policyText).map(ipPolicy)].join('');
}

/** What bench/kernel/go reads: JSON, an object a line. */
export function goLines(wish: Desired): string {
  const sas = sasOf(wish).map((sa) => ({ sa }));
  const policies = wish.policies.map((policy) => ({ policy: policyText(policy) }));
  return [...sas, ...policies].map((one) => `${JSON.stringify(one)}\n`).join('');
}

function ipSa(sa: SaText): string {
  const { source, destination, spi, reqid, replayWindow, algorithm, key, icvBits } = sa;
  return `${[
    `xfrm state add src ${source} dst ${destination} proto esp spi ${spi} reqid ${reqid} mode tunnel`,
    `replay-window ${replayWindow} flag esn flag af-unspec`,
    `aead "${algorithm}" 0x${key} ${icvBits}`,
  ].join(' ')}\n`;
}

function ipPolicy(policy: PolicyText): string {
  const { direction, source, destination, protocol, sourcePort, destinationPort } = policy;
  const { priority, template } = policy;
  const upper =
    protocol === 0 ? '' : ` proto ${protocol} sport ${sourcePort} dport ${destinationPort}`;
  const ends = `src ${template.source} dst ${template.destination}`;
  const spi = template.spi === 0 ? '' : ` spi ${template.spi}`;
  return `${[
    `xfrm policy add src ${source} dst ${destination}${upper} dir ${direction} priority ${priority}`,
    `tmpl ${ends} proto esp${spi} reqid ${template.reqid} mode tunnel`,
  ].join(' ')}\n`;
}

function sasOf({ tunnels }: Desired): SaText[] {
  const inbound = tunnels.map((one) => saText(one, one.remote, one.local, one.inbound));
  const outbound = tunnels.map((one) => saText(one, one.local, one.remote, one.outbound));
  return [...inbound, ...outbound];
}

function saText(
  { reqid }: TunnelWish,
  source: Uint8Array,
  destination: Uint8Array,
  { spi, algorithms }: TunnelWish['inbound'],
): SaText {
  const aead = aeadOf(algorithms);
  return {
    source: formatAddress(source),
    destination: formatAddress(destination),
    spi,
    reqid,
    replayWindow: REPLAY_WINDOW,
    algorithm: aead.name,
    key: Buffer.from(aead.key).toString('hex'),
    icvBits: aead.icvBits,
  };
}

function aeadOf(algorithms: Algorithms | undefined): NonNullable<Algorithms['aead']> {
  if (algorithms?.aead === undefined) throw new Error('the bench has SAs with an AEAD only');
  return algorithms.aead;
}

function policyText({ direction, selector, priority, templates }: Policy): PolicyText {
  const [template] = templates;
  if (template === undefined) throw new Error('each policy of the bench has a template');
  return {
    direction,
    source: formatPrefix(selector.source),
    destination: formatPrefix(selector.destination),
    protocol: selector.protocol,
    sourcePort: selector.sourcePort.port,
    destinationPort: selector.destinationPort.port,
    priority,
    template: {
      source: formatAddress(template.source),
      destination: formatAddress(template.destination),
      spi: template.spi,
      reqid: template.reqid,
    },
  };
}
