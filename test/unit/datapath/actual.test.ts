import { describe, expect, it } from 'vitest';
import { isOwnPolicy, readActual } from '../../../src/datapath/index.js';
import { OWNER_MARK } from '../../../src/keying/index.js';
import { type NetlinkSocket, newPolicy, newSa, type Policy } from '../../../src/netlink/index.js';
import { GCM_SA, OUT_POLICY, selector } from '../netlink/samples.js';

/** Dumps what the bytes of these requests say, whose structures are those of answers. */
function holding(policies: readonly Policy[]): NetlinkSocket {
  const requests = [newSa({ ...GCM_SA, replay: FRESH }), ...policies.map(newPolicy)];
  const dump: NetlinkSocket['dump'] = async (query) =>
    requests.flatMap((request) => {
      const found = query.parse({ ...request, sequence: 1, portId: 0 });
      return found === undefined ? [] : [found];
    });
  return { dump } as NetlinkSocket;
}

const FRESH = { window: 1024, sent: 0n, received: 0n, bitmap: [] };
const ours = { ...selector('10.244.1.0/24', '10.244.2.0/24'), user: OWNER_MARK };
const out: Policy = { ...OUT_POLICY, selector: ours };
const into: Policy = { ...out, direction: 'in' };
const [template] = OUT_POLICY.templates;
if (template === undefined) throw new Error('the sample has a template');

/** All of which differ in one thing. */
const VARIED: readonly [string, Policy][] = [
  ['the mark of its owner', { ...out, selector: { ...ours, user: 0 } }],
  ['its protocol', { ...out, selector: { ...ours, protocol: 17 } }],
  ['a port', { ...out, selector: { ...ours, sourcePort: { port: 53, mask: 0xffff } } }],
  ['a mask of ports', { ...out, selector: { ...ours, sourcePort: { port: 53, mask: 0xfffe } } }],
  ['its device', { ...out, selector: { ...ours, ifindex: 3 } }],
  ['its source', { ...out, selector: { ...ours, ...bySource('10.244.3.0/24') } }],
  ['the length of its source', { ...out, selector: { ...ours, ...bySource('10.244.1.0/25') } }],
  ['its priority', { ...out, priority: 7 }],
  ['its action', { ...out, action: 'block' }],
  ['its templates', { ...out, templates: [] }],
  ['an SPI', { ...out, templates: [{ ...template, spi: 1 }] }],
  ['a request id', { ...out, templates: [{ ...template, reqid: 1 }] }],
  ['what is optional', { ...out, templates: [{ ...template, optional: true }] }],
  ['its share', { ...out, templates: [{ ...template, share: 1 }] }],
  [
    'its algorithms',
    { ...out, templates: [{ ...template, allowed: { auth: 1, crypt: 2, comp: 3 } }] },
  ],
  ['its mark', { ...out, mark: { value: 1, mask: 1 } }],
  ['its interface id', { ...out, ifId: 9 }],
];

function bySource(source: string) {
  return { source: selector(source, '10.244.2.0/24').source };
}

describe('what the kernel holds', () => {
  it('is kept once where policies have it in common', async () => {
    const { policies } = await readActual(holding([out, into]));
    const [one, other] = policies;
    expect(other?.selector).toBe(one?.selector);
    expect(other?.templates).toBe(one?.templates);
  });

  it.each(VARIED)('is told apart where policies differ in %s', async (_, other) => {
    const { policies } = await readActual(holding([out, other]));
    expect(policies).toEqual([out, other]);
    expect(policies.map(isOwnPolicy)).toEqual([true, other.selector.user === OWNER_MARK]);
  });

  it('has the numbers of SAs, for status, without the bitmaps of their windows', async () => {
    const { sas } = await readActual(holding([]));
    expect(sas).toMatchObject([{ spi: GCM_SA.spi, aead: GCM_SA.aead }]);
    expect(sas[0]?.replay).toEqual({ ...FRESH, bitmap: [] });
  });
});
