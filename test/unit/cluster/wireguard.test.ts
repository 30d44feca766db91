import { describe, expect, it } from 'vitest';
import { clusterJson, clusterText, keyIDsOf, pictureOf } from '../../../src/cluster/index.js';
import { nodesText } from '../../../src/cluster/node-text.js';
import { isRotating, notOnOneKey, notSettled } from '../../../src/cluster/rotation.js';
import type { WrittenRecord } from '../../../src/kube/index.js';
import { deviceOf, recordOf, wireguardRecordOf } from './samples.js';

const picture = (...records: readonly WrittenRecord[]) =>
  pictureOf(
    records.map(({ name }) => name),
    records,
  );
const said = (keyID: number, confirmed = 2) => ({
  currentKey: { keyID, isConfirmed: confirmed === 2, peers: 2, confirmed, waitingFor: ['n9'] },
});
const bare = (name: string, ...generations: number[]) =>
  wireguardRecordOf(
    name,
    'Enforced',
    generations.map((generation) => deviceOf(generation)),
  );

describe('the status of a cluster of WireGuard', () => {
  it('is in Cilium’s line, without any of IPsec', () => {
    expect(
      clusterText(
        picture(wireguardRecordOf('n1', 'Enforced'), wireguardRecordOf('n2', 'Enforced')),
      ),
    ).toBe('Encryption: Wireguard (2/2 nodes)\nWireguard PSKs: key id 3 on 2/2\n');
    expect(clusterText(picture(bare('n1', 1), bare('n2', 1)))).toBe(
      [
        'Encryption: Wireguard (2/2 nodes)',
        'Wireguard PSKs: none on 2/2',
        'Wireguard key rotation in progress: false',
        '',
      ].join('\n'),
    );
  });

  it('counts each type on its own while the cluster moves from one to the other', () => {
    const mixed = picture(
      recordOf('n1', 'Enforced', [3]),
      {
        ...recordOf('n2', 'Enforced', [3]),
        spec: { phase: 'Enforced', type: 'ipsec', keys: [{ keyID: 3 }] },
      },
      wireguardRecordOf('n3', 'Enforced', [deviceOf(1, 3), deviceOf(2, 4)], said(4, 1)),
      wireguardRecordOf('n4', 'Enabling', [deviceOf(2)]),
      recordOf('n5', 'Disabled'),
    );

    expect(clusterText(mixed)).toBe(
      [
        'Encryption: Disabled (1/5 nodes)',
        'Encryption: IPsec (2/5 nodes)',
        'IPsec key ids in use: 3 on 2/5',
        'IPsec expected key count: 2',
        'Encryption: Wireguard (2/5 nodes)',
        'Wireguard PSKs: key id 3 on 1/5, key id 4 on 1/5, none on 1/5',
        'Wireguard key rotation in progress: true',
        'Still enabling, some pairs may talk in plaintext: 1',
        '\tn4',
        '',
      ].join('\n'),
    );
    expect(clusterJson(mixed)).toMatchObject({
      'total-node-count': 5,
      'enc-disabled-node-count': 1,
      'enc-ipsec-node-count': 2,
      'enc-wireguard-node-count': 2,
      'ipsec-expected-key-count': 2,
      podcloak: {
        keyIDNodeCount: { 3: 3, 4: 1 },
        wireguard: {
          pskKeyIDNodeCount: { 3: 1, 4: 1 },
          ...{ withoutPSKNodeCount: 1, keyRotationInProgress: true },
        },
      },
    });
  });

  it('takes no key of a tunnel for one of a PSK', () => {
    const record = wireguardRecordOf('n1', 'Enforced', [deviceOf(2, 4)]);
    const spec = { ...(record.spec as object), keys: [{ keyID: 3 }, { keyID: 4 }] };
    const both = picture({ ...record, spec });

    expect(clusterText(both)).toContain('Wireguard PSKs: key id 4 on 1/1\n');
    expect(clusterJson(both)).toMatchObject({
      podcloak: { keyIDNodeCount: { 3: 1, 4: 1 }, wireguard: { pskKeyIDNodeCount: { 4: 1 } } },
    });
  });

  it('says nothing of IPsec in JSON where no node has it', () => {
    const json = clusterJson(picture(wireguardRecordOf('n1', 'Enforced', undefined, said(3))));

    expect(Object.keys(json)).toEqual([
      ...['total-node-count', 'enc-disabled-node-count', 'enc-ipsec-node-count'],
      ...['enc-wireguard-node-count', 'podcloak'],
    ]);
    expect(json).toMatchObject({ podcloak: { wireguard: { keyRotationInProgress: false } } });
  });

  it('does not take a node for disabled before its record names no device', () => {
    const states = [[deviceOf(1)], [{}], []].map((devices) =>
      clusterText(picture(wireguardRecordOf('n1', 'Disabled', devices))),
    );

    expect(states[0]).toMatch(/^Encryption: Wireguard \(1\/1 nodes\)\n(.+\n)*Still walking back/);
    expect(states[1]).toMatch(/^Encryption: Wireguard \(1\/1 nodes\)\nStill walking back/);
    expect(states[2]).toBe('Encryption: Disabled (1/1 nodes)\n');
  });

  it('tells of each node its devices, those that IPsec takes the place of too', () => {
    const leaving = recordOf('n2', 'Enforced', [3]);
    const spec = {
      phase: 'Enforced',
      type: 'ipsec',
      keys: [{ keyID: 3 }],
      wireguard: [deviceOf(1)],
    };
    const both = picture(
      wireguardRecordOf('n1', 'Enforced', [deviceOf(2, 4), deviceOf(1, 3)], said(4, 1)),
      { ...leaving, spec },
    );

    expect(nodesText(both)).toBe(
      [
        'Node: n1',
        'Encryption: Wireguard',
        'Wireguard device: generation 1, UDP port 51871, PSK of key id 3, public key key1',
        'Wireguard device: generation 2, UDP port 51872, PSK of key id 4, public key key2',
        'Wireguard key rotation in progress: true',
        '',
        'Node: n2',
        'Encryption: IPsec',
        'IPsec key ids in use: 3',
        'Wireguard device: generation 1, UDP port 51871, no PSK, public key key1',
        '',
      ].join('\n'),
    );
    expect(clusterJson(both, undefined, true)).toMatchObject({
      podcloak: {
        nodes: [
          { node: 'n1', type: 'wireguard', keyIDs: [3, 4], devices: [{ generation: 1 }, {}] },
          { node: 'n2', type: 'ipsec' },
        ],
      },
    });
  });

  it('reads whatever somebody wrote for devices', () => {
    for (const odd of [null, 'x', [null, 3, {}, { generation: 'a' }], { 0: deviceOf(1) }]) {
      const spec = { phase: 'Enforced', type: 'wireguard', wireguard: odd };
      const record = { ...recordOf('n1', 'Enforced'), spec };

      expect(clusterText(picture(record))).toBe('Encryption: Wireguard (1/1 nodes)\n');
    }
  });

  it('lets a public key of somebody’s own bring nothing onto a terminal', () => {
    const odd = { ...deviceOf(1), publicKey: '\u001b[2J\nNode: n9' };

    expect(nodesText(picture(wireguardRecordOf('n1', 'Enforced', [odd])))).toContain(
      'public key ?[2J; Node: n9\n',
    );
  });
});

describe('the key ids that a record names', () => {
  it('are those of tunnels and of PSKs, each once', () => {
    const keys = [{ keyID: 4 }, { keyID: 3 }];

    expect(keyIDsOf({ keys, wireguard: [deviceOf(1, 3), deviceOf(2, 5), deviceOf(3)] })).toEqual([
      ...[3, 4, 5],
    ]);
    expect(keyIDsOf({ wireguard: 'none' })).toEqual([]);
  });
});

describe('waiting for nodes of WireGuard', () => {
  it('is over when each has sent to all under the same line of the Secret, with any devices', () => {
    const two = [deviceOf(1, 3), deviceOf(2, 4)];
    const done = ['n1', 'n2'].map((name) => wireguardRecordOf(name, 'Enforced', two, said(4)));

    expect(notSettled(picture(...done))).toEqual([]);
    expect(isRotating(picture(...done))).toBe(false);
    expect(
      notOnOneKey(
        picture(
          ...done,
          wireguardRecordOf('n3', 'Enforced', two, said(4, 1)),
          wireguardRecordOf('n4', 'Enforced', two, said(3)),
          wireguardRecordOf('n5', 'Enforced', two),
        ),
      ),
    ).toEqual([
      { node: 'n3', why: '1 of 2 peers, waits for n9' },
      { node: 'n4', why: 'prefers key id 3' },
      { node: 'n5', why: 'its agent has not said which key it prefers' },
    ]);
  });

  it('is over without a Secret when each has one device, and all of one generation', () => {
    expect(notSettled(picture(bare('n1', 2), bare('n2', 2)))).toEqual([]);
    expect(notSettled(picture(bare('n1', 1, 2), bare('n2', 1), bare('n3', 2)))).toEqual([
      { node: 'n1', why: 'has the WireGuard device of its old key still' },
      { node: 'n2', why: 'has no WireGuard device of generation 2 yet' },
    ]);
  });

  it('is not over for one that has no device yet, or is not ready', () => {
    const unready = bare('n2', 1);
    const conditions = [
      { type: 'Ready', status: 'False', message: 'PC701: no' },
      { type: 'Encrypted', status: 'True', observedGeneration: unready.generation },
    ];
    const status = { conditions };

    expect(
      notSettled(picture(wireguardRecordOf('n1', 'Enforced', []), { ...unready, status })),
    ).toEqual([
      { node: 'n2', why: 'PC701: no' },
      { node: 'n1', why: 'its agent has not said which key it prefers' },
    ]);
  });

  it('takes no notice of devices of nodes that do not encrypt', () => {
    expect(notOnOneKey(picture(bare('n1', 1), recordOf('n2', 'Disabled')))).toEqual([]);
  });
});
