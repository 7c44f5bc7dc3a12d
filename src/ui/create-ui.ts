// Puts a Ui together for where it runs: a terminal, a pipe or log, or JSON. Results go to stdout and nothing else
// does; with --json stdout holds documents alone.

import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import { colorLevel } from './color-level.ts';
import { listenToKeys } from './keys.ts';
import type { Output } from './output.ts';
import { plainProgress, silentProgress, spinnerProgress } from './progress.ts';
import { noPrompts, terminalPrompts } from './prompts.ts';
import type { InputStream, Streams } from './streams.ts';
import type { Ui } from './ui.ts';

export interface UiOptions {
  readonly streams: Streams;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Ctrl-C, where it comes as a key. */
  interrupt(): void;
  readonly json: boolean;
  readonly debug: boolean;
  /** False with `--no-color`. */
  readonly color: boolean;
}

/** Columns where there is no terminal to ask. */
const DEFAULT_WIDTH = 80;

export function createUi(options: UiOptions): Ui {
  const { streams, stdout, stderr, env, json } = options;
  const style = new Chalk({ level: colorLevel(streams.stdout, env, options.color && !json) });
  const errorStyle = new Chalk({ level: colorLevel(streams.stderr, env, options.color) });
  const isPerson = streams.stdin.isTTY === true && streams.stderr.isTTY === true && !json && !isCi(env);
  const isDumb = env['TERM'] === 'dumb';
  // A command styles its words for stdout; stderr may be a file all the same.
  const toStderr = (text: string): void => {
    stderr.write(`${errorStyle.level === 0 ? stripVTControlCharacters(text) : text}\n`);
  };
  const resultText = (document: unknown, text: () => string, indent: number): string => {
    const content = json ? JSON.stringify(document, null, indent) : text();
    return content.endsWith('\n') ? content : `${content}\n`;
  };
  return {
    json,
    interactive: isPerson && !isDumb,
    debug: options.debug,
    get width() {
      return streams.stdout.columns || streams.stderr.columns || DEFAULT_WIDTH;
    },
    style,
    result: (document, text) => stdout.write(resultText(document, text, 2)),
    line(document, text, when = 'now') {
      const content = resultText(document, text, 0);
      if (when === 'now') stdout.write(content);
      else stdout.writeSoon(content);
    },
    note(text) {
      if (!json) toStderr(text);
    },
    warn: (text) => toStderr(`${errorStyle.yellow('!')} ${text}`),
    progress(text) {
      if (json) return silentProgress;
      // A terminal that knows no width (a bare pty) makes a spinner redraw without end.
      const spins = streams.stderr.isTTY === true && streams.stderr.columns && !isDumb && !isCi(env);
      return spins ? spinnerProgress(text, stderr, errorStyle) : plainProgress(text, stderr, errorStyle);
    },
    onKey: (listener) => (isPerson ? listenToKeys(streams.stdin, listener, options.interrupt) : () => {}),
    inputEnds: () => untilEnd(streams.stdin),
    clear() {
      if (isPerson && !isDumb) stderr.write('\u001b[2J\u001b[3J\u001b[H');
    },
    ...(isPerson && !isDumb ? terminalPrompts(streams, options.signal) : noPrompts),
  };
}

function untilEnd(stdin: InputStream): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ['end', 'close', 'error']) stdin.once(event, () => resolve());
    stdin.resume();
  });
}

function isCi(env: NodeJS.ProcessEnv): boolean {
  const ci = env['CI'];
  return ci !== undefined && ci !== '' && ci !== 'false' && ci !== '0';
}
