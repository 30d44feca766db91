import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Modules that files of a folder import, by file. */
function importsOf(folder: string): [file: string, modules: string[]][] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return [name, [...text.matchAll(/from '([^']+)'/g)].map(([, module = '']) => module)];
    });
}

/** What only an engine knows of. */
const INNER = /^\.\.\/(datapath|wireguard|engine\/(?!index\.js))/;

const FOLDERS = ['src/engine/both', 'src/engine/ipsec', 'src/engine/wireguard'];

const reaching = (folder: string): string[] =>
  importsOf(folder)
    .filter(([, modules]) => modules.some((module) => INNER.test(module)))
    .map(([file]) => file);

describe('the seam between an agent and its engine', () => {
  it('is crossed by none of the agent’s files but the one that makes the engine', () => {
    expect(reaching('src/agent')).toEqual(['main.ts']);
  });

  it('is not crossed by the pairs’ state machine: what is IPsec’s of them stands in files of its own', () => {
    expect(reaching('src/pairs')).toEqual(['adopt.ts', 'wish.ts']);
  });

  it('has nobody in it who knows the agent', () => {
    const modules = ['src/engine', ...FOLDERS].flatMap((folder) =>
      importsOf(folder).flatMap(([, found]) => found),
    );
    expect(modules.length).toBeGreaterThan(20);
    expect(modules.filter((module) => module.includes('/agent/'))).toEqual([]);
  });

  it('has two kinds of tunnels that do not know each other, and one engine that knows both', () => {
    const ofOthers = (folder: string, other: string): string[] =>
      importsOf(folder)
        .filter(([, modules]) => modules.some((module) => module.includes(other)))
        .map(([file]) => file);
    expect(ofOthers('src/engine/ipsec', '../wireguard/')).toEqual([]);
    expect(ofOthers('src/engine/wireguard', '../ipsec/')).toEqual([]);
    const outside = FOLDERS.flatMap((folder) => importsOf(folder).flatMap(([, found]) => found))
      .filter((module) => /^\.\.\/(both|ipsec|wireguard)\//.test(module))
      .filter((module) => !module.endsWith('/index.js'));
    expect(outside).toEqual([]);
  });
});
