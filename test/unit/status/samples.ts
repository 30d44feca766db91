import { type AgentStatus, STATUS_VERSION } from '../../../src/status/index.js';

/** A node where all is well. */
export const HEALTHY: AgentStatus = {
  version: STATUS_VERSION,
  node: 'worker-1',
  mode: 'IPsec',
  decryptionInterfaces: ['eth0', 'eth1'],
  keysInUse: 4,
  keyIDs: [3],
  maxSeqNumber: { current: '0x1e3', limit: '0xffffffffffffffff', esn: true },
  interfaces: [],
  xfrmCounters: { XfrmInError: 0, XfrmInNoStates: 0 },
  peers: [
    { node: 'worker-2', state: 'encrypted', keyID: 3, epoch: 1795262400 },
    { node: 'worker-3', state: 'encrypted', keyID: 3, epoch: 1795262401 },
  ],
  nodesWithoutAgent: [],
  warnings: [],
};

/** A node with something of everything to tell. */
export const TROUBLED: AgentStatus = {
  ...HEALTHY,
  xfrmCounters: { XfrmNewInLinux7: 1, XfrmOutNoStates: 2, XfrmInError: 0, XfrmInNoStates: 3 },
  peers: [
    ...HEALTHY.peers,
    {
      node: 'worker-4',
      state: 'plaintext',
      keyID: null,
      reason: 'no answer',
      cause: 'no-answer',
      epoch: 1795262402,
    },
    { node: 'worker-5', state: 'blocked', keyID: null, reason: 'its record is gone', epoch: null },
    { node: 'worker-6', state: 'switching', keyID: 3, epoch: 1795262403 },
    { node: 'worker-7', state: 'encrypted', keyID: 3, reason: 'lacks key id 4', epoch: 1795262404 },
  ],
  nodesWithoutAgent: [{ node: 'worker-\u001b[2J8', reason: 'it has no record' }],
  warnings: ['net.ipv4.conf.eth0.disable_xfrm is set'],
};

const device = (name: string, listenPort: number, keyID: number) => ({
  ...{ name, listenPort, psk: `from the Secret, key id ${keyID}`, nodeEncryption: false },
  publicKey: `${name}/${'A'.repeat(30)}=`,
});
const there = { endpoint: '192.0.2.2:51871', receivedBytes: 1_258_291, sentBytes: 512 };

/** A node of WireGuard in the middle of a rotation. */
export const WIREGUARD: AgentStatus = {
  ...HEALTHY,
  mode: 'Wireguard',
  keysInUse: 0,
  maxSeqNumber: null,
  interfaces: [
    {
      ...device('podcloak_wg0', 51871, 3),
      peerCount: 2,
      peers: [
        {
          ...{ ...there, node: 'worker-2', publicKey: `two${'A'.repeat(40)}=` },
          ...{ handshakeAgeSeconds: 75, confirmed: true },
        },
        {
          ...{ ...there, node: 'worker-3', publicKey: `three${'A'.repeat(38)}=` },
          ...{ handshakeAgeSeconds: 1, confirmed: true },
        },
      ],
    },
    {
      ...device('podcloak_wg1', 51872, 4),
      peerCount: 1,
      peers: [
        {
          ...{ node: null, publicKey: `odd${'A'.repeat(40)}=`, endpoint: null },
          ...{ handshakeAgeSeconds: null, receivedBytes: 0, sentBytes: 148, confirmed: false },
        },
      ],
    },
  ],
};
