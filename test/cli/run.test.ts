// How a command runs: what it is given, and what becomes of its results, failures and interruptions.

import { EventEmitter } from 'node:events';
import type { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { Command, CommandContext, CommandInput } from '../../src/cli/command.ts';
import type { CommandRegistry } from '../../src/cli/registry.ts';
import { ApigenError, InvalidProjectError, ManyErrors } from '../../src/errors.ts';
import { runCli } from '../harness/cli.ts';
import { terminalStream } from '../harness/terminal-stream.ts';

type Run = (input: CommandInput, context: CommandContext) => Promise<number>;

function registryWith(run: Run, extra: Partial<Command> = {}): CommandRegistry {
  const command: Command = { name: 'work', summary: 'does the work', examples: ['apigen work'], run, ...extra };
  return {
    groups: [],
    commands: [{ name: 'work', summary: command.summary, heading: 'Work:', load: () => Promise.resolve(command) }],
  };
}

const failing = (error: unknown): CommandRegistry => registryWith(() => Promise.reject(error));

describe('a command', () => {
  it('is given its arguments by name and its options in camel case', async () => {
    const seen: CommandInput[] = [];
    const registry = registryWith(
      async (input) => {
        seen.push(input);
        return 0;
      },
      {
        arguments: [
          { name: 'route', summary: 'a route', required: true },
          { name: 'rest', summary: 'more', required: false, variadic: true },
        ],
        options: [
          { flags: '-s, --stage <name>', summary: 'the stage', default: 'dev' },
          { flags: '--api-version <v>', summary: 'the version', choices: ['v1', 'v2'] },
          { flags: '--tag <tag>', summary: 'tags', repeatable: true },
          { flags: '--yes', summary: 'yes' },
        ],
      },
    );
    const args = ['work', 'GET /x', 'a', 'b', '--api-version', 'v2', '--tag', 'k=1', '--tag', 'l=2', '--yes', '--json'];
    await expect(runCli(args, { registry })).resolves.toMatchObject({ code: 0 });
    expect(seen).toEqual([
      {
        arguments: { route: 'GET /x', rest: ['a', 'b'] },
        options: { stage: 'dev', apiVersion: 'v2', tag: ['k=1', 'l=2'], yes: true },
      },
    ]);
  });

  it('may be refused an option value that is none of the choices', async () => {
    const registry = registryWith(() => Promise.resolve(0), {
      options: [{ flags: '--type <type>', summary: 'type', choices: ['http', 'rest'] }],
    });
    const { code, stderr } = await runCli(['work', '--type', 'soap'], { registry });
    expect(code).toBe(2);
    expect(stderr).toContain('Allowed choices are http, rest.');
  });

  it('decides the exit code', async () => {
    await expect(runCli(['work'], { registry: registryWith(() => Promise.resolve(3)) })).resolves.toMatchObject({
      code: 3,
    });
  });

  it('runs in the folder of --cwd, wherever the option stands', async () => {
    const folders: string[] = [];
    const registry = registryWith(async (_input, { cwd }) => {
      folders.push(cwd);
      return 0;
    });
    await runCli(['-C', 'src', 'work'], { registry });
    await runCli(['work', '--cwd=src/cli'], { registry });
    expect(folders.map((folder) => folder.slice(process.cwd().length))).toEqual(['/src', '/src/cli']);
  });

  it('prints its result as text, or as one document with --json, and notes for persons alone', async () => {
    const registry = registryWith(async (_input, { ui }) => {
      ui.note('looking');
      ui.warn('careful');
      ui.result({ found: 2 }, () => 'Found two.');
      return 0;
    });
    await expect(runCli(['work'], { registry })).resolves.toEqual({
      code: 0,
      stdout: 'Found two.\n',
      stderr: 'looking\n! careful\n',
    });
    await expect(runCli(['work', '--json'], { registry })).resolves.toEqual({
      code: 0,
      stdout: '{\n  "found": 2\n}\n',
      stderr: '! careful\n',
    });
  });
});

describe('a failure', () => {
  const refused = new ApigenError({
    code: 'ROLE_NOT_READY',
    summary: 'Cannot create function shop-dev-products-create',
    detail: 'Lambda still refuses its new role after 60 s.',
    hint: 'apigen deploy    (finished resources are skipped)',
    aws: { service: 'lambda', operation: 'CreateFunction', requestId: '7f3c' },
  });

  it('says what, why, what to do, and the code and request to look up', async () => {
    await expect(runCli(['work'], { registry: failing(refused) })).resolves.toEqual({
      code: 1,
      stdout: '',
      stderr: [
        '✗ Cannot create function shop-dev-products-create',
        '  Lambda still refuses its new role after 60 s.',
        '  Try: apigen deploy    (finished resources are skipped)',
        '  ROLE_NOT_READY · lambda CreateFunction · request 7f3c',
        '',
      ].join('\n'),
    });
  });

  it('is one document on stdout under --json', async () => {
    const { stdout, stderr } = await runCli(['work', '--json'], { registry: failing(refused) });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: 'ROLE_NOT_READY',
        summary: refused.summary,
        detail: refused.detail,
        hint: refused.hint,
        aws: refused.aws,
      },
    });
  });

  it('of several parts shows every one', async () => {
    const other = new ApigenError({ code: 'TABLE_FULL', summary: 'Cannot change table shop-dev-orders' });
    const both = new ManyErrors({ code: 'DEPLOY_FAILED', summary: '2 of 9 resources failed', exitCode: 1 }, [
      refused,
      other,
    ]);
    const { stderr } = await runCli(['work'], { registry: failing(both) });
    expect(stderr).toMatch(/^✗ 2 of 9 resources failed\n/);
    expect(stderr).toContain('  ✗ Cannot create function shop-dev-products-create\n');
    expect(stderr).toContain('    ROLE_NOT_READY · lambda CreateFunction · request 7f3c\n');
    expect(stderr).toContain('  ✗ Cannot change table shop-dev-orders\n    TABLE_FULL\n');
    const { stdout } = await runCli(['work', '--json'], { registry: failing(both) });
    expect(JSON.parse(stdout)).toMatchObject({
      error: { errors: [{ code: 'ROLE_NOT_READY' }, { code: 'TABLE_FULL' }] },
    });
  });

  it('in the project shows every problem with its place and the line it stands in', async () => {
    const position = { file: 'package.json', line: 2, column: 3 };
    const invalid = new InvalidProjectError('package.json has 2 problems', [
      { code: 'UNKNOWN_KEY', message: 'There is no key "nam".', hint: 'name', position },
      { code: 'NO_ROUTES', message: 'An API needs a route.' },
    ]);
    const { code, stderr } = await runCli(['work'], { registry: failing(invalid) });
    expect(code).toBe(1);
    expect(stderr).toContain(
      [
        '✗ package.json has 2 problems',
        '',
        '  package.json:2:3 UNKNOWN_KEY',
        '  There is no key "nam".',
        '    2 │   "name": "@apigen/cli",',
        '      │   ^',
        '  Try: name',
        '',
        '  NO_ROUTES',
        '  An API needs a route.',
        '',
      ].join('\n'),
    );
    const { stdout } = await runCli(['work', '--json'], { registry: failing(invalid) });
    expect(JSON.parse(stdout)).toMatchObject({ error: { problems: [{ position }, { code: 'NO_ROUTES' }] } });
  });

  it('nobody expected asks for --debug and shows no stack', async () => {
    const { code, stdout, stderr } = await runCli(['work'], {
      registry: failing(new TypeError('x is not a function')),
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('TypeError: x is not a function');
    expect(stderr).toContain('Try: apigen work --debug');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('shows its stack and every cause with --debug', async () => {
    const error = new ApigenError({
      code: 'BROKEN',
      summary: 'Broken',
      cause: new Error('middle', { cause: new Error('root of it') }),
    });
    const { stderr } = await runCli(['work', '--debug'], { registry: failing(error) });
    expect(stderr).toMatch(/^\s+at /m);
    expect(stderr).toContain('caused by Error: middle');
    expect(stderr).toContain('caused by Error: root of it');
  });

  it('of the operating system names the file', async () => {
    const { readFile } = await import('node:fs/promises');
    const registry = registryWith(async () => {
      await readFile('/no/such/file');
      return 0;
    });
    const { code, stderr } = await runCli(['work'], { registry });
    expect(code).toBe(1);
    expect(stderr).toContain('✗ Cannot open /no/such/file: no such file or directory\n');
  });
});

describe('an interruption', () => {
  const untilAborted: Run = (_input, { signal }) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

  it.each(['SIGINT', 'SIGTERM'])('by %s lets the command drain and exits with 130', async (name) => {
    const signals = new EventEmitter();
    const drained: string[] = [];
    const registry = registryWith(async (input, context) => {
      setTimeout(() => signals.emit(name));
      await untilAborted(input, context).catch(() => drained.push('drained'));
      throw new Error('the child process died of the same signal');
    });
    const { code, stderr } = await runCli(['work'], { registry, signals });
    expect(code).toBe(130);
    expect(drained).toEqual(['drained']);
    expect(stderr).toBe(
      'Stopping: running work may finish. Ctrl-C again leaves at once.\n✗ Interrupted\n  INTERRUPTED\n',
    );
    expect(signals.listenerCount(name)).toBe(0);
  });

  it('the second time leaves at once', async () => {
    const signals = new EventEmitter();
    const exits: number[] = [];
    const registry = registryWith(
      () =>
        new Promise((resolve) => {
          signals.emit('SIGINT');
          signals.emit('SIGINT');
          resolve(0);
        }),
    );
    await runCli(['work'], { registry, signals, onExit: (code) => exits.push(code) });
    expect(exits).toEqual([130]);
  });

  it('by a terminal that is closed is one, however often it is told, and without a terminal none', async () => {
    const exits: number[] = [];
    const heard = async (keys?: PassThrough): Promise<boolean> => {
      const signals = new EventEmitter();
      let aborted = false;
      const registry = registryWith(async (_input, { signal }) => {
        signals.emit('SIGHUP');
        signals.emit('SIGHUP');
        aborted = signal.aborted;
        return 0;
      });
      const onExit = (code: number): void => void exits.push(code);
      await runCli(['work'], { registry, signals, onExit, ...(keys && { keys, columns: 80 }) });
      return aborted;
    };
    expect(await heard(terminalStream(80))).toBe(true);
    expect(await heard()).toBe(false);
    expect(exits).toEqual([]);
  });

  it('leaves what the command finished all the same to the command', async () => {
    const signals = new EventEmitter();
    const registry = registryWith(async () => {
      signals.emit('SIGINT');
      return 0;
    });
    await expect(runCli(['work'], { registry, signals })).resolves.toMatchObject({ code: 0 });
  });

  it('does not hide a failure that names something', async () => {
    const signals = new EventEmitter();
    const registry = registryWith(async () => {
      signals.emit('SIGINT');
      throw new ApigenError({ code: 'HALF_DONE', summary: '3 of 9 resources stand' });
    });
    const { code, stderr } = await runCli(['work'], { registry, signals });
    expect(code).toBe(130);
    expect(stderr).toContain('3 of 9 resources stand');
  });
});

describe('a fault outside every promise', () => {
  it('is said like any other failure before the process leaves', async () => {
    const signals = new EventEmitter();
    const exits: number[] = [];
    const registry = registryWith(async () => {
      signals.emit('uncaughtException', new Error('from a timer'));
      return 0;
    });
    const { stderr } = await runCli(['work'], { registry, signals, onExit: (code) => exits.push(code) });
    expect(exits).toEqual([1]);
    expect(stderr).toContain('Error: from a timer');
  });
});
