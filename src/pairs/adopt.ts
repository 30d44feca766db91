import { type Actual, fingerprintOf, ownOf, PROBE_PORT } from '../datapath/index.js';
import { unpackSpi } from '../keying/index.js';
import { formatAddress, formatPrefix, type Prefix } from '../net/index.js';
import type { Policy, SaState } from '../netlink/index.js';
import type { Pair, Tunnel } from './state.js';

/**
 * Pairs as the kernel shows them, for a node that has lost its memory of them: by request id, with the
 * tunnels that are there and what the policies cover. They go on as they are until records come.
 *
 * @param known request ids of the pairs that are remembered
 */
export function adopt(actual: Actual, known: ReadonlySet<number>): Pair[] {
  const { sas, policies } = ownOf(actual);
  const pinned = new Set(
    policies
      .filter(({ direction, selector }) => direction === 'out' && !isProbe(selector))
      .flatMap(({ templates }) => templates.map(({ spi }) => spi)),
  );
  const reqids = new Set([
    ...sas.map(({ reqid }) => reqid),
    ...policies.flatMap(({ templates }) => templates.map(({ reqid }) => reqid)),
  ]);
  return [...reqids]
    .filter((reqid) => reqid !== 0 && !known.has(reqid))
    .map((reqid) => adoptOne(reqid, sas, policies, pinned));
}

function adoptOne(
  reqid: number,
  sas: readonly SaState[],
  policies: readonly Policy[],
  pinned: ReadonlySet<number>,
): Pair {
  const own = policies.filter(
    ({ templates, selector }) =>
      templates.some((template) => template.reqid === reqid) && !isProbe(selector),
  );
  const remotes = new Map<string, Prefix>();
  for (const { direction, selector } of own) {
    const remote = direction === 'out' ? selector.destination : selector.source;
    remotes.set(formatPrefix(remote), remote);
  }
  const hosts = [...remotes.values()].filter(isHost);
  const prefixes = [...remotes.values()].filter((one) => !isHost(one));
  const arriving = own.filter(({ direction }) => direction === 'in');
  const inClosed =
    arriving.length > 0 && arriving.every(({ templates }) => templates.every((t) => !t.optional));
  return {
    // A slash is in no node's name.
    peer: `adopted/${reqid.toString(16)}`,
    reqid,
    podPrefixes: prefixes.map(formatPrefix),
    addresses: hosts.map(({ address }) => formatAddress(address)),
    tunnels: tunnelsOf(
      sas.filter((sa) => sa.reqid === reqid),
      pinned,
      inClosed,
    ),
    // A block has no template, so no request id: it is known by what it covers.
    outClosed: policies.some(
      ({ direction, selector }) =>
        direction === 'out' && remotes.has(formatPrefix(selector.destination)),
    ),
    inClosed,
  };
}

/** Pairs an SA that leaves with the one of the same ends and key id that arrives. */
function tunnelsOf(
  sas: readonly SaState[],
  pinned: ReadonlySet<number>,
  peerSends: boolean,
): Tunnel[] {
  const used = new Set<SaState>();
  return sas.flatMap((outbound): Tunnel[] => {
    const inbound = sas.find(
      (one) =>
        !used.has(one) &&
        one !== outbound &&
        Buffer.compare(one.source, outbound.destination) === 0 &&
        Buffer.compare(one.destination, outbound.source) === 0 &&
        generationOf(one.spi) === generationOf(outbound.spi),
    );
    if (inbound === undefined || !pinned.has(outbound.spi)) return [];
    used.add(inbound).add(outbound);
    return [
      {
        id: `adopted ${inbound.spi.toString(16)}`,
        keyID: unpackSpi(outbound.spi)?.keyId ?? 0,
        local: formatAddress(outbound.source),
        remote: formatAddress(outbound.destination),
        reqid: outbound.reqid,
        inbound: { spi: inbound.spi, fingerprint: fingerprintOf(inbound) },
        outbound: { spi: outbound.spi, fingerprint: fingerprintOf(outbound) },
        confirmed: true,
        peerSends,
        told: true,
      },
    ];
  });
}

/** All of an SPI but the node's number. */
function generationOf(spi: number): number {
  return spi >>> 20;
}

function isProbe({ destinationPort }: Policy['selector']): boolean {
  return destinationPort.port === PROBE_PORT && destinationPort.mask === 0xffff;
}

function isHost({ family, length }: Prefix): boolean {
  return length === (family === 4 ? 32 : 128);
}
