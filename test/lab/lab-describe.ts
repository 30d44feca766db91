import { describe, it } from 'vitest';
import { describeMissing, missingOf, type Requirement, type ToolName, tool } from './tools.js';

/**
 * A `describe` for tests that need more of a machine than Node. Where something is missing, the
 * suite is skipped and its title says what, why and the remedy; under CI (`CI` set, and not
 * "false") it fails instead, as a lab that silently tests nothing is worse than none.
 *
 * @example
 * labDescribe('the rendered manifests', ['kube-apiserver', 'kubectl', 'etcd'], () => { … });
 */
export function labDescribe(
  title: string,
  needs: readonly (ToolName | Requirement)[],
  suite: () => void,
): void {
  const missing = missingOf(needs.map((need) => (typeof need === 'string' ? tool(need) : need)));
  if (missing.length === 0) {
    describe(title, suite);
    return;
  }
  const reasons = missing.map(describeMissing);
  if (isCi()) {
    describe(title, () => {
      it('has all that it needs, as CI must', () => {
        throw new Error(`missing on this machine:\n${reasons.join('\n')}`);
      });
    });
    return;
  }
  describe.skip(`${title} (skipped: ${reasons.join('; ')})`, suite);
}

function isCi(): boolean {
  const ci = process.env.CI ?? '';
  return ci !== '' && ci !== 'false';
}
