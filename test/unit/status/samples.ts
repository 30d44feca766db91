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
