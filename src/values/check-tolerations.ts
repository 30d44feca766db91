import { type Diagnostic, diagnostic } from '../errors/index.js';
import type { MergedPodcloakValues } from './generated/merged.js';

/**
 * What the API server would refuse in tolerations.
 *
 * @param list the path of the list
 */
export function checkTolerations(
  list: string,
  tolerations: MergedPodcloakValues['tolerations'],
): Diagnostic[] {
  return (tolerations ?? []).flatMap(
    ({ key, operator, value, effect, tolerationSeconds }, index) => {
      const path = `${list}[${index}]`;
      if (operator === 'Exists' && (value ?? '') !== '') {
        return [diagnostic('PC216', 'operator Exists takes no value', { path })];
      }
      if ((key ?? '') === '' && operator !== 'Exists') {
        return [diagnostic('PC216', 'without a key the operator must be Exists', { path })];
      }
      if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
        return [
          diagnostic('PC216', 'tolerationSeconds needs the effect NoExecute', {
            path,
            remedy: 'Set effect: NoExecute, or remove tolerationSeconds.',
          }),
        ];
      }
      return [];
    },
  );
}
