import { readFileSync } from 'node:fs';

/**
 * What a process has used of this machine's processors, in seconds (proc_pid_stat(5); the unit is 1/100 s
 * on all architectures that have QEMU here). Neighbours on the machine stretch the clock, but not this.
 */
export function cpuSeconds(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // Behind the name, which may have spaces: utime and stime are the 14th and 15th of all.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
