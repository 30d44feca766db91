import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockYaml } from '../../src/render/yaml.js';
import type { JsonObject } from '../../src/values/index.js';
import { mergedByHelm } from '../lab/helm.js';
import { labDescribe } from '../lab/lab-describe.js';
import { jsonMap } from './arbitraries.js';
import { argsOf, comparable, mergedByUs, type Question, type SetOption } from './merged-by-us.js';
import { isLostByHelm, setOption } from './set-options.js';

// Each case asks helm once, for many options at a time: a process takes it 60 to 120 ms.
const RUNS = { numRuns: 30 };
const LONG = 120_000;

const extraFiles = { 'one.txt': 'one\n', 'two.txt': '2' };

/** Those of the options that contradict none before them, such as `a=1` and then `a.b=2`. */
function consistent(question: Question): { kept: Question; contradicting: Question[] } {
  const contradicting: Question[] = [];
  let kept: Question = { ...question, options: [] };
  for (const one of question.options) {
    const longer = { ...kept, options: [...kept.options, one] };
    if (mergedByUs(longer).ok) kept = longer;
    else contradicting.push(longer);
  }
  return { kept, contradicting };
}

const REFUSED_PATHS = [
  ...[
    'a',
    'a,',
    'a=1,,b=2',
    ',',
    'a..b=1',
    'a.=1',
    'a[-1]=1',
    'a[x]=1',
    'a[]=1',
    'a[ 1]=x',
    'a={x',
  ],
  ...[
    'a[0]x=1',
    'a[65537]=1',
    'a[99999999999999999999]=1',
    'a={x\\}',
    'nothing.x=1',
    'nothing[0]=1',
  ],
  ...['word.x=1', 'word[0]=1', 'map[0]=1', 'list.x=1', 'list[0][0]=1', 'list[1][0]=1', 'a[0],b=1'],
  `${'a.'.repeat(31)}a=1`,
];
const REFUSED_JSON = [
  'a=x',
  'a={',
  'a=[1',
  'a=1]',
  'a=01',
  'a=.5',
  'a=+1',
  'a=tru',
  'a="',
  'a=1e400',
];
const REFUSED: readonly (readonly [SetOption, string])[] = [
  ...REFUSED_PATHS.map((text) => ['set', text] as const),
  ...REFUSED_JSON.map((text) => ['set-json', text] as const),
  ['set-file', 'a=missing.txt'],
];

labDescribe('the values of a command line', ['helm3', 'helm4'], () => {
  describe.each([3, 4] as const)('held against helm %i', (version) => {
    const ask = (question: Question) =>
      mergedByHelm({ version, ...question, args: argsOf(question) });

    const questions = fc
      .record({
        defaults: jsonMap.map(plainDefaults),
        files: fc.array(jsonMap.map(printable).map(blockYaml), { maxLength: 3 }),
        options: fc.array(setOption, { maxLength: 12 }).map(printable),
      })
      .map((question) => ({ ...question, extraFiles }));

    it('merge to the same tree from defaults, files and all options', {
      timeout: LONG,
    }, async () => {
      await fc.assert(
        fc.asyncProperty(questions, async (question) => {
          const { kept, contradicting } = consistent(question);
          const answer = await ask(kept);
          expect(answer).toMatchObject({ ok: true });
          expect(comparable(answer.ok && answer.values)).toEqual(mustMerge(kept));
          // What we refuse as contradicting, helm refuses as well.
          for (const refused of contradicting.slice(0, 1)) {
            expect(await ask(refused)).toMatchObject({ ok: false });
          }
        }),
        RUNS,
      );
    });

    it('agree on any text behind --set, but for what helm skips in silence', {
      timeout: LONG,
    }, async () => {
      const characters = fc.constantFrom(...'aab01..==,,[[]]{}\\+- n"é');
      const texts = fc.array(fc.string({ unit: characters, maxLength: 12 }), { maxLength: 40 });
      await fc.assert(
        fc.asyncProperty(texts, async (all) => {
          const options = all
            .filter((text) => !isLostByHelm(text))
            .map((text) => ['set', text] as const);
          const question: Question = { defaults: {}, files: [], extraFiles: {}, options };
          const { kept } = consistent(question);
          const answer = await ask(kept);
          expect(answer).toMatchObject({ ok: true });
          expect(comparable(answer.ok && answer.values)).toEqual(mustMerge(kept));

          const refused = options
            .map((one) => ({ ...question, options: [one] }))
            .filter((one) => !isSkippedByHelm(one) && !mergedByUs(one).ok);
          for (const one of refused.slice(0, 2)) {
            expect({ one, answer: await ask(one) }).toMatchObject({ answer: { ok: false } });
          }
        }),
        RUNS,
      );
    });
    it('take a whole JSON object from --set-json, as helm 4 does and helm 3 refuses', async () => {
      const question: Question = {
        defaults: { a: { b: 1, c: 2 } },
        files: ['a: {b: 3, d: 4}'],
        options: [['set-json', ' {"a": {"d": 5, "c": null}, "e": [1]} ']],
        extraFiles: {},
      };
      const values = { a: { b: 3, d: 5 }, e: [1] };
      expect(mustMerge(question)).toEqual(values);
      expect(await ask(question)).toMatchObject(
        version === 4 ? { ok: true, values } : { ok: false },
      );
    });

    it.each(REFUSED)('refuse --%s %j', async (name, text) => {
      const question: Question = {
        defaults: {},
        files: ['nothing: null\nlist: [1, {x: 1}]\nmap: {x: 1}\nword: a'],
        options: [[name, text]],
        extraFiles: {},
      };
      expect(mergedByUs(question).ok).toBe(false);
      expect(await ask(question)).toMatchObject({ ok: false });
    });
  });
});

/**
 * Accepted difference: a path that helm drops without a word (`a.`, `=1`, `[0]=1`, `a[0]`, nothing
 * at all, and in helm 4 `a[0`) sets nothing that its author meant, so we refuse it.
 */
function isSkippedByHelm(question: Question): boolean {
  const answer = mergedByUs(question);
  const skipped = /^(nothing to set|a key is missing|an index without|no = behind the index)/;
  return !answer.ok && answer.problems.some(({ message }) => skipped.test(message));
}

function mustMerge(question: Question): JsonObject {
  const answer = mergedByUs(question);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
  return answer.values;
}

/**
 * Without the characters that helm reads, but that its own template then prints unescaped, so that
 * it refuses its own output; and without U+0085, which helm takes and we refuse, as `kubectl apply`
 * would silently change it.
 */
function printable<T>(value: T): T {
  const unprintable = /[\u007f-\u009f\ufeff\ufffe\uffff]/g;
  return JSON.parse(JSON.stringify(value).replace(unprintable, ''));
}

/**
 * Defaults as they may be: without nulls (our schema has none, and helm 3 and 4 differ in what they
 * do with one), and in ASCII, as JSON writes others of YAML's special characters unescaped.
 */
function plainDefaults(defaults: JsonObject): JsonObject {
  return comparable(JSON.parse(JSON.stringify(defaults).replace(/[^\x20-\x7e]/gu, '')));
}
