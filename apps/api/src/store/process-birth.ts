import { readFileSync } from 'node:fs';

// Fields of /proc/<pid>/stat after the command's closing parenthesis; the start time is field 22 (proc(5)).
const START_TIME_AFTER_COMMAND = 19;

/**
 * A text that tells two processes apart that had the same pid: the boot of the machine and the moment the process
 * started. Empty where the system does not say.
 */
export function processBirth(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const start = fields[START_TIME_AFTER_COMMAND];
    return start === undefined ? '' : `${boot}/${start}`;
  } catch {
    return '';
  }
}

/** Whether the very process that had `pid` and `birth` still runs on this machine. */
export function isProcessAlive(pid: number, birth: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const current = processBirth(pid);
  return birth === '' || current === '' || current === birth;
}
