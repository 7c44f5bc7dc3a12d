// Memory of a process with its children, from /proc: shared pages are counted once (PSS).

import { readdirSync, readFileSync } from 'node:fs';

/** @throws Error where there is no /proc */
export function memoryMb(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kb = Number(/^Pss: +(\d+) kB/m.exec(rollup)?.[1] ?? 0);
  return childrenOf(pid).reduce((sum, child) => sum + memoryMb(child), kb / 1024);
}

function childrenOf(pid: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((one) => parentOf(one) === pid);
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
