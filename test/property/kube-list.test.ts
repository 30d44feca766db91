import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readItems } from '../../src/kube/list-items.js';

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = async (text: string, size: number) => {
  const items: unknown[] = [];
  const rest = await readItems(inChunks(Buffer.from(text), size), (item) => items.push(item));
  return { items, rest };
};

const json = fc.jsonValue({ noUnicodeString: false, maxDepth: 4 });
/** Also with keys and strings that look like structure. */
const tricky = fc.constantFrom('items', '"items":[', '\\\\"', ']}', '{"items":[{}]}', 'ü😀');
const map = fc.dictionary(fc.oneof(fc.string(), tricky), fc.oneof(json, tricky));
const list = fc.record({ before: map, items: fc.array(map), after: map }).map((parts) => {
  const { items: _, ...before } = parts.before;
  const { items: __, ...after } = parts.after;
  return { ...before, items: parts.items, ...after };
});
const spaces = fc.constantFrom(undefined, 1, '\t');

it('a list of the API is read piece by piece to the same items and the same rest', async () => {
  await fc.assert(
    fc.asyncProperty(list, spaces, fc.integer({ min: 1, max: 200 }), async (value, space, size) => {
      const text = JSON.stringify(value, null, space);
      expect(await read(text, size)).toEqual({
        items: JSON.parse(text).items,
        rest: { ...JSON.parse(text), items: [] },
      });
    }),
  );
});

it('any other JSON is returned as it is', async () => {
  const other = json.filter((value) => !JSON.stringify(value).includes('"items"'));
  await fc.assert(
    fc.asyncProperty(other, fc.integer({ min: 1, max: 50 }), async (value, size) => {
      const text = JSON.stringify(value);
      expect(await read(text, size)).toEqual({ items: [], rest: JSON.parse(text) });
    }),
  );
});

it('a list that ends early is an error, wherever it ends', async () => {
  const text = '{"kind":"NodeList","items":[{"a":"}"},{"b":[1]}],"metadata":{}}';
  for (let length = 0; length < text.length; length += 1) {
    await expect(read(text.slice(0, length), 7)).rejects.toMatchObject({ code: 'PC509' });
  }
});

it.each(['{"items":[1]}', '{"items":[null]}', '{"items":[[{}]]}', '{"items":["a"]}'])(
  'a list of something else than objects is an error: %s',
  async (text) => {
    await expect(read(text, 100)).rejects.toMatchObject({ code: 'PC509' });
  },
);
