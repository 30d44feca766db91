import { isOwnPolicy, isOwnSa } from '../datapath/index.js';
import { peerOfReqid, unpackSpi } from '../keying/index.js';
import { formatAddress, formatPrefix } from '../net/index.js';
import {
  type Algorithm,
  type PolicyState,
  type PortMatch,
  type SaState,
  type Template,
  XFRM_MODE,
} from '../netlink/index.js';
import { keyHash } from '../status/index.js';

/**
 * An SA in the shape of `cilium-dbg encrypt dump-xfrm` (XfrmStateInfo of Cilium), with hashes for keys.
 *
 * @param isLocal whether an address is this node's, to tell the direction of a foreign SA
 */
export function stateInfo(sa: SaState, isLocal: (address: string) => boolean): object {
  const src = formatAddress(sa.source);
  return {
    encrypt: isOwnSa(sa) ? isOutbound(sa) : isLocal(src),
    src,
    dst: formatAddress(sa.destination),
    spi: sa.spi,
    reqid: sa.reqid,
    ...algorithmInfo('auth', sa.auth),
    ...algorithmInfo('crypt', sa.crypt),
    ...algorithmInfo('aead', sa.aead),
  };
}

/** An SPI of ours holds the sender's node number, a request id the peer's. */
function isOutbound({ spi, reqid }: SaState): boolean {
  return unpackSpi(spi)?.nodeNumber !== peerOfReqid(reqid);
}

function algorithmInfo(prefix: string, algorithm: Algorithm | undefined): object {
  if (algorithm === undefined) return {};
  return { [`${prefix}_alg`]: algorithm.name, [`${prefix}_key`]: keyHash(algorithm.key) };
}

/** A policy in the words of iproute2, and whether it is ours. */
export function policyInfo(policy: PolicyState): object {
  const { selector, mark, ifId } = policy;
  return {
    dir: policy.direction,
    src: formatPrefix(selector.source),
    dst: formatPrefix(selector.destination),
    proto: selector.protocol,
    ...portInfo('sport', selector.sourcePort),
    ...portInfo('dport', selector.destinationPort),
    priority: policy.priority,
    action: policy.action,
    own: isOwnPolicy(policy),
    ...(mark === undefined ? {} : { mark: mark.value, mark_mask: mark.mask }),
    ...(ifId === undefined ? {} : { if_id: ifId }),
    templates: policy.templates.map(templateInfo),
  };
}

function portInfo(name: string, { port, mask }: PortMatch): object {
  if (mask === 0) return {};
  return { [name]: port, ...(mask === 0xffff ? {} : { [`${name}_mask`]: mask }) };
}

function templateInfo(template: Template): object {
  const mode = Object.entries(XFRM_MODE).find(([, number]) => number === template.mode)?.[0];
  return {
    src: formatAddress(template.source),
    dst: formatAddress(template.destination),
    proto: template.protocol,
    spi: template.spi,
    reqid: template.reqid,
    mode: mode ?? template.mode,
    level: template.optional ? 'use' : 'required',
  };
}
