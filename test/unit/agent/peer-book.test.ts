import { describe, expect, it } from 'vitest';
import { PeerBook } from '../../../src/agent/peer-book.js';
import { sealRecord } from '../../../src/keying/index.js';
import { gcmLine, recordOf } from '../../keying/samples.js';

const lines = [gcmLine(3)];
const owner = { clusterUID: 'cluster', nodeName: 'n2' };

function object(version: string, epoch: number) {
  const record = { ...recordOf([3]), epoch };
  const spec = sealRecord(record, owner, lines);
  return { name: 'n2', uid: 'record', resourceVersion: version, generation: 1, spec };
}

function bookOf(first: ReturnType<typeof object>): PeerBook {
  const book = new PeerBook('n1');
  book.setNodes([{ name: 'n2', uid: recordOf([3]).nodeUID }]);
  book.setRecords([first]);
  return book;
}

const judge = (book: PeerBook): string[] => book.judge('cluster', lines, () => undefined);

describe('the book of peers', () => {
  it('does not prove a record again of which only the status has changed', () => {
    const book = bookOf(object('1', 7));
    expect(judge(book)).toEqual(['n2']);
    const before = book.accepted.get('n2');
    expect(before).toBeDefined();
    book.changeRecord('n2', object('2', 7));
    expect(judge(book)).toEqual([]);
    expect(book.accepted.get('n2')).toBe(before);
  });

  it('proves one again that says something else, and all when the keys have changed', () => {
    const book = bookOf(object('1', 7));
    judge(book);
    book.changeRecord('n2', object('2', 8));
    expect(judge(book)).toEqual(['n2']);
    const before = book.accepted.get('n2');
    book.judgeAllAnew();
    judge(book);
    expect(book.accepted.get('n2')).not.toBe(before);
  });

  it('takes a refusal back with the record', () => {
    const damaged = object('1', 7);
    const book = bookOf({ ...damaged, spec: { ...damaged.spec, epoch: 9 } });
    judge(book);
    expect(book.refusals).toMatchObject([{ node: 'n2', cause: 'wrong-mac' }]);
    book.changeRecord('n2', undefined);
    judge(book);
    expect(book.refusals).toEqual([]);
  });
});
