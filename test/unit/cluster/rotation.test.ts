import { describe, expect, it } from 'vitest';
import {
  clusterJson,
  clusterText,
  type NodePicture,
  type Picture,
} from '../../../src/cluster/index.js';
import { nodesText } from '../../../src/cluster/node-text.js';
import { isRotating, notOnOneKey, notSettled } from '../../../src/cluster/rotation.js';
import { notEnforced } from '../../../src/cluster/wait-enforced.js';

const node = (name: string, keyID: number, confirmed = 2): NodePicture => ({
  ...{ node: name, state: 'enforced', keyIDs: [3, keyID] },
  currentKey: { keyID, isConfirmed: confirmed === 2, peers: 2, confirmed, waitingFor: ['n9'] },
});
const of = (...nodes: NodePicture[]): Picture => ({ nodes, orphans: [] });
const silent: NodePicture = { node: 'n7', state: 'enforced', keyIDs: [3] };

describe('a rotation, as the records alone have it', () => {
  it('goes on while nodes prefer different keys, or have not sent under theirs', () => {
    const picture = of(node('n1', 4), node('n2', 4, 1), node('n3', 3));
    expect(isRotating(picture)).toBe(true);
    expect(notOnOneKey(picture)).toEqual([
      { node: 'n2', why: '1 of 2 peers, waits for n9' },
      { node: 'n3', why: 'prefers key id 3' },
    ]);
  });

  it('is over when all are on one key', () => {
    expect(isRotating(of(node('n1', 4), node('n2', 4)))).toBe(false);
  });

  it('cannot be told where no node says anything of it', () => {
    expect(isRotating(of(silent))).toBeUndefined();
    expect(clusterText(of(silent))).not.toContain('rotation');
    expect(clusterJson(of(silent))).not.toHaveProperty('ipsec-key-rotation-in-progress');
  });

  it('is waited for by those that encrypt by the other type, where one is asked for', () => {
    const by = (type: 'ipsec' | 'wireguard', name: string): NodePicture => ({
      ...{ ...node(name, 4), type },
    });
    const picture = of(by('wireguard', 'n1'), by('ipsec', 'n2'));
    expect(notSettled(picture)).toEqual([]);
    expect(notSettled(picture, 'wireguard')).toEqual([{ node: 'n2', why: 'encrypts by ipsec' }]);
    expect(notEnforced(picture, 'ipsec')).toEqual([{ node: 'n1', why: 'encrypts by wireguard' }]);
  });

  it('is not waited for in a cluster of one node, that has nobody to encrypt with', () => {
    const alone: NodePicture = { node: 'n1', state: 'enabling', keyIDs: [3] };
    expect(notEnforced(of(alone))).toEqual([]);
    expect(notEnforced(of({ ...alone, notReady: 'PC708' }))).toHaveLength(1);
    expect(notEnforced(of(alone, { ...alone, node: 'n2' }))).toHaveLength(2);
    expect(clusterText(of(alone))).toContain('Enabling, with no other node to encrypt with: 1');
  });

  it('is waited for after what does not encrypt at all', () => {
    const enabling: NodePicture = { ...node('n1', 4), state: 'enabling' };
    expect(notSettled(of(enabling, node('n2', 4, 0), silent))).toEqual([
      { node: 'n1', why: 'enabling' },
      { node: 'n2', why: '0 of 2 peers, waits for n9' },
      { node: 'n7', why: 'its agent has not said which key it prefers' },
    ]);
  });

  it('stands in the lines of Cilium, for the cluster and for each node', () => {
    const picture = of(node('n1', 4), node('n2', 4, 1));
    expect(clusterText(picture)).toContain('IPsec key rotation in progress: true\n');
    expect(clusterJson(picture)).toMatchObject({ 'ipsec-key-rotation-in-progress': true });
    expect(nodesText(picture)).toBe(
      [
        'Node: n1',
        'Encryption: IPsec',
        'IPsec key ids in use: 3, 4',
        'IPsec key rotation in progress: false',
        '',
        'Node: n2',
        'Encryption: IPsec',
        'IPsec key ids in use: 3, 4',
        'IPsec key rotation in progress: true',
        '',
      ].join('\n'),
    );
  });
});
