import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const FORMAT = '$(ORIGIN) $(REPO_URI)';

/**
 * The mirrors of Debian that this machine's own apt sources name, so that a company's mirror is used
 * where there is one. Empty where there are none, or no apt.
 *
 * @returns {Promise<string[]>}
 */
export async function aptMirrors() {
  const stdout = await promisify(execFile)('apt-get', ['indextargets', '--format', FORMAT]).then(
    (result) => result.stdout,
    () => '',
  );
  const mirrors = stdout.split('\n').flatMap((line) => {
    const [origin = '', uri = ''] = line.split(' ');
    // Before the first `apt-get update` apt knows no origin; then the name must do.
    const isDebian =
      origin === 'Debian' || (origin === '$(ORIGIN)' && /\/debian(-security)?\/?$/.test(uri));
    return isDebian ? [uri] : [];
  });
  return [...new Set(mirrors)];
}
