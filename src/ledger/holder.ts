// Who holds a lock: a person on a machine, and the process, so that a lock left by a killed process of this very
// machine can be told from one that still runs.

import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';

export interface Holder {
  /** `ada@laptop`. */
  readonly who: string;
  /** This machine, boot and process namespace; pids mean something only within it. */
  readonly machine: string;
  readonly pid: number;
  /** When the process started, in the system's ticks: pids are used again. Empty where the system does not say. */
  readonly started: string;
}

export function thisProcess(): Holder {
  return { who: `${userName()}@${hostname()}`, machine: machineId(), pid: process.pid, started: startOf(process.pid) };
}

/** True only when the holder ran on this machine and its process is certainly gone. */
export function isGone(holder: Holder): boolean {
  if (holder.machine !== machineId()) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ESRCH';
  }
  return holder.started !== '' && startOf(holder.pid) !== holder.started;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}

function machineId(): string {
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const namespace = attempt(() => readlinkSync('/proc/self/ns/pid'));
  return [hostname(), boot, namespace].join(' ');
}

/** Field 22 of /proc/{pid}/stat; the command name before it may hold spaces and parentheses. */
function startOf(pid: number): string {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
