// What makes the command's bundle quick to start. They only leave out what `synth` never runs; the
// golden tests run the bundle and would miss anything that it needs.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * What cdk8s and constructs load at start but `synth` never calls, on first use instead: loading
 * child_process and crypto takes Node about 15 ms, a fifth of the whole command.
 */
export const lazyBuiltins = {
  name: 'lazy-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?(child_process|crypto|os)$/ }, ({ path, kind }) =>
      kind === 'require-call' ? { path: path.replace('node:', ''), namespace: 'lazy' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
      contents: Object.entries(require(path))
        .filter(([, value]) => typeof value === 'function')
        .map(([name]) => `exports.${name} = (...args) => lazyRequire('${path}').${name}(...args);`)
        .join('\n'),
    }));
  },
};

/** The files of cdk8s-plus that we import, whose references into the file below are kept. */
const PLUS_FILES = ['config-map', 'service-account'];

/**
 * cdk8s-plus generates one file with a class for every kind of Kubernetes, 134 of them. Leaves in it
 * the few that are reached: another 15 ms.
 */
export const slimKinds = {
  name: 'slim-kinds',
  setup({ onLoad }) {
    onLoad({ filter: /cdk8s-plus-\d+\/lib\/imports\/k8s\.js$/ }, ({ path }) => {
      const [head = '', ...blocks] = readFileSync(path, 'utf8')
        .replace(/^exports\.\w+ = exports\.[^;]*void 0;$/m, '')
        .replace(/^\/\/# sourceMappingURL=.*$/m, '')
        .split(/^(?=(?:class|function) \w+)/m);
      const byName = new Map(blocks.map((block) => [/^\w+ (\w+)/.exec(block)?.[1], block]));
      const kept = new Set();
      const keep = (text) => {
        for (const [name] of text.matchAll(/\b\w+\b/g)) {
          const block = byName.get(name);
          if (block === undefined || kept.has(name)) continue;
          kept.add(name);
          keep(block);
        }
      };
      for (const file of PLUS_FILES) {
        const text = readFileSync(require.resolve(`cdk8s-plus-27/lib/${file}.js`), 'utf8');
        for (const [, name] of text.matchAll(/\bk8s\.(\w+)/g)) keep(name);
      }
      const contents = [...byName].filter(([name]) => kept.has(name)).map(([, block]) => block);
      return { contents: [head, ...contents].join('') };
    });
  },
};

/** Parts of cdk8s, and a dependency of cdk8s-plus, that nothing in `synth` calls. */
const UNUSED =
  /\/cdk8s\/lib\/(cron|helm|include|size|testing|yaml|_child_process)\.js$|\/minimatch\.js$/;

/** Leaves those parts out. */
export const withoutUnused = {
  name: 'without-unused',
  setup({ onLoad }) {
    onLoad({ filter: UNUSED }, () => ({ contents: 'module.exports = {};' }));
  },
};

/** Leaves what runs on a node to its own bundle, which is loaded when a command asks for it. */
export const nodeOutside = {
  name: 'node-outside',
  setup({ onResolve }) {
    onResolve({ filter: /\/node\/index\.js$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './agent.cjs', external: true } : undefined,
    );
  },
};

/**
 * Of the API client, which generates a class for every kind of Kubernetes, only what reads a kubeconfig:
 * 3 MB less to load. None of its modules does anything by being loaded. Neither is undici there, which
 * only its own requests need (ours are node:https) and which fails to load on Node 20.
 */
export const kubeConfigOnly = {
  name: 'kube-config-only',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^undici$/ }, ({ path }) => ({ path, namespace: 'not-called' }));
    onLoad({ filter: /.*/, namespace: 'not-called' }, () => ({ contents: 'module.exports = {};' }));
    onResolve({ filter: /^@kubernetes\/client-node$/ }, () => ({
      path: require
        .resolve('@kubernetes/client-node/package.json')
        .replace('package.json', 'dist/config.js'),
      sideEffects: false,
    }));
    onResolve({ filter: /^\.\.?\// }, async ({ path, importer, kind, resolveDir, pluginData }) => {
      if (pluginData === 'resolving' || !importer.includes('/@kubernetes/client-node/')) return;
      const found = await resolve(path, { importer, kind, resolveDir, pluginData: 'resolving' });
      return { ...found, sideEffects: false };
    });
  },
};
