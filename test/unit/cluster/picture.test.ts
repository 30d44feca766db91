import { describe, expect, it } from 'vitest';
import { clusterJson, clusterText, pictureOf } from '../../../src/cluster/index.js';
import { recordOf } from './samples.js';

const MIXED = pictureOf(
  ['n1', 'n2', 'n3', 'n4', 'n5'],
  [
    recordOf('n2', 'Enforced', [4, 3]),
    recordOf('n1', 'Disabled'),
    recordOf('n3', 'Enabling', [3], {
      status: 'False',
      reason: 'PC701',
      message: 'PC701: no ESP\nPC706: no\u001b[31m device',
    }),
    recordOf('n5', 'Disabled', [3]),
    recordOf('gone', 'Enforced'),
  ],
);

describe('the status of a cluster', () => {
  it('is in the lines of Cilium, and behind them what else there is to tell', () => {
    expect(clusterText(MIXED)).toBe(
      [
        'Encryption: Disabled (2/5 nodes)',
        'Encryption: IPsec (3/5 nodes)',
        'IPsec key ids in use: 3 on 3/5, 4 on 1/5',
        'IPsec expected key count: 4',
        'Still enabling, some pairs may talk in plaintext: 1',
        '\tn3',
        'Still walking back to plaintext: 1',
        '\tn5',
        'Not ready, as their agents said last: 1',
        '\tn3: PC701: no ESP; PC706: no?[31m device',
        'Without a record: 1',
        '\tn4',
        'Records without a Node: 1',
        '\tgone',
        '',
      ].join('\n'),
    );
  });

  it('takes a node for enabling until it has said of this very record that it encrypts with every peer', () => {
    const enforced = recordOf('n1', 'Enforced');
    const stateOf = (record: object) =>
      pictureOf(['n1'], [{ ...enforced, ...record }]).nodes.map(({ state }) => state);
    expect(stateOf({})).toEqual(['enforced']);
    // What was said before encryption was on the last time.
    expect(stateOf({ generation: 2 })).toEqual(['enabling']);
    expect(stateOf({ status: { conditions: [{ type: 'Ready', status: 'True' }] } })).toEqual([
      'enabling',
    ]);
    const conditions = [{ type: 'Encrypted', status: 'False', observedGeneration: 1 }];
    expect(stateOf({ status: { conditions } })).toEqual(['enabling']);
  });

  it('is nothing but one line where all nodes do the same and well', () => {
    const nodes = ['n1', 'n2'];

    expect(
      clusterText(
        pictureOf(
          nodes,
          nodes.map((node) => recordOf(node, 'Disabled')),
        ),
      ),
    ).toBe('Encryption: Disabled (2/2 nodes)\n');
    expect(
      clusterText(
        pictureOf(
          nodes,
          nodes.map((node) => recordOf(node, 'Enforced')),
        ),
      ),
    ).toBe(
      'Encryption: IPsec (2/2 nodes)\nIPsec key ids in use: 3 on 2/2\nIPsec expected key count: 2\n',
    );
    expect(clusterText(pictureOf([], []))).toBe('Encryption: Disabled (0/0 nodes)\n');
  });

  it('has the keys of Cilium in JSON, and ours apart', () => {
    expect(clusterJson(MIXED)).toEqual({
      'total-node-count': 5,
      'enc-disabled-node-count': 2,
      'enc-ipsec-node-count': 3,
      'enc-wireguard-node-count': 0,
      'ipsec-expected-key-count': 4,
      podcloak: {
        notInRecords: [
          ...['ipsec-keys-in-use-node-count', 'ipsec-max-seq-num', 'ipsec-err-count'],
          ...['xfrm-errors', 'xfrm-error-node-count'],
        ],
        keyIDNodeCount: { 3: 3, 4: 1 },
        enabling: ['n3'],
        leaving: ['n5'],
        emptying: [],
        unknown: [],
        notReady: [{ node: 'n3', reason: 'PC701: no ESP\nPC706: no\u001b[31m device' }],
        rotationNeeded: [],
        withoutRecord: ['n4'],
        withoutNode: ['gone'],
      },
    });
  });

  it('expects no keys where no node encrypts, and claims no count of any kernel', () => {
    const json = clusterJson(pictureOf(['n1'], [recordOf('n1', 'Disabled')]));
    const { podcloak, ...cilium } = json as { podcloak: { notInRecords: string[] } };

    expect(Object.keys(cilium)).toEqual([
      ...['total-node-count', 'enc-disabled-node-count', 'enc-ipsec-node-count'],
      'enc-wireguard-node-count',
    ]);
    for (const name of podcloak.notInRecords) expect(cilium).not.toHaveProperty(name);
  });

  it('does not take a node for disabled before its record names no key', () => {
    const text = (keyIDs: number[]) =>
      clusterText(pictureOf(['n1'], [recordOf('n1', 'Disabled', keyIDs)]));

    expect(text([3])).toContain('Encryption: IPsec (1/1 nodes)');
    expect(text([])).toBe('Encryption: Disabled (1/1 nodes)\n');
  });

  it('does not take what it cannot read for disabled', () => {
    const odd = [
      { ...recordOf('n1', 'Later'), spec: { phase: 'Later' } },
      { ...recordOf('n2', ''), spec: null, status: 'none' },
    ];

    expect(clusterText(pictureOf(['n1', 'n2'], odd))).toBe(
      [
        'Encryption: IPsec (2/2 nodes)',
        'IPsec expected key count: 2',
        'With a record of another version: 2',
        '\tn1',
        '\tn2',
        'Not ready, as their agents said last: 1',
        '\tn2: its agent has not said yet how it does',
        '',
      ].join('\n'),
    );
  });

  it('lists the nodes that ask for a rotation', () => {
    const worn = recordOf('n1', 'Enforced');
    const { conditions } = worn.status as { conditions: object[] };
    const asks = {
      type: 'RotationNeeded',
      status: 'True',
      reason: 'SequenceNumbers',
      message: 'm',
    };
    const status = { conditions: [...conditions, asks] };
    const picture = pictureOf(['n1', 'n2'], [{ ...worn, status }, recordOf('n2', 'Enforced')]);

    expect(clusterText(picture)).toContain('Asking for a rotation: 1\n\tn1: m\n');
    expect(clusterJson(picture)).toMatchObject({
      podcloak: { rotationNeeded: [{ node: 'n1', reason: 'm' }], notReady: [] },
    });
  });

  it('names the first of many nodes', () => {
    const nodes = Array.from({ length: 25 }, (_, index) => `n${index + 10}`);

    expect(clusterText(pictureOf(nodes, []))).toMatch(
      /: 25\n\tn10\n(\tn\d\d\n){19}\tand 5 more\n$/,
    );
  });
});
