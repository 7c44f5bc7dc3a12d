// Processes that a process has started and that still run, with what they started themselves.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface ChildProcessEntry {
  readonly pid: number;
  /** `esbuild` */
  readonly command: string;
}

interface Row extends ChildProcessEntry {
  readonly parent: number;
}

export async function childProcesses(pid = process.pid): Promise<readonly ChildProcessEntry[]> {
  const all = await rows();
  const below = (parent: number): readonly Row[] =>
    all.filter((row) => row.parent === parent).flatMap((row) => [row, ...below(row.pid)]);
  return below(pid)
    .filter(({ command }) => !/^ps$/.test(command))
    .map(({ pid: child, command }) => ({ pid: child, command }));
}

/** Not there, or ended and only not yet waited for by whoever started it. */
export async function hasEnded(pid: number): Promise<boolean> {
  return !(await rows()).some((row) => row.pid === pid);
}

async function rows(): Promise<readonly Row[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,stat=,comm=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*\S)\s*$/.exec(line) ?? [];
    if (command === undefined || state?.startsWith('Z') === true) return [];
    return [{ pid: Number(pid), parent: Number(parent), command: command.split('/').at(-1) ?? command }];
  });
}
