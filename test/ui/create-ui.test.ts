// The Ui in its three places: a terminal, a pipe, and JSON.

import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { createUi, type UiOptions } from '../../src/ui/create-ui.ts';
import { openOutput } from '../../src/ui/output.ts';
import type { Ui } from '../../src/ui/ui.ts';
import { terminalStream } from '../harness/terminal-stream.ts';

interface Stage {
  readonly ui: Ui;
  readonly stdin: PassThrough;
  readonly abort: AbortController;
  out(): string;
  err(): string;
  /** Every write to either, in order. */
  readonly writes: readonly string[];
}

interface StageOptions extends Partial<Pick<UiOptions, 'json' | 'color' | 'env'>> {
  /** Which of the streams are terminals. */
  readonly terminal?: readonly ('stdin' | 'stdout' | 'stderr')[];
  readonly columns?: number;
}

const everywhere = ['stdin', 'stdout', 'stderr'] as const;

function stage({ terminal = [], columns = 80, json = false, color = true, env = {} }: StageOptions = {}): Stage {
  const make = (name: 'stdin' | 'stdout' | 'stderr'): PassThrough =>
    terminal.includes(name) ? terminalStream(columns) : new PassThrough();
  const streams = { stdin: make('stdin'), stdout: make('stdout'), stderr: make('stderr') };
  const abort = new AbortController();
  const stdout = openOutput(streams.stdout, () => {});
  const stderr = openOutput(streams.stderr, () => {}, stdout);
  const texts = { out: '', err: '' };
  const writes: string[] = [];
  streams.stdout.on('data', (chunk) => {
    texts.out += String(chunk);
    writes.push(String(chunk));
  });
  streams.stderr.on('data', (chunk) => {
    texts.err += String(chunk);
    writes.push(String(chunk));
  });
  const ui = createUi({
    streams,
    stdout,
    stderr,
    env,
    signal: abort.signal,
    interrupt: () => abort.abort(),
    json,
    debug: false,
    color,
  });
  return { ui, stdin: streams.stdin, abort, out: () => texts.out, err: () => texts.err, writes };
}

describe('keys of a terminal', () => {
  it('come one by one, and Ctrl-C interrupts', () => {
    const { ui, stdin, abort } = stage({ terminal: everywhere });
    const pressed: string[] = [];
    const release = ui.onKey?.((key) => pressed.push(key));
    stdin.write('rq');
    expect(abort.signal.aborted).toBe(false);
    stdin.write('\u0003');
    release?.();
    stdin.write('x');
    expect([pressed, abort.signal.aborted]).toEqual([['r', 'q'], true]);
    expect(process.listenerCount('SIGCONT')).toBe(0);
  });
});

describe('colours', () => {
  const red = (options: StageOptions): boolean => stage(options).ui.style.red('x') !== 'x';

  it.each<[string, StageOptions, boolean]>([
    ['are on for a terminal', { terminal: everywhere }, true],
    ['are off for a pipe', {}, false],
    ['are off with NO_COLOR', { terminal: everywhere, env: { NO_COLOR: '1' } }, false],
    ['are on with an empty NO_COLOR', { terminal: everywhere, env: { NO_COLOR: '' } }, true],
    ['are off on a dumb terminal', { terminal: everywhere, env: { TERM: 'dumb' } }, false],
    [
      'are off with --no-color, even when forced',
      { terminal: everywhere, color: false, env: { FORCE_COLOR: '1' } },
      false,
    ],
    ['are on in a pipe when forced', { env: { FORCE_COLOR: '1' } }, true],
    ['are off when forced off', { terminal: everywhere, env: { FORCE_COLOR: '0' } }, false],
    ['are off under --json', { terminal: everywhere, json: true, env: { FORCE_COLOR: '1' } }, false],
  ])('%s', (_name, options, expected) => {
    expect(red(options)).toBe(expected);
  });

  it('meant for stdout are taken out of notes to a stderr without colours', () => {
    const { ui, err } = stage({ terminal: ['stdin', 'stdout'] });
    ui.note(ui.style.red('careful'));
    expect(err()).toBe('careful\n');
  });
});

describe('the width', () => {
  it("is the terminal's, and 80 where there is none", () => {
    expect(stage({ terminal: everywhere, columns: 132 }).ui.width).toBe(132);
    expect(stage({ terminal: ['stderr'], columns: 100 }).ui.width).toBe(100);
    expect(stage().ui.width).toBe(80);
  });
});

describe('results', () => {
  it('are text, or one indented document under --json', () => {
    const [plain, json] = [stage(), stage({ json: true })];
    for (const { ui } of [plain, json]) ui.result({ a: [1] }, () => 'A is 1');
    expect(plain.out()).toBe('A is 1\n');
    expect(JSON.parse(json.out())).toEqual({ a: [1] });
  });

  it('of a stream are one line each under --json', () => {
    const { ui, out } = stage({ json: true });
    ui.line({ message: 'a\nb' }, () => '');
    ui.line({ message: 'c' }, () => '');
    expect(out()).toBe('{"message":"a\\nb"}\n{"message":"c"}\n');
  });

  it('of a busy stream share a write, in order with what is written at once', async () => {
    const { ui, out, writes } = stage();
    ui.line(1, () => 'one', 'soon');
    ui.line(2, () => 'two', 'soon');
    expect(out()).toBe('');
    ui.line(3, () => 'three');
    expect(out()).toBe('one\ntwo\nthree\n');
    ui.line(4, () => 'four', 'soon');
    ui.warn('careful');
    expect(writes).toEqual(['one\ntwo\nthree\n', 'four\n', '! careful\n']);
    ui.line(5, () => 'five', 'soon');
    await new Promise((resolve) => setImmediate(resolve));
    expect(out()).toBe('one\ntwo\nthree\nfour\nfive\n');
  });

  it('stop quietly when the reader has gone, and tell the owner once', async () => {
    const stream = new PassThrough();
    let told = 0;
    const output = openOutput(stream, () => {
      told += 1;
    });
    stream.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    await sleep(0);
    output.write('more');
    await sleep(0);
    expect({ told, closed: output.closed }).toEqual({ told: 1, closed: true });
  });
});

describe('progress', () => {
  it('is plain lines in a pipe', () => {
    const { ui, err, out } = stage();
    const progress = ui.progress('Deploying');
    progress.update('Deploying 1/2');
    progress.log('table ready');
    progress.succeed('Deployed');
    expect(err()).toBe('Deploying\ntable ready\n✓ Deployed\n');
    expect(out()).toBe('');
  });

  it('says the last thing it was at when it fails', () => {
    const { ui, err } = stage();
    const progress = ui.progress('Deploying');
    progress.update('Deploying 1/2');
    progress.fail();
    expect(err()).toBe('Deploying\n✗ Deploying 1/2\n');
  });

  it('is nothing under --json', () => {
    const { ui, err, out } = stage({ json: true });
    const progress = ui.progress('Deploying');
    progress.log('table ready');
    progress.succeed();
    expect(err() + out()).toBe('');
  });

  it('is a spinner on a terminal, with finished lines kept above it', async () => {
    const { ui, err } = stage({ terminal: everywhere });
    const progress = ui.progress('Deploying');
    while (!err().includes('Deploying')) await sleep(10);
    progress.log('table ready');
    progress.update('Deploying 1/2');
    while (!err().includes('Deploying 1/2')) await sleep(10);
    progress.succeed('Deployed');
    expect(stripVTControlCharacters(err())).toMatch(/[⠋-⠿] Deploying.*table ready\n.*Deploying 1\/2.*✓ Deployed\n$/s);
    const length = err().length;
    await sleep(200);
    expect(err()).toHaveLength(length);
  });

  it('is plain lines on a terminal that knows no width', () => {
    const { ui, err } = stage({ terminal: everywhere, columns: 0, color: false });
    ui.progress('Deploying').succeed();
    expect(err()).toBe('Deploying\n✓ Deploying\n');
  });

  it('that ends before the spinner is loaded still says its end, and never spins', async () => {
    const { ui, err } = stage({ terminal: everywhere });
    ui.progress('Deploying').succeed();
    await sleep(200);
    expect(stripVTControlCharacters(err())).toBe('✓ Deploying\n');
  });
});

describe('a question', () => {
  it.each<[string, StageOptions]>([
    ['in a pipe', {}],
    ['with --json', { terminal: everywhere, json: true }],
    ['in CI', { terminal: everywhere, env: { CI: 'true' } }],
    ['when stdin is no terminal', { terminal: ['stdout', 'stderr'] }],
    ['on a dumb terminal', { terminal: everywhere, env: { TERM: 'dumb' } }],
  ])('%s is a usage error that names the flag', async (_name, options) => {
    const { ui } = stage(options);
    expect(ui.interactive).toBe(false);
    const failure = { code: 'NOT_INTERACTIVE', exitCode: 2, hint: 'give --yes' };
    await expect(ui.confirm('Deploy?', '--yes')).rejects.toMatchObject(failure);
    await expect(ui.confirmTyped('Really?', 'shop', '--yes')).rejects.toMatchObject(failure);
    await expect(ui.ask('Name?', { flag: '--yes', default: 'x' })).rejects.toMatchObject(failure);
    await expect(ui.choose('Type?', [{ value: 'a', name: 'A' }], { flag: '--yes' })).rejects.toMatchObject(failure);
  });

  async function answer(asked: Promise<unknown>, { stdin, err }: Stage, cue: string, keys: string): Promise<unknown> {
    while (!stripVTControlCharacters(err()).includes(cue)) await sleep(10);
    stdin.write(keys);
    return asked;
  }

  it('is answered on the terminal, and shown on stderr alone', async () => {
    const at = stage({ terminal: everywhere });
    expect(at.ui.interactive).toBe(true);
    await expect(answer(at.ui.confirm('Deploy?', '--yes'), at, 'Deploy?', 'y\r')).resolves.toBe(true);
    expect(at.out()).toBe('');
  });

  it('is no when only Enter is pressed', async () => {
    const at = stage({ terminal: everywhere });
    await expect(answer(at.ui.confirm('Deploy?', '--yes'), at, 'Deploy?', '\r')).resolves.toBe(false);
  });

  it('about something dangerous wants the very word', async () => {
    for (const [keys, expected] of [
      ['shop-prod\r', true],
      ['y\r', false],
      ['\r', false],
    ] as const) {
      const at = stage({ terminal: everywhere });
      const asked = at.ui.confirmTyped('Delete it all?', 'shop-prod', '--confirm shop-prod');
      await expect(answer(asked, at, 'shop-prod', keys)).resolves.toBe(expected);
    }
  });

  it('with a default is answered by Enter, and one with choices by the arrow keys', async () => {
    const first = stage({ terminal: everywhere });
    const name = first.ui.ask('Name?', { flag: 'NAME', default: 'shop' });
    await expect(answer(name, first, 'Name?', '\r')).resolves.toBe('shop');
    const second = stage({ terminal: everywhere });
    const choices = [
      { value: 'http', name: 'HTTP API' },
      { value: 'rest', name: 'REST API' },
    ] as const;
    const type = second.ui.choose('Type?', choices, { flag: '--type' });
    await expect(answer(type, second, 'REST API', '\u001b[B\r')).resolves.toBe('rest');
  });

  it('ends with exit 130 and no stack on Ctrl-C, or when the run is interrupted', async () => {
    const pressed = stage({ terminal: everywhere });
    const failure = { code: 'INTERRUPTED', exitCode: 130 };
    await expect(answer(pressed.ui.confirm('Deploy?', '--yes'), pressed, 'Deploy?', '\u0003')).rejects.toMatchObject(
      failure,
    );
    const told = stage({ terminal: everywhere });
    const asked = told.ui.confirm('Deploy?', '--yes');
    setTimeout(() => told.abort.abort(), 50);
    await expect(asked).rejects.toMatchObject(failure);
  });
});
