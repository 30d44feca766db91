import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCHEMA, type SchemaNode } from '../../src/values/schema.js';
import { LanguageServer } from './language-server.js';

/** A key of the values as an app writes it: where it stands, and what the schema says of it. */
interface Written {
  readonly path: string;
  readonly line: number;
  readonly character: number;
  readonly node: SchemaNode;
}

/** An app that gives every value there is, a key a line. */
class Sample {
  readonly lines = [
    "import { type EncryptionValues, Podcloak, type PodcloakValues } from 'podcloak';",
    'export const values: PodcloakValues = {',
  ];
  readonly keys: Written[] = [];

  constructor() {
    this.#keysOf(SCHEMA, '');
    this.lines.push('};', 'export type Encryption = EncryptionValues;', 'export { Podcloak };', '');
  }

  #keysOf({ properties = {} }: SchemaNode, path: string): void {
    for (const [key, node] of Object.entries(properties)) {
      const here = `${path}${key}`;
      this.keys.push({ path: here, line: this.lines.length, character: 0, node });
      if (node.properties !== undefined) this.#block(`${key}: {`, '},', node, `${here}.`);
      else if (node.items?.properties !== undefined) {
        this.#block(`${key}: [{`, '}],', node.items, `${here}[].`);
      } else this.lines.push(`${key}: null as never,`);
    }
  }

  #block(open: string, close: string, node: SchemaNode, path: string): void {
    this.lines.push(open);
    this.#keysOf(node, path);
    this.lines.push(close);
  }
}

const sample = new Sample();
const server = new LanguageServer();
let uri: string;

beforeAll(async () => {
  await server.start();
  uri = server.open('test/library/app-of-hover-test.ts', sample.lines.join('\n'));
});
afterAll(() => server.stop());

/** The first place of a word in the sample, the import aside. */
function over(word: string): Promise<string> {
  const line = sample.lines.findIndex((text, index) => index > 0 && text.includes(word));
  return server.hover(uri, line, sample.lines[line]?.indexOf(word) ?? 0);
}

describe('an editor', () => {
  it('is tried over every value of the encryption block', () => {
    expect(sample.keys.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['encryption', 'encryption.enabled', 'encryption.ipsec.interface']),
    );
  });

  it.each(sample.keys.map((key) => [key.path, key] as const))(
    'shows over %s what the schema says of it',
    async (_, { line, character, node }) => {
      const shown = await server.hover(uri, line, character);

      expect(node.description).toBeTruthy();
      const mark = node.deprecated === true ? '*@deprecated* — ' : '';
      expect(shown).toContain(`\n${mark}${node.description}`);
      if (node.default !== undefined) {
        expect(shown).toContain(`*@default* — ${JSON.stringify(node.default)}`);
      }
    },
  );

  it('shows what a block of values is for over the name of its type', async () => {
    expect(await over('EncryptionValues')).toContain(
      'Encryption of the pod traffic between nodes.',
    );
  });

  it('shows an example over a construct', async () => {
    expect(await over('Podcloak }')).toMatch(/@example.*new Podcloak\(chart, 'podcloak', \{/s);
  });
});
