/** What an agent's process holds, as its kernel counts it. */
import type { LabNode } from '../lab/agent/index.js';

export interface ProcessFigures {
  /** Resident memory (VmRSS of /proc/PID/status), in KiB. */
  readonly rss: number;
  /** Open file descriptors (entries of /proc/PID/fd). */
  readonly descriptors: number;
}

/** @throws Error when not exactly one agent runs on the node */
export async function figuresOf({ name, script }: LabNode): Promise<ProcessFigures> {
  // The traffic's ends run on nodes, too: only the agent's own command has its file in it.
  const text = await script(`
    for pid in $(ip netns pids ${name}); do
      tr '\\0' ' ' <"/proc/$pid/cmdline" | grep -q 'podcloak.cjs agent' || continue
      echo "$(awk '$1 == "VmRSS:" { print $2 }' "/proc/$pid/status") $(ls "/proc/$pid/fd" | wc -l)"
    done`);
  const found = text.trim().split('\n');
  const [rss, descriptors] = (found[0] ?? '').split(' ').map(Number);
  if (found.length !== 1 || !rss || !descriptors) {
    throw new Error(`not one agent on ${name}: ${text}`);
  }
  return { rss, descriptors };
}
