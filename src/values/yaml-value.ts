import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { ErrorCode } from '../errors/index.js';
import { isObject, type Json, type JsonObject, MAX_DEPTH, setOwn } from './json.js';

/** Nodes that aliases may add to a file: "billion laughs" stop here. */
const MAX_ALIASED = 10_000;

/** Something that is wrong with a values file. Messages never quote it: it may hold a key. */
export interface YamlProblem {
  readonly code: ErrorCode;
  /** 0-based, in the text. */
  readonly offset: number;
  readonly message: string;
  readonly remedy?: string;
}

/**
 * The plain data of a document, as helm sees it. Unlike yaml's own `toJS` it merges `<<` in the
 * order of the text (a later key wins, as in go-yaml v2), takes only strings, integers and booleans
 * for keys, bounds what aliases may add, and reports every problem with its place.
 */
export function plainValue({ contents }: Document): { value: Json; problems: YamlProblem[] } {
  const conversion = new Conversion();
  const value = conversion.convert(contents);
  return { value, problems: conversion.problems };
}

const MERGE = Symbol('<<');

class Conversion {
  readonly problems: YamlProblem[] = [];
  readonly #anchors = new Map<string, Node>();
  /** What each alias means where it stands: an anchor's name may be given again later. */
  readonly #targets = new Map<Alias, Node | undefined>();
  readonly #open: unknown[] = [];
  #inAlias = 0;
  #aliased = 0;

  convert(node: unknown): Json {
    if (isAlias(node)) return this.#alias(node);
    if (this.#inAlias > 0) this.#aliased += 1;
    else if (isScalar(node) || isMap(node) || isSeq(node)) {
      if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    }
    if (isScalar(node)) return this.#scalar(node.value, offsetOf(node));
    if (!isMap(node) && !isSeq(node)) return null;
    if (this.#open.length >= MAX_DEPTH) {
      return this.#report('PC116', node, `nested over ${MAX_DEPTH} deep`, 'Nest it less deeply.');
    }
    this.#open.push(node);
    const value = isMap(node)
      ? this.#map(node.items)
      : node.items.map((item) => this.convert(item));
    this.#open.pop();
    return value;
  }

  #map(pairs: readonly { key: unknown; value: unknown }[]): JsonObject {
    const map: JsonObject = {};
    const written = new Set<string>();
    for (const { key: node, value } of pairs) {
      const key = this.#key(node);
      if (key === MERGE) {
        this.#merge(map, value);
        continue;
      }
      const child = this.convert(value);
      if (key === undefined) continue;
      if (written.has(key)) this.#report('PC114', node, 'this key stands in the same map already');
      written.add(key);
      setOwn(map, key, child);
    }
    return map;
  }

  #key(node: unknown): string | typeof MERGE | undefined {
    if (isScalar(node) && node.type === 'PLAIN' && node.source === '<<') return MERGE;
    const key = isScalar(node) && typeof node.value === 'bigint' ? node.value : this.convert(node);
    if (typeof key === 'string') return key;
    if (typeof key === 'boolean' || (typeof key === 'bigint' && key < 2n ** 63n)) {
      return String(key);
    }
    const what = typeof key === 'object' ? 'a list, a map or nothing' : 'a number';
    this.#report('PC113', node, `${what} as a key`, 'Put the key in quotes.');
    return undefined;
  }

  /** `<<: {…}`, `<<: *anchor`, or a list of them, of which the first wins. */
  #merge(map: JsonObject, value: unknown): void {
    const sources = isSeq(value) ? value.items : [value];
    const from = sources.map((source) => [source, this.convert(source)] as const);
    for (const [source, merged] of from.toReversed()) {
      if (!isObject(merged)) {
        this.#report('PC113', source ?? value, 'a merge key << without a map behind it');
        continue;
      }
      for (const [key, child] of Object.entries(merged)) setOwn(map, key, child);
    }
  }

  #alias(alias: Alias): Json {
    if (!this.#targets.has(alias)) this.#targets.set(alias, this.#anchors.get(alias.source));
    const target = this.#targets.get(alias);
    if (target === undefined) {
      const remedy = 'Put a string that begins with * in quotes.';
      return this.#report('PC113', alias, 'an alias without its anchor before it', remedy);
    }
    if (this.#open.includes(target)) {
      return this.#report('PC116', alias, 'this alias stands within what it repeats');
    }
    // Once over the bound, every further alias is cut short, so that the end comes quickly.
    if (this.#aliased > MAX_ALIASED) return null;
    this.#inAlias += 1;
    const value = this.convert(target);
    this.#inAlias -= 1;
    if (this.#aliased > MAX_ALIASED && this.#inAlias === 0) {
      this.#report('PC116', alias, `aliases add over ${MAX_ALIASED} values`);
    }
    return value;
  }

  #scalar(value: unknown, offset: number): Json {
    if (typeof value === 'bigint') return Number(value);
    if (typeof value === 'number' && !Number.isFinite(value)) {
      const remedy = 'Give a finite number, or put a string in quotes.';
      this.problems.push({ code: 'PC105', offset, message: 'not a finite number', remedy });
      return null;
    }
    if (typeof value === 'string' && /\p{Surrogate}/u.test(value)) {
      this.problems.push({ code: 'PC113', offset, message: 'an escape of half a character' });
      return null;
    }
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : null;
  }

  #report(code: ErrorCode, node: unknown, message: string, remedy?: string): null {
    const at = { code, offset: offsetOf(node), message };
    this.problems.push(remedy === undefined ? at : { ...at, remedy });
    return null;
  }
}

function offsetOf(node: unknown): number {
  const hasRange = isScalar(node) || isAlias(node) || isMap(node) || isSeq(node);
  return (hasRange ? node.range?.[0] : undefined) ?? 0;
}
