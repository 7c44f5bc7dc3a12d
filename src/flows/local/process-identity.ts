// Tells whether a recorded process is still the same one: pids are handed out again, so a pid alone proves nothing
// and must never be signalled on its own word.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A pid with the moment it started, as the operating system tells it. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Compared, never read. */
  readonly startedAt: string;
}

/** The process that has this pid now; nothing if there is none. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const startedAt = process.platform === 'linux' ? startFromProc(pid) : startFromPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether that very process still runs. */
export function isAlive({ pid, startedAt }: ProcessIdentity): boolean {
  return identifyProcess(pid)?.startedAt === startedAt;
}

/**
 * Ends the process and everything it started (its process group, which it must lead): first asked, then killed.
 * Does nothing when the pid belongs to another process by now.
 *
 * @param patienceMs how long it may take to end by itself.
 */
export async function endProcessGroup(identity: ProcessIdentity, patienceMs = 10_000): Promise<void> {
  if (!isAlive(identity)) return;
  signalGroup(identity.pid, 'SIGTERM');
  const deadline = Date.now() + patienceMs;
  while (isAlive(identity) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  // Also after a clean end: a child that ignored the signal would otherwise stay behind in the group.
  signalGroup(identity.pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

// proc(5): field 22 of stat is the start in ticks since boot, field 3 the state; the name in field 2 may hold
// anything, brackets too. A zombie has ended.
function startFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

function startFromPs(pid: number): string | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim();
    return line === '' ? undefined : line;
  } catch {
    return undefined;
  }
}
