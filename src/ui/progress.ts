// What a running command shows of itself, on stderr: a spinner on a terminal, plain lines in a log, nothing under
// --json. All three say the same words.

import type { ChalkInstance } from 'chalk';
import type { Ora } from 'ora';
import type { Output } from './output.ts';
import type { Progress } from './ui.ts';

/** A log is not flooded: further updates are printed only after this long. */
const HEARTBEAT_MS = 10_000;

export const silentProgress: Progress = {
  update() {},
  log() {},
  succeed() {},
  fail() {},
  stop() {},
};

/** Lines for a pipe or a CI log. */
export function plainProgress(text: string, output: Output, style: ChalkInstance): Progress {
  let current = text;
  let printedAt = Date.now();
  const print = (line: string): void => {
    printedAt = Date.now();
    output.write(`${line}\n`);
  };
  print(text);
  return {
    update(next) {
      const isNews = next !== current;
      current = next;
      if (isNews && Date.now() - printedAt >= HEARTBEAT_MS) print(next);
    },
    log: print,
    succeed: (last = current) => print(`${style.green('✓')} ${last}`),
    fail: (last = current) => print(`${style.red('✗')} ${last}`),
    stop() {},
  };
}

/** A spinner; until ora is loaded (some 50 ms), finished lines are written as they are. */
export function spinnerProgress(text: string, output: Output, style: ChalkInstance): Progress {
  let current = text;
  let spinner: Ora | undefined;
  let ended = false;
  const loading = import('ora').then(({ default: ora }) => {
    if (ended) return;
    // Without discardStdin Ctrl-C stays a signal, even while the event loop is busy.
    spinner = ora({ text: current, stream: output.stream, discardStdin: false, isEnabled: true }).start();
  });
  loading.catch(() => output.write(`${current}\n`));
  const end = (line?: string): void => {
    if (ended) return;
    ended = true;
    spinner?.stop();
    if (line !== undefined) output.write(`${line}\n`);
  };
  return {
    update(next) {
      current = next;
      if (spinner !== undefined) spinner.text = next;
    },
    log(line) {
      if (spinner === undefined || ended) output.write(`${line}\n`);
      else {
        spinner.stop();
        output.write(`${line}\n`);
        spinner.start();
      }
    },
    succeed: (last = current) => end(`${style.green('✓')} ${last}`),
    fail: (last = current) => end(`${style.red('✗')} ${last}`),
    stop: () => end(),
  };
}
