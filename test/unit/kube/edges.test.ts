import { describe, expect, it } from 'vitest';
import { delayAfter } from '../../../src/kube/backoff.js';
import { RECORD, RECORDS_PATH } from '../../../src/kube/kinds.js';
import { KubeError, refused, unreachable } from '../../../src/kube/kube-error.js';
import { linesOf } from '../../../src/kube/lines.js';
import { readConfig, readEvent, readOwnNode, readPage } from '../../../src/kube/objects.js';
import { API_GROUP, API_VERSION } from '../../../src/manifests/names.js';

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('the delay before the next attempt', () => {
  const pace = { first: 500, longest: 30_000 };

  it('doubles from the first up to the longest', () => {
    const most = [1, 2, 3, 7, 50, 5000].map((failures) => delayAfter(failures, pace, 1));
    expect(most).toEqual([500, 1000, 2000, 30_000, 30_000, 30_000]);
  });

  it('is at least half of that, so that agents do not come back all at once', () => {
    expect(delayAfter(2, pace, 0)).toBe(500);
    expect(delayAfter(50, pace, 0)).toBe(15_000);
  });

  it('is what the API server asks for, up to the longest', () => {
    expect(delayAfter(1, pace, 0, 5000)).toBe(5000);
    expect(delayAfter(1, pace, 0, 3_600_000)).toBe(30_000);
  });
});

describe('lines of a stream', () => {
  const text = '{"name":"ü€😀"}\n\n{"b":2}\nhalf of an ev';

  it.each([1, 2, 3, 7, 1000])(
    'are whole in chunks of %i bytes, without the last half',
    async (size) => {
      const lines: string[] = [];
      for await (const line of linesOf(inChunks(Buffer.from(text), size))) lines.push(line);
      expect(lines).toEqual(['{"name":"ü€😀"}', '{"b":2}']);
    },
  );

  it('are refused above 16 MiB', async () => {
    const read = async (): Promise<void> => {
      for await (const _ of linesOf(inChunks(new Uint8Array(17 * 1024 * 1024), 1024 * 1024)));
    };
    await expect(read()).rejects.toMatchObject({ code: 'PC509' });
  });
});

describe('an error of the API server', () => {
  const status = (code: number, details = {}, message = 'words') =>
    refused('GET /x', code, { kind: 'Status', reason: 'Why', message, details }, undefined);

  it.each([
    [401, 'PC502'],
    [403, 'PC503'],
    [404, 'PC504'],
    [409, 'PC506'],
    [410, 'PC511'],
    [422, 'PC507'],
    [429, 'PC508'],
    [503, 'PC508'],
    [302, 'PC509'],
  ])('%i is %s', (code, expected) => {
    expect(status(code)).toMatchObject({ code: expected, status: code, reason: 'Why' });
  });

  it('404 that names the object is of the object, not of the kind', () => {
    expect(status(404, { name: 'n1' }).code).toBe('PC505');
  });

  it('has the words of a Status, and none of any other body', () => {
    expect(status(403).message).toBe('GET /x: 403: words');
    const page = refused('GET /x', 502, '<html>secret</html>', undefined);
    expect(page.message).toBe('GET /x: 502: no reason given');
  });

  it('shows no token, no key and no control characters, and is not long', () => {
    const token = `eyJhbGciOi.${'x'.repeat(30)}`;
    const { message } = status(
      500,
      {},
      `Bearer ${token} or ${token}\n\u001b[31m${'ab'.repeat(20)}`,
    );
    expect(message).not.toMatch(/eyJ|\p{Cc}|abab/u);
    expect(status(500, {}, 'word '.repeat(1000)).message.length).toBeLessThan(500);
  });

  it('knows its remedy', () => {
    expect(status(403).remedy).toContain('Apply the manifests');
  });

  it('of the connection has the errno as its reason', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
      code: 'ECONNREFUSED',
    });
    expect(unreachable(error)).toMatchObject({ code: 'PC501', reason: 'ECONNREFUSED' });
  });
});

describe('an answer', () => {
  const metadata = { resourceVersion: '7' };

  it.each([
    ['nothing', undefined],
    ['an empty map', {}],
    ['a text', 'ok'],
    ['another kind', { kind: 'Status', metadata, items: [] }],
    ['a list without items', { kind: 'NodeList', metadata }],
    ['a list without a version', { kind: 'NodeList', metadata: {}, items: [] }],
    ['items that are a map', { kind: 'NodeList', metadata, items: {} }],
  ])('that is %s is never an empty list', (_, body) => {
    expect(() => readPage(body)).toThrow(KubeError);
  });

  it('that is a list has its version and the way to its next page', () => {
    const page = { kind: 'NodeList', metadata: { ...metadata, continue: 'more' }, items: [] };
    expect(readPage(page)).toEqual({ resourceVersion: '7', next: 'more' });
    const last = { kind: 'NodeList', metadata, items: null };
    expect(readPage(last)).toEqual({ resourceVersion: '7', next: '' });
  });

  it('to a watch that is no event is an error that does not quote it', () => {
    for (const line of ['{"secret', '[]', '"text"', '{"type":7}']) {
      expect(() => readEvent(line)).toThrow(KubeError);
      expect(() => readEvent(line)).not.toThrow(/secret/);
    }
  });

  it('that is a Node may have one prefix, or none', () => {
    const node = { metadata: { name: 'n1', uid: 'u' } };
    const plain = { name: 'n1', uid: 'u', labels: {}, podCIDRs: [], taints: [], addresses: [] };
    expect(readOwnNode(node)).toEqual(plain);
    const one = { ...node, spec: { podCIDR: '10.0.0.0/24' } };
    expect(readOwnNode(one)).toEqual({ ...plain, podCIDRs: ['10.0.0.0/24'] });
    expect(() => readOwnNode({ ...node, spec: { podCIDRs: [7] } })).toThrow(KubeError);
    expect(() => readOwnNode({ metadata: { name: 'n1' } })).toThrow(KubeError);
  });

  it('that is a ConfigMap without data has none', () => {
    const found = { metadata: { name: 'podcloak', uid: 'u', resourceVersion: '7' } };
    expect(readConfig(found)).toEqual({ name: 'podcloak', resourceVersion: '7', data: {} });
  });
});

describe('the record', () => {
  it('is asked for by the names that the manifests define it with', () => {
    expect(RECORD.apiVersion).toBe(`${API_GROUP}/${API_VERSION}`);
    expect(RECORDS_PATH).toBe(`/apis/${API_GROUP}/${API_VERSION}/encryptionnodes`);
  });
});
