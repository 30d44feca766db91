import { type Diagnostic, diagnostic } from '../errors/index.js';
import type { CheckInput } from './check-input.js';

const PATH = 'encryption.strictMode.startupTaint';

/** Domains whose taints mean something to Kubernetes: who removed those would, for instance, undo a cordon. */
export const KUBERNETES_KEY = /^([^/]+\.)?(kubernetes|k8s)\.io\//;

/** What Cluster Autoscaler takes for a startup taint without being told; the second one is its older name. */
export const AUTOSCALER_KEY =
  /^(startup|ignore)-taint\.cluster-autoscaler\.kubernetes\.io\/[A-Za-z0-9]/;

/** The startup taint is one of the user's own. */
export function checkTaintKey({ values }: CheckInput): Diagnostic[] {
  const { key } = values.encryption.strictMode.startupTaint;
  if (!KUBERNETES_KEY.test(key) || AUTOSCALER_KEY.test(key)) return [];
  return [diagnostic('PC551', `${key} is not yours to remove`, { path: `${PATH}.key` })];
}

/** An agent that does not tolerate the taint never runs where it should remove it. */
export function checkTolerated({ values }: CheckInput): Diagnostic[] {
  const { enabled, key } = values.encryption.strictMode.startupTaint;
  const isTolerated = (values.tolerations ?? []).some(
    (one) =>
      one.operator === 'Exists' &&
      ['', key].includes(one.key ?? '') &&
      (one.effect ?? '') === '' &&
      one.tolerationSeconds === undefined,
  );
  if (!enabled || isTolerated) return [];
  const message = `none of them tolerates ${key} with every effect`;
  return [diagnostic('PC550', message, { path: 'tolerations' })];
}

/** Warns of a taint behind which nothing is blocked. */
export function checkTaintEffect({ values }: CheckInput): Diagnostic[] {
  const { enabled, strictMode } = values.encryption;
  const { egress, ingress, startupTaint } = strictMode;
  if (!enabled || !startupTaint.enabled || egress.enabled || ingress.enabled) return [];
  const message = 'nothing is blocked once the taint is gone: strict mode is off';
  return [diagnostic('PC556', message, { path: `${PATH}.enabled` })];
}
