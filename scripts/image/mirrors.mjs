import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * The mirrors of Debian that this machine's own apt sources name, so that a company's mirror is used
 * where there is one. Empty where there are none, or no apt.
 *
 * @returns {Promise<string[]>}
 */
export async function aptMirrors() {
  const known = await linesOf(['indextargets', '--format', '$(ORIGIN) $(REPO_URI)']);
  const origins = known.flatMap((line) => /^Debian (\S+)$/.exec(line)?.[1] ?? []);
  if (origins.length > 0) return unique(origins);
  // Before the first `apt-get update`, and in container images, apt knows no origin: the name must do.
  const asked = await linesOf(['update', '--print-uris']);
  return unique(
    asked.flatMap((line) => /^'(\S+\/debian(?:-security)?)\/dists\//.exec(line)?.[1] ?? []),
  );
}

async function linesOf(args) {
  const run = promisify(execFile);
  return run('apt-get', args).then(
    ({ stdout }) => stdout.split('\n'),
    () => [],
  );
}

function unique(uris) {
  return [...new Set(uris.map((uri) => uri.replace(/\/+$/, '')))];
}
