// Composition root: gives the one command that was typed what it needs, and says how it failed. The exit code is
// returned; only a second Ctrl-C and a fault outside every promise end the process from here.

import type { EventEmitter } from 'node:events';
import { resolve } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { explainFailure } from './cli/explain-failure.ts';
import { readGlobalFlags } from './cli/global-options.ts';
import { watchInterruption } from './cli/interruption.ts';
import type { CommandRegistry } from './cli/registry.ts';
import { runCommandLine } from './cli/run-command-line.ts';
import { registry } from './commands/index.ts';
import { createUi } from './ui/create-ui.ts';
import { openOutput } from './ui/output.ts';
import { reportError } from './ui/report-error.ts';
import { hasKeyboard, processStreams, type Streams } from './ui/streams.ts';

/** What a test puts in the place of the process. */
export interface MainOverrides {
  readonly streams?: Streams;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly registry?: CommandRegistry;
  /** Where SIGINT, SIGTERM and uncaught exceptions are heard. */
  readonly signals?: EventEmitter;
  exit?(code: number): void;
}

/**
 * Runs one command line.
 *
 * @param argv the words after `apigen`.
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage, 3 "there is something", 130 interrupted.
 */
export async function main(argv: readonly string[], overrides: MainOverrides = {}): Promise<number> {
  const { json, debug, color, cwd: folder } = readGlobalFlags(argv);
  const streams = overrides.streams ?? processStreams();
  const env = overrides.env ?? process.env;
  const cwd = resolve(overrides.cwd ?? process.cwd(), folder ?? '.');
  const signals = overrides.signals ?? process;
  const exit = (code: number): void => {
    stdout.flush();
    (overrides.exit ?? process.exit)(code);
  };
  const interruption = watchInterruption({
    signals,
    hasTerminal: hasKeyboard(streams),
    onFirst: () => ui.note('Stopping: running work may finish. Ctrl-C again leaves at once.'),
    onSecond: () => exit(130),
  });
  const { signal } = interruption;
  const stdout = openOutput(streams.stdout, () => interruption.abort());
  const stderr = openOutput(streams.stderr, () => {}, stdout);
  const uiOptions = { streams, stdout, stderr, env, signal, interrupt: interruption.interrupt, json, debug, color };
  const ui = createUi(uiOptions);
  const fail = (thrown: unknown): number => {
    const error = explainFailure(thrown, ['apigen', ...argv].join(' '), signal.aborted);
    const endsQuietly = stdout.closed && error.code === 'INTERRUPTED';
    if (!endsQuietly) reportError(error, cwd, uiOptions);
    return signal.aborted ? 130 : error.exitCode;
  };
  const crash = (thrown: unknown): void => exit(fail(thrown));
  signals.on('uncaughtException', crash);
  try {
    const code = await runCommandLine(argv, {
      registry: overrides.registry ?? registry,
      version: manifest.version,
      context: { cwd, env, ui, signal },
      writeOut: (text) => stdout.write(text),
    });
    stdout.flush();
    // Files tell of a failed write a moment later. What they would not take is said on stderr.
    await new Promise((done) => setImmediate(done));
    if (!stdout.failure) return code;
    reportError(explainFailure(stdout.failure, '', false), cwd, { ...uiOptions, json: false });
    return 1;
  } catch (thrown) {
    return fail(thrown);
  } finally {
    signals.off('uncaughtException', crash);
    interruption.release();
  }
}
