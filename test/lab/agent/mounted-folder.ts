/** Folders of the guest that change as those do which the kubelet mounts. */
import type { Guest } from '../kernel/guest.js';

let versions = 0;

/**
 * Gives a folder these files, all at once, in the kubelet's way: they are links over `..data` into a
 * folder of this version, and `..data` is replaced by a rename. Contents travel on standard input.
 * @throws Error with the shell's words when it fails
 */
export async function writeMounted(
  guest: Guest,
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  versions += 1;
  const names = Object.keys(files);
  const lines = [
    'set -euo pipefail; umask 077',
    `mkdir -p ${folder}; cd ${folder}`,
    // There is none before the first write.
    'old=$(readlink ..data || true)',
    `new=..version-${versions}; mkdir "$new"`,
    ...Object.entries(files).map(
      ([name, text]) =>
        `base64 -d >"$new/${name}" <<<'${Buffer.from(text, 'utf8').toString('base64')}'`,
    ),
    'ln -s "$new" ..data_tmp; mv -T ..data_tmp ..data',
    ...names.map((name) => `[ -L ${name} ] || ln -sfT ..data/${name} ${name}`),
    // Files of before that are no more.
    'for link in *; do [ ! -L "$link" ] || [ -e "$link" ] || rm "$link"; done',
    'if [ -n "$old" ]; then rm -r "$old"; fi',
  ];
  const { code, stderr } = await guest.run('bash', ['-s'], { input: lines.join('\n') });
  if (code !== 0) throw new Error(`${folder} was not written: ${stderr.trim()}`);
}
